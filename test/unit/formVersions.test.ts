/**
 * Forms and the API version of the credential, for every operation of every version: what a version
 * asks for is held against the vendor's own file, not against the catalogue.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';

import { PRODUCTS, type RegisteredProduct } from '../../nodes/products';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { nameOf, type OpenApi, type OpenApiOperation, type Schema } from '../contract/openapi';
import { putBasePathIntoPaths } from '../contract/prepare';
import { specificationsOf, SPECIFICATIONS_FOLDER } from '../contract/specifications';
import { skipUnspecified } from '../support/specified';
import { operationOptions } from '../support/operationPickers';
import {
	choicesOf,
	ID,
	isShown,
	mappedFields,
	Recorder,
	run,
	shownProperties,
	untouched,
} from './formDriver.support';
import { whole } from './rawSchemas.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

/** What one of the vendor's files says of requests. */
class Requests {
	readonly document: OpenApi;

	constructor(
		file: string,
		private readonly base: string,
	) {
		this.document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
	}

	find({ method, path }: Operation): OpenApiOperation | undefined {
		return this.document.paths[this.base + path]?.[method.toLowerCase()];
	}

	parameters(operation: OpenApiOperation) {
		const shared = (this.document.components.parameters ?? {}) as Record<string, object>;
		return (operation.parameters ?? []).map(
			(one) => (one.$ref ? shared[nameOf(one.$ref)] : one) as typeof one & { required?: boolean },
		);
	}

	/** Whether a version knows a variant of a body. */
	hasVariant(operation: OpenApiOperation, variant: string | undefined): boolean {
		const mapping = this.bodies(operation)[0]?.discriminator?.mapping;
		const known = Object.keys(mapping ?? {}).map((value) => value.toLowerCase());
		return variant === undefined || variant === '' || known.includes(variant.toLowerCase());
	}

	/** Top-level fields of a JSON body, those of every variant. */
	bodies({ requestBody }: OpenApiOperation): Schema[] {
		const body = requestBody?.$ref
			? this.document.components.requestBodies?.[nameOf(requestBody.$ref)]
			: requestBody;
		const [media] = Object.values(body?.content ?? {});
		const schema = media?.schema;
		const base = whole(this.document, schema);
		const variants = Object.values(base.discriminator?.mapping ?? {}).map((reference) =>
			whole(this.document, { $ref: reference }),
		);
		return [base, ...variants];
	}
}

interface Form {
	values: INodeParameters;
	/** Value of the dropdown that decides which fields there are. */
	variant?: string;
}

const apiNameOf = (operation: Operation, property: string): string =>
	property.replace(/^(query|body)(?=[A-Z])/, '').toLowerCase() || operation.id;

