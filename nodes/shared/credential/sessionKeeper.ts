import { createHash } from 'crypto';
import { DateTime } from 'luxon';

import { UserFacingFailure } from '../http/errors';

/**
 * Keeps the logins of this process together: executions, dropdowns, triggers and tools each have a
 * copy of the credential of their own, and would each log in when a token expires, or try the same
 * wrong password until the account is locked.
 *
 * It knows nothing of other processes: in queue mode each worker and the main process log in for
 * themselves.
 */
export class SessionKeeper {
	private readonly accounts = new Map<string, Account>();

	/** How many there were in all: tells what came first, whatever the clock does. */
	logins = 0;

	constructor(private readonly now: () => number = () => Date.now()) {}

	/**
	 * A session for an account: the one that is kept, or one that is opened now. Whoever asks
	 * meanwhile gets the same.
	 *
	 * @param key see `accountKey`
	 * @param open logs in
	 * @throws UserFacingFailure where the login is refused, or was and is not tried again yet
	 */
	async session(key: string, open: () => Promise<string>): Promise<string> {
		const account = this.account(key);
		if (account.session !== undefined) return account.session;
		const held = this.held(key);
		if (held) throw held;
		account.opening ??= this.open(key, account, open).finally(() => {
			account.opening = undefined;
		});
		return await account.opening;
	}

	/** The server does not take this session any more. */
	drop(key: string, session: unknown): void {
		if (typeof session !== 'string' || session === '') return;
		const account = this.account(key);
		if (account.session === session) account.session = undefined;
		account.dropped = [session, ...account.dropped].slice(0, MOST_DROPPED);
	}

	/** Whether the session was opened after so many logins: a new one would fare no better. */
	openedSince(key: string, session: unknown, logins: number): boolean {
		const account = this.accounts.get(key);
		return account?.session === session && (account?.opened ?? 0) > logins;
	}

	/** The session that is kept, whether or not the server still takes it. */
	kept(key: string): string | undefined {
		return this.accounts.get(key)?.session;
	}

	isDropped(key: string, session: unknown): boolean {
		return this.accounts.get(key)?.dropped.includes(String(session)) ?? false;
	}

	/** Why no login is tried now; undefined where one may be. */
	held(key: string): UserFacingFailure | undefined {
		const refusal = this.accounts.get(key)?.refusal;
		return refusal && refusal.until > this.now() ? refusal.failure : undefined;
	}

	/**
	 * A login was refused: the same values are not tried again for 5 minutes, then for 15. That is at
	 * most three tries in 20 minutes and stays below what locks an account.
	 *
	 * @returns the failure, with the words until when
	 */
	refuse(key: string, failure: UserFacingFailure): UserFacingFailure {
		const account = this.account(key);
		const last = account.refusal;
		const lasting = last !== undefined && this.now() - last.until < FORGET;
		const times = lasting ? last.times + 1 : 1;
		const minutes = PAUSES[Math.min(times, PAUSES.length) - 1] as number;
		const until = this.now() + minutes * MINUTE;
		account.refusal = { until, times, failure: withPause(failure, until) };
		return account.refusal.failure;
	}

	/** A login was accepted: nothing is held back any more. */
	accept(key: string): void {
		const account = this.accounts.get(key);
		if (account) account.refusal = undefined;
	}

	/** Forgets everything. */
	clear(): void {
		this.accounts.clear();
	}

	private async open(key: string, account: Account, open: () => Promise<string>) {
		try {
			account.session = await open();
			account.opened = ++this.logins;
			account.refusal = undefined;
			return account.session;
		} catch (error) {
			throw error instanceof UserFacingFailure && error.refused ? this.refuse(key, error) : error;
		}
	}

	private account(key: string): Account {
		const known = this.accounts.get(key);
		// The one used last is the last to be forgotten.
		if (known) this.accounts.delete(key);
		const account = known ?? { dropped: [] };
		this.accounts.set(key, account);
		for (const oldest of this.accounts.keys()) {
			if (this.accounts.size <= MOST_ACCOUNTS) break;
			this.accounts.delete(oldest);
		}
		return account;
	}
}

interface Account {
	/** Text of a session, as the credential keeps it. */
	session?: string;
	/** Which login it was. */
	opened?: number;
	/** A login under way. */
	opening?: Promise<string>;
	/** Sessions the server took no more. */
	dropped: string[];
	refusal?: { until: number; times: number; failure: UserFacingFailure };
}

const MINUTE = 60_000;
const PAUSES = [5, 15];
/** After so long without a try the pauses begin anew. */
const FORGET = 60 * MINUTE;
const MOST_DROPPED = 10;
const MOST_ACCOUNTS = 1000;

/** Where a session belongs, without showing a secret: another password is another account. */
export const accountKey = (...parts: string[]): string =>
	createHash('sha256').update(JSON.stringify(parts)).digest('base64');

function withPause(failure: UserFacingFailure, until: number): UserFacingFailure {
	const time = DateTime.fromMillis(Math.ceil(until / MINUTE) * MINUTE).toFormat("HH:mm 'UTC'ZZ");
	const pause = `No login with these values is tried before ${time}, so that the account is not locked. To try at once, correct the credential, or open it and test it again.`;
	const { message, description } = failure;
	return new UserFacingFailure(
		{ message, description: description ? `${ended(description)} ${pause}` : pause },
		{ refused: true },
	);
}

/** What a server says is quoted at the end of a description, and often has no full stop. */
const ended = (text: string): string => (/[.!?…]["')]?$/.test(text) ? text : `${text}.`);

/** The one of this process. */
export const sessions = new SessionKeeper();
