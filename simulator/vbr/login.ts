import type { Answer, LoginRequest, User, World } from '../foundation/product';
import { tokenAnswer } from '../foundation/tokens';
import { revisionOf } from './revisions';
import { refused } from './refusals';
import { accountNamed } from './users';

type Grant = (body: Record<string, unknown>, world: World) => User | Answer;

/** `POST /api/oauth2/token` and its end. */
export function loginRoutes(world: World): Record<string, (request: LoginRequest) => Answer> {
	return {
		'POST /api/oauth2/token': (request) => login(world, request),
		'POST /api/oauth2/logout': (request) => logout(world, request),
	};
}

const GRANTS: Record<string, Grant> = {
	password: ({ username, password }) => {
		if (!username || !password) return unreadable('body.username and body.password are required');
		const account = accountNamed(String(username));
		if (!account || account.password !== password) {
			return denied('Authentication failed: wrong user name or password');
		}
		if (account.mfa) return denied('Unable to connect to the server with MFA-enabled user account');
		return { name: account.name, role: account.role };
	},
	refresh_token: ({ refresh_token: token }, { tokens }) =>
		tokens.redeem(String(token ?? '')) ?? {
			status: 401,
			body: {
				errorCode: 'InvalidToken',
				message: 'The refresh token is not valid',
				resourceId: '',
			},
		},
};

function login(world: World, { headers, body }: LoginRequest): Answer {
	const version = revisionOf(headers['x-api-version'], world.settings.supportedVersions);
	if (typeof version !== 'string') return version;
	if (!/^application\/x-www-form-urlencoded/i.test(String(headers['content-type']))) {
		return unreadable('the login is a form');
	}
	const grant = GRANTS[String(body.grant_type).toLowerCase()];
	if (!grant) return unreadable('body.grant_type is none of password, refresh_token');
	const granted = grant(body, world);
	if (!('role' in granted)) return granted;
	return tokenAnswer(world.tokens.issue(granted, body.use_short_term_refresh === 'true'));
}

function logout(world: World, { headers }: LoginRequest): Answer {
	const version = revisionOf(headers['x-api-version'], world.settings.supportedVersions);
	if (typeof version !== 'string') return version;
	const token = String(headers.authorization ?? '').replace(/^Bearer /i, '');
	const checked = world.tokens.check(token);
	if (checked === 'expired') return refused({ because: 'expiredToken' });
	if (checked === 'unknown') return refused({ because: token ? 'unknownToken' : 'noToken' });
	world.tokens.revoke(token);
	return {};
}

function unreadable(what: string): Answer {
	return refused({ because: 'malformed', what });
}

function denied(message: string): Answer {
	return { status: 401, body: { errorCode: 'AccessDenied', message, resourceId: '' } };
}
