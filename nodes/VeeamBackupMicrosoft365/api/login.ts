import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readConnection } from '../../shared/credential/connection';
import { UserFacingFailure } from '../../shared/http/errors';
import type { Send } from '../../shared/credential/login';
import { ask, failureOf, required, sessionText, tokenFor } from '../../shared/credential/login';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { basePath, PROBE_PATH, VB365 } from './identity';
import { readError, readErrorBody, readVersionProblem, unknownVersion } from './errors';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const byCertificate = ({ authentication }: ICredentialDataDecryptedObject): boolean =>
	authentication === 'certificate';

/** Whom a session belongs to: the user, or the application. */
export const accountOf = (credential: ICredentialDataDecryptedObject): string =>
	String((byCertificate(credential) ? credential.clientId : credential.username) ?? '').trim();

/** The form of the token request. */
function grantOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	if (byCertificate(credential))
		return {
			grant_type: JWT_BEARER,
			client_id: required(credential, 'clientId', 'Client ID').trim(),
			assertion: required(credential, 'assertionToken', 'Assertion').trim(),
		};
	return {
		grant_type: 'password',
		username: required(credential, 'username', 'User Name').trim(),
		password: required(credential, 'password', 'Password'),
	};
}

/** From v7 on a token goes with a second, kept in a browser's cookies, unless it is asked not to. */
const antiforgery = (version: string): Record<string, string> =>
	Number(version.slice(1)) >= 7 ? { disable_antiforgery_token: 'true' } : {};

/**
 * Logs in with user name and password, or with an application's certificate.
 *
 * @returns the session to keep: text that holds the token, the server and the account
 * @throws LegibleFailure with one text for each reason
 */
export async function logIn(
	send: Send,
	credential: ICredentialDataDecryptedObject,
): Promise<string> {
	const connection = readConnection(credential, VB365);
	const { origin, version } = connection;
	const { statusCode, body } = await ask(send, connection, VB365, {
		method: 'POST',
		url: `${origin}${basePath(version)}/token`,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ ...grantOf(credential), ...antiforgery(version) }).toString(),
	});
	const token = (body as { access_token?: unknown } | undefined)?.access_token;
	if (statusCode >= 200 && statusCode < 300 && typeof token === 'string' && token !== '')
		return sessionText(connection, accountOf(credential), token);
	throw failureOf(readLoginError(statusCode, body, connection, byCertificate(credential)));
}

/**
 * Reads a job, to see whether the server knows the token.
 *
 * @throws LegibleFailure with one text for each reason
 */
export async function probe(
	send: Send,
	credential: ICredentialDataDecryptedObject,
	session: string | undefined,
): Promise<void> {
	const connection = readConnection(credential, VB365);
	const { origin, version } = connection;
	const signedIn = { ...credential, sessionToken: session ?? '' };
	const token = tokenFor(signedIn, connection, accountOf(credential));
	const { statusCode, body } = await ask(send, connection, VB365, {
		method: 'GET',
		url: `${origin}${basePath(version)}${PROBE_PATH}`,
		qs: { limit: 1 },
		headers: { Authorization: `Bearer ${token ?? ''}` },
	});
	// A restore operator may see no jobs; that the server knows them is enough.
	if (statusCode === 200 || statusCode === 403) return;
	if (statusCode === 401 && !connection.renewable)
		throw new UserFacingFailure({
			message: 'The server does not take the access token.',
			description: 'It has expired or is wrong. Paste a new one, or switch to password login.',
		});
	// As at the login: every version has this address.
	throw failureOf(
		statusCode === 404 ? unknownVersion(version, body) : readError(statusCode, body, version),
	);
}

/** What a refused login means, by status and by what the server says. */
function readLoginError(
	status: number,
	body: unknown,
	{ version }: Connection,
	certificate: boolean,
): UserFacingError {
	const { code, message } = readErrorBody(body);
	const said = message ? ` The server says: ${message}` : '';
	// Every version has this address: where it is missing, the version is.
	if (status === 404) return unknownVersion(version, body);
	const versionProblem = readVersionProblem(status, body, version);
	if (versionProblem) return versionProblem;
	if (
		/multi-?\s?factor|two-?\s?factor|\bMFA\b|\b2FA\b|verification code/i.test(`${code} ${message}`)
	)
		return {
			message: 'The account uses multi-factor authentication, with which a password cannot log in.',
			description:
				'Choose Application Certificate or Access Token under Authentication, or use another account.',
		};
	const refused =
		status === 401 ||
		(status === 400 &&
			/grant|credential|user|password|log ?on|log ?in|assertion|client/i.test(
				`${code} ${message}`,
			));
	if (refused && certificate)
		return {
			message: 'The server refuses the client ID or the assertion.',
			description: `An assertion is valid for a short time only: sign a new one with the certificate of the application.${said}`,
		};
	if (refused)
		return {
			message: 'The server refuses the user name or the password.',
			description: `Check both. Domain accounts are written DOMAIN\\user or user@domain, local ones .\\user.${said}`,
		};
	if (status === 403)
		return {
			message: 'The account may not use the REST API.',
			description: `Use an account of the local administrators of the backup server, or a restore operator.${said}`,
		};
	return readError(status, body, version);
}
