import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { operationPickers } from '../support/operationPickers';

/** What a person has saved in a workflow, one line per operation: its value and its parameters. */
export function operationsText(Node: new () => INodeType): string {
	const { properties } = new Node().description;
	const pickers = operationPickers(properties);
	const rest = properties
		.filter(({ name }) => name !== 'operation' && name !== 'resource')
		.map((property) => ({ property, where: onlyByOperation(property) }));
	const lines: string[] = [];
	for (const picker of pickers) {
		const resource = String(picker.displayOptions?.show?.resource?.[0]);
		for (const { value } of picker.options as INodePropertyOptions[]) {
			const chosen = { resource, operation: String(value) };
			const isShown = (where: INodeProperties) =>
				isPossible(where, chosen) && NodeHelpers.displayParameter(chosen, where, null, null);
			const names = rest
				.filter(({ where }) => isShown(where))
				.map(({ property }) => nameOf(property, (entry) => isShown(onlyByOperation(entry))));
			lines.push(`${resource}.${String(value)}: ${[...new Set(names)].sort().join(' ')}`);
		}
	}
	return `${lines.sort().join('\n')}\n`;
}

/** The property's conditions on resource and operation alone: what it depends on else is a choice. */
function onlyByOperation(property: INodeProperties): INodeProperties {
	const known = trimmed.get(property);
	if (known) return known;
	const { show = {}, hide = {} } = property.displayOptions ?? {};
	const pick = (some: NonNullable<typeof show>) =>
		Object.fromEntries(
			Object.entries(some)
				// Entries of a collection name the node's own parameters with a slash.
				.map(([key, values]) => [key.replace(/^\//, ''), values] as const)
				.filter(([key]) => key === 'resource' || key === 'operation'),
		);
	const where = { ...property, displayOptions: { show: pick(show), hide: pick(hide) } };
	trimmed.set(property, where);
	return where;
}

const trimmed = new WeakMap<INodeProperties, INodeProperties>();

/** Whether the plain values of the conditions speak against it already: n8n's own check is slow. */
function isPossible({ displayOptions }: INodeProperties, chosen: Record<string, string>): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(
		([key, values]) =>
			!values?.every((one) => typeof one === 'string') ||
			(values as string[]).includes(chosen[key]!),
	);
}

function nameOf(
	{ name, type, options = [] }: INodeProperties,
	isShown: (entry: INodeProperties) => boolean,
): string {
	if (type !== 'collection' && type !== 'fixedCollection') return name;
	const entries = (options as INodeProperties[])
		.filter(isShown)
		.map((entry) => entry.name)
		.sort();
	return `${name}{${entries.join(',')}}`;
}

/** Name, type and default of each property, nested ones indented; with the values of dropdowns. */
export function fieldsText(properties: INodeProperties[], depth = 0): string {
	return properties
		.map((property) => {
			const { name, type, options = [], default: standard, displayOptions } = property;
			const nested = type === 'collection' || type === 'fixedCollection';
			const choices = nested
				? ''
				: ` {${(options as INodePropertyOptions[]).map(({ value }) => String(value)).join(' ')}}`;
			const shown = Object.entries(displayOptions?.show ?? {}).map(
				([key, values]) => `${key}: ${(values as unknown[]).map(String).join(' ')}`,
			);
			return (
				`${'  '.repeat(depth)}${name}: ${type} = ${JSON.stringify(standard)}` +
				`${options.length > 0 ? choices : ''}${shown.length > 0 ? ` [${shown.join('; ')}]` : ''}\n` +
				(nested ? fieldsText(options as INodeProperties[], depth + 1) : '')
			);
		})
		.join('');
}

/**
 * The shape of a stored state: names of fields with the types below them; what is kept by the
 * object's id (or another key that is no plain word) is one entry `*`.
 */
export function shapeOf(value: unknown): unknown {
	if (value === null) return 'null';
	if (Array.isArray(value)) {
		return [...new Set(value.map((one) => JSON.stringify(shapeOf(one))))].sort().map(parse);
	}
	if (typeof value !== 'object') return typeof value;
	const shape: Record<string, unknown> = {};
	const kept = new Set<string>();
	for (const [key, inner] of Object.entries(value)) {
		if (/^[a-z][a-zA-Z]*$/.test(key)) shape[key] = shapeOf(inner);
		else kept.add(JSON.stringify(shapeOf(inner)));
	}
	if (kept.size > 0) shape['*'] = [...kept].sort().map(parse);
	return shape;
}

const parse = (text: string): unknown => JSON.parse(text);
