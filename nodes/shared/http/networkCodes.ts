/** Codes by which Node.js, OpenSSL and axios name what went wrong on the way to a server. */

/** A certificate that is not trusted, and why. */
export const UNTRUSTED: Record<string, string> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its issuer is self-signed and unknown here',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is unknown here',
	UNABLE_TO_GET_ISSUER_CERT: 'its issuer is unknown here',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is unknown here',
	CERT_UNTRUSTED: 'its issuer is unknown here',
	ERR_TLS_CERT_ALTNAME_INVALID: 'it was issued for another host name',
	CERT_HAS_EXPIRED: 'it has expired',
	CERT_NOT_YET_VALID: 'it is not valid yet',
	CERT_REVOKED: 'it has been revoked',
};
export const REFUSED = 'ECONNREFUSED';
/** axios: nothing came for so long. */
export const SILENCE = 'ECONNABORTED';
/** Something else than TLS, or than HTTP, answers. */
export const OTHER_PROTOCOL = ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'HPE_INVALID_CONSTANT'];
export const NO_ROUTE = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'];
export const UNKNOWN_NAME = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'];
export const CUT_OFF = ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SOCKET_CLOSED'];

/** What may be in an error of n8n's helpers, of axios or of Node.js: as much of it as is read. */
export interface ErrorParts {
	name?: string;
	message?: string;
	code?: unknown;
	/** Of n8n's own error around it: its status, or its code where none came. */
	httpCode?: unknown;
	/** Of n8n's own error: the body of an answer. */
	context?: { data?: unknown };
	/** Of n8n's own error: the texts that it replaced. */
	messages?: string[];
	/** Of Node.js: where the connection failed. */
	syscall?: string;
	address?: string;
	port?: number | string;
	hostname?: string;
	/** Of axios. */
	isAxiosError?: boolean;
	config?: { httpsAgent?: AgentParts };
	request?: RequestParts & { _currentRequest?: RequestParts };
	response?: {
		status?: number;
		headers?: unknown;
		data?: unknown;
		request?: RequestParts;
	};
	cause?: ErrorParts;
	/** Node.js names several tries as one error. */
	errors?: ErrorParts[];
}

export interface RequestParts {
	agent?: AgentParts;
	socket?: SocketParts | null;
}

export interface SocketParts {
	/** Of TLS sockets alone. */
	encrypted?: boolean;
}

/** An agent that goes through a proxy: n8n 1.x has one for each, later versions find it by the way. */
export interface AgentParts {
	proxy?: URL | string;
	router?: { proxyCache?: Map<string, unknown> };
}

/** Its code, also where n8n's error is all that is left: n8n-workflow 1.120 to 2.20 loses its cause. */
export const codeOf = ({ code, httpCode }: ErrorParts): string | undefined =>
	[code, httpCode].find((one): one is string => typeof one === 'string' && /^[A-Z]/.test(one));

/** An error and what caused it, from the outside in. */
export function* chainOf(error: unknown): Generator<ErrorParts> {
	let at = error as ErrorParts | undefined;
	for (let depth = 0; depth < 6 && typeof at === 'object' && at !== null; depth++) {
		yield at;
		at = at.cause ?? at.errors?.[0];
	}
}
