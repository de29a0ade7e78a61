import { UserFacingFailure } from '../http/errors';
import { readSession } from './sessionText';
import type { Connection, ConnectionRules } from './types';

/**
 * Reads the fields every credential of this package has: `serverUrl`, `authentication` ('password',
 * 'apiKey' or 'token'), `apiVersion` ('auto', a version, or 'other' with `otherApiVersion`),
 * `ignoreSslIssues`, `largestAnswerMb`.
 *
 * @throws UserFacingFailure naming the field that is wrong; nothing has been sent by then
 */
export function readConnection(
	credential: Record<string, unknown>,
	rules: ConnectionRules,
): Connection {
	const origin = readServerUrl(credential.serverUrl, rules);
	const automatic = credential.apiVersion === AUTOMATIC;
	return {
		origin,
		version: automatic ? versionFound(credential, origin) : readVersion(credential, rules),
		automatic,
		ignoreSslIssues: credential.ignoreSslIssues === true,
		largestAnswer: readLargestAnswer(credential),
		renewable: isRenewable(credential),
		...(credential.authentication === 'apiKey' ? { apiKey: true as const } : {}),
	};
}

/** Megabytes of one answer where the credential does not say. */
export const LARGEST_ANSWER_MB = 100;

/** The longest text that Node.js can hold has about 536 million characters. */
export const MOST_MB = 500;

/** Bytes that one answer may have: `largestAnswerMb`, where that is more than nothing. */
function readLargestAnswer({ largestAnswerMb }: Record<string, unknown>): number {
	const given = Number(largestAnswerMb ?? LARGEST_ANSWER_MB);
	const megabytes = given > 0 ? given : LARGEST_ANSWER_MB;
	return Math.min(megabytes, MOST_MB) * 1_000_000;
}

/** Whether a new token can be had: not where the user pasted a token or an API key. */
export const isRenewable = ({ authentication }: Record<string, unknown>): boolean =>
	authentication !== 'token' && authentication !== 'apiKey';

/**
 * The server's origin. Mends what is safe to mend: blanks around, a slash at the end, what a browser
 * adds (a page of the web interface, a query, a fragment), a scheme that lacks a slash or its colon, no scheme
 * (https) and no port (the product's own).
 */
export function readServerUrl(
	typed: unknown,
	{ displayName, host, defaultPort }: Pick<ConnectionRules, 'displayName' | 'host' | 'defaultPort'>,
): string {
	const example = `https://${host}:${defaultPort}`;
	const text = String(typed ?? '')
		.trim()
		.replace(LAME_SCHEME, '$1://');
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
			'"Server URL" in the credential contains a username or password.',
			`Put them into their own fields and give the address alone, such as ${example}.`,
		);
	// `new URL` hides the port 443, so look at what was typed.
	const portTyped = /^https:\/\/[^/?#]*:\d+(?:[/?#]|$)/i.test(full);
	if (!portTyped) url.port = String(defaultPort);
	if (!OF_THE_BROWSER.test(url.pathname))
		return refuse(
			`"Server URL" in the credential has more than the server's address: "${url.pathname}".`,
			`Leave that out: ${url.origin}.`,
		);
	return url.origin;
}

/** `https:/backup`, `https//backup`. Not what could be a host of that name with its port. */
const LAME_SCHEME = /^(https?)(?::\/?|\/\/)(?=[^/\s])(?!\d+(?:\/|$))/i;

/**
 * Paths of web interfaces and of the APIs themselves, as they are pasted from a browser: what follows
 * host and port is left out. Any other path may be that of a gateway, and is asked about.
 */
const OF_THE_BROWSER =
	/^\/*(?:$|(?:swagger|login|logon|signin|index\.html?|home|dashboard|api|v\d+|#)(?:[/.].*)?$)/i;

function parse(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** API Version: the newest that server and package both know. */
export const AUTOMATIC = 'auto';

/** The version that was found when the session was opened; '' where none was yet. */
function versionFound(credential: Record<string, unknown>, origin: string): string {
	const session = readSession(credential);
	return session?.origin === origin ? String(session.version ?? '') : '';
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
			message: `"${field}" in the credential is not a version: "${version.slice(0, 40)}".`,
			description: `Versions look like ${example}.`,
		});
	return version;
}
