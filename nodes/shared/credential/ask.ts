import type { IHttpRequestOptions } from 'n8n-workflow';

import {
	isUnexpectedContent,
	readBody,
	readHeaders,
	redirected,
	unexpectedContent,
} from '../http/answer';
import { isStream, readText, watchForStall, within, type StallWatch } from '../http/bounds';
import { UserFacingFailure, type NetworkFailure } from '../http/errors';
import { SILENCE } from '../http/networkCodes';
import { readNetworkFailure } from '../http/networkFailure';
import { answerTo, blamedProxy, RAISED, refusedByProxy } from '../http/proxy';
import { cleanTexts, secretsIn } from '../http/secrets';
import { DEFAULT_SETTINGS } from '../http/settings';
import type { Connection } from '../http/types';
import type { ConnectionRules, Send } from './types';

/** Bytes; a login is answered in some thousand. */
const LARGEST_ANSWER = 2_000_000;

/** An answer as it came, whatever it is. */
export interface Plain {
	statusCode: number;
	headers?: unknown;
	text: unknown;
}

/**
 * One request to the credential's server, where no node is at hand. Gives back whatever it answers;
 * never takes longer than it is given.
 *
 * @throws UserFacingFailure where nothing answers, or a proxy does
 */
export async function askPlainly(
	send: Send,
	{ origin, ignoreSslIssues }: Pick<Connection, 'origin' | 'ignoreSslIssues'>,
	rules: Pick<ConnectionRules, 'displayName' | 'defaultPort'>,
	options: IHttpRequestOptions,
	timeoutSeconds = DEFAULT_SETTINGS.loginTimeout,
): Promise<Plain> {
	const broken = new AbortController();
	let answer: Plain | NetworkFailure;
	let watch: StallWatch | undefined;
	try {
		// n8n's helper is the first to give up on silence: its error says more.
		answer = await within((timeoutSeconds + 1) * 1000, broken, async () => {
			const { statusCode, headers, body, byProxy } = await answerTo(
				send({
					...options,
					headers: { Accept: 'application/json', ...options.headers },
					encoding: 'stream',
					returnFullResponse: true,
					// By an error they say who answered.
					ignoreHttpStatusErrors: { ignore: true, except: [401, ...RAISED] },
					disableFollowRedirect: true,
					sendCredentialsOnCrossOriginRedirect: false,
					skipSslCertificateValidation: ignoreSslIssues,
					timeout: timeoutSeconds * 1000,
					abortSignal: broken.signal,
				}),
			);
			if (byProxy) {
				broken.abort();
				return refusedByProxy(statusCode, byProxy.address, origin);
			}
			if (isStream(body))
				watch = watchForStall(body, (timeoutSeconds * 1000) / 2, () => broken.abort());
			return { statusCode, headers, text: await readText(body, LARGEST_ANSWER) };
		});
	} catch (error) {
		broken.abort();
		const failure = watch?.stalled ? { code: SILENCE } : error;
		const endpoint = { ...rules, origin, timeoutSeconds, largestAnswer: LARGEST_ANSWER };
		answer =
			(await blamedProxy(send, failure, origin, timeoutSeconds)) ??
			readNetworkFailure(failure, endpoint);
	} finally {
		watch?.end();
	}
	if ('legible' in answer)
		throw new UserFacingFailure(answer.legible, { transient: answer.transient });
	return answer;
}

/**
 * The same, for what a product answers: JSON, or nothing.
 *
 * @throws UserFacingFailure where nothing answers, or something else than the product
 */
export async function ask(
	send: Send,
	connection: Pick<Connection, 'origin' | 'ignoreSslIssues'>,
	rules: ConnectionRules,
	options: IHttpRequestOptions,
	timeoutSeconds?: number,
): Promise<{ statusCode: number; body: unknown }> {
	const { origin } = connection;
	const { statusCode, headers, text } = await askPlainly(
		send,
		connection,
		rules,
		options,
		timeoutSeconds,
	);
	const other = { elsewhere: true };
	if (statusCode >= 300 && statusCode < 400)
		throw new UserFacingFailure(redirected(origin, readHeaders(headers).location), other);
	const body = readBody(text);
	if (isUnexpectedContent(body) || (statusCode === 200 && typeof body !== 'object'))
		throw new UserFacingFailure(unexpectedContent(origin, rules, text, statusCode), other);
	// A token may be long; what is said of an error need not be read to its end, nor quote what was sent.
	return { statusCode, body: statusCode < 300 ? body : cleanTexts(body, secretsSent(options)) };
}

/** The secrets of a login, or of a read with its token. */
function secretsSent({ body, qs, headers = {} }: IHttpRequestOptions): string[] {
	const form = typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : {};
	const token = String(headers.Authorization ?? '').replace(/^\w+\s+/, '');
	return secretsIn({ ...form, token, assertionToken: form.assertion, qs });
}
