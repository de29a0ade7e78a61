import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readBody } from '../http/answer';

/** The credential's hidden, expirable field, the same in all credentials of this package. */
export const SESSION = 'sessionToken';

/** What the hidden field keeps, as JSON. */
export interface Session {
	/** `https://host:port` of the server that opened it. */
	origin: string;
	/** Whom it belongs to. */
	username: string;
	/** Missing where a key or token was pasted: the version alone was found out. */
	token?: string;
	/** The API version that was found, where the credential leaves the choice to us. */
	version?: string;
	/** When the version was found, in milliseconds since 1970. */
	found?: number;
}

export const sessionText = (session: Session): string => JSON.stringify(session);

/** The session of a credential, if it holds one. */
export function readSession(credential: Record<string, unknown>): Session | undefined {
	const text = credential[SESSION];
	const session = typeof text === 'string' ? readBody(text) : undefined;
	return typeof session === 'object' && session !== null && !Array.isArray(session)
		? (session as Session)
		: undefined;
}

/** @returns the credential as n8n has it once it has kept this session */
export const withSession = (
	credential: ICredentialDataDecryptedObject,
	session: string,
): ICredentialDataDecryptedObject => ({ ...credential, [SESSION]: session });
