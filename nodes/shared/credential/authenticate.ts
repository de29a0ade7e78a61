import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { UserFacingFailure } from '../http/errors';
import type { Connection } from '../http/types';
import { readConnection } from './connection';
import type { ConnectionRules } from './types';
import { readSession } from './sessionText';

/**
 * The token to send to this server, if there is one for it and for this account.
 *
 * @throws UserFacingFailure where a token should have been pasted and was not
 */
export function tokenFor(
	credential: ICredentialDataDecryptedObject,
	{ origin, renewable, apiKey }: Connection,
	account: string,
): string | undefined {
	if (!renewable) {
		const token = String((apiKey ? credential.apiKey : credential.accessToken) ?? '')
			.trim()
			.replace(/^Bearer\s+/i, '');
		if (token !== '') return token;
		throw new UserFacingFailure({
			message: `"${apiKey ? 'API Key' : 'Access Token'}" in the credential is empty.`,
			description: `Paste ${apiKey ? 'a key' : 'a token'}, or choose another way under Authentication.`,
		});
	}
	const session = readSession(credential);
	return session?.origin === origin && session.username === account ? session.token : undefined;
}

/**
 * What n8n's older helper has in place of the newer one's options: n8n's own HTTP Request node and
 * its tools for AI agents call it so.
 */
interface OlderOptions {
	uri?: string;
	rejectUnauthorized?: boolean;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
	maxRedirects?: number;
}

/**
 * Adds a token to a request, for the credential's own server alone, whichever helper of n8n sends it.
 *
 * @throws UserFacingFailure where the request goes to another server, or to no address
 */
export function authenticated(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions & OlderOptions,
	rules: ConnectionRules,
	{ account, headers }: { account: string; headers?: (c: Connection) => Record<string, string> },
): IHttpRequestOptions {
	const connection = readConnection(credential, rules);
	const target = originOf(request);
	if (target === undefined)
		throw new UserFacingFailure({
			message: 'The address of the request is not a URL.',
			description: `Give the whole address, such as ${connection.origin}/…`,
		});
	if (target !== connection.origin)
		throw new UserFacingFailure({
			message: `The request goes to ${target}, but the credential belongs to ${connection.origin}.`,
			description: 'The token is sent to its own server only. Use a URL of that server.',
		});
	const token = tokenFor(credential, connection, account);
	// The older helper looks at other fields, and takes the mere presence of some for a wish.
	const older = request.uri !== undefined || !request.url;
	const insecure = request.skipSslCertificateValidation === true || connection.ignoreSslIssues;
	return {
		...request,
		headers: {
			...headers?.(connection),
			...request.headers,
			// Without a session for this server none is sent: the answer 401 makes n8n log in.
			...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
		},
		skipSslCertificateValidation: insecure,
		// A redirect would take the token along.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		maxRedirects: 0,
		...(older
			? {
					followRedirect: false,
					followAllRedirects: false,
					...(insecure ? { rejectUnauthorized: false } : {}),
				}
			: {}),
	} as IHttpRequestOptions;
}

function originOf({
	url,
	uri,
	baseURL,
}: Pick<IHttpRequestOptions & OlderOptions, 'url' | 'uri' | 'baseURL'>): string | undefined {
	try {
		return new URL(String(url || uri || ''), baseURL || undefined).origin;
	} catch {
		return undefined;
	}
}
