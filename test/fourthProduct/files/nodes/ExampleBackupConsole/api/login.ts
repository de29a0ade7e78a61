import type { IDataObject } from 'n8n-workflow';

import { NEIGHBOURS } from '../../neighbours';
import { explainLogin, SERVER_USERS, wrongPassword } from '../../shared/credential/loginErrors';
import { BY_PASSWORD, passwordLogin } from '../../shared/credential/passwordLogin';
import { explain, readErrorBody } from '../../shared/http/errorTable';
import type { UserFacingError } from '../../shared/http/types';
import { EXAMPLE, PROBE_PATH } from './identity';

export const readError = (status: number, body: unknown): UserFacingError =>
	explain({ status, ...readErrorBody(body) }, { displayName: EXAMPLE.displayName });

const MFA = { message: 'The account needs a second factor.', description: 'Use another account.' };

export const login = passwordLogin({
	product: EXAMPLE,
	neighbours: NEIGHBOURS,
	...BY_PASSWORD,
	tokenPath: () => '/api/token',
	explainLogin: (status, body) =>
		explainLogin(
			{ status, ...readErrorBody(body) },
			{ multiFactor: MFA, refused: wrongPassword(SERVER_USERS), forbidden: 'Allow it the API.' },
		) ?? readError(status, body),
	probe: {
		path: () => PROBE_PATH,
		good: [200],
		wrongToken: 'It has expired or is wrong.',
		explain: readError,
	},
	about: { path: () => PROBE_PATH, productVersion: ({ build }: IDataObject) => build },
});
