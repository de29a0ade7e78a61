import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { NEIGHBOURS } from '../../neighbours';
import {
	explainLogin,
	SERVER_USERS,
	wrongPassword,
	type LoginErrors,
} from '../../shared/credential/loginErrors';
import { BY_PASSWORD, passwordLogin, required } from '../../shared/credential/passwordLogin';
import { readErrorBody } from '../../shared/http/errorTable';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { basePath, PROBE_PATH, VB365 } from './identity';
import { readError, readVersionProblem, unknownVersion } from './errors';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const byCertificate = ({ authentication }: ICredentialDataDecryptedObject): boolean =>
	authentication === 'certificate';

/** The form of the token request. */
function grantOf(credential: ICredentialDataDecryptedObject): Record<string, string> {
	if (byCertificate(credential))
		return {
			grant_type: JWT_BEARER,
			client_id: required(credential, 'clientId', 'Client ID').trim(),
			assertion: required(credential, 'assertionToken', 'Assertion').trim(),
		};
	return BY_PASSWORD.form(credential);
}

/** From v7 on a token goes with a second, kept in a browser's cookies, unless it is asked not to. */
const antiforgery = (version: string): Record<string, string> =>
	numberOf(version) >= 7 ? { disable_antiforgery_token: 'true' } : {};

const numberOf = (version: string): number => Number(version.slice(1));

/** How Veeam Backup for Microsoft 365 logs in: with a password, or an application's certificate. */
export const login = passwordLogin({
	product: VB365,
	neighbours: NEIGHBOURS,
	// The user, or the application.
	accountOf: (credential) =>
		String((byCertificate(credential) ? credential.clientId : credential.username) ?? '').trim(),
	secretOf: (credential) =>
		String((byCertificate(credential) ? credential.assertionToken : credential.password) ?? ''),
	tokenPath: (version) => `${basePath(version)}/token`,
	logoutPath: (version) =>
		numberOf(version) >= 7 ? `${basePath(version)}/token/logout` : undefined,
	form: (credential, version) => ({ ...grantOf(credential), ...antiforgery(version) }),
	explainLogin: (status, body, connection, credential) =>
		readLoginError(status, body, connection, byCertificate(credential)),
	probe: {
		path: (version) => `${basePath(version)}${PROBE_PATH}`,
		query: { limit: 1 },
		// A restore operator may see no jobs; that the server knows them is enough.
		good: [200, 403],
		wrongToken: 'It has expired or is wrong. Paste a new one, or switch to password login.',
		// As at the login: every version has this address.
		explain: (status, body, { version }) =>
			status === 404 ? unknownVersion(version, body) : readError(status, body, version),
	},
	about: {
		path: (version) => `${basePath(version)}/ServiceInstance`,
		productVersion: ({ version }: IDataObject) => version,
	},
});

export const { logIn, probe } = login;

const LOGIN_ERRORS: LoginErrors = {
	multiFactor: {
		message: 'The account uses multi-factor authentication, with which a password cannot log in.',
		description:
			'Choose Application Certificate or Access Token under Authentication, or use another account.',
	},
	refused: wrongPassword(SERVER_USERS),
	forbidden:
		'Use an account of the local administrators of the backup server, or a restore operator.',
};

const CERTIFICATE_ERRORS: LoginErrors = {
	...LOGIN_ERRORS,
	refused: {
		message: 'The server refuses the client ID or the assertion.',
		description:
			'An assertion is valid for a short time only: sign a new one with the certificate of the application.',
	},
};

/** What a refused login means, by status and by what the server says. */
function readLoginError(
	status: number,
	body: unknown,
	{ version }: Connection,
	certificate: boolean,
): UserFacingError {
	// Every version has this address: where it is missing, the version is.
	if (status === 404) return unknownVersion(version, body);
	return (
		readVersionProblem(status, body, version) ??
		explainLogin(
			{ status, ...readErrorBody(body) },
			certificate ? CERTIFICATE_ERRORS : LOGIN_ERRORS,
		) ??
		readError(status, body, version)
	);
}
