import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { triggerProperties } from '../../nodes/shared/monitoring/properties';
import { everyProperty } from './description.support';
import { lint } from './propertyLint.support';

/** What holds for one product's trigger holds for all. */
const TRIGGERS = PRODUCTS.map(({ product, TriggerNode, trigger }) => ({
	product: product.adapter.displayName,
	Node: TriggerNode,
	trigger,
}));

const optionsOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

const sorted = (names: string[]) => [...names].sort((a, b) => a.localeCompare(b));

describe.each(TRIGGERS)('the trigger of $product', ({ Node, trigger }) => {
	const { description, methods } = new Node();
	const all = description.properties;
	const every = everyProperty(all);
	const choices = every.filter(({ type }) => type === 'options' || type === 'multiOptions');
	const collections = all.filter(({ type }) => type === 'collection');
	const { events } = trigger;

	it('weighs at most 60 KB', () => {
		expect(Buffer.byteLength(JSON.stringify(description))).toBeLessThanOrEqual(60_000);
	});

	it("has nothing that n8n's lint would object to", () => {
		// But for the order of the events: the lint knows the alphabet alone.
		const [{ options, ...picker } = all[0]!, ...others] = all;
		const events = optionsOf({ options } as INodeProperties);
		const inOrder = [...events].sort((a, b) => a.name.localeCompare(b.name));
		expect(lint([{ ...picker, options: inOrder }, ...others])).toEqual([]);
	});

	it('offers each event once, in the order of use, with a description and an action, and begins with some that exist', () => {
		const [picker] = all;
		expect(picker).toMatchObject({ name: 'events', type: 'multiOptions', required: true });
		const offered = optionsOf(picker!);
		expect(offered.map(({ value }) => value)).toEqual(events.map(({ value }) => value));
		expect(new Set(events.map(({ value }) => value)).size).toBe(events.length);
		expect(offered.filter(({ description: text }) => !text)).toEqual([]);
		// Without one, n8n makes "On license" of it.
		expect(offered.filter(({ action }) => !/^On [a-z]/.test(action ?? ''))).toEqual([]);
		expect(offered.filter(({ action = '' }) => action.length > 55)).toEqual([]);
		expect(String(offered[0]?.name)).toMatch(/Finished$/);
		expect(offered.map(({ value }) => value)).toEqual(
			expect.arrayContaining(picker!.default as string[]),
		);
	});

	it('calls no two fields the same, and shows those of an event only where it is picked', () => {
		const names = all.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
		for (const { value, fields = [], options = [] } of events)
			for (const name of [
				...fields.map((field) => field.name),
				...(options.length > 0 ? [`${value}Options`] : []),
			])
				expect(all.find((one) => one.name === name)?.displayOptions).toEqual({
					show: { events: [value] },
				});
	});

	it('calls no two options of an event the same, and none as one of its fields', () => {
		for (const { value, fields = [], options = [] } of events) {
			const names = [...fields, ...options].map(({ name }) => name);
			expect([value, names]).toEqual([value, [...new Set(names)]]);
		}
	});

	it('lists options and choices by the alphabet', () => {
		for (const { name, options = [] } of collections) {
			const names = (options as INodeProperties[]).map(({ displayName }) => displayName);
			expect([name, names]).toEqual([name, sorted(names)]);
		}
		for (const property of choices.filter(({ name }) => name !== 'events')) {
			const names = optionsOf(property).map(({ name }) => name);
			expect([property.name, names]).toEqual([property.name, sorted(names)]);
		}
	});

	it('has labels that fit the width of the form', () => {
		for (const { displayName } of triggerProperties(events, []))
			expect([displayName, displayName.length]).toEqual([
				displayName,
				Math.min(displayName.length, 36),
			]);
	});

	it('has choices for each dropdown, and defaults among them', () => {
		for (const property of choices.filter(({ name }) => name !== 'events')) {
			const method = property.typeOptions?.loadOptionsMethod;
			if (method) {
				expect(Object.keys(methods?.loadOptions ?? {})).toContain(method);
				continue;
			}
			const values = optionsOf(property).map(({ value }) => value);
			expect(values.length).toBeGreaterThan(0);
			expect([property.name, values]).toEqual([
				property.name,
				expect.arrayContaining([property.default].flat() as string[]),
			]);
		}
	});

	it('describes every option: booleans begin with "Whether"', () => {
		for (const { name, type, description: text = '' } of every) {
			if (type === 'collection' || name === 'events') continue;
			expect([name, text]).toEqual([name, expect.stringMatching(/^[A-Z].{9}/)]);
			if (type === 'boolean')
				expect([name, text]).toEqual([name, expect.stringMatching(/^Whether /)]);
		}
	});

	it('stands on operations that the catalogue has', () => {
		const { operations } = trigger.adapter.catalogue();
		const known = operations.map(({ method, path }) => `${method} ${path}`);
		for (const { requires } of events) if (requires) expect(known).toContain(requires);
	});

	it('is built anew for each node: n8n changes what it is given', () => {
		const one = triggerProperties(events, []);
		const other = triggerProperties(events, []);
		const collection = one.find(({ type }) => type === 'collection')!;
		(collection.options as INodeProperties[]).length = 0;
		one[0]!.displayOptions = { show: { resource: ['changed'] } };
		expect(triggerProperties(events, [])).toEqual(other);
	});
});
