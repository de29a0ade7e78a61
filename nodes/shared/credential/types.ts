import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { UserFacingError, UserFacingFailure } from '../http/errors';
import type { AnswerParts } from '../http/proxy';

type Credential = ICredentialDataDecryptedObject;

/** Connection facts read from a credential, validated. */
export interface Connection {
	origin: string;
	version: string;
	ignoreSslIssues: boolean;
	/** The version was left to us; '' until it has been found. */
	automatic: boolean;
	/** Bytes that one answer may have; what is larger is not read to its end. */
	largestAnswer: number;
	/** A new token can be had (password login); a pasted token or key cannot be renewed. */
	renewable: boolean;
	/** What the user pasted is an API key, not an access token. */
	apiKey?: true;
}

/** What is needed of a product to read its credential. */
export interface ConnectionRules {
	/** "Veeam Backup & Replication" */
	displayName: string;
	/** For the example of an address: "backup.example.com". */
	host: string;
	defaultPort: number;
	/** Paths that it does not know are answered with its web interface, HTTP 200. */
	answersUnknownPathsWithPage?: boolean;
	/** What a version looks like, to refuse a typing error before anything is sent. */
	version: { pattern: RegExp; example: string };
	/**
	 * The API versions this package knows, the newest first, with the product version that brought each
	 * and its first build where a source says so. Of an `unverified` one no specification is public: it
	 * offers what its two neighbours agree on.
	 */
	versions: ReadonlyArray<{
		version: string;
		release?: string;
		build?: string;
		unverified?: true;
	}>;
	/** Versions before all of these, the newest first: not supported, and named for what they are. */
	olderVersions?: ReadonlyArray<{ version: string; release: string }>;
}

/** Sends a request as n8n's helpers do: a status above 399 comes back or is raised as they raise it. */
export type Send = (
	options: IHttpRequestOptions,
) => Promise<Partial<AnswerParts> & Pick<AnswerParts, 'statusCode'>>;

/** How a credential of a product logs in, and what n8n needs of it. */
export interface PasswordLogin {
	/** What is needed of the product to read its credential. */
	product: ConnectionRules;
	/**
	 * Logs in, whatever was before.
	 *
	 * @returns the session to keep: text that holds the token, the server, the account and the version
	 * @throws UserFacingFailure with one text for each reason
	 */
	logIn(send: Send, credential: Credential): Promise<string>;
	/**
	 * Calls what every role may call.
	 *
	 * @throws UserFacingFailure with one text for each reason
	 */
	probe(send: Send, credential: Credential, session: string | undefined): Promise<void>;
	/** Gives a token back, where the product takes it. Never fails. */
	logOut(send: Send, credential: Credential, session: string): Promise<void>;
	/** The version of the product, where the account may read it. Never fails. */
	productVersion(
		send: Send,
		credential: Credential,
		session: string | undefined,
	): Promise<string | undefined>;
	/**
	 * The session that all of this process share: opened where there is none, or where the one of the
	 * credential is not taken any more.
	 *
	 * @throws UserFacingFailure
	 */
	session(send: Send, credential: Credential): Promise<string>;
	/** The server does not take the session any more. */
	drop(credential: Credential, session: unknown): void;
	/** Whether an automatic version has to be found, or found again: the server may have been updated. */
	isVersionDue(credential: Credential): boolean;
	/** See `whoAnswers`; never fails. */
	whoAnswers(
		send: Send,
		connection: Pick<Connection, 'origin' | 'ignoreSslIssues'>,
	): Promise<UserFacingError | undefined>;
	/** Why nothing can be asked now: a login was refused, and there is no other session. */
	held(credential: Credential): UserFacingFailure | undefined;
	/** What refusals are remembered by. */
	keyOf(credential: Credential): string;
	accountOf(credential: Credential): string;
	/** n8n calls it where no session is stored and to renew one, and stores what it returns. */
	preAuthentication(this: IHttpRequestHelper, credential: Credential): Promise<IDataObject>;
	/** Adds the token for the credential's own server; refuses to take it anywhere else. */
	authenticate(credential: Credential, request: IHttpRequestOptions): Promise<IHttpRequestOptions>;
}
