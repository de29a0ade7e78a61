import type { IHttpRequestOptions } from 'n8n-workflow';

import { unexpectedContent, isUnexpectedContent, readBody, redirected } from './answer';
import type { RequestContext, RawAnswer, ReadAs } from './attempt';
import { attempt, facts, failed, isRead, rest } from './attempt';
import { apiError, type UserFacingFailure } from './errors';
import { LATER, Backoff, readRetryAfter } from './retry';
import { cutTexts } from './secrets';
import { ensureSession, isRenewalDue, renew, sessionInUse } from '../credential/session';
import { sessions } from '../credential/sessionKeeper';
import { readSession, SESSION } from '../credential/sessionText';
import type { UserFacingError, VeeamRequest } from './types';
import { isUpload } from './upload';

/**
 * The one door out: every request of every node leaves here.
 *
 * Reads are repeated after 429, 503, an answer the adapter calls retryable, a broken connection and
 * a silent server, with pauses as the server asks or growing; writes only where the product takes
 * an idempotency key. A 401 leads to a login and a repetition, whatever the body is made of:
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
	let renewals = 0;
	const { logins } = sessions;
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
				throw refused(requestContext, request, answer, await foreign(requestContext, answer));
			requestContext.hasAnswered = true;
			return answer;
		}
		if (
			answer.status === 401 &&
			connection.renewable &&
			isRenewalDue(requestContext, renewals, logins)
		) {
			renewals++;
			answer.abandon();
			renew(requestContext, used);
			continue;
		}
		const legible = await explain(requestContext, answer, renewals > 0);
		if (await isUnknownVersion(requestContext, answer, legible))
			throw versionLost(requestContext, request, answer);
		const later = LATER.includes(answer.status) || legible.retryable === true;
		const asked =
			legible.retryAfterSeconds ?? readRetryAfter(answer.headers['retry-after'], settings.now());
		const pause = later && repeatable ? pauses.next(asked) : undefined;
		if (pause === undefined)
			throw refused(requestContext, request, answer, withAskedWait(legible, asked), later);
		await rest(requestContext, pause);
	}
}

/**
 * Whether an answer says that the server does not know the version any more which API Version: Automatic found.
 * Where the version is a part of the path, "no such path" may mean that, too: then the probe is asked, which
 * every version has.
 */
async function isUnknownVersion(
	{ adapter, connection, context, credential }: RequestContext,
	{ status }: RawAnswer,
	{ unknownVersion, code }: UserFacingError,
): Promise<boolean> {
	if (!connection.automatic) return false;
	if (unknownVersion !== undefined) return true;
	if (status !== 404 || code !== undefined || !adapter.basePath('1').includes('1')) return false;
	const send = async (options: IHttpRequestOptions) => await context.helpers.httpRequest(options);
	const { version } = connection;
	const asBefore = { ...credential, apiVersion: version };
	return await adapter.login.probe(send, asBefore, String(credential[SESSION] ?? '')).then(
		() => false,
		(error: UserFacingFailure) => error.unknownVersion !== undefined,
	);
}

/**
 * The server was updated, or restored, to one that does not know the version which was found before. The
 * session goes, and the version with it: whoever connects next finds another.
 */
function versionLost(
	requestContext: RequestContext,
	request: VeeamRequest,
	answer: RawAnswer,
): Error {
	const { adapter, connection, credential, hasAnswered } = requestContext;
	// A login may have found the right one meanwhile.
	if (readSession(credential)?.version === connection.version)
		adapter.login.drop(credential, credential[SESSION]);
	const lost = {
		message: `The server does not know API version ${connection.version} any more.`,
		description: `It was the newest when API Version: Automatic last looked; ${adapter.displayName} has been updated or restored since. Run this again: the version is looked for anew.`,
	};
	return apiError(requestContext.node, lost, {
		status: answer.status,
		transient: true,
		versionLost: hasAnswered !== true,
		...facts(requestContext, request),
	});
}

/** What an answer that is no success means. */
async function explain(
	requestContext: RequestContext,
	answer: RawAnswer,
	renewed: boolean,
): Promise<UserFacingError> {
	const { adapter, connection } = requestContext;
	const { status, headers, body: text } = answer;
	// Cut before anything looks at it: a text may be as long as the server likes.
	const said = () => adapter.readError(status, cutTexts(readBody(text)), headers, connection);
	// With its code it is an error of the product: a token that has expired.
	if (status < 400 || status === 404 || (status === 401 && said().code === undefined)) {
		const other = await otherProduct(requestContext);
		if (other) return other;
	}
	if (status < 400) return redirected(connection.origin, headers.location);
	if (isUnexpectedContent(text)) return await foreign(requestContext, answer);
	if (status === 401 && !connection.renewable)
		return connection.apiKey
			? {
					message: 'The server does not accept the API key of the credential.',
					description:
						'It is wrong, or it has been deleted or disabled. Paste the key of a user that may do this.',
				}
			: {
					message: 'The server does not accept the access token of the credential.',
					description:
						'It has expired or is wrong. Paste a new one into the credential, or switch the credential to password login, which renews its token by itself.',
				};
	if (status === 401 && renewed)
		return {
			message: 'The server refuses the token it has just given.',
			description: `Check the account in ${adapter.displayName}: it may have been locked or changed. Test the credential.`,
		};
	return said();
}

/** What a web page means in place of an answer. */
async function foreign(
	requestContext: RequestContext,
	{ status, body }: RawAnswer,
): Promise<UserFacingError> {
	const { adapter, connection } = requestContext;
	const other = await otherProduct(requestContext);
	const said = status < 300 ? undefined : status;
	// A login was answered here, as the product answers one.
	return other ?? unexpectedContent(connection.origin, adapter, body, said, connection.renewable);
}

/** What answers in place of the product; a session of its own shows that it is the product. */
async function otherProduct({
	adapter,
	connection,
	context,
	settings,
}: RequestContext): Promise<UserFacingError | undefined> {
	if (connection.renewable) return undefined;
	const key = `${adapter.displayName} ${connection.origin}`;
	const now = settings.now();
	const last = lookedAt.get(key);
	if (last && now - last.at < LOOK_AGAIN) return await last.found;
	if (lookedAt.size >= MOST_LOOKED_AT) lookedAt.clear();
	const found = adapter.login.whoAnswers(
		async (options) => await context.helpers.httpRequest(options),
		connection,
	);
	lookedAt.set(key, { at: now, found });
	return await found;
}

/** A trigger with an expired token fails every minute: what answers there is looked up less often. */
const lookedAt = new Map<string, { at: number; found: Promise<UserFacingError | undefined> }>();
const LOOK_AGAIN = 10 * 60_000;
const MOST_LOOKED_AT = 100;

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
