import { randomUUID } from 'node:crypto';
import type { Answer, LoginRequest, World } from '../foundation/product';
import { versionOf } from './versions';
import { accountNamed, VSPC_MFA_CODE, type VspcUser } from './users';

type Grant = (body: Record<string, unknown>, world: World) => VspcUser | Answer;

/** `POST /api/v3/token`. */
export function loginRoutes(
	world: World,
	prefix: string,
): Record<string, (request: LoginRequest) => Answer> {
	/** Passwords that were right, waiting for the code. */
	const waiting = new Map<string, VspcUser>();
	const grants: Record<string, Grant> = {
		password: ({ username, password }) => {
			const account = accountNamed(String(username ?? ''));
			if (!account || account.password !== password) {
				return denied('invalid_grant', 'The user name or password is incorrect');
			}
			const { name, role, readOnly } = account;
			if (!account.mfa) return { name, role, readOnly };
			const token = randomUUID();
			waiting.set(token, { name, role, readOnly });
			return { body: { mfa_token: token, token_type: 'bearer' } };
		},
		mfa: ({ mfa_token: token, mfa_code: code }) => {
			const user = waiting.get(String(token));
			if (!user || code !== VSPC_MFA_CODE) return denied('invalid_grant', 'The code is not valid');
			waiting.delete(String(token));
			return user;
		},
		refresh_token: ({ refresh_token: token }, { tokens }) =>
			tokens.redeem(String(token ?? '')) ??
			denied('invalid_grant', 'The refresh token is not valid'),
	};
	return {
		[`POST ${prefix}/token`]: ({ headers, body }) => {
			const version = versionOf(headers['x-client-version'], world.settings.supportedVersions);
			if (typeof version !== 'string') return version;
			if (!/^application\/x-www-form-urlencoded/i.test(String(headers['content-type']))) {
				return denied('invalid_request', 'The login is a form');
			}
			const grant = grants[String(body.grant_type)];
			if (!grant) return denied('unsupported_grant_type', 'The grant type is not supported');
			const granted = grant(body, world);
			if (!('role' in granted)) return granted;
			const readOnly = granted.readOnly || String(body.readOnly).toLowerCase() === 'true';
			const pair = world.tokens.issue({ ...granted, readOnly } as VspcUser);
			return {
				body: {
					access_token: pair.accessToken,
					token_type: 'bearer',
					refresh_token: pair.refreshToken,
					expires_in: Math.round((pair.expires - pair.issued) / 1000),
					mfa_token: null,
					encrypted_code: null,
				},
			};
		},
	};
}

function denied(error: string, description: string): Answer {
	return { status: 400, body: { error, error_description: description } };
}
