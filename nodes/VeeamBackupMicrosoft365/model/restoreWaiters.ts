import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamResponse, LongRunningOperation } from '../../shared/http/types';
import { readOne, same } from '../api/read';
import { readRestoreEvents, RESTORE_SESSIONS } from './restoreSessions';

const SESSION = `${RESTORE_SESSIONS}/{id}`;

/**
 * A session that was opened to look into backups and restore from them. It stays `Working` until
 * someone stops it: open is what was wanted, so it is done when it works.
 */
export function followExplore(client: VeeamClient, started: IDataObject): LongRunningOperation {
	const id = String(started.id);
	return {
		label: `The restore session ${id}`,
		async poll() {
			const record = await readOne(client, SESSION, { id });
			const stopped = same(record.state, 'Stopped');
			return { done: stopped || same(record.state, 'Working'), failed: stopped, record };
		},
		reasons: async (record) => reasonsOf(record, await readRestores(client, id)),
	};
}

/**
 * A restore that goes on (v8), in a session of its own or inside the one it was asked in. The first
 * has ended when it has stopped. The second stays open: the restore has ended when events have come
 * that were not there before, and none of them runs any more.
 */
export function followRestore(
	client: VeeamClient,
	id: string,
	response: VeeamResponse,
): LongRunningOperation {
	const before = response.snapshotRunningWork ?? new Set();
	const newEvents = async () =>
		(await readRestores(client, id)).filter((event) => !before.has(String(event.id)));
	const inside = same(openSessionOf(response.request), id);
	return {
		label: `The restore (session ${id})`,
		async poll() {
			const record = await readOne(client, SESSION, { id });
			if (same(record.state, 'Stopped'))
				return { done: true, failed: same(record.result, 'Failed'), record };
			if (!inside) return { done: false, failed: false, record };
			const events = await newEvents();
			const running = events.some(({ status }) => same(status, 'Running'));
			return {
				done: events.length > 0 && !running,
				failed: events.some(({ status }) => same(status, 'Failed') || same(status, 'Cancelled')),
				record: { ...record, events },
			};
		},
		reasons: async (record) => reasonsOf(record, await newEvents()),
	};
}

/** The session in the path of a request. */
export function openSessionOf(request: VeeamResponse['request']): string | undefined {
	const typed = /\/restoresessions\/([^/{]+)\//i.exec(request?.path ?? '')?.[1];
	return request?.pathParameters?.restoreSessionId ?? typed;
}

/** The events of what a session has restored: saving and viewing leave events too. */
export const readRestores = async (client: VeeamClient, id: string): Promise<IDataObject[]> =>
	(await readRestoreEvents(client, id)).filter(({ type }) => same(type, 'Restore'));

function reasonsOf(session: IDataObject, events: IDataObject[]): string[] {
	const wrong = events.filter(({ status }) => same(status, 'Failed') || same(status, 'Cancelled'));
	const lines = wrong.map(({ itemName, message, title }) =>
		[itemName, message ?? title].filter(Boolean).join(': '),
	);
	if (lines.length > 0) return [...new Set(lines)];
	return [String(session.details || session.reason || 'The server gives no reason.')];
}
