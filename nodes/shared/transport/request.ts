import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
} from 'n8n-workflow';

import { foreignAnswer, isForeign, readBody, readHeaders, redirected } from './answer';
import type { LegibleFailure } from './errors';
import { apiError, findLegibleFailure, operationError, secretsOf } from './errors';
import type { NetworkFailure } from './networkFailure';
import { readNetworkFailure } from './networkFailure';
import { fillPath } from './pathEncoding';
import { LATER, Pauses, readRetryAfter } from './retry';
import type { ClientSettings } from './settings';
import type { Connection, LegibleError, ProductAdapter, VeeamContext, VeeamRequest } from './types';
import { isUpload, openBody } from './upload';

/** All that a request needs to know. */
export interface Door {
	context: VeeamContext;
	node: INode;
	itemIndex: number;
	adapter: ProductAdapter;
	connection: Connection;
	/** Decrypted; n8n writes a renewed session into it. Shared by all requests of a client. */
	credential: ICredentialDataDecryptedObject;
	settings: ClientSettings;
	/** A login under way, so that pages that meet an expired token together log in once. */
	renewing?: Promise<void>;
}

/** A success as it came: text for 'text', a readable stream for 'stream'. */
export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: unknown;
	/** Breaks off a stream that is no longer wanted. */
	abandon(): void;
}

type ReadAs = 'text' | 'stream';

/** The credential's hidden, expirable field, the same in all credentials of this package. */
const SESSION = 'sessionToken';

/**
 * The one door out: every request of every node leaves here.
 *
 * Reads are repeated after 429, 503, an answer the adapter calls retryable, a broken connection and
 * a silent server, with pauses as the server asks or growing; writes only where the product takes
 * an idempotency key. A 401 leads to one login and one repetition, whatever the body is made of:
 * n8n's own handling gives up on streams and logs in once per concurrent request.
 *
 * @throws NodeApiError for what the server or the way to it refuses; NodeOperationError for what
 * can be known to be wrong before anything is sent
 */
export async function send(door: Door, request: VeeamRequest, as: ReadAs): Promise<RawAnswer> {
	const { adapter, connection, settings } = door;
	const repeatable =
		request.readsOnly === true || isRead(request.method) || adapter.writesAreIdempotent;
	// Once for all tries: it may hold the idempotency key.
	const headers = adapter.headers(connection, request);
	const pauses = new Pauses(settings);
	let renewed = false;
	// A server may cut off an upload it will answer 401 to: find out before.
	if (isUpload(request.body) && connection.renewable) await checkSession(door);

	for (;;) {
		const session = door.credential[SESSION];
		const answer = await attempt(door, request, headers, as);
		if ('broken' in answer) {
			const pause = repeatable && answer.broken ? pauses.next() : undefined;
			if (pause === undefined) throw failed(door, request, answer, repeatable);
			await rest(door, pause);
			continue;
		}
		if (answer.status >= 200 && answer.status < 300) {
			if (as === 'text' && isForeign(answer.body))
				throw refused(door, request, answer, foreignAnswer(connection.origin, adapter));
			return answer;
		}
		if (answer.status === 401 && connection.renewable && !renewed) {
			renewed = true;
			answer.abandon();
			await renew(door, session);
			continue;
		}
		const legible = await explain(door, answer, renewed);
		const later = LATER.includes(answer.status) || legible.retryable === true;
		const asked =
			legible.retryAfterSeconds ?? readRetryAfter(answer.headers['retry-after'], settings.now());
		const pause = later && repeatable ? pauses.next(asked) : undefined;
		if (pause === undefined)
			throw refused(door, request, answer, withAskedWait(legible, asked), later);
		await rest(door, pause);
	}
}

