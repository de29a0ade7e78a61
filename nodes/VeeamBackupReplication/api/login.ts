import type { IDataObject } from 'n8n-workflow';

import { passwordLogin, required } from '../../shared/credential/passwordLogin';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { PROBE_PATH, VBR, VERSION_HEADER } from './identity';
import { readError, readErrorBody, readVersionProblem } from './errors';

/** How Veeam Backup & Replication logs in: with user name and password. */
export const login = passwordLogin({
	product: VBR,
	accountOf: ({ username }) => String(username ?? '').trim(),
	secretOf: ({ password }) => String(password ?? ''),
	headers: ({ version }) => ({ [VERSION_HEADER]: version }),
	tokenPath: () => '/api/oauth2/token',
	logoutPath: () => '/api/oauth2/logout',
	form: (credential) => ({
		// Lower case: 1.3-rev1 and later spell the enum with capitals, but take this.
		grant_type: 'password',
		username: required(credential, 'username', 'User Name').trim(),
		password: required(credential, 'password', 'Password'),
	}),
	explainLogin: (status, body, connection) => readLoginError(status, body, connection),
	probe: {
		path: () => PROBE_PATH,
		query: { limit: 1 },
		good: [200],
		wrongToken: 'It has expired or is wrong. Paste a new one, or switch to password login.',
		explain: (status, body, { version }) => readError(status, body, version),
	},
	about: {
		// Needs the Backup Administrator role.
		path: () => '/api/v1/serverInfo',
		productVersion: ({ buildVersion }: IDataObject) => buildVersion,
	},
});

export const { logIn, probe } = login;

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
