import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { PRODUCTS } from '../../../nodes/products';
import { optionsName, settingsOf } from '../../../nodes/shared/monitoring/options';
import type { EventDefinition } from '../../../nodes/shared/monitoring/types';

/** n8n's context for parameters as a person saved them: what was not touched has its default. */
const context = (saved: IDataObject): IPollFunctions =>
	({
		getNodeParameter: (name: string, usual: unknown) => saved[name] ?? usual,
	}) as unknown as IPollFunctions;

const EVENTS = PRODUCTS.flatMap(({ key, trigger }) =>
	trigger.events.map((event) => ({ name: `${key} ${event.value}`, event })),
);

const extra: INodeProperties = {
	displayName: 'New in This Version',
	name: 'newInThisVersion',
	type: 'boolean',
	default: true,
};

/** The same event as another version of the package has it. */
const changed = (event: EventDefinition, change: Partial<EventDefinition>): EventDefinition => ({
	...event,
	...change,
});

describe.each(EVENTS)('the settings of $name', ({ event }) => {
	const untouched = settingsOf(context({}), event);

	it('are the same after an update that adds an option, moves one or changes a default', () => {
		const { fields = [], options = [] } = event;
		const later = [
			changed(event, { options: [extra, ...options] }),
			changed(event, { options: [...options].reverse(), fields: [...fields].reverse() }),
			changed(event, {
				fields: fields.map((one) => ({
					...one,
					default: Array.isArray(one.default) ? ['x'] : 'x',
				})),
			}),
		];
		for (const version of later) expect(settingsOf(context({}), version)).toBe(untouched);
	});

	it('differ once a person sets something, and not by the order of it', () => {
		const set = settingsOf(context({ [optionsName(event)]: { anOption: 'set' } }), {
			...event,
			options: [...(event.options ?? []), { ...extra, name: 'anOption', default: '' }],
		});
		expect(set).not.toBe(untouched);
		const [field] = (event.fields ?? []).filter(({ type }) => type === 'multiOptions');
		if (!field) return;
		const choose = (values: string[]) => settingsOf(context({ [field.name]: values }), event);
		expect(choose(['b', 'a'])).toBe(choose(['a', 'b']));
		expect(choose(['a'])).not.toBe(choose(['a', 'b']));
	});
});

it('the fingerprint itself is pinned: another one would make every trigger start fresh', () => {
	const event: EventDefinition = {
		value: 'pinned',
		name: 'Pinned',
		description: 'Of this test',
		fields: [{ ...extra, name: 'kinds', type: 'multiOptions', default: ['a'] }],
		options: [{ ...extra, name: 'below', type: 'number', default: 10 }],
		poll: async () => await Promise.resolve({ notifications: [], memory: {} }),
		sample: async () => await Promise.resolve(undefined),
	};
	const saved = { kinds: ['b', 'a'], [optionsName(event)]: { below: 12 } };
	expect([settingsOf(context({}), event), settingsOf(context(saved), event)])
		.toMatchInlineSnapshot(`
		[
		  "T1PNoYwrqgwDVLtfmj7L5e",
		  "ju51nmDBueGsqeM3iHryf6",
		]
	`);
});
