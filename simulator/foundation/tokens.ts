import { randomBytes } from 'node:crypto';
import { iso, type Clock } from './clock';

interface Grant<U> {
	user: U;
	/** Milliseconds since 1970. */
	expires: number;
}

export interface TokenPair {
	accessToken: string;
	refreshToken: string;
	issued: number;
	expires: number;
}

/** As Backup & Replication and Backup for Microsoft 365 hand a pair out (their specifications). */
export function tokenAnswer({ accessToken, refreshToken, issued, expires }: TokenPair) {
	return {
		body: {
			access_token: accessToken,
			token_type: 'bearer',
			refresh_token: refreshToken,
			expires_in: Math.round((expires - issued) / 1000),
			'.issued': iso(issued),
			'.expires': iso(expires),
		},
	};
}

const REFRESH_LIFETIME_SECONDS = 14 * 24 * 3600;
const SHORT_REFRESH_EXTRA_SECONDS = 15 * 60;

/** Access and refresh tokens that really expire, by the simulated clock. */
export class Tokens<U> {
	private access = new Map<string, Grant<U>>();
	private refresh = new Map<string, Grant<U>>();
	/** Of tokens issued from now on. */
	lifetimeSeconds: number;

	constructor(
		private readonly clock: Clock,
		lifetimeSeconds = 900,
	) {
		this.lifetimeSeconds = lifetimeSeconds;
	}

	issue(user: U, shortRefresh = false): TokenPair {
		const issued = this.clock.now();
		const expires = issued + this.lifetimeSeconds * 1000;
		const accessToken = randomBytes(48).toString('base64url');
		const refreshToken = randomBytes(48).toString('base64url');
		this.access.set(accessToken, { user, expires });
		this.refresh.set(refreshToken, {
			user,
			expires: shortRefresh
				? expires + SHORT_REFRESH_EXTRA_SECONDS * 1000
				: issued + REFRESH_LIFETIME_SECONDS * 1000,
		});
		return { accessToken, refreshToken, issued, expires };
	}

	/** The user behind a token; 'expired' and 'unknown' are told apart as the products do. */
	check(accessToken: string): { user: U } | 'expired' | 'unknown' {
		const grant = this.access.get(accessToken);
		if (!grant) return 'unknown';
		return grant.expires > this.clock.now() ? { user: grant.user } : 'expired';
	}

	/** Uses a refresh token up: a second use finds nothing. */
	redeem(refreshToken: string): U | undefined {
		const grant = this.refresh.get(refreshToken);
		this.refresh.delete(refreshToken);
		return grant && grant.expires > this.clock.now() ? grant.user : undefined;
	}

	revoke(accessToken: string): void {
		this.access.delete(accessToken);
	}

	/** Ends every access token, and every refresh token too where asked. Returns how many. */
	expireAll(alsoRefresh = false): number {
		const expires = this.clock.now();
		for (const grant of this.access.values()) grant.expires = Math.min(grant.expires, expires);
		if (alsoRefresh) this.refresh.clear();
		return this.access.size;
	}
}
