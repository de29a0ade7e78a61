import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { readConnection } from '../../shared/credential/connection';
import { UserFacingFailure } from '../../shared/http/errors';
import type { Send } from '../../shared/credential/login';
import { ask, failureOf, required, sessionText, tokenFor } from '../../shared/credential/login';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { BASE_PATH, PROBE_PATH, VERSION_HEADER, VSPC } from './identity';
import { readError, readErrors } from './errors';

/** Whom a session belongs to. */
export const accountOf = ({ username }: ICredentialDataDecryptedObject): string =>
	String(username ?? '').trim();

/** Due on every call, the login included: values arrive as this version knows them. */
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
	const connection = readConnection(credential, VSPC);
	const username = required(credential, 'username', 'User Name').trim();
	const password = required(credential, 'password', 'Password');
	const { statusCode, body } = await ask(send, connection, VSPC, {
		method: 'POST',
		url: `${connection.origin}${BASE_PATH}/token`,
		headers: {
			...versionHeader(connection),
			'Content-Type': 'application/x-www-form-urlencoded',
		},
		body: new URLSearchParams({ grant_type: 'password', username, password }).toString(),
	});
	const { access_token: token, mfa_token: mfaToken } = (body ?? {}) as IDataObject;
	if (statusCode === 200 && typeof token === 'string' && token !== '')
		return sessionText(connection, username, token);
	// The password was right, and a code from the user's phone is due: nobody is there to type it.
	if (typeof mfaToken === 'string' && mfaToken !== '') throw new UserFacingFailure(MFA);
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
	const connection = readConnection(credential, VSPC);
	const signedIn = { ...credential, sessionToken: session ?? '' };
	const token = tokenFor(signedIn, connection, accountOf(credential));
	const { statusCode, body } = await ask(send, connection, VSPC, {
		method: 'GET',
		url: `${connection.origin}${BASE_PATH}${PROBE_PATH}`,
		headers: { ...versionHeader(connection), Authorization: `Bearer ${token ?? ''}` },
	});
	// 202: the answer would come later. The token was taken, and that is what was asked.
	if (statusCode === 200 || statusCode === 202) return;
	if (statusCode === 401 && !connection.renewable)
		throw new UserFacingFailure(
			connection.apiKey
				? {
						message: 'The server does not take the API key.',
						description: 'It is wrong, or it has been deleted or disabled. Create a new one.',
					}
				: {
						message: 'The server does not take the access token.',
						description: 'It has expired or is wrong. Paste a new one, or use an API key.',
					},
		);
	throw failureOf(readError(statusCode, body, connection));
}

const MFA = {
	message: 'The user has multi-factor authentication, with which n8n cannot log in.',
	description:
		'Choose API Key under Authentication, and create a key for the user in Veeam Service Provider Console. A key needs no second factor.',
};

function readLoginError(status: number, body: unknown, connection: Connection): UserFacingError {
	const message = readErrors(body)
		.map(({ type, message: text }) => `${type} ${text}`)
		.join(' ')
		.trim();
	const said = message ? ` The server says: ${message}` : '';
	if (/multi-?\s?factor|two-?\s?factor|\bMFA\b|\b2FA\b|mfa_/i.test(message)) return MFA;
	if (status === 401 || (status === 400 && /invalid_grant|credential|user|password/i.test(message)))
		return {
			message: 'The server refuses the user name or the password.',
			description: `Check both. Domain users are written DOMAIN\\user, users of the console as they log in to its portal.${said}`,
		};
	if (status === 403)
		return {
			message: 'The user may not use the REST API.',
			description: `Allow it access to the REST API in Veeam Service Provider Console.${said}`,
		};
	return readError(status, body, connection);
}
