import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { OwnOperationForm, ProductOverlay } from '../form/overlay';
import type { RunReason } from '../common/runReason';
import type { ProductAdapter, VeeamClient } from '../http/types';
import type { Labels } from './labels';

/** One input item on its way: what every step of the execution needs. */
export interface Call {
	context: IExecuteFunctions;
	client: VeeamClient;
	product: Product;
	itemIndex: number;
}

/**
 * An operation that no single request of the API answers: what it is called, its fields and its code.
 * It gives back items: their data (see `asItems`), and files where it has any.
 */
export type OwnOperation = OwnOperationForm &
	(
		| { execute(call: Call): Promise<OutputItems> }
		/** Over all input items at once; it asks nothing of a server. */
		| { executeOverAll(context: IExecuteFunctions): Promise<OutputItems> }
	);

/** Inner fields that stand beside the others in the items. */
export interface Lifted {
	/** The name that each inner field gets, by its own. */
	names: Record<string, string>;
	/**
	 * The inner object holds nothing else: it is lifted in every item, so that one thing has one shape.
	 * Left out: only Simplify lifts it.
	 */
	always?: true;
}

/** How a product reads why its runs failed. */
export interface SessionReasons {
	/** Whether a run failed or warned: the others are not asked about. */
	isBad(session: IDataObject): boolean;
	/** @param item what the session was made into: with Simplify it says the name of the job */
	read(client: VeeamClient, session: IDataObject, item: IDataObject): Promise<RunReason[]>;
	/** What an API version cannot say, as a sentence; undefined where it says everything. */
	lacks?(client: Pick<VeeamClient, 'version'>): string | undefined;
}

/** All that the executor has to know of a product. */
export interface Product {
	adapter: ProductAdapter;
	ownOperations: readonly OwnOperation[];
	/** Field of an object that holds its id, where it is not `id`. */
	idField?: string;
	/** The ID in a link of a record to something of a list, where the product links: of `/Jobs`. */
	linkedId?(record: IDataObject, list: string): string | undefined;
	/** Where the product nests what a person reads first, by outer field. */
	flatten?: Record<string, Lifted>;
	/**
	 * Says where work that an operation started can be waited for later, as "Session > Wait for
	 * Completion"; undefined where it cannot.
	 *
	 * @param record the work as the answer describes it
	 */
	waitsLater?(record: IDataObject): string | undefined;
	/**
	 * Operations known from other sources to work in versions older than the catalogue's; all others
	 * are sent there with a hint.
	 */
	verifiedInOlder?: readonly string[];
	/** Why runs failed, for the lists that can say it along. */
	sessionReasons?: SessionReasons;
	labels: Labels;
	/** What things are called: which filters of its own a list has. */
	overlay: ProductOverlay;
}

/** The items of one input item, still without their pairing. */
export type OutputItems = Array<Pick<INodeExecutionData, 'json' | 'binary'>>;
