import { UserFacingFailure } from '../http/errors';
import type { Connection, ProductAdapter } from '../http/types';

/** What is needed of a product to read its credential. */
export type ConnectionRules = Pick<
	ProductAdapter,
	'displayName' | 'defaultPort' | 'version' | 'answersUnknownPathsWithPage'
>;

/**
 * Reads the fields every credential of this package has: `serverUrl`, `authentication` ('password',
 * 'apiKey' or 'token'), `apiVersion` (a version, or 'other' with `otherApiVersion`), `ignoreSslIssues`.
 *
 * @throws LegibleFailure naming the field that is wrong; nothing has been sent by then
 */
export function readConnection(
	credential: Record<string, unknown>,
	rules: ConnectionRules,
): Connection {
	return {
		origin: readServerUrl(credential.serverUrl, rules),
		version: readVersion(credential, rules),
		ignoreSslIssues: credential.ignoreSslIssues === true,
		renewable: isRenewable(credential),
		...(credential.authentication === 'apiKey' ? { apiKey: true as const } : {}),
	};
}

/** Whether a new token can be had: not where the user pasted a token or an API key. */
export const isRenewable = ({ authentication }: Record<string, unknown>): boolean =>
	authentication !== 'token' && authentication !== 'apiKey';

/**
 * The server's origin. Mends what is safe to mend: blanks around, a slash at the end, no scheme
 * (https) and no port (the product's own).
 */
export function readServerUrl(
	typed: unknown,
	{ displayName, defaultPort }: Pick<ConnectionRules, 'displayName' | 'defaultPort'>,
): string {
	const example = `https://backup.example.com:${defaultPort}`;
	const text = String(typed ?? '').trim();
	const refuse = (message: string, description: string): never => {
		throw new UserFacingFailure({ message, description });
	};
	if (text === '')
		return refuse(
			'"Server URL" in the credential is empty.',
			`Give the address of the ${displayName} server, such as ${example}.`,
		);
	if (/^http:\/\//i.test(text))
		return refuse(
			'"Server URL" in the credential starts with http://, which would send the password unencrypted.',
			`${displayName} answers over HTTPS only: start it with https://, such as ${example}.`,
		);
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
	if (scheme !== undefined && scheme.toLowerCase() !== 'https')
		return refuse(
			`"Server URL" in the credential starts with ${scheme}://.`,
			`It must start with https://, such as ${example}.`,
		);

	const full = scheme === undefined ? `https://${text}` : text;
	const url = parse(full);
	if (!url || url.hostname === '' || /\s/.test(text))
		return refuse(
			'"Server URL" in the credential is not a URL.',
			`Give host name or IP address and port, such as ${example}.`,
		);
	// Not repeated in the message: it may hold a password.
	if (url.username !== '' || url.password !== '')
		return refuse(
			'"Server URL" in the credential contains a user name or password.',
			`Put them into their own fields and give the address alone, such as ${example}.`,
		);
	// `new URL` hides the port 443, so look at what was typed.
	const portTyped = /^https:\/\/[^/?#]*:\d+(?:[/?#]|$)/i.test(full);
	if (!portTyped) url.port = String(defaultPort);
	if (!/^\/*$/.test(url.pathname) || url.search !== '' || url.hash !== '')
		return refuse(
			`"Server URL" in the credential has more than the server's address: "${url.pathname}${url.search}${url.hash}".`,
			`Leave that out: ${url.origin}.`,
		);
	return url.origin;
}

function parse(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

function readVersion(
	credential: Record<string, unknown>,
	{ version: { pattern, example } }: Pick<ConnectionRules, 'version'>,
): string {
	const other = credential.apiVersion === 'other';
	const field = other ? 'Other API Version' : 'API Version';
	const version = String((other ? credential.otherApiVersion : credential.apiVersion) ?? '').trim();
	if (version === '')
		throw new UserFacingFailure({
			message: `"${field}" in the credential is empty.`,
			description: `Choose the version your server knows, such as ${example}.`,
		});
	if (!pattern.test(version))
		throw new UserFacingFailure({
			message: `"${field}" in the credential is no version: "${version.slice(0, 40)}".`,
			description: `Versions look like ${example}.`,
		});
	return version;
}
