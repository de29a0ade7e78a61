import type { Schema, OpenApi } from './openapi';

/** All that differs between the products when their OpenAPI files are read. */
export interface Product {
	/** Short key, the first argument of `npm run catalogue`. */
	key: string;
	displayName: string;
	/** Folder under nodes/. */
	folder: string;
	/** Whether a file is this product's. */
	recognises(document: OpenApi): boolean;
	/** The version a file describes, as the credential will spell it. */
	version(document: OpenApi): string;
	/** What every path starts with and the catalogue leaves to the adapter's `basePath`. */
	prefix: RegExp;
	/** Header parameters the adapter sends itself, in lower case. */
	ownedHeaders: string[];
	/** "METHOD /path" of calls that are the credential's business. */
	leftToCredential: string[];
	paging: { offset: string; limit: string };
	/**
	 * Envelopes of lists: the field that holds the items. An answer with that array is a list if it
	 * has one of the `marks` too, or nothing else at all.
	 */
	lists: Array<{ items: string; marks: string[] }>;
	/** Field that makes a list a change feed: an item of its own, because the next call needs it. */
	feedMark?: string;
	/** Field that wraps a single item as well. */
	itemEnvelope?: string;
	/** Enums the file spells otherwise than the server takes them: schema name -> right spelling. */
	misspelt?: Record<string, (value: string) => string>;
	/** Where new operations get their id from: the vendor's operation id, or the title if it is better. */
	idsFrom?: 'title';
	/** Verbs that new ids of lists and of JSON Patches begin with, where all the product's do. */
	idVerbs?: { list: string; jsonPatch: string };
	/** Answers of writes that mean work goes on, by schema name. */
	work: { session: RegExp; sessions: RegExp; task: RegExp };
}

const never = /^$(?!)/;

function schemaNames(document: OpenApi): string[] {
	return Object.keys((document.components?.schemas ?? {}) as Record<string, Schema>);
}

function pathsStartWith(document: OpenApi, start: RegExp): boolean {
	const paths = Object.keys(document.paths ?? {});
	return paths.length > 0 && paths.every((path) => start.test(path));
}

export const PRODUCTS: Product[] = [
	{
		key: 'vbr',
		displayName: 'Veeam Backup & Replication',
		folder: 'VeeamBackupReplication',
		recognises: (document) => /Backup (&|and) Replication/i.test(document.info.title),
		version: (document) => document.info.version,
		prefix: never,
		ownedHeaders: ['x-api-version'],
		leftToCredential: ['POST /api/oauth2/token', 'POST /api/oauth2/logout'],
		paging: { offset: 'skip', limit: 'limit' },
		lists: [
			{ items: 'data', marks: ['pagination'] },
			{ items: 'records', marks: ['totalRecords'] },
			{ items: 'items', marks: ['pagination'] },
		],
		// 1.3-rev1 and 1.3-rev2 capitalise the grant types; servers take the lower case of OAuth 2.
		misspelt: { ELoginGrantType: (value) => value.toLowerCase() },
		work: {
			session: /^SessionModel$/,
			sessions: /^SessionsResult$/,
			task: /^TaskModel$/,
		},
	},
	{
		key: 'vb365',
		displayName: 'Veeam Backup for Microsoft 365',
		folder: 'VeeamBackupMicrosoft365',
		// The v6 file is titled "API v6": its paths and schema names tell.
		recognises: (document) =>
			/Microsoft (Office )?365/i.test(document.info.title) ||
			(pathsStartWith(document, /^\/v\d+\//) &&
				schemaNames(document).some((name) => /^RESTOrganization/i.test(name))),
		version: (document) =>
			/^\/(v\d+)\//.exec(Object.keys(document.paths)[0] ?? '')?.[1] ?? document.info.version,
		prefix: /^\/v\d+(?=\/)/,
		ownedHeaders: [],
		leftToCredential: ['POST /token', 'POST /token/logout'],
		paging: { offset: 'offset', limit: 'limit' },
		lists: [{ items: 'results', marks: ['offset', 'limit', 'setId', 'totalCount', '_links'] }],
		feedMark: 'nextChangeToken',
		// Operation ids are a class and often no more than "Get"; titles say it in words.
		idsFrom: 'title',
		work: {
			// The restore responses (v8) hold the id of the session that restores.
			session:
				/^REST((Job|Restore|RepositorySynchronize|BackupRepositoryOwnerChange)Session|AsyncRestoreResponse|OperatorRestoreResponse|(Teams)?OperatorRestoreSessionResponse)$/,
			sessions: never,
			task: never,
		},
	},
	{
		key: 'vspc',
		displayName: 'Veeam Service Provider Console',
		folder: 'VeeamServiceProviderConsole',
		recognises: (document) => /Service Provider Console/i.test(document.info.title),
		version: (document) => document.info.version,
		prefix: /^\/api\/v3(?=\/)/,
		ownedHeaders: ['x-request-id', 'x-client-version'],
		leftToCredential: ['POST /token'],
		paging: { offset: 'offset', limit: 'limit' },
		lists: [{ items: 'data', marks: ['meta', 'errors'] }],
		itemEnvelope: 'data',
		// One condition shows a field for all lists: the description has 300 KB for 988 operations.
		idVerbs: { list: 'list', jsonPatch: 'edit' },
		// Any call may answer 202 with an async action; the transport follows it by its status.
		work: { session: never, sessions: never, task: never },
	},
];
