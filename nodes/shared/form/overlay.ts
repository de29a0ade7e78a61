import type { INodeProperties } from 'n8n-workflow';

import type { Spellings } from '../common/casing';

/**
 * How a product's own console calls things: the hand-written layer over the catalogue. Data, in the
 * JSON files of the product's overlay/ (see `readOverlay`); what names nothing, or says what the rule
 * says already, fails in `npm run catalogue:check`.
 */
export interface ProductOverlay {
	/** Start of every path, left out in the patterns below: `/api/v1`. */
	pathPrefix: string;
	/** The resource a new node starts with. */
	defaultResource: string;
	/**
	 * Ids of the 40 operations that people come for, in the order of use. n8n shows no search box in
	 * the panel of a community node, so the order is all the help there is: resources stand in the
	 * order of their first operation here, the others follow by the alphabet and are not in the panel;
	 * within a resource its everyday operations come first.
	 */
	everyday: readonly string[];
	/** By resource value. */
	resources: Record<string, ResourceNames>;
	/** What the rules do not say or say badly, by operation id. */
	operations: Record<string, OperationOverlay>;
	/** Words that are not merely capitalised, by lower-case words: `hyper v` -> `Hyper-V`. */
	spellings: Spellings;
	/** Labels of parameters and fields by API name. */
	labels: Record<string, string>;
	/** Labels of enum values, where splitting them into words reads badly. */
	values: Record<string, string>;
	/** Short help for a parameter or field, by API name. Plain sentences without a final period. */
	hints: Record<string, string>;
	/** Lists to choose from, beyond the rule "`…/X/{p}` is one of `GET …/X`". */
	pickers: PickerNames[];
	/**
	 * Fields that a change of an object does not offer, by API name: the server's own. As JSON they
	 * can be sent.
	 */
	serverOwned?: RegExp[];
	/** Fields inside bodies that people come for, by their path: `schedule.daily`. They are offered first. */
	everydayFields?: RegExp[];
	search: SearchNames;
	/**
	 * Fields of records that hold bytes of a store or a backup, as "<path of the operation> <field>": the
	 * same name may hold gigabytes elsewhere. Sizes of single files and mails are none of these.
	 */
	bytes?: RegExp[];
	/**
	 * Records that are called as what one of their IDs names: the session of a job has the job's name.
	 * `id` needs no name in records that have the field `inRecordsWith`.
	 */
	calledAs?: Array<{ id: string; inRecordsWith: string }>;
	/** Where records belong, for the lists that can be filtered by it. */
	scopes?: Scope[];
}

/** What is said of one operation beyond the rules of operationNames.ts. */
export interface OperationOverlay {
	/** Title Case. */
	name?: string;
	/** Sentence case, for the action list of the node panel. */
	action?: string;
	/** What it does, where its name is not enough. In our own words, no final period. */
	description?: string;
	/** Its records are runs: why those of them that failed can be read along. */
	includesReasons?: boolean;
	/** Labels of its parameters and fields by API name, where they mean something else than elsewhere. */
	labels?: Record<string, string>;
	/** The same for the help below a field. */
	hints?: Record<string, string>;
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
	/** The node panel lists all of its operations, after those of every day. */
	inPanel?: boolean;
}

/** A list to choose from, where the rule does not find it or does not know its fields. */
export interface PickerNames {
	/**
	 * Node parameters and fields whose value is one of the list: `jobId`, or, inside a body, with the
	 * objects around it: `account.credentialsId`. Left out: only says more about a list that the rule finds.
	 */
	parameters?: string[];
	/** Fields of records that hold such an ID and that no parameter is called as: for their names. */
	names?: string[];
	/** Path of a second list that has what the first has not, for names: copy jobs beside jobs. */
	also?: string;
	/** Only in operations whose path starts so; everywhere where left out. */
	under?: string;
	/** Path of the list operation, without the prefix. */
	list: string;
	/** Field of an entry that holds the value, where it is neither called as the parameter nor `id`. */
	idField?: string;
	/** Fields of an entry that a person knows it by, best first; dots reach into nested objects. */
	labelField?: string | string[];
	/** Which entries of this list an operation can do something with. */
	fits?: Array<{
		/** Regular expression of "<method> <path>", or of the value of an operation of our own. */
		of: string;
		/** Field of an entry; dots reach into nested objects. One that lacks it fits. */
		field: string;
		/** Values that do not fit, whatever their case. */
		not: string[];
		/** How to get one, for a list with none: "Start one with …". */
		how: string;
	}>;
}

/** What records belong to: a company, a location, a server. See scopes.ts. */
export interface Scope {
	/** Name of the node parameter. */
	parameter: string;
	label: string;
	/** Path of the list that it is chosen from, without the prefix. */
	list: string;
	/** Field of that list's entries that holds the ID. */
	idField: string;
	/** Names of fields and path parameters that hold its ID. */
	field: RegExp;
}

/** How the lists of a product are searched and sorted. */
export interface SearchNames {
	/** Query parameters that filter by name, best first. */
	filters: string[];
	/** Stands for any characters in such a filter: `*`; '' where a part of the name is enough. */
	wildcard: string;
	/** Query parameters of the order: the column's name and the direction. */
	orderColumn: string;
	orderAscending: string;
	/** Columns to order by: newest first by time, else by name. */
	timeColumn: string;
	nameColumn: string;
	/** Field of an entry that holds its id, where it is not `id`. */
	idField?: string;
	/** Field of an entry that tells two of the same name apart: `creationTime`. */
	timeField: string;
	/**
	 * Fields that say whose an entry is, for entries of the same name. With a list the field holds an
	 * id, and the list (`path`) has the name by it; without one it holds the name.
	 */
	owners?: Array<{ field: string; list?: { path: string; idField: string; nameField: string } }>;
}

/** How an operation that the catalogue does not hold is called, and its fields. */
export interface OwnOperationForm {
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
