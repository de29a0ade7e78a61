import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { somethingElse } from '../http/answer';
import { keepLoginFailure, UserFacingFailure } from '../http/errors';
import type { Connection, UserFacingError } from '../http/types';
import { ask } from './ask';
import { authenticated, tokenFor } from './authenticate';
import { isRenewable, readConnection } from './connection';
import type { ConnectionRules, PasswordLogin, Send } from './types';
import { accountKey, sessions } from './sessionKeeper';
import { withVersion } from './versionSearch';
import { whoAnswers, type Neighbour } from './whoAnswers';
import { readSession, SESSION, sessionText, withSession } from './sessionText';

type Credential = ICredentialDataDecryptedObject;

/** All that differs between the logins of the products. Paths come with the version in them. */
export interface LoginRules {
	product: ConnectionRules;
	/** What else may answer at its address. */
	neighbours: readonly Neighbour[];
	/** Whom a session belongs to. */
	accountOf(credential: Credential): string;
	/** What proves it: after a refusal the same value is not tried again at once. */
	secretOf(credential: Credential): string;
	/** Headers of every call, the login included. */
	headers?(connection: Connection): Record<string, string>;
	tokenPath(version: string): string;
	/** Where a token is given back; undefined where the version has no such thing. */
	logoutPath?(version: string): string | undefined;
	/**
	 * The form of the token request.
	 *
	 * @throws UserFacingFailure naming the field of the credential that is empty
	 */
	form(credential: Credential, version: string): Record<string, string>;
	/** Why an answer without an error brings no token after all. */
	incomplete?(body: IDataObject): UserFacingError | undefined;
	/** What a refused login means. */
	explainLogin(
		status: number,
		body: unknown,
		connection: Connection,
		credential: Credential,
	): UserFacingError;
	/** A cheap read that any role may make. */
	probe: {
		path(version: string): string;
		query?: IDataObject;
		/** Statuses by which the token is good. */
		good: number[];
		/** What to do about a pasted token or key that is none. */
		wrongToken: string;
		explain(status: number, body: unknown, connection: Connection): UserFacingError;
	};
	/** Where the server says which product version it is, for whoever may read it. */
	about: { path(version: string): string; productVersion(body: IDataObject): unknown };
}

/** For products whose login takes the username and the password, and nothing else. */
export const BY_PASSWORD = {
	accountOf: ({ username }) => String(username ?? '').trim(),
	secretOf: ({ password }) => String(password ?? ''),
	form: (credential) => ({
		grant_type: 'password',
		username: required(credential, 'username', 'Username').trim(),
		password: required(credential, 'password', 'Password'),
	}),
} satisfies Partial<LoginRules>;

/** Seconds for what is done in passing. */
const IN_PASSING = 10;

/** A version that was found is looked for again after a day: the server may have been updated. */
const VERSION_LASTS = 24 * 60 * 60_000;

