/** Labels of fields inside objects: the editor cuts them at some 27 letters, and its menus at 45. */
import type { ResourceMapperField } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { product as vbr } from '../../nodes/VeeamBackupReplication/product';
import { bodyInput } from '../../nodes/shared/binding/parameterBinding';
import { findOperation, parseType, variantsOf } from '../../nodes/shared/catalogue';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { changeableFields } from '../../nodes/shared/form/fieldsToChange';
import { partsOf, settableFields } from '../../nodes/shared/form/fieldsToSet';
import { leafLabel } from '../../nodes/shared/form/mapperFields';

const MENU = 45;

/** Letters of labels that a menu shows alike, of all fields offered at once. */
function alike(fields: ResourceMapperField[]): string[] {
	const shown = fields.map(({ displayName }) => displayName.slice(0, MENU));
	return [...new Set(shown.filter((label, at) => shown.indexOf(label) !== at))];
}

describe('the label of a part of a body', () => {
	const operation = findOperation(vbr.adapter.catalogue(), 'updateJob')!;

	it.each([
		['description', ['description'], 'Description'],
		['a part of a part', ['schedule', 'daily', 'localTime'], 'Local Time (Daily, Schedule)'],
		['a field of a row', ['objects', 1, 'name'], 'Name (row 2 of Objects)'],
		['a row', ['storage', 'objects', 0], 'Objects, row 1 (Storage)'],
	])('of %s', (_, path, label) => {
		expect(leafLabel(vbr.overlay, operation, path)).toBe(label);
	});

	it.each(PRODUCTS)('$key: a menu shows them apart', ({ product }) => {
		const catalogue = product.adapter.catalogue();
		const sources = { catalogue, overlay: product.overlay };
		const kindsOf = ({ body, in: versions }: Operation) => {
			const type = parseType(body?.type ?? 'any');
			const kinds =
				type.kind === 'object' ? variantsOf(catalogue, type.name, versions.at(-1)) : undefined;
			return kinds?.variants.map(({ value }) => ({ [kinds.on]: value })) ?? [{}];
		};
		let checked = 0;
		const wrong: string[] = [];
		for (const operation of catalogue.operations) {
			const version = operation.in.at(-1)!;
			const input = bodyInput(catalogue, operation);
			if (input !== 'update' && input !== 'fields') continue;
			for (const kind of kindsOf(operation)) {
				const [variant] = Object.values(kind);
				const fields =
					input === 'update'
						? changeableFields(sources, operation.id, { version, record: kind })
						: settableFields(sources, operation, {
								version,
								parts: partsOf(catalogue, operation, variant),
								kinds: kind,
							});
				checked += fields.length;
				wrong.push(...alike(fields).map((label) => `${operation.id} ${variant ?? ''}: ${label}`));
			}
		}
		expect(checked).toBeGreaterThan(500);
		expect(wrong).toEqual([]);
	});
});
