import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import {
	foreignAnswer,
	isForeign,
	readBody,
	readHeaders,
	redirected,
} from '../shared/transport/answer';
import { readConnection } from '../shared/transport/connection';
import { LegibleFailure } from '../shared/transport/errors';
import { readNetworkFailure } from '../shared/transport/networkFailure';
import type { Connection, LegibleError } from '../shared/transport/types';
import { PROBE_PATH, VBR, VERSION_HEADER } from './facts';
import { readError, readErrorBody, readVersionProblem } from './readError';

/** Sends a request as n8n's helpers do and gives every status back. Raises when none came. */
export type Send = (
	options: IHttpRequestOptions,
) => Promise<{ statusCode: number; headers?: unknown; body?: unknown }>;

const TIMEOUT_SECONDS = 60;

/** A session as the credential keeps it: bound to the server and the account it was opened for. */
interface Session {
	origin: string;
	username: string;
	token: string;
}

/**
 * Logs in with user name and password.
 *
 * @returns the session to keep: text that holds the token, the server and the account
 * @throws LegibleFailure with one text for each reason
 */
export async function logIn(
	send: Send,
	credential: ICredentialDataDecryptedObject,
): Promise<string> {
	const connection = readConnection(credential, VBR);
	const username = String(credential.username ?? '').trim();
	const password = String(credential.password ?? '');
	if (username === '' || password === '')
		throw new LegibleFailure({
			message: `"${username === '' ? 'User Name' : 'Password'}" in the credential is empty.`,
			description: 'Fill it in, or choose Access Token under Authentication.',
		});
	const { statusCode, body } = await ask(send, connection, {
		method: 'POST',
		url: `${connection.origin}/api/oauth2/token`,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		// Lower case: 1.3-rev1 and later spell the enum with capitals, but take this.
		body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
	});
	const token = (body as { access_token?: unknown } | undefined)?.access_token;
	if (statusCode === 200 && typeof token === 'string' && token !== '')
		return JSON.stringify({ origin: connection.origin, username, token } satisfies Session);
	throw failureOf(readLoginError(statusCode, body, connection));
}

/**
 * Calls what every role may call.
 *
 * @throws LegibleFailure with one text for each reason
 */
export async function probe(
	send: Send,
	credential: ICredentialDataDecryptedObject,
	session: string | undefined,
): Promise<void> {
	const connection = readConnection(credential, VBR);
	const token = tokenFor({ ...credential, sessionToken: session ?? '' }, connection);
	const { statusCode, body } = await ask(send, connection, {
		method: 'GET',
		url: `${connection.origin}${PROBE_PATH}`,
		qs: { limit: 1 },
		headers: { Authorization: `Bearer ${token ?? ''}` },
	});
	if (statusCode === 200) return;
	if (statusCode === 401 && !connection.renewable)
		throw new LegibleFailure({
			message: 'The server does not take the access token.',
			description: 'It has expired or is wrong. Paste a new one, or switch to password login.',
		});
	throw failureOf(readError(statusCode, body, connection.version));
}

/** The token to send to this server, if there is one for it and for this account. */
export function tokenFor(
	credential: ICredentialDataDecryptedObject,
	{ origin, renewable }: Connection,
): string | undefined {
	if (!renewable) {
		const token = String(credential.accessToken ?? '')
			.trim()
			.replace(/^Bearer\s+/i, '');
		if (token !== '') return token;
		throw new LegibleFailure({
			message: '"Access Token" in the credential is empty.',
			description: 'Paste a token, or choose Password under Authentication.',
		});
	}
	const session = readSession(credential.sessionToken);
	const username = String(credential.username ?? '').trim();
	return session?.origin === origin && session.username === username ? session.token : undefined;
}

function readSession(text: unknown): Session | undefined {
	const session = typeof text === 'string' ? readBody(text) : undefined;
	return typeof session === 'object' && session !== null ? (session as Session) : undefined;
}

async function ask(
	send: Send,
	{ origin, version, ignoreSslIssues }: Connection,
	options: IHttpRequestOptions,
): Promise<{ statusCode: number; body: unknown }> {
	let answer;
	try {
		answer = await send({
			...options,
			headers: { Accept: 'application/json', [VERSION_HEADER]: version, ...options.headers },
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			skipSslCertificateValidation: ignoreSslIssues,
			timeout: TIMEOUT_SECONDS * 1000,
		});
	} catch (error) {
		const place = { ...VBR, origin, timeoutSeconds: TIMEOUT_SECONDS };
		answer = readNetworkFailure(error, place);
	}
	if ('legible' in answer) throw new LegibleFailure(answer.legible, answer.transient);
	const { statusCode } = answer;
	if (statusCode >= 300 && statusCode < 400)
		throw new LegibleFailure(redirected(origin, readHeaders(answer.headers).location));
	const body = readBody(answer.body);
	if (isForeign(body) || (statusCode === 200 && typeof body !== 'object'))
		throw new LegibleFailure(foreignAnswer(origin, VBR, statusCode));
	return { statusCode, body };
}

function readLoginError(status: number, body: unknown, { version }: Connection): LegibleError {
	const { code, message } = readErrorBody(body);
	const said = message ? ` The server says: ${message}` : '';
	const versionProblem = readVersionProblem(body, version);
	if (versionProblem) return versionProblem;
	if (
		/multi-?\s?factor|two-?\s?factor|\bMFA\b|\b2FA\b|verification code/i.test(`${code} ${message}`)
	)
		return {
			message:
				'The account uses multi-factor authentication, with which the REST API cannot log in.',
			description:
				'Mark the account as a service account under Users and Roles in Veeam Backup & Replication, use another account, or choose Access Token under Authentication.',
		};
	if (
		status === 401 ||
		(status === 400 && /grant|credential|user|password|log ?on|log ?in/i.test(`${code} ${message}`))
	)
		return {
			message: 'The server refuses the user name or the password.',
			description: `Check both. Domain accounts are written DOMAIN\\user or user@domain, local ones .\\user.${said}`,
		};
	if (status === 403)
		return {
			message: 'The account may not use the REST API.',
			description: `Give it a role under Users and Roles in Veeam Backup & Replication.${said}`,
		};
	return readError(status, body, version);
}

const failureOf = (legible: LegibleError): LegibleFailure =>
	new LegibleFailure(legible, legible.retryable === true);
