import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/**
 * One definition of a property for all operations that have the same one. Without it the
 * description of a product would be five times as heavy, and n8n keeps two copies of it.
 */

/** A property that an operation wants shown. */
export interface Wish {
	/** Without `displayOptions`. */
	property: INodeProperties;
	operation: string;
	/** Only with one of these values of another parameter of the operation (a variant dropdown). */
	when?: { parameter: string; values: string[] };
	/** Further conditions, the same for all that share it. */
	show?: Record<string, Array<string | boolean>>;
	/** Sections come in this order; within one, by first sight. */
	section: number;
}

/**
 * Properties with `displayOptions`, each definition once per set of conditions.
 *
 * @param prefix '/' inside a collection, where names of conditions are relative
 */
export function share(wishes: Wish[], prefix: '' | '/' = ''): INodeProperties[] {
	const shared = new Map<string, { wish: Wish; operations: Set<string> }>();
	for (const wish of merged(wishes)) {
		const { property, when, show, section } = wish;
		const key = JSON.stringify([section, property, when, show]);
		const known = shared.get(key);
		if (known) known.operations.add(wish.operation);
		else shared.set(key, { wish, operations: new Set([wish.operation]) });
	}
	return [...shared.values()]
		.sort((a, b) => a.wish.section - b.wish.section)
		.map(({ wish: { property, when, show }, operations }) => {
			const conditions: NonNullable<IDisplayOptions['show']> = {
				[`${prefix}operation`]: [...operations],
			};
			for (const [name, values] of Object.entries(show ?? {})) conditions[prefix + name] = values;
			if (when) conditions[prefix + when.parameter] = when.values;
			return { ...structuredClone(property), displayOptions: { show: conditions } };
		});
}

/** The same property of one operation under several variants becomes one wish. */
function merged(wishes: Wish[]): Wish[] {
	const result = new Map<string, Wish>();
	for (const wish of wishes) {
		const { property, operation, when, show, section } = wish;
		const key = JSON.stringify([section, property, operation, when?.parameter, show]);
		const known = result.get(key);
		if (!known || !known.when || !when) {
			if (!known) result.set(key, { ...wish });
			continue;
		}
		const values = new Set([...known.when.values, ...when.values]);
		known.when = { parameter: when.parameter, values: [...values] };
	}
	return [...result.values()];
}
