import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IHttpRequestOptions,
	INode,
} from 'n8n-workflow';

import { readHeaders } from './answer';
import type { NetworkFailure, UserFacingFailure } from './errors';
import { apiError, findUserFacingFailure, operationError } from './errors';
import { secretsIn, secretsOf } from './secrets';
import type { StallWatch } from './bounds';
import { isStream, OVERDUE, readText, watchForStall, within } from './bounds';
import { SILENCE } from './networkCodes';
import { readNetworkFailure } from './networkFailure';
import { fillPath } from './pathEncoding';
import { answerTo, RAISED_STATUSES, refusedByProxy } from './proxy';
import type { ClientSettings } from './settings';
import type { Connection, ProductAdapter, VeeamContext, VeeamRequest } from './types';
import { isUpload, openBody } from './upload';

/** All that a request needs to know. */
export interface RequestContext {
	context: VeeamContext;
	node: INode;
	itemIndex: number;
	adapter: ProductAdapter;
	connection: Connection;
	/** Decrypted; n8n writes a renewed session into it. Shared by all requests of a client. */
	credential: ICredentialDataDecryptedObject;
	/** Secrets that the client's requests carried, e.g. passwords in bodies. */
	carried: Set<string>;
	settings: ClientSettings;
	/** The server has done something of what this client asked it. */
	hasAnswered?: boolean;
}

/** A success as it came: text for 'text', a readable stream for 'stream'. */
export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: unknown;
	/** Breaks off a stream that is no longer wanted. */
	abandon(): void;
}

export type ReadAs = 'text' | 'stream';

export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** One try. Never raises for what the server answers; raises for a failed login. */
export async function attempt(
	requestContext: RequestContext,
	request: VeeamRequest,
	headers: Record<string, string>,
	as: ReadAs,
): Promise<RawAnswer | NetworkFailure> {
	const { context, adapter, connection, itemIndex, node } = requestContext;
	carry(requestContext, request);
	stopIfCancelled(requestContext);
	const held = connection.renewable ? adapter.login.held(requestContext.credential) : undefined;
	if (held) throw operationOrLogin(requestContext, held, true);
	const { silence, whole } = patienceOf(requestContext, request, as);
	const { caller, broken } = breakable(context);
	const abandon = () => broken.abort();
	let answered = false;
	let watch: StallWatch | undefined;
	try {
		const url = buildUrl(requestContext, request);
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
			// A text is read here, too: n8n would read as much as the server sends.
			encoding: 'stream',
			returnFullResponse: true,
			// Every status comes back, 401 included: see `send`. Most by an error, which says who answered.
			ignoreHttpStatusErrors: RAISED_STATUSES,
			// A redirect could carry the token, or turn a change into a read.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			skipSslCertificateValidation: connection.ignoreSslIssues,
			timeout: silence * 1000,
		};
		const sending = whole + (Number(body.headers['Content-Length']) || 0) / SLOWEST_UPLOAD;
		return await within(sending * 1000, broken, async () => {
			const answer = await answerTo(
				context.helpers.httpRequestWithAuthentication.call(
					caller,
					adapter.credentialType,
					options,
					// The item's own credential, and the same object each time: n8n would read item 0's anew.
					{
						credentialsDecrypted: {
							data: requestContext.credential,
						} as unknown as ICredentialsDecrypted,
					},
				),
			);
			if (answer.byProxy) {
				abandon();
				return refusedByProxy(answer.statusCode, answer.byProxy.address, connection.origin);
			}
			answered = true;
			const raw = {
				status: answer.statusCode,
				headers: readHeaders(answer.headers),
				body: answer.body,
				abandon,
			};
			if (as === 'stream' && raw.status < 300) return raw;
			if (isStream(raw.body)) watch = watchForStall(raw.body, silence * 1000, abandon);
			return { ...raw, body: await readText(raw.body, connection.largestAnswer) };
		});
	} catch (error) {
		stopIfCancelled(requestContext);
		const legible = findUserFacingFailure(error, requestContext.credential);
		if (legible) throw operationOrLogin(requestContext, legible, error !== legible);
		if (isNodeError(error))
			throw operationError(node, error, { itemIndex, secrets: secretsOfAll(requestContext) });
		abandon();
		const { displayName, defaultPort } = adapter;
		const { origin, largestAnswer } = connection;
		const about = { origin, displayName, defaultPort, largestAnswer };
		// Before it has begun to answer, a server that drips is as good as silent.
		const late = isOverdue(error) && (answered || request.answerWithinSeconds !== undefined);
		const silent = watch?.stalled === true || (isOverdue(error) && !late);
		return readNetworkFailure(silent ? { code: SILENCE } : error, {
			...about,
			timeoutSeconds: late ? whole : silence,
		});
	} finally {
		watch?.end();
	}
}

