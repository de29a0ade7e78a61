import type { Answer, LoginRequest, World } from '../foundation/product';
import { tokenAnswer } from '../foundation/tokens';
import { refused } from './refusals';
import { accountNamed, VB365_APPLICATIONS, type Vb365User } from './users';
import { VERSIONS } from './versions';

type Grant = (body: Record<string, unknown>, world: World) => Vb365User | Answer;

/** From this version on a token asks for an antiforgery token besides, unless told not to. */
const ANTIFORGERY_SINCE = 'v7';

/** `POST /v{n}/token`, and from v7 its end. */
export function loginRoutes(world: World): Record<string, (request: LoginRequest) => Answer> {
	return Object.fromEntries(
		VERSIONS.flatMap((version) => {
			const routes: Array<[string, (request: LoginRequest) => Answer]> = [
				[`POST /${version}/token`, (request) => login(world, version, request)],
			];
			if (version >= 'v7') {
				routes.push([
					`POST /${version}/token/logout`,
					(request) => logout(world, version === 'v7' ? 200 : 204, request),
				]);
			}
			return routes;
		}),
	);
}

const GRANTS: Record<string, Grant> = {
	password: ({ username, password }) => {
		if (!username || !password) return unreadable('username and password are required');
		const account = accountNamed(String(username));
		if (!account || account.password !== password) {
			return denied('The user name or password is incorrect');
		}
		return { name: account.name, role: account.role };
	},
	operator: ({ username, password }, world) => GRANTS.password!({ username, password }, world),
	refresh_token: ({ refresh_token: token }, { tokens }) =>
		tokens.redeem(String(token ?? '')) ?? denied('The refresh token is not valid'),
	'urn:ietf:params:oauth:grant-type:jwt-bearer': ({ client_id: client, assertion }) => {
		if (!client || !assertion) return unreadable('client_id and assertion are required');
		const isJwt = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(String(assertion));
		const known = VB365_APPLICATIONS.includes(String(client).toLowerCase());
		if (!known || !isJwt) return denied('The assertion is not that of a known application');
		return { name: String(client), role: 'Administrator' };
	},
};

function login(world: World, version: string, { headers, body }: LoginRequest): Answer {
	if (!world.settings.supportedVersions.includes(version)) {
		return refused({ because: 'noSuchPath', path: `/${version}/token` });
	}
	if (!/^application\/x-www-form-urlencoded/i.test(String(headers['content-type']))) {
		return unreadable('the login is a form');
	}
	const grant = GRANTS[String(body.grant_type).toLowerCase()];
	if (!grant) return unreadable(`grant_type is none of ${Object.keys(GRANTS).join(', ')}`);
	const granted = grant(body, world);
	if (!('role' in granted)) return granted;
	const disabled = String(body.disable_antiforgery_token).toLowerCase() === 'true';
	const antiforgery = version >= ANTIFORGERY_SINCE && !disabled;
	return tokenAnswer(world.tokens.issue({ ...granted, antiforgery } as Vb365User));
}

function logout(world: World, status: number, { headers }: LoginRequest): Answer {
	const token = String(headers.authorization ?? '').replace(/^Bearer /i, '');
	const checked = world.tokens.check(token);
	if (checked === 'expired') return refused({ because: 'expiredToken' });
	if (checked === 'unknown') return refused({ because: token ? 'unknownToken' : 'noToken' });
	world.tokens.revoke(token);
	return { status };
}

function unreadable(what: string): Answer {
	return refused({ because: 'malformed', what });
}

function denied(message: string): Answer {
	return { status: 401, body: { message } };
}