if (!existsSync(SPECIFICATIONS_FOLDER)) skipUnspecified();
else
	describe.each([...PRODUCTS])('$key', (registered: RegisteredProduct) => {
		const { product, key } = registered;
		const catalogue = product.adapter.catalogue();
		const node = new registered.Node() as INodeType;
		const all = registered.properties();
		const resources = new Map(
			operationOptions(all).map(({ value, resource }) => [String(value), resource]),
		);
		const operations = catalogue.operations.filter(({ id }) => resources.has(id));
		const files = specificationsOf(key).map(({ version, file }) => ({
			version,
			requests: new Requests(file, product.adapter.basePath(version)),
		}));

		/** The forms of an operation: one, or one for each variant of its body. */
		async function formsOf({ id }: Operation): Promise<Form[]> {
			const chosen = { resource: resources.get(id)!, operation: id };
			const start = untouched(all, chosen);
			const variants = shownProperties(all, start).filter(
				({ name, type, required }) =>
					type === 'options' &&
					(required || start[name] === '') &&
					all.some(({ displayOptions }) =>
						[displayOptions?.show, displayOptions?.hide].some((one) => one && name in one),
					),
			);
			const [dropdown] = variants;
			if (!dropdown) return [{ values: start }];
			const choices = await choicesOf(node, dropdown, start);
			return choices.map(({ value }) => ({
				values: untouched(all, { ...chosen, [dropdown.name]: value }),
				variant: String(value),
			}));
		}

		it('mark as required nothing that a version does not know', async () => {
			const wrong: string[] = [];
			let marked = 0;
			for (const operation of operations)
				for (const { values, variant } of await formsOf(operation))
					for (const { name, required, type } of shownProperties(all, values)) {
						if (required !== true || OWN.has(name) || type === 'resourceLocator') continue;
						marked += 1;
						for (const { version, requests } of files) {
							const specified = requests.find(operation);
							if (!specified || !operation.in.includes(version)) continue;
							if (!requests.hasVariant(specified, variant)) continue;
							const names = [
								...requests.parameters(specified).map((one) => one.name ?? ''),
								...requests
									.bodies(specified)
									.flatMap(({ properties, discriminator }) => [
										...Object.keys(properties ?? {}),
										discriminator?.propertyName ?? '',
									]),
							].map((one) => one.toLowerCase());
							const wanted = apiNameOf(operation, name);
							// A placeholder `{id}` and the field of variants are called after what they are of.
							if (!names.some((one) => one !== '' && wanted.endsWith(one)))
								wrong.push(`${operation.id}: "${name}" is not in ${version}`);
						}
					}
			expect(wrong).toEqual([]);
			expect(marked).toBeGreaterThan(50);
		});

		it('have on top whatever the newest version asks for', async () => {
			const wrong: string[] = [];
			let asked = 0;
			for (const operation of operations) {
				const newest = files.filter(({ version }) => operation.in.includes(version)).at(-1);
				const specified = newest?.requests.find(operation);
				if (!newest || !specified || operation.body?.media === 'jsonPatch') continue;
				const [base] = newest.requests.bodies(specified);
				const declared = Object.keys(base?.properties ?? {});
				const path = operation.path.toLowerCase();
				const due = [
					...newest.requests
						.parameters(specified)
						.filter((one) => one.required && one.in === 'query')
						.map((one) => one.name ?? ''),
					...new Set((base?.required ?? []).filter((name) => declared.includes(name))),
				].filter((name) => !path.includes(`{${name.toLowerCase()}}`));
				for (const { values } of await formsOf(operation)) {
					const shown = shownProperties(all, values);
					// JSON alone holds everything.
					const isJson = shown.some(
						({ name }) => name === 'bodyJson' || name === 'binaryPropertyName',
					);
					if (isJson || shown.some(({ name }) => name === 'fieldsToChange')) continue;
					// Objects stand there by their own fields.
					const mapper = shown.find(({ name }) => name === 'fieldsToSet');
					recorder = new Recorder(newest.version);
					const inside = mapper ? await mappedFields(node, mapper, values) : [];
					for (const name of due) {
						asked += 1;
						const isThere = shown.some((one) =>
							apiNameOf(operation, one.name).endsWith(name.toLowerCase()),
						);
						if (inside.some(({ id }) => id.startsWith(`${name}.`))) continue;
						// Which objects there are depends on the variant.
						if (mapper && inside.length === 0) continue;
						if (!isThere) wrong.push(`${operation.id}: ${name}`);
					}
				}
			}
			expect([...new Set(wrong)]).toEqual([]);
			expect(asked).toBeGreaterThan(50);
		});

		it('send one value where an older version takes one, and refuse several', async () => {
			const wrong: string[] = [];
			let single = 0;
			for (const operation of operations) {
				const values = untouched(all, {
					resource: resources.get(operation.id)!,
					operation: operation.id,
				});
				const several = shownProperties(all, values)
					.filter(({ name }) => name === 'filters')
					.flatMap(({ options = [] }) => options as INodeProperties[])
					.filter((option) => isShown(option, {}, values))
					.filter(
						({ type, typeOptions }) => type === 'multiOptions' || typeOptions?.multipleValues,
					);
				for (const { version, requests } of files) {
					const specified = requests.find(operation);
					if (!specified || !operation.in.includes(version)) continue;
					for (const parameter of requests.parameters(specified)) {
						const property = several.find(({ name }) => name === parameter.name);
						if (!property || whole(requests.document, parameter.schema).type === 'array') continue;
						single += 1;
						const choices = await choicesOf(node, property, values);
						const [one = 'a', two = 'b'] = choices.map(({ value }) => value);
						const given = { ...values };
						for (const shown of shownProperties(all, values))
							if (shown.type === 'resourceLocator')
								given[shown.name] = { __rl: true, mode: 'id', value: ID };
						const send = async (list: unknown[]) => {
							recorder = new Recorder(version);
							const filters = { [property.name]: list };
							const { error } = await run(product, { ...given, filters });
							return { error, sent: recorder.sent };
						};
						const first = await send([one]);
						const query = first.sent[0]?.query?.[property.name];
						if (String(query).toLowerCase() !== String(one).toLowerCase())
							wrong.push(`${operation.id} ${version}: ${JSON.stringify(query)} ${first.error}`);
						const both = await send([one, two]);
						if (both.sent.length > 0 || !both.error?.message.includes(`"${property.displayName}"`))
							wrong.push(`${operation.id} ${version}: two of ${property.name}: ${both.error}`);
					}
				}
			}
			expect(wrong).toEqual([]);
			if (key === 'vbr') expect(single).toBeGreaterThan(10);
		});
	});

/** Parameters of the node's own that are marked as required. */
const OWN = new Set(['outputFieldName', 'binaryPropertyName', 'fieldsToChange']);