/** @returns the login of a product */
export function passwordLogin(rules: LoginRules): PasswordLogin {
	const { product, accountOf } = rules;

	const headersOf = (connection: Connection, token?: string) => ({
		...rules.headers?.(connection),
		...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
	});

	/** As `ask`; what answers in place of the product is named where it is known. */
	const askProduct = async (
		send: Send,
		connection: Connection,
		options: IHttpRequestOptions,
		seconds?: number,
	) =>
		await ask(send, connection, product, options, seconds).catch(async (error: unknown) => {
			if (error instanceof UserFacingFailure && error.elsewhere)
				await stopIfForeign(send, connection);
			throw error;
		});

	const read = async (
		send: Send,
		connection: Connection,
		token: string,
		path: string,
		query?: IDataObject,
		seconds?: number,
	) =>
		await askProduct(
			send,
			connection,
			{
				method: 'GET',
				url: `${connection.origin}${path}`,
				...(query ? { qs: query } : {}),
				headers: headersOf(connection, token),
			},
			seconds,
		);

	/** @throws UserFacingFailure naming what answers in place of the product */
	const stopIfForeign = async (send: Send, connection: Connection): Promise<void> => {
		const other = await login.whoAnswers(send, connection);
		if (other) throw new UserFacingFailure(other);
	};

	const tokenOf = (credential: Credential, connection: Connection) =>
		tokenFor(credential, connection, accountOf(credential)) ?? '';

	const probeAt = async (send: Send, connection: Connection, token: string): Promise<void> => {
		const { path, query, good, wrongToken, explain } = rules.probe;
		const { statusCode, body } = await read(
			send,
			connection,
			token,
			path(connection.version),
			query,
		);
		if (good.includes(statusCode)) return;
		const said = explain(statusCode, body, connection);
		// With its code it is an error of the product: a token that has expired.
		if (
			statusCode === 404 ||
			(statusCode === 401 && !connection.renewable && said.code === undefined)
		)
			await stopIfForeign(send, connection);
		if (statusCode === 401 && !connection.renewable)
			throw new UserFacingFailure({
				message: `The server does not accept the ${connection.apiKey ? 'API key' : 'access token'}.`,
				description: connection.apiKey
					? 'It is wrong, or it has been deleted or disabled. Create a new one.'
					: wrongToken,
			});
		throw failureOf(said);
	};

	const logInAt = async (
		send: Send,
		connection: Connection,
		credential: Credential,
	): Promise<string> => {
		const { origin, version } = connection;
		const { statusCode, body } = await askProduct(send, connection, {
			method: 'POST',
			url: `${origin}${rules.tokenPath(version)}`,
			headers: {
				...headersOf(connection),
				'Content-Type': 'application/x-www-form-urlencoded',
			},
			body: new URLSearchParams(rules.form(credential, version)).toString(),
		});
		const fields = (body ?? {}) as IDataObject;
		const { access_token: token } = fields;
		if (statusCode >= 200 && statusCode < 300) {
			if (typeof token === 'string' && token !== '')
				return sessionText({
					origin,
					username: accountOf(credential),
					token,
					...foundVersion(connection),
				});
			const reason = rules.incomplete?.(fields);
			if (reason) throw new UserFacingFailure(reason, { refused: true });
		}
		// Every version of the product has a login, most at the same address.
		if ([404, 405, 501].includes(statusCode)) {
			await stopIfForeign(send, connection);
			if (rules.tokenPath('1') === rules.tokenPath('2'))
				throw new UserFacingFailure(somethingElse(origin, product, statusCode));
		}
		const legible = rules.explainLogin(statusCode, body, connection, credential);
		throw new UserFacingFailure(legible, {
			transient: legible.retryable === true,
			refused: isRefusal(statusCode, legible),
		});
	};

	const login: PasswordLogin = {
		product,
		accountOf,

		async logIn(send, credential) {
			const connection = readConnection(credential, product);
			// What is missing is said before anything is asked.
			rules.form(credential, connection.version);
			return await withVersion(
				connection,
				product,
				async (at) => await logInAt(send, at, credential),
			);
		},

		async probe(send, credential, session) {
			const signedIn = withSession(credential, session ?? '');
			const connection = readConnection(signedIn, product);
			const token = tokenOf(signedIn, connection);
			await withVersion(connection, product, async (at) => await probeAt(send, at, token));
		},

		async logOut(send, credential, session) {
			const signedIn = withSession(credential, session);
			const connection = readConnection(signedIn, product);
			const path = rules.logoutPath?.(connection.version);
			if (path === undefined) return;
			await ask(
				send,
				connection,
				product,
				{
					method: 'POST',
					url: `${connection.origin}${path}`,
					headers: headersOf(connection, tokenOf(signedIn, connection)),
				},
				IN_PASSING,
			).catch(() => undefined);
		},

		async productVersion(send, credential, session) {
			const signedIn = withSession(credential, session ?? '');
			const connection = readConnection(signedIn, product);
			const { path, productVersion } = rules.about;
			try {
				const { statusCode, body } = await read(
					send,
					connection,
					tokenOf(signedIn, connection),
					path(connection.version),
					undefined,
					IN_PASSING,
				);
				const version = statusCode === 200 ? productVersion(body as IDataObject) : undefined;
				return typeof version === 'string' && /^[\d.]{1,40}$/.test(version) ? version : undefined;
			} catch {
				// The connection works; that its version stays unknown is no fault.
				return undefined;
			}
		},

		async session(send, credential) {
			const { renewable, automatic } = readConnection(credential, product);
			if (!renewable && !automatic) return '';
			const kept = sessions.kept(login.keyOf(credential));
			// Another credential of the account, with a version of its own, may have opened it.
			if (automatic && kept !== undefined && !hasVersion(credential, kept))
				login.drop(credential, kept);
			return await sessions.session(login.keyOf(credential), async () =>
				renewable ? await login.logIn(send, credential) : await findVersion(send, credential),
			);
		},

		whoAnswers: async (send, connection) =>
			await whoAnswers(send, connection, product, rules.neighbours),

		drop: (credential, session) => sessions.drop(login.keyOf(credential), session),

		isVersionDue(credential) {
			const { automatic, version } = readConnection(credential, product);
			if (!automatic) return false;
			if (version === '') return true;
			const session = readSession(credential);
			// n8n may hand out one that was refused before.
			if (sessions.isDropped(login.keyOf(credential), credential[SESSION])) return true;
			return Date.now() - (session?.found ?? 0) > VERSION_LASTS;
		},

		held(credential) {
			const key = login.keyOf(credential);
			const reason = sessions.held(key);
			const stored = credential[SESSION];
			// A session that is still good needs no login.
			const usable =
				typeof stored === 'string' && stored !== '' && !sessions.isDropped(key, stored);
			return usable ? undefined : reason;
		},

		keyOf(credential) {
			const { origin, renewable, apiKey } = readConnection(credential, product);
			const secret = renewable
				? rules.secretOf(credential)
				: String((apiKey ? credential.apiKey : credential.accessToken) ?? '');
			return accountKey(product.displayName, origin, accountOf(credential), secret);
		},

		async preAuthentication(credential) {
			const { helpers } = this;
			const send: Send = async (options) => await helpers.httpRequest(options);
			return await sessionFor(send, credential).catch((error: unknown) => {
				keepLoginFailure(credential, error);
				throw error;
			});
		},

		authenticate: async (credential, request) =>
			authenticated(credential, request, product, {
				account: accountOf(credential),
				// Without a session the answer is to be 401, by which n8n logs in: the oldest is known for longest.
				headers: ({ version, ...connection }) =>
					rules.headers?.({
						...connection,
						version: version === '' ? (product.versions.at(-1)?.version ?? '') : version,
					}) ?? {},
			}),
	};

	const hasVersion = (credential: Credential, session: string): boolean =>
		readConnection(withSession(credential, session), product).version !== '';

	/** What n8n is to keep with the credential: a session that the server takes. */
	async function sessionFor(send: Send, credential: Credential): Promise<IDataObject> {
		const stale = credential[SESSION];
		if (typeof stale === 'string' && stale !== '' && isRenewable(credential)) {
			// n8n's older helper takes every failure for an expired session: ask the server.
			if (await isTaken(send, credential)) return { [SESSION]: stale };
			login.drop(credential, stale);
			// Another process may have stored it; what this one has kept may be as old.
			const kept = sessions.kept(login.keyOf(credential));
			if (kept !== undefined && !(await isTaken(send, withSession(credential, kept))))
				login.drop(credential, kept);
		}
		const session = await login.session(send, credential);
		return session === '' ? {} : { [SESSION]: session };
	}

	/** Whether the server takes the session of a credential; in doubt it does, and no login is due. */
	async function isTaken(send: Send, credential: Credential): Promise<boolean> {
		const connection = readConnection(credential, product);
		const token = tokenOf(credential, connection);
		if (token === '') return false;
		const { path, query } = rules.probe;
		const at = path(connection.version);
		return await read(send, connection, token, at, query, IN_PASSING).then(
			({ statusCode }) => statusCode !== 401,
			() => true,
		);
	}

	/** For a pasted key or token there is no login; the version is found by the first call. */
	async function findVersion(send: Send, credential: Credential): Promise<string> {
		const connection = readConnection({ ...credential, [SESSION]: '' }, product);
		const token = tokenOf(credential, connection);
		return await withVersion(connection, product, async (at) => {
			await probeAt(send, at, token);
			return sessionText({
				origin: at.origin,
				username: accountOf(credential),
				...foundVersion(at),
			});
		});
	}

	return login;
}

const foundVersion = ({ automatic, version }: Connection) =>
	automatic ? { version, found: Date.now() } : {};

/** What counts against an account: an answer that says no, and not that something is amiss. */
const isRefusal = (status: number, { unknownVersion, retryable }: UserFacingError): boolean =>
	status >= 400 &&
	status < 500 &&
	![404, 408, 429].includes(status) &&
	unknownVersion === undefined &&
	retryable !== true;

export const failureOf = (legible: UserFacingError): UserFacingFailure =>
	new UserFacingFailure(legible, { transient: legible.retryable === true });

/** @throws UserFacingFailure naming the field of the credential that is empty */
export function required(credential: Credential, field: string, label: string): string {
	const value = String(credential[field] ?? '');
	if (value.trim() !== '') return value;
	throw new UserFacingFailure({
		message: `"${label}" in the credential is empty.`,
		description: 'Fill it in, or choose Access Token under Authentication.',
	});
}
