import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import {
	unexpectedContent,
	isUnexpectedContent,
	readBody,
	readHeaders,
	redirected,
} from '../http/answer';
import { isRenewable, readConnection, type ConnectionRules } from './connection';
import { UserFacingFailure } from '../http/errors';
import { clean, cutTexts, secretsOf } from '../http/secrets';
import { readNetworkFailure } from '../http/networkFailure';
import { SESSION } from './session';
import type { Connection, UserFacingError } from '../http/types';

/**
 * What the credentials of all products have in common: asking a server where no node is at hand,
 * keeping a session bound to the server and the account it was opened for, and the "Test" button.
 */

/** Sends a request as n8n's helpers do and gives every status back. Raises when none came. */
export type Send = (
	options: IHttpRequestOptions,
) => Promise<{ statusCode: number; headers?: unknown; body?: unknown }>;

const TIMEOUT_SECONDS = 60;

/** A session as the credential keeps it. */
interface Session {
	origin: string;
	username: string;
	token: string;
}

/** The text that a login gives n8n to keep. `account`: whom the token belongs to. */
export const sessionText = ({ origin }: Connection, account: string, token: string): string =>
	JSON.stringify({ origin, username: account, token } satisfies Session);

/**
 * The token to send to this server, if there is one for it and for this account.
 *
 * @throws LegibleFailure where a token should have been pasted and was not
 */
export function tokenFor(
	credential: ICredentialDataDecryptedObject,
	{ origin, renewable, apiKey }: Connection,
	account: string,
): string | undefined {
	if (!renewable) {
		const token = String((apiKey ? credential.apiKey : credential.accessToken) ?? '')
			.trim()
			.replace(/^Bearer\s+/i, '');
		if (token !== '') return token;
		throw new UserFacingFailure({
			message: `"${apiKey ? 'API Key' : 'Access Token'}" in the credential is empty.`,
			description: `Paste ${apiKey ? 'a key' : 'a token'}, or choose another way under Authentication.`,
		});
	}
	const session = readSession(credential[SESSION]);
	return session?.origin === origin && session.username === account ? session.token : undefined;
}

function readSession(text: unknown): Session | undefined {
	const session = typeof text === 'string' ? readBody(text) : undefined;
	return typeof session === 'object' && session !== null ? (session as Session) : undefined;
}

/**
 * One request to the credential's server. Gives back whatever status it answers with.
 *
 * @throws LegibleFailure where nothing answers, or something else than the product
 */
export async function ask(
	send: Send,
	{ origin, ignoreSslIssues }: Connection,
	rules: ConnectionRules,
	options: IHttpRequestOptions,
): Promise<{ statusCode: number; body: unknown }> {
	let answer;
	try {
		answer = await send({
			...options,
			headers: { Accept: 'application/json', ...options.headers },
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			skipSslCertificateValidation: ignoreSslIssues,
			timeout: TIMEOUT_SECONDS * 1000,
		});
	} catch (error) {
		const binding = { ...rules, origin, timeoutSeconds: TIMEOUT_SECONDS };
		answer = readNetworkFailure(error, binding);
	}
	if ('legible' in answer) throw new UserFacingFailure(answer.legible, answer.transient);
	const { statusCode } = answer;
	if (statusCode >= 300 && statusCode < 400)
		throw new UserFacingFailure(redirected(origin, readHeaders(answer.headers).location));
	const body = readBody(answer.body);
	if (isUnexpectedContent(body) || (statusCode === 200 && typeof body !== 'object'))
		throw new UserFacingFailure(unexpectedContent(origin, rules, statusCode));
	// A token may be long; what is said of an error need not be read to its end.
	return { statusCode, body: statusCode < 300 ? body : cutTexts(body) };
}

export const failureOf = (legible: UserFacingError): UserFacingFailure =>
	new UserFacingFailure(legible, legible.retryable === true);

/** @throws LegibleFailure naming the field of the credential that is empty */
export function required(
	credential: ICredentialDataDecryptedObject,
	field: string,
	label: string,
): string {
	const value = String(credential[field] ?? '');
	if (value.trim() !== '') return value;
	throw new UserFacingFailure({
		message: `"${label}" in the credential is empty.`,
		description: 'Fill it in, or choose Access Token under Authentication.',
	});
}

/**
 * Adds a token to a request, for the credential's own server alone.
 *
 * @throws LegibleFailure where the request goes to another server
 */
export function authenticated(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	rules: ConnectionRules,
	{ account, headers }: { account: string; headers?: (c: Connection) => Record<string, string> },
): IHttpRequestOptions {
	const connection = readConnection(credential, rules);
	const target = new URL(request.url, request.baseURL || undefined).origin;
	if (target !== connection.origin)
		throw new UserFacingFailure({
			message: `The request goes to ${target}, but the credential belongs to ${connection.origin}.`,
			description: 'The token is sent to its own server only. Use a URL of that server.',
		});
	const token = tokenFor(credential, connection, account);
	return {
		...request,
		headers: {
			...headers?.(connection),
			...request.headers,
			// Without a session for this server none is sent: the answer 401 makes n8n log in.
			...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
		},
		skipSslCertificateValidation:
			request.skipSslCertificateValidation || connection.ignoreSslIssues,
	};
}

type CredentialTest = (
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
) => Promise<INodeCredentialTestResult>;

/**
 * The "Test" of a credential: logs in where it can, then makes a read that every role may make, and
 * says in words what is wrong. A test by request description could not: n8n shows a code
 * ("ECONNREFUSED") or the status text of the answer and drops its body (n8n 2.41,
 * credentials-tester.service).
 */
export function credentialTest({
	logIn,
	probe,
}: {
	logIn(send: Send, credential: ICredentialDataDecryptedObject): Promise<string>;
	probe(
		send: Send,
		credential: ICredentialDataDecryptedObject,
		session: string | undefined,
	): Promise<void>;
}): CredentialTest {
	return async function (credential) {
		const data = credential.data ?? {};
		const send = sendBy(this);
		try {
			await probe(send, data, isRenewable(data) ? await logIn(send, data) : undefined);
			return { status: 'OK', message: 'Connection successful' };
		} catch (error) {
			const { message, description } = error as { message: string; description?: string };
			const text = [message, description].filter(Boolean).join(' ');
			return { status: 'Error', message: clean(text, secretsOf(data)) };
		}
	};
}

/** A credential test has only n8n's older helper; this gives it the newer one's manners. */
function sendBy({ helpers }: ICredentialTestFunctions): Send {
	return async ({
		method,
		url,
		qs,
		headers,
		body,
		timeout,
		skipSslCertificateValidation,
	}: IHttpRequestOptions) =>
		(await helpers.request({
			method,
			url,
			qs,
			headers,
			body,
			timeout,
			// Present only where it is off: with it n8n hides the reason of an untrusted certificate.
			...(skipSslCertificateValidation ? { rejectUnauthorized: false } : {}),
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
		})) as Awaited<ReturnType<Send>>;
}
