import { OVERDUE, TOO_LARGE } from './bounds';
import {
	chainOf,
	codeOf,
	CUT_OFF,
	NO_ROUTE,
	OTHER_PROTOCOL,
	REFUSED,
	SILENCE,
	UNKNOWN_NAME,
	UNTRUSTED,
} from './networkCodes';
import { maybeProxy, readProxyFailure } from './proxy';
import type { NetworkFailure } from './errors';

interface Endpoint {
	/** `https://host:port` */
	origin: string;
	/** "Veeam Backup & Replication" */
	displayName: string;
	defaultPort: number;
	/** Seconds the server was given. */
	timeoutSeconds: number;
	/** Bytes an answer may have. */
	largestAnswer: number;
}

const MEGABYTE = 1_000_000;

/** Says why no answer came, and what to check. Takes the error as n8n's helpers raise it. */
export function readNetworkFailure(error: unknown, endpoint: Endpoint): NetworkFailure {
	const proxy = readProxyFailure(error, endpoint.origin, endpoint.timeoutSeconds);
	if (proxy) return proxy;
	const { code, text } = describe(error);
	const { host, hostname } = new URL(endpoint.origin);
	const settled = (message: string, description: string): NetworkFailure => ({
		legible: { message, description },
		broken: false,
		transient: false,
		arrived: false,
	});

	if (code in UNTRUSTED)
		return settled(
			`The certificate of ${host} is not trusted: ${UNTRUSTED[code]}.`,
			code === 'ERR_TLS_CERT_ALTNAME_INVALID'
				? 'Use the host name the certificate was issued for in the server URL, or switch on "Ignore SSL Issues" in the credential.'
				: 'Give the server a certificate this n8n trusts (or have n8n trust its issuer by NODE_EXTRA_CA_CERTS), or switch on "Ignore SSL Issues" in the credential.',
		);
	if (/Ssrf/.test(text.name))
		return settled(
			`n8n does not allow requests to ${hostname}: its SSRF protection blocks the address.`,
			'Have the n8n administrator add the server to N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
		);
	if (OTHER_PROTOCOL.includes(code))
		return settled(
			`${host} does not speak HTTPS.`,
			`Check the port in the credential's server URL: ${endpoint.displayName} listens on ${endpoint.defaultPort} by default.${maybeProxy(error, endpoint.origin)}`,
		);
	if (UNKNOWN_NAME.includes(code))
		return {
			...settled(
				`The host name "${hostname}" is not known here.`,
				'Check the server URL in the credential for typing errors, and that the machine n8n runs on can resolve the name. An IP address works too.',
			),
			broken: code === 'EAI_AGAIN',
			transient: true,
		};
	const checks = `Check that the server is on and its REST API service runs, that the port is right (${endpoint.displayName}: ${endpoint.defaultPort} by default), and that no firewall stands between n8n and the server.`;
	if (code === REFUSED)
		return {
			...settled(`Nothing answers at ${host}: the connection was refused.`, checks),
			transient: true,
		};
	if (NO_ROUTE.includes(code))
		return { ...settled(`${host} cannot be reached from here.`, checks), transient: true };
	if (code === 'ETIMEDOUT')
		return {
			legible: { message: `${host} cannot be reached: it does not answer.`, description: checks },
			broken: true,
			transient: true,
			arrived: false,
		};
	if (code === SILENCE)
		return {
			legible: {
				message: `${host} was silent for ${endpoint.timeoutSeconds} seconds.`,
				description: `The server may be busy or may hang on this request. Ask for less at once (a filter, a smaller limit) or try again later.${maybeProxy(error, endpoint.origin)}`,
			},
			broken: true,
			transient: true,
			arrived: true,
		};
	if (code === OVERDUE) return tookTooLong(endpoint.origin, endpoint.timeoutSeconds);
	if (code === TOO_LARGE)
		return {
			legible: {
				message: `The answer of ${host} is larger than ${Math.round(endpoint.largestAnswer / MEGABYTE)} MB, and was not read to its end.`,
				description:
					'Ask for less at once: a filter, a smaller limit, fewer fields. How large an answer may be is set by "Largest Answer (MB)" in the credential.',
			},
			broken: false,
			transient: false,
			arrived: true,
			tooLarge: true,
		};
	if (CUT_OFF.includes(code))
		return {
			legible: {
				message: `${host} closed the connection before it had answered.`,
				description: 'The server or something between may have restarted. Try again.',
			},
			broken: true,
			transient: true,
			arrived: true,
		};
	return settled(
		`The request to ${host} failed${code ? ` (${code})` : ''}.`,
		text.message || 'Check the server URL in the credential.',
	);
}

/** The server sends, but does not come to an end. Not repeated: the time is up. */
const tookTooLong = (origin: string, seconds: number): NetworkFailure => ({
	legible: {
		message: `${new URL(origin).host} did not finish its answer within ${Math.round(seconds)} seconds.`,
		description:
			'The server or a proxy in between is very slow, or hangs on this request. Ask for less at once (a filter, a smaller limit) or try again later.',
	},
	broken: false,
	transient: true,
	arrived: true,
});

/** The first telling code down the chain of causes. Node names several tries as one error. */
function describe(error: unknown): { code: string; text: { name: string; message: string } } {
	let code = '';
	let text = { name: '', message: '' };
	for (const at of chainOf(error)) {
		const own = codeOf(at);
		if (!code && own !== undefined && !/^ERR_BAD_/.test(own)) code = own;
		text = { name: at.name ?? text.name, message: at.message ?? text.message };
		if (/Ssrf/.test(at.constructor?.name ?? '')) return { code, text: { ...text, name: 'Ssrf' } };
	}
	if (!code && /socket hang up|aborted/i.test(text.message)) code = 'ECONNRESET';
	return { code, text };
}
