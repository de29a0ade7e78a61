import type { INodeProperties } from 'n8n-workflow';

import type { Spellings } from './words';

/** How a product's own console calls things: the hand-written layer over the catalogue. */
export interface ProductNames {
	/** Start of every path, left out in the patterns and keys below: `/api/v1`. */
	pathPrefix: string;
	/** Operations that are no business of the node (sign-in), as `METHOD path`. */
	omitted: string[];
	/** By resource value. */
	resources: Record<string, ResourceNames>;
	/** Operation names where the rules read badly, by `METHOD path`. Title Case. */
	operations: Record<string, string>;
	/** Words that are not merely capitalised, by lower-case words: `hyper v` -> `Hyper-V`. */
	spellings: Spellings;
	/** Labels of parameters and fields by API name, or `name@METHOD path` for one operation only. */
	labels: Record<string, string>;
	/** Labels of enum values, where splitting them into words reads badly. */
	values: Record<string, string>;
	/** Short help for a parameter or field, by API name. Plain sentences without a final period. */
	hints: Record<string, string>;
	/** Lists to choose from, beyond the rule "`…/X/{p}` is one of `GET …/X`". */
	pickers: PickerNames[];
	/** Operations of our own, and resources without paths. */
	own: OwnOperation[];
}

export interface ResourceNames {
	/** Singular, Title Case, as the console calls it. */
	name: string;
	/** For names whose plural has a form of its own. */
	plural?: string;
	/**
	 * Starts of the paths that belong here; the most specific of all resources wins. A placeholder
	 * stands for itself (`{sessionId}`) or for any (`{}`). After a method, only that method's.
	 */
	paths: string[];
}

/** A list from which the value of a parameter can be chosen. */
export interface PickerNames {
	/** Names of path parameters (after naming: `jobId`) and required fields that it fits. */
	parameters: string[];
	/** Only in operations whose path starts so; everywhere where left out. */
	under?: string;
	/** Path of the list operation. */
	list: string;
	/** Field of an entry that holds the id, where it is not `id`. */
	idField?: string;
	/** Field of an entry that a person knows it by; dots reach into nested objects. */
	labelField?: string;
}

/** An operation that the catalogue does not hold. */
export interface OwnOperation {
	resource: string;
	operation: string;
	/** Title Case. */
	name: string;
	/** Sentence case. */
	action: string;
	description?: string;
	/** Without `displayOptions`: they are added. */
	properties: () => INodeProperties[];
}
