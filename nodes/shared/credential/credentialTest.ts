import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { UserFacingFailure } from '../http/errors';
import { clean, secretsOf } from '../http/secrets';
import { isRenewable, readConnection } from './connection';
import type { Connection, ConnectionRules, PasswordLogin, Send } from './types';
import { sessions } from './sessionKeeper';
import { withSession } from './sessionText';

type CredentialTest = (
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
) => Promise<INodeCredentialTestResult>;

/**
 * The "Test" of a credential: logs in where it can, then makes a read that every role may make, and
 * says in words what is wrong. A test by request description could not: n8n shows a code
 * ("ECONNREFUSED") or the status text of the answer and drops its body (n8n 2.41,
 * credentials-tester.service).
 *
 * It asks at once, also where a login was refused a moment ago: a person waits for the answer. What
 * it opens it gives back.
 */
export function credentialTest(login: PasswordLogin): CredentialTest {
	return async function (credential) {
		const data = credential.data ?? {};
		const send = sendBy(this);
		try {
			const session = isRenewable(data)
				? await logIn(login, send, data)
				: await sessionOfToday(login, send, data);
			try {
				await login.probe(send, data, session);
				return { status: 'OK', message: await connected(login, send, data, session) };
			} finally {
				if (isRenewable(data)) await login.logOut(send, data, session);
			}
		} catch (error) {
			const { message, description } = error as { message: string; description?: string };
			const text = [message, description].filter(Boolean).join(' ');
			return { status: 'Error', message: clean(text, secretsOf(data)) };
		}
	};
}

async function logIn(
	login: PasswordLogin,
	send: Send,
	data: ICredentialDataDecryptedObject,
): Promise<string> {
	const key = login.keyOf(data);
	const session = await login.logIn(send, data).catch((error: UserFacingFailure) => {
		// The others must not try what was just refused; the person may.
		if (error.refused) sessions.refuse(key, error);
		throw error;
	});
	sessions.accept(key);
	return session;
}

/** What was found: "Connected: Veeam Backup & Replication 13.0.1.180 as DOMAIN\me, API 1.3-rev1." */
async function connected(
	login: PasswordLogin,
	send: Send,
	data: ICredentialDataDecryptedObject,
	session: string,
): Promise<string> {
	const connection = readConnection(withSession(data, session), login.product);
	const { version } = connection;
	const product =
		(await login.productVersion(send, data, session)) ?? releaseOf(login.product, connection);
	const account = isRenewable(data)
		? ` as ${login.accountOf(data)}`
		: data.authentication === 'apiKey'
			? ' by API key'
			: ' by access token';
	const known = login.product.versions.find((one) => one.version === version);
	const unverified = known?.unverified ? ' (unverified: its API has no public specification)' : '';
	return `Connected: ${[login.product.displayName, product].filter(Boolean).join(' ')}${unverified}${account}, API ${version}.`;
}

/**
 * The product version that the newest API version of a server tells, where its account may not read it: "13.0.1",
 * "13.1 or later". One that the user chose tells nothing.
 */
function releaseOf(
	{ versions }: ConnectionRules,
	{ automatic, version }: Connection,
): string | undefined {
	const at = versions.findIndex((one) => one.version === version);
	const release = automatic ? versions[at]?.release : undefined;
	return release !== undefined && at === 0 ? `${release} or later` : release;
}

/** What goes with a pasted key or token: the version, looked for now. What was found before may be of yesterday. */
async function sessionOfToday(
	login: PasswordLogin,
	send: Send,
	data: ICredentialDataDecryptedObject,
): Promise<string> {
	login.drop(data, sessions.kept(login.keyOf(data)));
	return await login.session(send, data);
}

/** A credential test has only n8n's older helper; this gives it the newer one's manners. */
function sendBy({ helpers }: ICredentialTestFunctions): Send {
	return async ({
		method,
		url,
		qs,
		headers,
		body,
		timeout,
		skipSslCertificateValidation,
	}: IHttpRequestOptions) =>
		(await helpers.request({
			method,
			url,
			qs,
			headers,
			body,
			timeout,
			// Read here, so that it is bounded.
			useStream: true,
			// Present only where it is off: with it n8n hides the reason of an untrusted certificate.
			...(skipSslCertificateValidation ? { rejectUnauthorized: false } : {}),
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
		})) as Awaited<ReturnType<Send>>;
}
