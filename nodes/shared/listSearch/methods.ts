import type { INodeProperties } from 'n8n-workflow';

/**
 * Names of the methods that a node's properties ask for, at any depth: the one list of what
 * `methods.listSearch` and `methods.loadOptions` have to offer.
 */
export function methodsAskedFor(
	properties: INodeProperties[],
	kind: 'searchListMethod' | 'loadOptionsMethod',
): string[] {
	const found = new Set<string>();
	const look = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		const name = (value as Record<string, unknown>)[kind];
		if (typeof name === 'string') found.add(name);
		Object.values(value).forEach(look);
	};
	look(properties);
	return [...found];
}
