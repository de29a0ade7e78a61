import type { RequestContext } from '../http/attempt';
import { attempt, failed } from '../http/attempt';
import { sessions } from './sessionKeeper';
import { SESSION } from './sessionText';

/** Asks whether the session is still good, and renews it where it is not. */
export async function ensureSession(requestContext: RequestContext): Promise<void> {
	const { adapter, connection } = requestContext;
	const headers = adapter.headers(connection, adapter.probe);
	for (const last of [false, true]) {
		const used = requestContext.credential[SESSION];
		const { logins } = sessions;
		const answer = await attempt(requestContext, adapter.probe, headers, 'text');
		if ('broken' in answer) throw failed(requestContext, adapter.probe, answer);
		if (answer.status !== 401 || last) return;
		renew(requestContext, used, logins);
	}
}

/**
 * Makes n8n log in before it sends the next request, and keep the new token: an empty session is how
 * it knows that one is due. Requests that met the same expired session share one login.
 *
 * @param used the session that was there when the refused request left
 * @param logins how many of this process there had been when it left
 */
export function renew(
	{ adapter, credential }: RequestContext,
	used: unknown,
	logins: number,
): void {
	// Where there was none, n8n has got one for this very request, and may just have logged in.
	const fresh = used === '' || used === undefined;
	const refused = fresh ? credential[SESSION] : used;
	if (fresh && sessions.openedSince(adapter.login.keyOf(credential), refused, logins)) return;
	adapter.login.drop(credential, refused);
	if (credential[SESSION] === refused) credential[SESSION] = '';
}

/**
 * A session that was refused before is not sent again: n8n may have written it back, late, after
 * another request of the same credential had already been given a new one.
 */
export function forgetDropped({ adapter, connection, credential }: RequestContext): void {
	const session = credential[SESSION];
	if (!connection.renewable || session === '' || session === undefined) return;
	if (sessions.isDropped(adapter.login.keyOf(credential), session)) credential[SESSION] = '';
}
