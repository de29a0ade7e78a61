import type { Fault } from './faults';
import type { Item } from './listQuery';
import type { Settings } from './product';
import type { ReceivedRequest } from './requestLog';

/** Sends one control call; an answer that says no becomes an error with its text. */
export type SendControl = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export function controlSender(controlUrl: string): SendControl {
	return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const response = await fetch(`${controlUrl}${path}`, {
			method,
			...(body === undefined
				? {}
				: { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`Control call ${method} ${path}: ${text}`);
		return (text ? JSON.parse(text) : undefined) as T;
	};
}

/** What a test can do to any simulated server. */
export interface FoundationControl {
	/** Everything as at the start. */
	reset(): Promise<void>;
	/** What arrived, oldest first, without secrets. */
	requests(): Promise<ReceivedRequest[]>;
	clearRequests(): Promise<void>;
	/** Arms a fault for the next matching requests. */
	fault(fault: Fault): Promise<void>;
	clearFaults(): Promise<void>;
	/** Moves simulated time forward. Returns the simulated time, ISO 8601. */
	advance(seconds: number): Promise<string>;
	/** Simulated seconds per real second. */
	speed(factor: number): Promise<void>;
	/** Lifetime of tokens issued from now on. */
	tokenLifetime(seconds: number): Promise<void>;
	/** Ends every access token, refresh tokens too where asked. Returns how many. */
	expireTokens(alsoRefresh?: boolean): Promise<number>;
	settings(changes: Partial<Settings>): Promise<Settings>;
	/** Changes a record of a list (`id` given) or settings of which there is one. */
	change(path: string, id: string | undefined, set: Item): Promise<Item>;
}

export function foundationControl(send: SendControl): FoundationControl {
	return {
		reset: async () => void (await send('POST', '/reset')),
		requests: () => send('GET', '/requests'),
		clearRequests: async () => void (await send('DELETE', '/requests')),
		fault: async (fault) => void (await send('POST', '/faults', fault)),
		clearFaults: async () => void (await send('DELETE', '/faults')),
		advance: async (advanceSeconds) =>
			(await send<{ now: string }>('POST', '/clock', { advanceSeconds })).now,
		speed: async (speed) => void (await send('POST', '/clock', { speed })),
		tokenLifetime: async (lifetimeSeconds) =>
			void (await send('PUT', '/tokens', { lifetimeSeconds })),
		expireTokens: async (alsoRefresh = false) =>
			(await send<{ expired: number }>('POST', '/tokens/expire', { alsoRefresh })).expired,
		settings: (changes) => send('PATCH', '/settings', changes),
		change: (path, id, set) => send('PATCH', '/records', { path, id, set }),
	};
}
