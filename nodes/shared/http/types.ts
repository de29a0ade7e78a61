import type {
	IBinaryData,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IHttpRequestMethods,
	JsonObject,
} from 'n8n-workflow';
import type { Catalogue } from '../catalogue/types';
import type { Connection, ConnectionRules, PasswordLogin } from '../credential/types';
import type { UserFacingError } from './errors';

/** The n8n contexts from which a request can leave. */
export type VeeamContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export type QueryValue = string | number | boolean | Array<string | number | boolean>;

export type RequestBody =
	| {
			media: 'json';
			value: unknown;
			/** Sent in its place, where the value is not all of it. */
			text?: string;
	  }
	| { media: 'form'; value: Record<string, string> }
	| { media: 'binary'; /** n8n binary property of the input item */ binaryProperty: string }
	| { media: 'multipart'; /** form field */ field: string; binaryProperty: string }
	/** A multipart form of texts. */
	| { media: 'form-data'; value: Record<string, string> };

export interface VeeamRequest {
	method: IHttpRequestMethods;
	/** Path as the catalogue has it, with `{placeholders}`, relative to the adapter's base. */
	path: string;
	/** Raw values of the placeholders; encoded here, `.`, `..` and empty refused. */
	pathParameters?: Record<string, string>;
	query?: Record<string, QueryValue | undefined>;
	headers?: Record<string, string>;
	body?: RequestBody;
	/** What the user calls it, for error messages: "Get Many (Repository)". */
	label?: string;
	/** Only reads although it is no GET (a search by POST): may be repeated. `list` implies it. */
	readsOnly?: boolean;
	/** The work it starts is going to be waited for; see `ProductAdapter.snapshotRunningWork`. */
	startsWork?: boolean;
	/** Seconds the server may stay silent; the default depends on what is asked (see request.ts). */
	timeoutSeconds?: number;
	/**
	 * Seconds for the whole answer of a read: also a server that never stays silent but never comes
	 * to an end is broken off then. None where left out.
	 */
	answerWithinSeconds?: number;
}

export interface VeeamResponse {
	status: number;
	/** Lower-case names. */
	headers: Record<string, string>;
	/** Parsed JSON, text where it is none, undefined where empty. */
	body: unknown;
	/** What it answers. */
	request?: Pick<VeeamRequest, 'method' | 'path' | 'pathParameters' | 'label'>;
	/** What `ProductAdapter.snapshotRunningWork` found before the request. */
	snapshotRunningWork?: ReadonlySet<string>;
}

export interface ListOptions {
	/** First so many items; all where undefined. */
	limit?: number;
	/**
	 * Where the offset and the limit go: into the query, into the JSON body's top (`body`), into its
	 * `pagination` object, or nowhere because the operation is not paged. Default: the query of a
	 * GET; otherwise wherever the given body already has them, else nowhere.
	 */
	pageIn?: 'query' | 'body' | 'body.pagination' | 'none';
	/** Asked for at once; default the adapter's. The server may give fewer. */
	pageSize?: number;
	/** Called where the server gave fewer items than it said there are. */
	onShort?: (read: number, total: number) => void;
	/** Gets what each page says how many there are, as far as it can be true. */
	onTotal?: (total: number | undefined) => void;
	/** Gets the headers of each page: they tell the server's time. */
	onHeaders?: (headers: Record<string, string>) => void;
}

export interface WaitOptions {
	/** Seconds before giving up; the work itself goes on. Default 3600. */
	timeoutSeconds?: number;
	/** 'error': a failed session raises, with the reason of each failed object. Default 'error'. */
	onFailure?: 'error' | 'return';
}

/** One connection: a credential of a user, for one item. */
export interface VeeamClient {
	/** API version the credential asks for. */
	readonly version: string;
	/** The version was left to us: it is the newest that server and package both know. */
	readonly automatic?: boolean;
	/** `https://host:port`, without a slash at the end. */
	readonly origin: string;
	request(request: VeeamRequest): Promise<VeeamResponse>;
	/** What would be sent, without secrets; nothing is sent. */
	preview(request: VeeamRequest): { method: string; url: string; headers: Record<string, string> };
	/** Items of a page or list, in order, across pages. */
	list(request: VeeamRequest, options?: ListOptions): Promise<IDataObject[]>;
	/** Streams the answer into n8n's binary data. */
	download(request: VeeamRequest): Promise<IBinaryData>;
	/** Follows what an answer started to its end; gives the answer itself back if it started nothing. */
	wait(response: VeeamResponse, options?: WaitOptions): Promise<IDataObject | IDataObject[]>;
}

