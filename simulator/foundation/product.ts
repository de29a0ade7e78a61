import type { AnswerCatalogue } from '../../nodes/shared/catalogue/answerTypes';
import type { ApiVersion, Catalogue, Operation, Returns } from '../../nodes/shared/catalogue/types';
import type { Clock } from './clock';
import type { CollectionMaker, Collections } from './collections';
import type { FieldAliases, Item } from './listQuery';
import type { ValueRule } from './generate';
import type { OtherNames } from './recordKinds';
import type { PageLayout } from './sabotage';
import type { Tokens } from './tokens';
import type { Problem } from './validate';

/** Knobs that a control call may turn. */
export interface Settings {
	/** Revisions the server answers to. */
	supportedVersions: ApiVersion[];
	/** How long started work takes, in simulated seconds. */
	sessionSeconds: number;
	/** Size of every download. */
	downloadBytes: number;
	/** Added to every answer, as a distant server does. */
	latencyMilliseconds: number;
	/**
	 * Marks the state of each object with an `ETag`, and refuses a change of another state than `If-Match`
	 * names (412). No documented server does: off by default.
	 */
	marksStates: boolean;
}

export interface User {
	name: string;
	role: string;
}

/** A login, which no catalogue checks. */
export interface LoginRequest {
	headers: Record<string, string | string[] | undefined>;
	body: Item;
}

/** One call of a catalogue operation that passed all checks. */
export interface Call {
	operation: Operation;
	version: ApiVersion;
	/** As of the call's version. */
	returns: Returns;
	/** What stood before the operation's path: one of the product's `prefixes`. */
	prefix: string;
	headers: Record<string, unknown>;
	/** Path with its parameters' values, without the prefix. */
	path: string;
	params: Record<string, string>;
	query: Item;
	/** Parsed; `{ receivedBytes }` for an upload. */
	body: unknown;
	user: User | undefined;
	collections: Collections;
}

export interface Answer {
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	/** Bytes instead of a body. */
	file?: { name: string; bytes: number };
}

/** Why a server says no. */
export type Refusal =
	| { because: 'invalid'; problems: Problem[] }
	| { because: 'malformed'; what: string }
	| { because: 'refused'; status: number; code: string; what: string }
	| { because: 'noToken' | 'expiredToken' | 'unknownToken' }
	| { because: 'forbidden'; user: User }
	| { because: 'notFound'; what: string; id: string }
	| { because: 'conflict'; what: string; id?: string }
	| { because: 'noSuchPath'; path: string }
	| { because: 'methodNotAllowed'; method: string }
	| { because: 'notInVersion'; version: ApiVersion }
	| { because: 'internal'; what: string };

/** Raised anywhere in a call; the product writes it as its server would. */
export class Refused extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.because);
	}
}

/** What the foundation gives a product to stand on. */
export interface World {
	clock: Clock;
	settings: Settings;
	tokens: Tokens<User>;
	collections: Collections;
	/** PEM of the server's own certificate. */
	certificate: string;
}

/** All that differs between the products; made anew on every reset. */
export interface Product {
	readonly catalogue: Catalogue;
	/** What its answers hold. */
	readonly answers: AnswerCatalogue;
	/** What other schemas call values that the estate has. */
	readonly otherNames?: OtherNames;
	readonly aliases: FieldAliases;
	/** Own collections, by shape of the path. */
	readonly collections: Record<string, CollectionMaker>;
	/** How settings of which there is one look at first, by path; the rest of their fields is generated. */
	readonly singles: Record<string, Item>;
	/** What the generic answer would get wrong, by `METHOD /template`. */
	readonly handlers: Record<string, (call: Call) => Answer>;
	/** Login and logout, by `METHOD /path`: served before any token is asked for. */
	readonly login: Record<string, (request: LoginRequest) => Answer>;
	/** Control calls that only make sense for this product, by `METHOD /path/:parameter`. */
	readonly control: Record<string, (params: Record<string, string>, body: Item) => unknown>;
	/** What every path starts with; several where the version is a part of the path. Default: nothing. */
	readonly prefixes?: readonly string[];
	/** The versions the server answers to at first. Default: those of the catalogue. */
	readonly versions?: readonly ApiVersion[];
	/** Fields that identify a record where no parameter of a path is named so. Default `id`. */
	readonly idFields?: readonly string[];
	/** Generated values that differ from the usual ones; the first that fits the field's name. */
	readonly values?: readonly ValueRule[];
	/** Where a page holds its items and its figures. Default `data`, `pagination.total`, `.count`. */
	readonly pageLayout?: PageLayout;
	/** The version a request asks for; the answer that says no where there is none. */
	versionOf(headers: Record<string, unknown>, path: string): ApiVersion | Answer;
	/** Whether a user's role may make a call. */
	mayCall(user: User, operation: Operation): boolean;
	/** Body of a page. */
	page(items: Item[], total: number, query: Item, returns: Returns, call: Call): unknown;
	/** What a version answers with, where the catalogue does not know the version. */
	returnsOf?(operation: Operation, version: ApiVersion, prefix: string): Returns;
	/** The user behind a bearer token that no login gave: an API key. */
	keyUser?(token: string): User | undefined;
	/** The items of a list that a query asks for, in order; instead of the filters by name. */
	choose?(items: Item[], call: Call): Item[];
	/** Stands around every call that passed all checks; `next` carries it out. */
	around?(call: Call, next: () => Answer): Answer;
	/** Whether a call asked for some fields of its answer only. */
	isPartial?(call: Call): boolean;
	/** Stands around all of that where an answer may be given later: `next` gives the finished one. */
	deferring?(call: Call, next: () => Answer): Answer;
	/** The part of a list that a query asks for. */
	slice(items: Item[], query: Item): Item[];
	/** Starts work that goes on after the answer; `whenDone` is what it brings about if it succeeds. */
	startWork(call: Call, resource: Item | undefined, whenDone: () => void): Answer;
	refuse(refusal: Refusal): Answer;
	/** Called before every call: brings about what simulated time has brought. */
	settle(): void;
}

/** Builds a product on a world; `collections` of the world are there once it is built. */
export type ProductFactory = (world: World) => Product;
