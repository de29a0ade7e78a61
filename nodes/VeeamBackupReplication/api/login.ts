import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readConnection } from '../../shared/credential/connection';
import { UserFacingFailure } from '../../shared/http/errors';
import type { Send } from '../../shared/credential/login';
import { ask, failureOf, required, sessionText, tokenFor } from '../../shared/credential/login';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { PROBE_PATH, VBR, VERSION_HEADER } from './identity';
import { readError, readErrorBody, readVersionProblem } from './errors';

/** Whom a session belongs to. */
export const accountOf = ({ username }: ICredentialDataDecryptedObject): string =>
	String(username ?? '').trim();

/** Due on every call, the login included. */
export const versionHeader = ({ version }: Connection): Record<string, string> => ({
	[VERSION_HEADER]: version,
});

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
	const username = required(credential, 'username', 'User Name').trim();
	const password = required(credential, 'password', 'Password');
	const { statusCode, body } = await ask(send, connection, VBR, {
		method: 'POST',
		url: `${connection.origin}/api/oauth2/token`,
		headers: {
			...versionHeader(connection),
			'Content-Type': 'application/x-www-form-urlencoded',
		},
		// Lower case: 1.3-rev1 and later spell the enum with capitals, but take this.
		body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
	});
	const token = (body as { access_token?: unknown } | undefined)?.access_token;
	if (statusCode === 200 && typeof token === 'string' && token !== '')
		return sessionText(connection, username, token);
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
	const signedIn = { ...credential, sessionToken: session ?? '' };
	const token = tokenFor(signedIn, connection, accountOf(credential));
	const { statusCode, body } = await ask(send, connection, VBR, {
		method: 'GET',
		url: `${connection.origin}${PROBE_PATH}`,
		qs: { limit: 1 },
		headers: { ...versionHeader(connection), Authorization: `Bearer ${token ?? ''}` },
	});
	if (statusCode === 200) return;
	if (statusCode === 401 && !connection.renewable)
		throw new UserFacingFailure({
			message: 'The server does not take the access token.',
			description: 'It has expired or is wrong. Paste a new one, or switch to password login.',
		});
	throw failureOf(readError(statusCode, body, connection.version));
}

function readLoginError(status: number, body: unknown, { version }: Connection): UserFacingError {
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
