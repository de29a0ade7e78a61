/**
 * Tables of what the triggers look for, from the properties they ship. Written into docs/triggers.md by
 * `npm run docs`.
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { versionNote } from '../../nodes/shared/form/versionNote';
import type { EventDefinition, TriggerProduct } from '../../nodes/shared/monitoring/types';

/** The triggers of the package, in the order in which the docs show them. */
export const packageTriggers = (): TriggerProduct[] => PRODUCTS.map(({ trigger }) => trigger);

/** A table for every trigger, each closed until it is clicked: they are long. */
export function eventTables(triggers: TriggerProduct[]): string {
	return triggers
		.map((trigger) => {
			const summary = `${trigger.adapter.displayName}: ${trigger.events.length} events`;
			return `<details>\n<summary>${summary}</summary>\n\n${eventTable(trigger)}\n\n</details>`;
		})
		.join('\n\n');
}

/** A table of events: what is reported, what can be picked, the options and where they begin. */
export function eventTable(trigger: TriggerProduct): string {
	const rows = trigger.events.map((event) => {
		const { name, value, description, fields = [], options = [] } = event;
		const reported = `${description}.${requirement(trigger, event)}`;
		return `| ${[`**${name}** \`${value}\``, reported, fields.map(field), options.map(option)]
			.map((cell) => (Array.isArray(cell) ? cell.join('<br>') : cell))
			.join(' | ')} |`;
	});
	return [
		'| Event, `event` in the item | Reports | Fields | Options |',
		'| --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** "Needs API v8 or later." */
function requirement({ adapter }: TriggerProduct, { requires: wanted }: EventDefinition): string {
	if (!wanted) return '';
	const { versions, operations } = adapter.catalogue();
	const found = operations.find(({ method, path }) => `${method} ${path}` === wanted);
	return found ? ` Needs ${versionNote(versions, found.in)}.` : '';
}

/** `**Conditions**: *Low on Space* (lowSpace) …`, those in italics picked at first. */
function field(property: INodeProperties): string {
	const picked = property.default as string[];
	const choices = (property.options ?? []) as INodePropertyOptions[];
	if (choices.length === 0)
		return `**${property.displayName}**: ${picked.map((one) => `*${one}*`).join(', ')}`;
	const names = choices.map(({ name, value }) => {
		const shown = picked.includes(String(value)) ? `*${name}*` : name;
		return name === value ? shown : `${shown} ${quoted(String(value))}`;
	});
	return `**${property.displayName}**: ${names.join(', ')}`;
}

/** `Low Below (Percent): 10` */
function option({ displayName, default: initial, options }: INodeProperties): string {
	const chosen = ((options ?? []) as INodePropertyOptions[])
		.filter(({ value }) => (Array.isArray(initial) ? initial : [initial]).includes(value as never))
		.map(({ name }) => name);
	if (chosen.length > 0) return `${displayName}: ${chosen.join(', ')}`;
	if (typeof initial === 'boolean') return `${displayName}: ${initial ? 'on' : 'off'}`;
	return typeof initial === 'number' ? `${displayName}: ${initial}` : displayName;
}

const quoted = (text: string): string => `\`${text}\``;
