/** A field of JSON says what its JSON holds: names, which of them are required, and the choices. */
import { readFileSync } from 'node:fs';

import { bodyInput } from '../../nodes/shared/binding/parameterBinding';
import { changeableFields } from '../../nodes/shared/form/fieldsToChange';
import { partsOf, settableFields } from '../../nodes/shared/form/fieldsToSet';
import type { OpenApi, Schema } from '../contract/openapi';
import { putBasePathIntoPaths } from '../contract/prepare';
import { describeSpecified } from '../support/specified';
import { bodySchema, rawOperation, whole } from './rawSchemas.support';

describeSpecified(({ registered, version, file }) => {
	const { product } = registered;
	const catalogue = product.adapter.catalogue();
	const sources = { catalogue, overlay: product.overlay };
	const document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
	const base = product.adapter.basePath(version);

	/** The schemas at a path of a body, in all its variants. */
	function schemasAt(schema: Schema | undefined, path: string[]): Schema[] {
		const full = whole(document, schema);
		const variants = Object.values(full.discriminator?.mapping ?? {}).map(($ref) =>
			whole(document, { $ref }),
		);
		const all = variants.length > 0 ? variants : [full];
		const [name, ...rest] = path;
		if (name === undefined) return all;
		return [full, ...all].flatMap(({ properties = {} }) =>
			properties[name] ? schemasAt(properties[name], rest) : [],
		);
	}

	it('names keys of the specification, and all that every kind of entry requires', () => {
		const wrong: unknown[] = [];
		let [lists, named] = [0, 0];
		for (const operation of catalogue.operations) {
			const input = bodyInput(catalogue, operation);
			if (!operation.in.includes(version) || !['fields', 'update'].includes(input)) continue;
			if (operation.body?.in?.includes(version) === false) continue;
			const fields =
				input === 'update'
					? changeableFields(sources, operation.id, { version })
					: settableFields(sources, operation, {
							version,
							parts: partsOf(catalogue, operation),
							kinds: {},
						});
			const body = bodySchema(document, rawOperation(document, operation, base));
			for (const { id, type, displayName } of fields) {
				if (type !== 'array' && type !== 'object') continue;
				const note = /\((JSON(?: List|, by Name)?)(?:: (.*))?\)$/.exec(displayName);
				if (!note) {
					wrong.push([operation.id, id, displayName]);
					continue;
				}
				lists += 1;
				const keys = (note[2] ?? '')
					.replace(/ \([^)]*\)/g, '')
					.split(', ')
					.filter((key) => key !== '' && key !== '…');
				if (keys.length === 0) continue;
				named += 1;
				const entries = schemasAt(body, id.split('.')).flatMap((schema) =>
					schema.items
						? schemasAt(schema.items as Schema, [])
						: typeof schema.additionalProperties === 'object'
							? schemasAt(schema.additionalProperties as Schema, [])
							: [schema],
				);
				for (const key of keys) {
					const name = key.replace('*', '');
					const having = entries.filter(({ properties }) => properties?.[name]);
					if (having.length === 0) wrong.push([operation.id, id, 'no key', name]);
					const isRequired = entries.some(({ required }) => required?.includes(name));
					if (key.endsWith('*') && !isRequired)
						wrong.push([operation.id, id, 'not required', name]);
				}
			}
		}
		console.info(`${registered.key} ${version}: ${lists} fields of JSON, ${named} name their keys`);
		expect(wrong).toEqual([]);
	});
});
