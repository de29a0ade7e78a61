import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Labels } from './labels';
import type { ProductAdapter, VeeamClient } from '../http/types';

/**
 * An operation that no single request of the API answers. Gets the client of its item and gives
 * back the items: their data (see `asItems`), and files where it has any.
 */
export type OwnOperation = (
	context: IExecuteFunctions,
	client: VeeamClient,
	itemIndex: number,
) => Promise<OutputItems>;

/** All that the executor has to know of a product. */
export interface Product {
	adapter: ProductAdapter;
	/** By operation value. */
	ownOperations: Record<string, OwnOperation>;
	/** By operation value: operations over all input items at once; they ask nothing of a server. */
	combiningOperations?: Record<string, (context: IExecuteFunctions) => Promise<OutputItems>>;
	/**
	 * Where the product nests what a person reads first: inner fields that Simplify lifts, by outer
	 * field, with the names they get, e.g. `{ result: { result: 'result', message: 'message' } }`.
	 */
	flatten?: Record<string, Record<string, string>>;
	/**
	 * Operations known from other sources to work in versions older than the catalogue's; all others
	 * are sent there with a hint.
	 */
	verifiedInOlder?: readonly string[];
	labels: Labels;
}

/** The items of one input item, still without their pairing. */
export type OutputItems = Array<Pick<INodeExecutionData, 'json' | 'binary'>>;