export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** One try. Never raises for what the server answers; raises for a failed login. */
async function attempt(
	door: Door,
	request: VeeamRequest,
	headers: Record<string, string>,
	as: ReadAs,
): Promise<RawAnswer | NetworkFailure> {
	const { context, adapter, connection, itemIndex, node } = door;
	stopIfCancelled(door);
	const timeoutSeconds = timeoutOf(door, request, as);
	try {
		const url = buildUrl(door, request);
		const body = await openBody(context, itemIndex, request.body);
		const options: IHttpRequestOptions = {
			method: request.method,
			url,
			qs: request.query,
			arrayFormat: 'repeat',
			headers: {
				Accept: as === 'text' ? 'application/json' : '*/*',
				// Unpacking would hide the length of a file and how far it got.
				...(as === 'stream' ? { 'Accept-Encoding': 'identity' } : {}),
				...headers,
				...request.headers,
				...body.headers,
			},
			...(body.body === undefined ? {} : { body: body.body as IHttpRequestOptions['body'] }),
			encoding: as,
			returnFullResponse: true,
			// Every status comes back, 401 included: see `send`.
			ignoreHttpStatusErrors: true,
			// A redirect could carry the token, or turn a change into a read.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			skipSslCertificateValidation: connection.ignoreSslIssues,
			timeout: timeoutSeconds * 1000,
		};
		const { caller, abandon } =
			as === 'stream' ? abandonable(context) : { caller: context, abandon: () => {} };
		const answer = (await context.helpers.httpRequestWithAuthentication.call(
			caller,
			adapter.credentialType,
			options,
			// The item's own credential, and the same object each time: n8n would read item 0's anew.
			{ credentialsDecrypted: { data: door.credential } as unknown as ICredentialsDecrypted },
		)) as { statusCode: number; headers: unknown; body: unknown };
		return {
			status: answer.statusCode,
			headers: readHeaders(answer.headers),
			body: answer.body,
			abandon,
		};
	} catch (error) {
		stopIfCancelled(door);
		const legible = findLegibleFailure(error);
		if (legible) throw operationOrLogin(door, legible, error !== legible);
		const { displayName, defaultPort } = adapter;
		const place = { origin: connection.origin, displayName, defaultPort, timeoutSeconds };
		if (isNodeError(error)) throw operationError(node, error, { itemIndex, ...secrets(door) });
		return readNetworkFailure(error, place);
	}
}

/**
 * A caller by which a request can be broken off. n8n takes the signal from the caller and overwrites
 * one that is given; destroying the stream it hands out does not help, because that waits for the
 * next bytes (n8n-core 2.41, axios 1.18).
 */
function abandonable(context: VeeamContext) {
	const own = new AbortController();
	const users =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const signal = users ? AbortSignal.any([own.signal, users]) : own.signal;
	const caller = Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as VeeamContext;
	return { caller, abandon: () => own.abort() };
}

/** n8n wraps what a login raises; what we raise ourselves before sending comes bare. */
function operationOrLogin(door: Door, failure: LegibleFailure, wrapped: boolean): Error {
	const { transient } = failure;
	const about = { itemIndex: door.itemIndex, transient, ...secrets(door) };
	return wrapped ? apiError(door.node, failure, about) : operationError(door.node, failure, about);
}

/** n8n's own complaint, e.g. about a binary field that is missing. */
function isNodeError(error: unknown): error is Error & { description?: string } {
	return (error as Error | undefined)?.constructor?.name === 'NodeOperationError';
}

function buildUrl({ adapter, connection }: Door, request: VeeamRequest): string {
	const path = fillPath(request.path, request.pathParameters);
	return `${connection.origin}${adapter.basePath(connection.version)}${path}`;
}

function timeoutOf({ settings }: Door, request: VeeamRequest, as: ReadAs): number {
	if (request.timeoutSeconds !== undefined) return request.timeoutSeconds;
	if (as === 'stream' || isUpload(request.body)) return settings.fileTimeout;
	return request.readsOnly === true || isRead(request.method)
		? settings.readTimeout
		: settings.writeTimeout;
}

