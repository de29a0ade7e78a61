import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import type { Catalogue } from '../../nodes/shared/catalogue/types';
import { buildProperties } from '../../nodes/shared/form/buildProperties';
import { nameOperations } from '../../nodes/shared/form/operationNames';
import type { ProductOverlay } from '../../nodes/shared/form/overlay';
import type { OwnOperation } from '../../nodes/shared/runtime/product';

const [vbr] = PRODUCTS;

/** Backup & Replication, for tests that need one example. */
export const catalogue = vbr!.product.adapter.catalogue();
export const overlay = vbr!.product.overlay;
export const ownOperations = vbr!.product.ownOperations;

/** Fresh properties of the Backup & Replication node, as n8n gets them. */
export const properties = (): INodeProperties[] =>
	buildProperties(catalogue, overlay, ownOperations);

/** A node whose description is built from data. */
export interface BuiltNode {
	product: string;
	Node: new () => INodeType;
	catalogue: Catalogue;
	overlay: ProductOverlay;
	ownOperations: readonly OwnOperation[];
	/** The action text of each operation, listed in the node panel or not. */
	actions: ReadonlyMap<string, string>;
	/** Fresh properties, as n8n gets them. */
	properties(): INodeProperties[];
}

/** What holds for one product's form holds for all. */
export const NODES: BuiltNode[] = PRODUCTS.map(({ product, Node }) => ({
	product: product.adapter.displayName.replace(/^Veeam /, ''),
	Node,
	catalogue: product.adapter.catalogue(),
	overlay: product.overlay,
	ownOperations: product.ownOperations,
	actions: new Map([
		...nameOperations(product.adapter.catalogue(), product.overlay).map(
			({ operation, action }) => [operation.id, action] as const,
		),
		...product.ownOperations.map(({ operation, action }) => [operation, action] as const),
	]),
	properties: () =>
		buildProperties(product.adapter.catalogue(), product.overlay, product.ownOperations),
}));

/** Properties at any depth: the entries of collections too. */
export const everyProperty = (all: INodeProperties[]): INodeProperties[] =>
	all.flatMap((property) =>
		property.type === 'collection'
			? [property, ...everyProperty(property.options as INodeProperties[])]
			: [property],
	);

/** The choices of a dropdown. */
export const optionsOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

/** Resource and Operation stand in the order of use; with their choices in the order n8n's lint wants. */
export const byAlphabet = (property: INodeProperties): INodeProperties =>
	property.name === 'resource' || property.name === 'operation'
		? {
				...property,
				options: [...optionsOf(property)].sort((a, b) => a.name.localeCompare(b.name)),
			}
		: property;
