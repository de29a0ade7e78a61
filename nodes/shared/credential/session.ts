import type { Door } from '../http/attempt';
import { attempt, failed } from '../http/attempt';

/** The credential's hidden, expirable field, the same in all credentials of this package. */
export const SESSION = 'sessionToken';

/** Asks whether the session is still good, and renews it where it is not. */
export async function checkSession(door: Door): Promise<void> {
	const session = door.credential[SESSION];
	const { adapter, connection } = door;
	const headers = adapter.headers(connection, adapter.probe);
	const answer = await attempt(door, adapter.probe, headers, 'text');
	if ('broken' in answer) throw failed(door, adapter.probe, answer);
	if (answer.status === 401) await renew(door, session);
}

/**
 * Logs in again: an empty session makes n8n do so, and keep the new token, before it sends the
 * probe. Requests that met the same expired session share one login.
 */
export async function renew(door: Door, session: unknown): Promise<void> {
	if (door.renewing === undefined && door.credential[SESSION] !== session) return;
	door.renewing ??= logIn(door).finally(() => {
		door.renewing = undefined;
	});
	await door.renewing;
}

async function logIn(door: Door): Promise<void> {
	const { adapter, connection } = door;
	door.credential[SESSION] = '';
	const headers = adapter.headers(connection, adapter.probe);
	const answer = await attempt(door, adapter.probe, headers, 'text');
	if ('broken' in answer) throw failed(door, adapter.probe, answer);
}