/** Asks whether the session is still good, and renews it where it is not. */
async function checkSession(door: Door): Promise<void> {
	const session = door.credential[SESSION];
	const { adapter, connection } = door;
	const headers = adapter.headers(connection, adapter.probe);
	const answer = await attempt(door, adapter.probe, headers, 'text');
	if ('broken' in answer) throw failed(door, adapter.probe, answer, true);
	if (answer.status === 401) await renew(door, session);
}

/**
 * Logs in again: an empty session makes n8n do so, and keep the new token, before it sends the
 * probe. Requests that met the same expired session share one login.
 */
async function renew(door: Door, session: unknown): Promise<void> {
	if (door.renewing === undefined && door.credential[SESSION] !== session) return;
	door.renewing ??= logIn(door).finally(() => {
		door.renewing = undefined;
	});
	await door.renewing;
}

async function logIn(door: Door): Promise<void> {
	const { adapter, connection } = door;
	door.credential[SESSION] = '';
	const headers = adapter.headers(connection, adapter.probe);
	const answer = await attempt(door, adapter.probe, headers, 'text');
	if ('broken' in answer) throw failed(door, adapter.probe, answer, true);
}

/** What an answer that is no success means. */
async function explain(door: Door, answer: RawAnswer, renewed: boolean): Promise<LegibleError> {
	const { adapter, connection, context } = door;
	const { status, headers } = answer;
	const text =
		typeof answer.body === 'string' || answer.body === undefined
			? answer.body
			: await (context as IExecuteFunctions).helpers.binaryToString(answer.body as Buffer);
	if (status < 400) return redirected(connection.origin, headers.location);
	if (isForeign(text)) return foreignAnswer(connection.origin, adapter, status);
	if (status === 401 && !connection.renewable)
		return {
			message: 'The server does not take the access token of the credential.',
			description:
				'It has expired or is wrong. Paste a new one into the credential, or switch the credential to password login, which renews its token by itself.',
		};
	if (status === 401 && renewed)
		return {
			message: 'The server refuses the token it has just given.',
			description: `Look at the account in ${adapter.displayName}: it may have been locked or changed. Test the credential.`,
		};
	return adapter.readError(status, readBody(text), headers, connection);
}

function withAskedWait(legible: LegibleError, asked: number | undefined): LegibleError {
	if (asked === undefined || asked === 0) return legible;
	const wish = `The server asks to wait ${Math.ceil(asked)} seconds.`;
	return {
		...legible,
		description: legible.description ? `${legible.description} ${wish}` : wish,
	};
}

function refused(
	door: Door,
	request: VeeamRequest,
	{ status }: RawAnswer,
	legible: LegibleError,
	later = false,
): Error {
	const transient = later || status >= 500;
	return apiError(door.node, legible, { status, transient, ...facts(door, request) });
}

function failed(
	door: Door,
	request: VeeamRequest,
	{ legible, transient }: NetworkFailure,
	repeatable: boolean,
): Error {
	const change = 'It is not known whether the change took effect: look before you repeat it.';
	const description =
		repeatable || !transient ? legible.description : `${legible.description} ${change}`;
	return apiError(door.node, { ...legible, description }, { transient, ...facts(door, request) });
}

const facts = (door: Door, { label }: VeeamRequest) => ({
	itemIndex: door.itemIndex,
	label,
	...secrets(door),
});

const secrets = (door: Door) => ({ secrets: secretsOf(door.credential) });

/** Pauses in short steps, so that a stopped execution stops. */
export async function rest(door: Door, seconds: number): Promise<void> {
	for (let left = seconds; left > 0; left -= 1) {
		stopIfCancelled(door);
		await door.settings.sleep(Math.min(left, 1) * 1000);
	}
	stopIfCancelled(door);
}

/** @throws NodeOperationError when the user has stopped the execution */
export function stopIfCancelled({ context, node, itemIndex }: Door): void {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	if (signal?.aborted)
		throw operationError(
			node,
			{
				message: 'The execution was stopped.',
				description: 'What the server has started already goes on there.',
			},
			{ itemIndex },
		);
}
