import { NodeApiError, type IHttpRequestOptions, type INode, type JsonObject } from 'n8n-workflow';

import type { NetworkFailure } from './errors';
import type { AgentParts, ErrorParts, RequestParts, SocketParts } from './networkCodes';
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

/**
 * A proxy between n8n and the server: n8n's helpers take it from HTTPS_PROXY or ALL_PROXY, and have
 * it open a tunnel (CONNECT). Nodes cannot read those variables; what is known of a proxy is read
 * from what a request leaves behind (n8n-core 1.123 to 2.41: the agent of axios' configuration, its
 * socket, the address in Node.js' errors).
 */

/** An answer that is no success, or came from a proxy, as n8n's helpers raise or return it. */
export interface AnswerParts {
	statusCode: number;
	headers: unknown;
	body: unknown;
	/** The proxy itself has answered, and the server was not asked. `address` where it is known. */
	byProxy?: { address?: string };
}

/**
 * Statuses that n8n's helpers raise as an error, which tells who answered; a plain answer does not.
 * Not 401: n8n would log in anew and ask once more.
 */
export const RAISED = Array.from({ length: 200 }, (_, index) => 400 + index).filter(
	(status) => status !== 401,
);

/**
 * Which statuses n8n is to raise: none where its error keeps nothing of the answer that it is made of
 * (n8n-workflow 1.120 to 2.20, but not 2.41: the class clears the cause it was given).
 */
export const RAISED_STATUSES: IHttpRequestOptions['ignoreHttpStatusErrors'] =
	new NodeApiError({} as INode, new Error('probe') as unknown as JsonObject).cause === undefined
		? true
		: { ignore: true, except: RAISED };

/** The answer to a request of n8n's helpers, whether they return it or raise it. Raises where none came. */
export async function answerTo(request: Promise<unknown>): Promise<AnswerParts> {
	return await request.then(
		(given) => {
			const answer = given as AnswerParts & { request?: RequestParts };
			// n8n 1.x raises no status. It hands out the answer of Node.js itself, as the older helper does.
			const { socket } = (answer.body ?? {}) as { socket?: SocketParts | null };
			return { ...answer, ...byProxy(answer.statusCode, socket, answer.request?.agent) };
		},
		(error: unknown) => {
			const answer = answerOf(error);
			if (answer) return answer;
			throw error;
		},
	);
}

function answerOf(error: unknown): AnswerParts | undefined {
	for (const at of chainOf(error)) {
		const { response } = at;
		if (typeof response?.status !== 'number') continue;
		const { status: statusCode, headers, data: body } = response;
		return {
			...{ statusCode, headers, body },
			...byProxy(statusCode, response.request?.socket, at.config?.httpsAgent),
		};
	}
	// An n8n that loses the cause, beside another n8n-workflow that does not: status and body are left.
	const { httpCode, context } = (error ?? {}) as ErrorParts;
	const statusCode = Number(httpCode);
	return statusCode >= 400 && context?.data !== undefined
		? { statusCode, headers: {}, body: context.data, ...byProxy(statusCode, undefined, undefined) }
		: undefined;
}

/**
 * Who has answered: everything the server says comes encrypted, what a proxy says to CONNECT does
 * not. 407 is a proxy's, also where it looks into what is encrypted.
 */
function byProxy(
	status: number,
	socket: SocketParts | null | undefined,
	agent: AgentParts | undefined,
): Pick<AnswerParts, 'byProxy'> {
	const plain = socket !== undefined && socket !== null && socket.encrypted !== true;
	return plain || status === 407 ? { byProxy: { address: proxyOf(agent) } } : {};
}

/** What a refusal of the proxy to connect to the server means. */
export function refusedByProxy(
	status: number,
	address: string | undefined,
	origin: string,
): NetworkFailure {
	const { host } = new URL(origin);
	const proxy = named(address);
	const busy = status >= 500 || status === 429;
	const [message, advice] =
		status === 407
			? [
					`${proxy} requires a login (HTTP 407) before it connects n8n to ${host}.`,
					'Give its username and password in the HTTPS_PROXY variable of n8n (http://user:password@proxy:port).',
				]
			: busy
				? [
						`${proxy} could not connect n8n to ${host} (HTTP ${status}).`,
						'The proxy may not reach that server, or may not know its name.',
					]
				: [
						`${proxy} does not let n8n connect to ${host} (HTTP ${status}).`,
						'Its rules may forbid the server or the port.',
					];
	return failure(message, `${advice} ${wayOut(origin)}`, busy, busy);
}

/** A failure on the way to the proxy or in its tunnel; undefined where no proxy is to blame. */
export function readProxyFailure(
	error: unknown,
	origin: string,
	seconds: number,
): NetworkFailure | undefined {
	const { address, tunnelled, text, code } = look(error, origin);
	const { host } = new URL(origin);
	const settled = (message: string, { transient = true, broken = false } = {}) =>
		failure(message, wayOut(origin), transient, broken);
	const again = { broken: true };
	const never = { transient: false };
	if (/^Proxy connection ended/.test(text))
		return settled(
			`${named(address)} closed the connection instead of connecting n8n to ${host}.`,
			again,
		);
	if (address === undefined || tunnelled) return undefined;
	const proxy = named(address);
	if (code in UNTRUSTED)
		return settled(
			`The certificate of ${inside(proxy)} is not trusted: ${UNTRUSTED[code]}.`,
			never,
		);
	if (UNKNOWN_NAME.includes(code))
		return settled(`The host name of ${inside(proxy)} is not known here.`);
	if (code === REFUSED)
		return settled(`Nothing answers at ${inside(proxy)}: the connection was refused.`);
	if (NO_ROUTE.includes(code) || code === 'ETIMEDOUT')
		return settled(`${proxy} cannot be reached from here.`, again);
	if (OTHER_PROTOCOL.includes(code))
		return settled(`What answers at the address of ${inside(proxy)} is no HTTP proxy.`, never);
	if (code === SILENCE)
		return settled(
			`${proxy} did not connect n8n to ${host} within ${Math.round(seconds)} seconds.`,
			again,
		);
	if (CUT_OFF.includes(code))
		return settled(`${proxy} closed the connection instead of connecting n8n to ${host}.`, again);
	return undefined;
}