const isOverdue = (error: unknown): boolean =>
	(error as { code?: unknown } | undefined)?.code === OVERDUE;

/** Bytes a second that an upload is given time for. */
const SLOWEST_UPLOAD = 50_000;

/**
 * A caller by which a request can be broken off. n8n takes the signal from the caller and overwrites
 * one that is given; destroying the stream it hands out does not help, because that waits for the
 * next bytes (n8n-core 2.41, axios 1.18).
 */
function breakable(context: VeeamContext) {
	const broken = new AbortController();
	const users =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const signal = users ? AbortSignal.any([broken.signal, users]) : broken.signal;
	const caller = Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as VeeamContext;
	return { caller, broken };
}

/** n8n wraps what a login raises; what we raise ourselves before sending comes bare. */
function operationOrLogin(
	requestContext: RequestContext,
	failure: UserFacingFailure,
	wrapped: boolean,
): Error {
	const { transient } = failure;
	const { itemIndex } = requestContext;
	const about = { itemIndex, transient, secrets: secretsOfAll(requestContext) };
	return wrapped
		? apiError(requestContext.node, failure, { ...about, login: !transient })
		: operationError(requestContext.node, failure, about);
}

/** n8n's own complaint, e.g. about a binary field that is missing. */
function isNodeError(error: unknown): error is Error & { description?: string } {
	return (error as Error | undefined)?.constructor?.name === 'NodeOperationError';
}

export function buildUrl({ adapter, connection }: RequestContext, request: VeeamRequest): string {
	const path = fillPath(request.path, request.pathParameters);
	return `${connection.origin}${adapter.basePath(connection.version, path)}${path}`;
}

/**
 * Seconds that the server may be silent, and that it has for the whole answer (of a file: until it
 * begins).
 */
function patienceOf(
	{ settings }: RequestContext,
	{ timeoutSeconds, answerWithinSeconds, body, readsOnly, method }: VeeamRequest,
	as: ReadAs,
): { silence: number; whole: number } {
	if (timeoutSeconds !== undefined || answerWithinSeconds !== undefined) {
		const whole = answerWithinSeconds ?? timeoutSeconds ?? 0;
		return { silence: timeoutSeconds ?? whole, whole };
	}
	if (as === 'stream' || isUpload(body))
		return { silence: settings.fileTimeout, whole: 2 * settings.fileTimeout };
	const silence =
		readsOnly === true || isRead(method) ? settings.readTimeout : settings.writeTimeout;
	return { silence, whole: Math.max(settings.longestAnswer, 2 * silence) };
}

/** A request without an answer, as an error. */
export function failed(
	requestContext: RequestContext,
	request: VeeamRequest,
	{ legible, transient, arrived, tooLarge }: NetworkFailure,
): Error {
	const changes = request.readsOnly !== true && !isRead(request.method);
	const doubt = 'It is not known whether the change took effect: check before you repeat it.';
	const description = changes && arrived ? `${legible.description} ${doubt}` : legible.description;
	return apiError(
		requestContext.node,
		{ ...legible, description },
		{ transient, tooLarge, arrived, ...facts(requestContext, request) },
	);
}

/** What an error tells besides its text. */
export const facts = (requestContext: RequestContext, { label }: Pick<VeeamRequest, 'label'>) => ({
	itemIndex: requestContext.itemIndex,
	label,
	secrets: secretsOfAll(requestContext),
});

/**
 * What no error of an item may show: the secrets of its credential, and of all that it has sent. Work may
 * fail long after the request that began it, and quote that.
 */
export const secretsOfAll = ({ credential, carried }: RequestContext): string[] =>
	// One may be a part of another.
	[...secretsOf(credential), ...carried].sort((a, b) => b.length - a.length);

/** Remembers the secrets of a request. */
function carry({ carried }: RequestContext, { body, query, pathParameters }: VeeamRequest): void {
	const sent = { query, pathParameters, ...(body && 'value' in body ? { body: body.value } : {}) };
	for (const secret of secretsIn(sent)) carried.add(secret);
}

/** Pauses in short steps, so that a stopped execution stops. */
export async function rest(requestContext: RequestContext, seconds: number): Promise<void> {
	for (let left = seconds; left > 0; left -= 1) {
		stopIfCancelled(requestContext);
		await requestContext.settings.sleep(Math.min(left, 1) * 1000);
	}
	stopIfCancelled(requestContext);
}

/** @throws NodeOperationError when the user has stopped the execution */
export function stopIfCancelled({ context, node, itemIndex }: RequestContext): void {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	if (signal?.aborted)
		throw operationError(
			node,
			{
				message: 'The execution was stopped.',
				description: 'What the server has started already continues there.',
			},
			{ itemIndex },
		);
}
