import { unexpectedContent, isUnexpectedContent, readBody, redirected } from './answer';
import type { RequestContext, RawAnswer, ReadAs } from './attempt';
import { attempt, facts, failed, isRead, rest } from './attempt';
import { apiError } from './errors';
import { LATER, Backoff, readRetryAfter } from './retry';
import { cutTexts } from './secrets';
import { ensureSession, renew, sessionInUse } from '../credential/session';
import type { UserFacingError, VeeamRequest } from './types';
import { isUpload } from './upload';

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
export async function send(
	requestContext: RequestContext,
	request: VeeamRequest,
	as: ReadAs,
): Promise<RawAnswer> {
	const { adapter, connection, settings } = requestContext;
	const repeatable =
		request.readsOnly === true || isRead(request.method) || adapter.writesAreIdempotent;
	// Once for all tries: it may hold the idempotency key.
	const headers = adapter.headers(connection, request);
	const pauses = new Backoff(settings);
	let renewed = false;
	// A server may cut off an upload it will answer 401 to: find out before.
	if (isUpload(request.body) && connection.renewable) await ensureSession(requestContext);

	for (;;) {
		const used = sessionInUse(requestContext);
		const answer = await attempt(requestContext, request, headers, as);
		if ('broken' in answer) {
			const pause = repeatable && answer.broken ? pauses.next() : undefined;
			if (pause === undefined) throw failed(requestContext, request, answer);
			await rest(requestContext, pause);
			continue;
		}
		if (answer.status >= 200 && answer.status < 300) {
			if (as === 'text' && isUnexpectedContent(answer.body))
				throw refused(
					requestContext,
					request,
					answer,
					unexpectedContent(connection.origin, adapter),
				);
			return answer;
		}
		if (answer.status === 401 && connection.renewable && !renewed) {
			renewed = true;
			answer.abandon();
			renew(requestContext, used);
			continue;
		}
		const legible = await explain(requestContext, answer, renewed);
		const later = LATER.includes(answer.status) || legible.retryable === true;
		const asked =
			legible.retryAfterSeconds ?? readRetryAfter(answer.headers['retry-after'], settings.now());
		const pause = later && repeatable ? pauses.next(asked) : undefined;
		if (pause === undefined)
			throw refused(requestContext, request, answer, withAskedWait(legible, asked), later);
		await rest(requestContext, pause);
	}
}

/** What an answer that is no success means. */
async function explain(
	requestContext: RequestContext,
	answer: RawAnswer,
	renewed: boolean,
): Promise<UserFacingError> {
	const { adapter, connection } = requestContext;
	const { status, headers, body: text } = answer;
	if (status < 400) return redirected(connection.origin, headers.location);
	if (isUnexpectedContent(text)) return unexpectedContent(connection.origin, adapter, status);
	if (status === 401 && !connection.renewable)
		return connection.apiKey
			? {
					message: 'The server does not take the API key of the credential.',
					description:
						'It is wrong, or it has been deleted or disabled. Paste the key of a user that may do this.',
				}
			: {
					message: 'The server does not take the access token of the credential.',
					description:
						'It has expired or is wrong. Paste a new one into the credential, or switch the credential to password login, which renews its token by itself.',
				};
	if (status === 401 && renewed)
		return {
			message: 'The server refuses the token it has just given.',
			description: `Look at the account in ${adapter.displayName}: it may have been locked or changed. Test the credential.`,
		};
	// Cut before anything looks at it: a text may be as long as the server likes.
	return adapter.readError(status, cutTexts(readBody(text)), headers, connection);
}

function withAskedWait(legible: UserFacingError, asked: number | undefined): UserFacingError {
	if (asked === undefined || asked === 0) return legible;
	const sentence = `The server asks to wait ${Math.ceil(asked)} seconds.`;
	return {
		...legible,
		description: legible.description ? `${legible.description} ${sentence}` : sentence,
	};
}

function refused(
	requestContext: RequestContext,
	request: VeeamRequest,
	{ status }: RawAnswer,
	legible: UserFacingError,
	later = false,
): Error {
	const transient = later || status >= 500;
	return apiError(requestContext.node, legible, {
		status,
		transient,
		...facts(requestContext, request),
	});
}