/**
 * @param transient waiting may help
 * @param broken asking again at once may
 */
function failure(
	message: string,
	description: string,
	transient: boolean,
	broken: boolean,
): NetworkFailure {
	return { legible: { message, description }, broken, transient, arrived: false };
}

/**
 * What to add where an error says nothing of its way: n8n's older helper, which alone a credential
 * test has, takes everything off that would.
 */
export function maybeProxy(error: unknown, origin: string): string {
	const parts = [...chainOf(error)];
	const stripped = parts.some(
		({ isAxiosError, config, syscall }) =>
			isAxiosError === true && config === undefined && syscall === undefined,
	);
	if (!stripped || parts.some(({ syscall }) => syscall !== undefined)) return '';
	return ` If n8n goes through a proxy (HTTPS_PROXY), that may be the cause: have the n8n administrator add ${new URL(origin).hostname} to NO_PROXY.`;
}

/** Nobody can be reached there: without a proxy it fails at once, whatever the network. */
const NOWHERE = 'https://0.0.0.0:1/';

/** Seconds that a machine gets to refuse a connection to itself. */
const AT_ONCE = 10;

/**
 * Whether a proxy is to blame for a failure that says nothing of its way (see `maybeProxy`): what
 * fails in the same way where no server can be is no server's fault. Sends neither token nor password.
 *
 * @param seconds the request was given
 * @returns undefined where no proxy is to blame, or it cannot be known
 */
export async function blamedProxy(
	send: (options: IHttpRequestOptions) => Promise<unknown>,
	error: unknown,
	origin: string,
	seconds: number,
): Promise<NetworkFailure | undefined> {
	if (maybeProxy(error, origin) === '') return undefined;
	const { code } = look(error, origin);
	if (code !== SILENCE && !OTHER_PROTOCOL.includes(code)) return undefined;
	const nowhere = await send({
		method: 'GET',
		url: NOWHERE,
		timeout: Math.min(AT_ONCE, seconds) * 1000,
	}).then(
		() => '',
		(failed: unknown) => look(failed, origin).code,
	);
	const alike = code === SILENCE ? nowhere === SILENCE : OTHER_PROTOCOL.includes(nowhere);
	if (!alike) return undefined;
	const { host } = new URL(origin);
	return code === SILENCE
		? failure(
				`The proxy did not connect n8n to ${host} within ${Math.round(seconds)} seconds.`,
				`${wayOut(origin)} If NO_PROXY names the server already, it is the server that is silent.`,
				true,
				true,
			)
		: failure(
				'What answers at the address of the proxy is no HTTP proxy.',
				wayOut(origin),
				false,
				false,
			);
}

const named = (address: string | undefined): string =>
	address === undefined ? 'The proxy' : `The proxy ${address}`;

const inside = (proxy: string): string => proxy.replace(/^The/, 'the');

const wayOut = (origin: string): string =>
	`The Veeam server was not asked. If n8n can reach it without the proxy, have the n8n administrator add ${new URL(origin).hostname} to the NO_PROXY variable and restart n8n; otherwise check HTTPS_PROXY (or ALL_PROXY) and the proxy.`;

/** What an error says of a proxy on the way. */
function look(error: unknown, origin: string) {
	let address: string | undefined;
	let tunnelled = false;
	let code = '';
	let text = '';
	const own = new URL(origin);
	for (const at of chainOf(error)) {
		code ||= codeOf(at) ?? '';
		text = at.message ?? text;
		const proxy = proxyOf(at.config?.httpsAgent);
		if (proxy !== undefined) {
			address = proxy;
			// The request gets its socket when the tunnel is open.
			const request = at.request?._currentRequest ?? at.request;
			tunnelled = Boolean(request?.socket) && request?.socket?.encrypted === true;
		}
		address ??= elsewhere(at, own);
	}
	return { address, tunnelled, text, code };
}

/** Where a connection failed that was not one to the server. */
function elsewhere({ syscall, address, port, hostname }: ErrorParts, own: URL): string | undefined {
	if (syscall === 'connect' && address !== undefined && port !== undefined)
		return String(port) === (own.port || '443') ? undefined : `${address}:${port}`;
	if (syscall === 'getaddrinfo' && hostname !== undefined && hostname !== own.hostname)
		return hostname;
	return undefined;
}

/** `host:port` of the proxy that an agent of n8n has used, without username and password. */
function proxyOf(agent: AgentParts | undefined): string | undefined {
	const used = agent?.proxy ?? [...(agent?.router?.proxyCache?.keys() ?? [])][0];
	if (used === undefined) return undefined;
	try {
		return new URL(String(used)).host || undefined;
	} catch {
		return undefined;
	}
}
