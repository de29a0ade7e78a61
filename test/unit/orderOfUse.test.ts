import type { INodePropertyOptions } from 'n8n-workflow';

import { byName } from '../../nodes/shared/form/operationNames';
import { orderOfUse } from '../../nodes/shared/form/orderOfUse';
import { NODES, optionsOf } from './description.support';

/**
 * The node panel at 1280 x 720, measured in n8n 2.41.1: 21,512 px for 523 actions and 63 headings are
 * 41 screens, so a screen holds 14 rows.
 */
const ROWS_OF_A_SCREEN = 14;

describe.each(NODES)('the panel of $product', ({ overlay, properties }) => {
	const all = properties();
	const resources = optionsOf(all.find(({ name }) => name === 'resource')!);
	const operationsOf = (resource: INodePropertyOptions): INodePropertyOptions[] =>
		optionsOf(
			all.find(
				({ name, displayOptions }) =>
					name === 'operation' &&
					displayOptions?.show?.resource?.includes(resource.value as string),
			)!,
		);

	it('shows the 40 everyday actions within its first four screens', () => {
		const rows = resources.flatMap((resource) => [
			`heading ${resource.name}`,
			...operationsOf(resource).map(({ value }) => String(value)),
		]);
		expect(new Set(overlay.everyday).size).toBe(40);
		const below = overlay.everyday.filter((id) => rows.indexOf(id) >= 4 * ROWS_OF_A_SCREEN + 1);
		expect(below).toEqual([]);
		expect(overlay.everyday.filter((id) => !rows.includes(id))).toEqual([]);
	});

	it('begins with the report, and lists by the alphabet what is not everyday', () => {
		expect(resources[0]).toEqual({ name: 'Report', value: 'report' });
		const isEveryday = (resource: INodePropertyOptions) =>
			operationsOf(resource).some(({ value }) => overlay.everyday.includes(String(value)));
		const rest = resources.filter((resource) => !isEveryday(resource)).map(({ name }) => name);
		const isOlder = (name: string): boolean => name.endsWith('(Version 12.0)');
		const current = rest.filter((name) => !isOlder(name)).sort(byName);
		// What only an older version has is last.
		expect(rest).toEqual([...current, ...rest.filter(isOlder).sort(byName)]);
		expect(resources.slice(0, resources.length - rest.length).every(isEveryday)).toBe(true);
	});

	it('lists what is deprecated or for older servers only at the end of each resource', () => {
		const superseded = ({ name }: INodePropertyOptions) => /\((Deprecated|V6)\)$/.test(name);
		for (const resource of resources) {
			const flags = operationsOf(resource).map(superseded);
			expect([resource.value, flags]).toEqual([
				resource.value,
				[...flags].sort((a, b) => Number(a) - Number(b)),
			]);
		}
	});
});

it('an everyday operation that does not exist is refused when the form is built', () => {
	const byResource = new Map([['job', [{ name: 'Start', value: 'startJob' }]]]);
	expect(() => orderOfUse({ everyday: ['startJob', 'strtJob'] }, byResource)).toThrow(
		'The order of use names what does not exist: strtJob',
	);
});
