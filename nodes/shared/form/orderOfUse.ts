import type { INodePropertyOptions } from 'n8n-workflow';

import type { ProductOverlay } from './overlay';
import { byName } from './operationNames';

type Compare = (a: INodePropertyOptions, b: INodePropertyOptions) => number;

/** Deprecated by Veeam, or there for servers of an older version only. */
const isSuperseded = ({ name }: INodePropertyOptions): boolean =>
	/ \((Deprecated|V\d+|Version [\d.]+)\)$/.test(name);

/**
 * How the pickers are sorted, and the node panel with them: what people come for first, then what else
 * the panel lists, then by the alphabet; what is superseded last.
 *
 * @param byResource the operations of each resource; option values are operation ids
 * @returns how two options compare, and whether the panel lists an operation of a resource
 * @throws Error where the order names an operation that does not exist
 */
export function orderOfUse(
	{ everyday, resources }: Pick<ProductOverlay, 'everyday' | 'resources'>,
	byResource: ReadonlyMap<string, readonly INodePropertyOptions[]>,
): {
	resources: Compare;
	operations: Compare;
	isListed: (operation: string, resource: string) => boolean;
} {
	const rankOfOperation = new Map(everyday.map((id, index) => [id, index]));
	const rankOfResource = new Map<string, number>();
	const isWhole = (resource: string) => resources[resource]?.inPanel === true;
	const missing = new Set(everyday);
	for (const [resource, operations] of byResource) {
		const ranks = operations.flatMap(({ value }) => rankOfOperation.get(String(value)) ?? []);
		if (isWhole(resource)) ranks.push(everyday.length);
		if (ranks.length > 0) rankOfResource.set(resource, Math.min(...ranks));
		for (const { value } of operations) missing.delete(String(value));
	}
	if (missing.size > 0)
		throw new Error(`The order of use names what does not exist: ${[...missing].join(', ')}`);
	const last = Number.MAX_SAFE_INTEGER;
	const by =
		(
			ranks: ReadonlyMap<string, number>,
			supersededLast: (option: INodePropertyOptions) => boolean,
		): Compare =>
		(a, b) =>
			(ranks.get(String(a.value)) ?? last) - (ranks.get(String(b.value)) ?? last) ||
			Number(supersededLast(a)) - Number(supersededLast(b)) ||
			byName(a.name, b.name);
	return {
		isListed: (operation, resource) => rankOfOperation.has(operation) || isWhole(resource),
		resources: by(rankOfResource, ({ value }) =>
			(byResource.get(String(value)) ?? []).every(isSuperseded),
		),
		operations: by(rankOfOperation, isSuperseded),
	};
}
