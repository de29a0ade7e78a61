import type { RequestContext } from '../http/attempt';
import { attempt, failed } from '../http/attempt';

/** The credential's hidden, expirable field, the same in all credentials of this package. */
export const SESSION = 'sessionToken';

/** Asks whether the session is still good, and renews it where it is not. */
export async function ensureSession(requestContext: RequestContext): Promise<void> {
	const session = requestContext.credential[SESSION];
	const { adapter, connection } = requestContext;
	const headers = adapter.headers(connection, adapter.probe);
	const answer = await attempt(requestContext, adapter.probe, headers, 'text');
	if ('broken' in answer) throw failed(requestContext, adapter.probe, answer);
	if (answer.status === 401) await renew(requestContext, session);
}

/**
 * Logs in again: an empty session makes n8n do so, and keep the new token, before it sends the
 * probe. Requests that met the same expired session share one login.
 */
export async function renew(requestContext: RequestContext, session: unknown): Promise<void> {
	if (requestContext.refreshing === undefined && requestContext.credential[SESSION] !== session)
		return;
	requestContext.refreshing ??= logIn(requestContext).finally(() => {
		requestContext.refreshing = undefined;
	});
	await requestContext.refreshing;
}

async function logIn(requestContext: RequestContext): Promise<void> {
	const { adapter, connection } = requestContext;
	requestContext.credential[SESSION] = '';
	const headers = adapter.headers(connection, adapter.probe);
	const answer = await attempt(requestContext, adapter.probe, headers, 'text');
	if ('broken' in answer) throw failed(requestContext, adapter.probe, answer);
}
