import type { Schema, OpenApi } from './openapi';

/** All that differs between the products when their OpenAPI files are read. */
export interface SpecificationRules {
	/** As in nodes/products.ts; the first argument of `npm run catalogue`. */
	key: string;
	displayName: string;
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

/** Matches nothing. */
export const never = /^$(?!)/;

/** Names of the schemas that a file holds. */
export function schemaNames(document: OpenApi): string[] {
	return Object.keys((document.components?.schemas ?? {}) as Record<string, Schema>);
}

/** Whether every path of a file starts so; false for a file without paths. */
export function pathsStartWith(document: OpenApi, start: RegExp): boolean {
	const paths = Object.keys(document.paths ?? {});
	return paths.length > 0 && paths.every((path) => start.test(path));
}
