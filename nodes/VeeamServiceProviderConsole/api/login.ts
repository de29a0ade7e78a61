import type { IDataObject } from 'n8n-workflow';

import { NEIGHBOURS } from '../../neighbours';
import { explainLogin, wrongPassword, type LoginErrors } from '../../shared/credential/loginErrors';
import { BY_PASSWORD, passwordLogin } from '../../shared/credential/passwordLogin';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { BASE_PATH, PROBE_PATH, VERSION_HEADER, VSPC } from './identity';
import { readError, readErrors, readVersionProblem } from './errors';

/** How Veeam Service Provider Console logs in: with username and password, or not at all (a key). */
export const login = passwordLogin({
	product: VSPC,
	neighbours: NEIGHBOURS,
	...BY_PASSWORD,
	// Values arrive as this version knows them.
	headers: ({ version }) => ({ [VERSION_HEADER]: version }),
	tokenPath: () => `${BASE_PATH}/token`,
	// The password was right, and a code from the user's phone is due: nobody is there to type it.
	incomplete: ({ mfa_token: mfaToken }) =>
		typeof mfaToken === 'string' && mfaToken !== '' ? MFA : undefined,
	explainLogin: (status, body, connection) => readLoginError(status, body, connection),
	probe: {
		path: () => `${BASE_PATH}${PROBE_PATH}`,
		// 202: the answer would come later. The token was taken, and that is what was asked.
		good: [200, 202],
		wrongToken: 'It has expired or is wrong. Paste a new one, or use an API key.',
		explain: (status, body, connection) => readError(status, body, connection),
	},
	about: {
		path: () => `${BASE_PATH}/about`,
		productVersion: ({ data }: IDataObject) => (data as IDataObject | undefined)?.serverVersion,
	},
});

export const { logIn, probe } = login;

const MFA = {
	message: 'The user has multi-factor authentication, with which n8n cannot log in.',
	description:
		'Choose API Key under Authentication, and create a key for the user in Veeam Service Provider Console. A key needs no second factor.',
};

const LOGIN_ERRORS: LoginErrors = {
	multiFactor: MFA,
	refused: wrongPassword(
		'Domain users are written DOMAIN\\user, users of the console as they log in to its portal.',
	),
	forbidden: 'Allow it access to the REST API in Veeam Service Provider Console.',
};

function readLoginError(status: number, body: unknown, connection: Connection): UserFacingError {
	const message = readErrors(body)
		.map(({ type, message: text }) => `${type} ${text}`)
		.join(' ')
		.trim();
	return (
		readVersionProblem(body, connection.version) ??
		explainLogin({ status, message, code: '' }, LOGIN_ERRORS) ??
		readError(status, body, connection)
	);
}
