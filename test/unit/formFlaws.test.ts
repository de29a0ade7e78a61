/**
 * What a person stumbles over in a form, for every operation of the three nodes, each variant of its
 * body, with fields and with JSON: the description alone is looked at, as the editor does.
 */
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { operationOptions } from '../support/operationPickers';
import {
	asksServer,
	choicesOf,
	isShown,
	mapperOf,
	shownProperties,
	untouched,
} from './formDriver.support';

/** Labels that occur more than once. */
const twins = (labels: string[]): string[] => [
	...new Set(labels.filter((label, index) => labels.indexOf(label) !== index)),
];

describe.each(PRODUCTS.map((registered) => ({ ...registered })))('$key', (registered) => {
	const { Node } = registered;
	const all = registered.properties();
	const node = new Node() as INodeType;

	/** Whether a dropdown decides which fields are shown. */
	const decides = ({ name }: INodeProperties): boolean =>
		all.some((property) =>
			[property, ...((property.options ?? []) as INodeProperties[])].some(({ displayOptions }) =>
				[displayOptions?.show, displayOptions?.hide].some(
					(one) => one && (name in one || `/${name}` in one),
				),
			),
		);

	/** Each way to have the form of an operation: with each choice that changes it. */
	async function formsOf(chosen: INodeParameters): Promise<INodeParameters[]> {
		const start = untouched(all, chosen);
		for (const property of shownProperties(all, start)) {
			if (property.name in chosen || !/^(options|boolean)$/.test(property.type)) continue;
			if (!decides(property)) continue;
			const choices =
				property.type === 'boolean'
					? [true, false]
					: (await choicesOf(node, property, start)).map(({ value }) => value);
			const further = await Promise.all(
				choices.map(async (value) => await formsOf({ ...chosen, [property.name]: value })),
			);
			// Nothing chosen yet is a form, too.
			const before = property.default === '' ? [{ ...start }] : [];
			return [...before, ...further.flat()];
		}
		return [start];
	}

	/** Everything that stands inside a field: entries of collections, rows of fixed collections. */
	const inside = (property: INodeProperties, values: INodeParameters): INodeProperties[] => {
		if (property.type === 'collection')
			return (property.options as INodeProperties[]).filter((one) => isShown(one, {}, values));
		if (property.type === 'fixedCollection')
			return (property.options as INodePropertyCollection[]).flatMap((one) => one.values);
		return [];
	};

	async function flawsOf(
		property: INodeProperties,
		values: INodeParameters,
		seen: Map<string, string[]>,
	): Promise<string[]> {
		const { displayName, type } = property;
		const flaws: string[] = [];
		if (type === 'options' || type === 'multiOptions') {
			const key = property.typeOptions?.loadOptionsMethod
				? `${property.name} ${String(values.operation)}`
				: JSON.stringify(property.options);
			const known = seen.get(key);
			if (known) return known;
			const choices = await choicesOf(node, property, values);
			if (choices.length === 0 && !asksServer(property))
				flaws.push(`"${displayName}" has no choice`);
			for (const twin of twins(choices.map(({ name }) => name)))
				flaws.push(`"${displayName}" has two choices "${twin}"`);
			seen.set(key, flaws);
		}
		if (type === 'resourceMapper') {
			const { fields, emptyFieldsNotice } = await mapperOf(node, property, values);
			if (fields.length === 0 && !emptyFieldsNotice) flaws.push(`"${displayName}" has no field`);
			for (const twin of twins(fields.map((field) => field.displayName)))
				flaws.push(`"${displayName}" has two fields "${twin}"`);
			for (const { displayName: label, options } of fields)
				for (const twin of twins(((options ?? []) as INodePropertyOptions[]).map((o) => o.name)))
					flaws.push(`"${label}" of "${displayName}" has two choices "${twin}"`);
		}
		if (type === 'collection' || type === 'fixedCollection') {
			const entries = inside(property, values);
			if (entries.length === 0) flaws.push(`"${displayName}" has no entry`);
			for (const twin of twins(entries.map((entry) => entry.displayName)))
				flaws.push(`"${displayName}" has two entries "${twin}"`);
			for (const entry of entries) flaws.push(...(await flawsOf(entry, values, seen)));
		}
		return flaws;
	}

	it('has no twin labels, empty dropdowns, or collections without an entry', async () => {
		const flaws: Record<string, string[]> = {};
		let forms = 0;
		for (const { resource, value } of operationOptions(all)) {
			const seen = new Map<string, string[]>();
			for (const values of await formsOf({ resource, operation: String(value) })) {
				forms += 1;
				const shown = shownProperties(all, values);
				// What stands above the form is called something, too.
				const labels = new Set(['Resource', 'Operation']);
				for (const { name, displayName } of shown)
					if (name !== 'resource' && name !== 'operation' && labels.has(displayName))
						labels.add(`two fields "${displayName}"`);
					else labels.add(displayName);
				const found = [...labels].filter((label) => label.startsWith('two fields'));
				for (const property of shown.filter(({ type }) => type === 'collection'))
					for (const { displayName } of inside(property, values))
						if (labels.has(displayName))
							found.push(`"${displayName}" beside "${property.displayName}" and in it`);
				for (const property of shown) found.push(...(await flawsOf(property, values, seen)));
				for (const flaw of found) {
					const where = (flaws[flaw] ??= []);
					if (!where.includes(String(value))) where.push(String(value));
				}
			}
		}
		expect(flaws).toEqual({});
		expect(forms).toBeGreaterThan(500);
	});
});
