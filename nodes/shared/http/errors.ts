import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { chainOf, type ErrorParts } from './networkCodes';
import { clean } from './secrets';

/** What an error answer of a product says, made legible. */
export interface UserFacingError {
	/** What happened, one sentence. */
	message: string;
	/** How to fix it. */
	description?: string;
	/** The product's own code, if any. */
	code?: string;
	/** A repetition may help. */
	retryable?: boolean;
	retryAfterSeconds?: number;
	/** The server does not know the API version; those it says it knows, none where it says nothing. */
	unknownVersion?: string[];
}

/** A request that brought no answer. */
export interface NetworkFailure {
	legible: UserFacingError;
	/** The connection broke or the server was silent: a read may be repeated at once. */
	broken: boolean;
	/** Waiting may help (a server that restarts); it does not with a certificate or a wrong name. */
	transient: boolean;
	/** The server may have got the request, and may be doing what it asks. */
	arrived: boolean;
	/** There was more of the answer than is read: a smaller page may do. */
	tooLarge?: true;
}

/**
 * Something a person can mend, found where no node is at hand (a credential's login, reading a
 * URL). Carries no `status`, `code`, `response` or `cause`: n8n would show a generic text by status
 * instead of ours, would log in a second time on a login answered 401 (and lock accounts out), and
 * would keep the request, password included.
 */
export class UserFacingFailure extends Error {
	readonly description?: string;
	/** Waiting a while may help. */
	readonly transient: boolean;
	/** A login was refused: with the same values it will be again, and count against the account. */
	readonly refused: boolean;
	/** Something else than the product may have answered. */
	readonly elsewhere: boolean;
	/** See `UserFacingError.unknownVersion`. */
	readonly unknownVersion?: string[];

	constructor(
		{ message, description, unknownVersion }: UserFacingError,
		{
			transient = false,
			refused = false,
			elsewhere = false,
		}: { transient?: boolean; refused?: boolean; elsewhere?: boolean } = {},
	) {
		super(message);
		this.transient = transient;
		this.refused = refused;
		this.elsewhere = elsewhere;
		this.unknownVersion = unknownVersion;
		this.name = 'UserFacingFailure';
		this.description = description;
	}
}

/** By credential: what its last login failed with. */
const failuresOfLogins = new WeakMap<object, UserFacingFailure>();

/** Keeps what a login failed with, for an n8n whose own error loses its cause. */
export function keepLoginFailure(credential: object, error: unknown): void {
	const failure = findUserFacingFailure(error);
	if (failure) failuresOfLogins.set(credential, failure);
}

/**
 * The failure inside what n8n made of it, if there is one.
 *
 * @param credential whose login may have failed: n8n-workflow 1.120 to 2.20 keeps no more of a cause
 *   than its message
 */
export function findUserFacingFailure(
	error: unknown,
	credential?: object,
): UserFacingFailure | undefined {
	for (const at of chainOf(error))
		if (at.name === 'UserFacingFailure') return at as unknown as UserFacingFailure;
	const kept = credential && failuresOfLogins.get(credential);
	const { message, messages = [] } = (error ?? {}) as ErrorParts;
	return kept && [message, ...messages].includes(kept.message) ? kept : undefined;
}

export interface ErrorFacts {
	/** HTTP status, where there was an answer. */
	status?: number;
	itemIndex?: number;
	/** Values that must never be shown. */
	secrets?: readonly string[];
	/** What the user calls the operation. */
	label?: string;
	/** Waiting a while may help: whoever polls may go on. */
	transient?: boolean;
	/** The server has got the request: it is there, and only slow. */
	arrived?: boolean;
	/** The login was refused: another request with the same credential would be, too. */
	login?: boolean;
	/** The answer was larger than one may be. */
	tooLarge?: boolean;
	/** See `isVersionLost`. */
	versionLost?: boolean;
}

/**
 * An error of the server or the way to it, as n8n shows it: `message` what happened, `description`
 * how to fix it. Neither the request nor the answer is attached; both may hold secrets.
 */
export function apiError(
	node: INode,
	legible: UserFacingError,
	facts: ErrorFacts = {},
): NodeApiError {
	const message = clean(legible.message, facts.secrets);
	const description =
		legible.description === undefined ? undefined : clean(legible.description, facts.secrets);
	const error = new NodeApiError(node, { message } as JsonObject, {
		message,
		description,
		httpCode: facts.status === undefined ? undefined : String(facts.status),
		itemIndex: facts.itemIndex,
	});
	// n8n replaces a message that contains the name of a system error anywhere ("EPERM" is also in
	// "rolePermissions") by a generic one.
	error.message = message;
	error.description = description;
	error.messages = [];
	if (legible.code) error.context.errorCode = legible.code;
	if (facts.label) error.context.operation = facts.label;
	if (facts.transient) error.context.transient = true;
	if (facts.arrived) error.context.arrived = true;
	if (facts.login) error.context.login = true;
	if (facts.tooLarge) error.context.tooLarge = true;
	if (facts.versionLost) error.context.versionLost = true;
	return error;
}

/** A mistake in what the user gave, found before anything was sent, or work that went wrong. */
export function operationError(
	node: INode,
	{ message, description }: Pick<UserFacingError, 'message' | 'description'>,
	facts: Pick<ErrorFacts, 'itemIndex' | 'secrets'> = {},
): NodeOperationError {
	const text = clean(message, facts.secrets);
	const error = new NodeOperationError(node, text, {
		itemIndex: facts.itemIndex,
		level: 'warning',
	});
	error.message = text;
	error.description = description === undefined ? undefined : clean(description, facts.secrets);
	error.messages = [];
	return error;
}

/** Whether trying again later may help. */
export const isTransient = (error: unknown): boolean =>
	error instanceof NodeApiError && error.context.transient === true;

/** Whether asking for less at once may help. */
export const isTooLarge = (error: unknown): boolean =>
	error instanceof NodeApiError && error.context.tooLarge === true;

/**
 * Whether the server has been found not to know the API version any more that was found before, and has
 * done nothing yet: whoever connects again finds the version that it knows now.
 */
export const isVersionLost = (error: unknown): boolean =>
	error instanceof NodeApiError && error.context.versionLost === true;