/** All that differs between the products on the wire. */
export interface ProductAdapter extends ConnectionRules {
	credentialType: string;
	/** How its credential logs in. */
	login: PasswordLogin;
	/** A cheap read that any role may make: finds out whether a token is still good. */
	probe: VeeamRequest;
	/** Read on first use, not at load. */
	catalogue(): Catalogue;
	/**
	 * Prefix of every catalogue path for a version, e.g. '' or '/v8'; '' for a path that has one
	 * already, as a user types it or a link of the server has it.
	 */
	basePath(version: string, path?: string): string;
	/** Headers of every call. */
	headers(connection: Connection, request: VeeamRequest): Record<string, string>;
	paging: {
		offset: string;
		limit: string;
		/** The most the server takes at once, or what is asked for first where `largestPage` is more. */
		pageSize: number;
		/** How large pages may become while the server answers quickly; left out: no larger than `pageSize`. */
		largestPage?: number;
		/** Items of an answer, whatever its envelope; undefined where it is no list. */
		items(body: unknown): IDataObject[] | undefined;
		/** Total over all pages where the answer says it. */
		total(body: unknown): number | undefined;
		/**
		 * Field of a page by which the server knows the list again, and the query parameter that the
		 * pages after it give it back in.
		 */
		continuation?: string;
		/** What tells two items apart; undefined where nothing does. Default: `id`. */
		key?(item: IDataObject): string | undefined;
	};
	/** Repairs known slips of the product in an item, e.g. booleans that come as strings. */
	normaliseItem?(item: IDataObject): IDataObject;
	/** The field that wraps a single object, as `data` in `{data, meta, errors}`; left out where none. */
	itemEnvelope?: string;
	/**
	 * An answer that is still to come: any request may be answered by "accepted", with a place to ask
	 * for the real answer. Undefined where the answer is there. The transport always waits for it:
	 * without it a read has no items and a write no result.
	 */
	deferred?(client: VeeamClient, response: VeeamResponse): DeferredAnswer | undefined;
	/**
	 * Ids of the work there is already, read before a request whose answer will not name the work it
	 * starts: what is new afterwards is the request's, whatever the clocks of the machines say.
	 * Undefined where the answer says enough.
	 */
	snapshotRunningWork?(
		client: VeeamClient,
		request: VeeamRequest,
	): Promise<ReadonlySet<string> | undefined>;
	/** Whether a request has started work of which the answer says nothing. Undefined where answers say it. */
	startsSilently?(client: VeeamClient, response: VeeamResponse): boolean;
	/** Follows work that goes on (sessions, tasks, async actions). Undefined where the answer started none. */
	follow(
		client: VeeamClient,
		response: VeeamResponse,
	): LongRunningOperation | LongRunningOperation[] | undefined;
	/** Reads an error answer (status 4xx or 5xx). */
	readError(
		status: number,
		body: unknown,
		headers: Record<string, string>,
		connection: Connection,
	): UserFacingError;
	/** Words of enums that mean the same: one that an enum lacks is sent as the one it has. */
	synonyms?: ReadonlyArray<readonly string[]>;
	/** Whether a write may be repeated after a broken connection (it carries an idempotency key). */
	writesAreIdempotent: boolean;
}

/** An answer that comes later. */
export interface DeferredAnswer {
	work: LongRunningOperation;
	/** Asks for the answer once the work is done; for failed work it brings the error. */
	result: VeeamRequest;
	/** Why the work brought no answer, from its last record; undefined where it did. */
	failure(record: IDataObject): UserFacingError | undefined;
	/**
	 * What to say where the server knows nothing of the work any more, or has thrown away the answer.
	 *
	 * @param record the last that was seen of the work; empty where none was
	 */
	lost(record: IDataObject): UserFacingError;
}

/** Work that continues on the server. */
export interface LongRunningOperation {
	/** Asks once. `done` with the final record, or still running (with the record as it is). */
	poll(): Promise<{ done: boolean; failed: boolean; record: IDataObject }>;
	/** Why it failed: one line per failed object. Asked only on failure. */
	reasons(record: IDataObject): Promise<string[]>;
	/** "Backup Job 1 (session 123…)" for messages. */
	label: string;
}

export type { Connection, IDataObject, JsonObject, UserFacingError };
