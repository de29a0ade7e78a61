import type { IHttpRequestOptions } from 'n8n-workflow';

import {
	isUnexpectedContent,
	readBody,
	readHeaders,
	redirected,
	unexpectedContent,
} from '../http/answer';
import { isStream, readText, watchForStall, within, type StallWatch } from '../http/bounds';
import { UserFacingFailure } from '../http/errors';
import { readNetworkFailure } from '../http/networkFailure';
import { cutTexts } from '../http/secrets';
import type { Connection } from '../http/types';
import type { ConnectionRules } from './connection';

/** Sends a request as n8n's helpers do and gives every status back. Raises when none came. */
export type Send = (
	options: IHttpRequestOptions,
) => Promise<{ statusCode: number; headers?: unknown; body?: unknown }>;

/** For the whole of an answer, however busily the server sends. */
const TIMEOUT_SECONDS = 60;

/** Bytes; a login is answered in some thousand. */
const LARGEST_ANSWER = 2_000_000;

/**
 * One request to the credential's server, where no node is at hand. Gives back whatever status it
 * answers with; never takes longer than a minute.
 *
 * @throws UserFacingFailure where nothing answers, or something else than the product
 */
export async function ask(
	send: Send,
	{ origin, ignoreSslIssues }: Pick<Connection, 'origin' | 'ignoreSslIssues'>,
	rules: ConnectionRules,
	options: IHttpRequestOptions,
	timeoutSeconds = TIMEOUT_SECONDS,
): Promise<{ statusCode: number; body: unknown }> {
	const broken = new AbortController();
	let answer;
	let watch: StallWatch | undefined;
	try {
		answer = await within(timeoutSeconds * 1000, broken, async () => {
			const { statusCode, headers, body } = await send({
				...options,
				headers: { Accept: 'application/json', ...options.headers },
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
				skipSslCertificateValidation: ignoreSslIssues,
				timeout: timeoutSeconds * 1000,
				abortSignal: broken.signal,
			});
			if (isStream(body))
				watch = watchForStall(body, (timeoutSeconds * 1000) / 2, () => broken.abort());
			return { statusCode, headers, text: await readText(body, LARGEST_ANSWER) };
		});
	} catch (error) {
		broken.abort();
		const failure = watch?.stalled ? { code: 'ECONNABORTED' } : error;
		const endpoint = { ...rules, origin, timeoutSeconds, largestAnswer: LARGEST_ANSWER };
		answer = readNetworkFailure(failure, endpoint);
	} finally {
		watch?.end();
	}
	if ('legible' in answer)
		throw new UserFacingFailure(answer.legible, { transient: answer.transient });
	const { statusCode } = answer;
	if (statusCode >= 300 && statusCode < 400)
		throw new UserFacingFailure(redirected(origin, readHeaders(answer.headers).location));
	const body = readBody(answer.text);
	if (isUnexpectedContent(body) || (statusCode === 200 && typeof body !== 'object'))
		throw new UserFacingFailure(unexpectedContent(origin, rules, statusCode));
	// A token may be long; what is said of an error need not be read to its end.
	return { statusCode, body: statusCode < 300 ? body : cutTexts(body) };
}
