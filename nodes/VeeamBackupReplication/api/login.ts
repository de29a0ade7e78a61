import type { IDataObject } from 'n8n-workflow';

import { NEIGHBOURS } from '../../neighbours';
import {
	explainLogin,
	SERVER_USERS,
	wrongPassword,
	type LoginErrors,
} from '../../shared/credential/loginErrors';
import { BY_PASSWORD, passwordLogin } from '../../shared/credential/passwordLogin';
import { readErrorBody } from '../../shared/http/errorTable';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { PROBE_PATH, VBR, VERSION_HEADER } from './identity';
import { readError, readVersionProblem } from './errors';

/** How Veeam Backup & Replication logs in: with username and password. */
export const login = passwordLogin({
	product: VBR,
	neighbours: NEIGHBOURS,
	// Its grant type is in lower case: 1.3-rev1 and later spell the enum with capitals, but take this.
	...BY_PASSWORD,
	headers: ({ version }) => ({ [VERSION_HEADER]: version }),
	tokenPath: () => '/api/oauth2/token',
	logoutPath: () => '/api/oauth2/logout',
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

const LOGIN_ERRORS: LoginErrors = {
	multiFactor: {
		message: 'The account uses multi-factor authentication, with which the REST API cannot log in.',
		description:
			'Mark the account as a service account under Users and Roles in Veeam Backup & Replication, use another account, or choose Access Token under Authentication.',
	},
	refused: wrongPassword(SERVER_USERS),
	forbidden: 'Give it a role under Users and Roles in Veeam Backup & Replication.',
};

function readLoginError(status: number, body: unknown, { version }: Connection): UserFacingError {
	return (
		readVersionProblem(body, version) ??
		explainLogin({ status, ...readErrorBody(body) }, LOGIN_ERRORS) ??
		readError(status, body, version)
	);
}
