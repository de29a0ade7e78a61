import type { RequestContext } from '../http/attempt';
import { attempt, failed } from '../http/attempt';
import { sessions } from './sessionKeeper';
import { SESSION } from './sessionText';

/** Asks whether the session is still good, and renews it where it is not. */
export async function ensureSession(requestContext: RequestContext): Promise<void> {
	const { adapter, connection } = requestContext;
	const headers = adapter.headers(connection, adapter.probe);
	const { logins } = sessions;
	for (let renewals = 0; ; renewals++) {
		const used = sessionInUse(requestContext);
		const answer = await attempt(requestContext, adapter.probe, headers, 'text');
		if ('broken' in answer) throw failed(requestContext, adapter.probe, answer);
		if (answer.status !== 401 || !isRenewalDue(requestContext, renewals, logins)) return;
		renew(requestContext, used);
	}
}

/**
 * Whether a refused session is worth another: always at first, and again while what was refused is no
 * fruit of a login since the request began. Another process (a worker in queue mode) may have stored
 * the session that was tried first, and this one may have kept one that is just as old.
 *
 * @param logins of this process when the request began
 */
export function isRenewalDue(
	{ adapter, credential }: RequestContext,
	renewals: number,
	logins: number,
): boolean {
	if (renewals === 0) return true;
	const key = adapter.login.keyOf(credential);
	return renewals < MOST_RENEWALS && !sessions.openedSince(key, credential[SESSION], logins);
}

const MOST_RENEWALS = 3;

/** What a request leaves with: the session, and how many logins of this process there had been. */
interface UsedSession {
	session: unknown;
	logins: number;
}

/**
 * The session that the next request is sent with. One that was refused before is not sent again: n8n
 * may have written it back, late, after another request of the same credential had already been given
 * a new one.
 */
export function sessionInUse({ adapter, connection, credential }: RequestContext): UsedSession {
	const session = credential[SESSION];
	if (
		connection.renewable &&
		session !== '' &&
		session !== undefined &&
		sessions.isDropped(adapter.login.keyOf(credential), session)
	)
		credential[SESSION] = '';
	return { session: credential[SESSION], logins: sessions.logins };
}

/**
 * Makes n8n log in before it sends the next request, and keep the new token: an empty session is how
 * it knows that one is due. Requests that met the same expired session share one login.
 *
 * @param used what the refused request left with
 */
export function renew({ adapter, credential }: RequestContext, used: UsedSession): void {
	// Where there was none, n8n has got one for this very request, and may just have logged in.
	const fresh = used.session === '' || used.session === undefined;
	const refused = fresh ? credential[SESSION] : used.session;
	if (fresh && sessions.openedSince(adapter.login.keyOf(credential), refused, used.logins)) return;
	adapter.login.drop(credential, refused);
	if (credential[SESSION] === refused) credential[SESSION] = '';
}
