import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IHttpRequestOptions,
	INode,
} from 'n8n-workflow';

import { readHeaders } from './answer';
import type { UserFacingFailure } from './errors';
import { apiError, findUserFacingFailure, operationError } from './errors';
import { secretsOf } from './secrets';
import type { NetworkFailure } from './networkFailure';
import { readNetworkFailure, tookTooLong } from './networkFailure';
import { fillPath } from './pathEncoding';
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
	settings: ClientSettings;
	/** A login under way, so that pages that meet an expired token together log in once. */
	refreshing?: Promise<void>;
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
	stopIfCancelled(requestContext);
	const timeoutSeconds = timeoutOf(requestContext, request, as);
	const within = request.answerWithinSeconds;
	const deadline = within === undefined ? undefined : AbortSignal.timeout(Math.ceil(within * 1000));
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
			as === 'stream' || deadline
				? abandonable(context, deadline)
				: { caller: context, abandon: () => {} };
		const answer = (await context.helpers.httpRequestWithAuthentication.call(
			caller,
			adapter.credentialType,
			options,
			// The item's own credential, and the same object each time: n8n would read item 0's anew.
			{
				credentialsDecrypted: {
					data: requestContext.credential,
				} as unknown as ICredentialsDecrypted,
			},
		)) as { statusCode: number; headers: unknown; body: unknown };
		return {
			status: answer.statusCode,
			headers: readHeaders(answer.headers),
			body: answer.body,
			abandon,
		};
	} catch (error) {
		stopIfCancelled(requestContext);
		if (deadline?.aborted) return tookTooLong(connection.origin, within ?? 0);
		const legible = findUserFacingFailure(error);
		if (legible) throw operationOrLogin(requestContext, legible, error !== legible);
		const { displayName, defaultPort } = adapter;
		const binding = { origin: connection.origin, displayName, defaultPort, timeoutSeconds };
		if (isNodeError(error))
			throw operationError(node, error, { itemIndex, ...secrets(requestContext) });
		return readNetworkFailure(error, binding);
	}
}

/**
 * A caller by which a request can be broken off. n8n takes the signal from the caller and overwrites
 * one that is given; destroying the stream it hands out does not help, because that waits for the
 * next bytes (n8n-core 2.41, axios 1.18).
 */
function abandonable(context: VeeamContext, deadline?: AbortSignal) {
	const own = new AbortController();
	const users =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const others = [users, deadline].filter((one) => one !== undefined);
	const signal = others.length > 0 ? AbortSignal.any([own.signal, ...others]) : own.signal;
	const caller = Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as VeeamContext;
	return { caller, abandon: () => own.abort() };
}

/** n8n wraps what a login raises; what we raise ourselves before sending comes bare. */
function operationOrLogin(
	requestContext: RequestContext,
	failure: UserFacingFailure,
	wrapped: boolean,
): Error {
	const { transient } = failure;
	const about = { itemIndex: requestContext.itemIndex, transient, ...secrets(requestContext) };
	return wrapped
		? apiError(requestContext.node, failure, { ...about, login: !transient })
		: operationError(requestContext.node, failure, about);
}

/** n8n's own complaint, e.g. about a binary field that is missing. */
function isNodeError(error: unknown): error is Error & { description?: string } {
	return (error as Error | undefined)?.constructor?.name === 'NodeOperationError';
}

function buildUrl({ adapter, connection }: RequestContext, request: VeeamRequest): string {
	const path = fillPath(request.path, request.pathParameters);
	return `${connection.origin}${adapter.basePath(connection.version, path)}${path}`;
}

function timeoutOf({ settings }: RequestContext, request: VeeamRequest, as: ReadAs): number {
	if (request.timeoutSeconds !== undefined) return request.timeoutSeconds;
	if (as === 'stream' || isUpload(request.body)) return settings.fileTimeout;
	return request.readsOnly === true || isRead(request.method)
		? settings.readTimeout
		: settings.writeTimeout;
}

/** A request without an answer, as an error. */
export function failed(
	requestContext: RequestContext,
	request: VeeamRequest,
	{ legible, transient, arrived }: NetworkFailure,
): Error {
	const changes = request.readsOnly !== true && !isRead(request.method);
	const doubt = 'It is not known whether the change took effect: look before you repeat it.';
	const description = changes && arrived ? `${legible.description} ${doubt}` : legible.description;
	return apiError(
		requestContext.node,
		{ ...legible, description },
		{ transient, arrived, ...facts(requestContext, request) },
	);
}

/** What an error tells besides its text. */
export const facts = (requestContext: RequestContext, { label }: VeeamRequest) => ({
	itemIndex: requestContext.itemIndex,
	label,
	...secrets(requestContext),
});

const secrets = (requestContext: RequestContext) => ({
	secrets: secretsOf(requestContext.credential),
});

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
				description: 'What the server has started already goes on there.',
			},
			{ itemIndex },
		);
}
