import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamResponse, WorkInProgress } from '../shared/transport/types';
import { answeredAt, readOne, same } from './read';

const SESSION = '/RestoreSessions/{id}';

/**
 * A session that was opened to look into backups and restore from them. It stays `Working` until
 * someone stops it: open is what was wanted, so it is done when it works.
 */
export function followExplore(client: VeeamClient, started: IDataObject): WorkInProgress {
	const id = String(started.id);
	return {
		label: `The restore session ${id}`,
		async poll() {
			const record = await readOne(client, SESSION, { id });
			const stopped = same(record.state, 'Stopped');
			return { done: stopped || same(record.state, 'Working'), failed: stopped, record };
		},
		reasons: async (record) => reasonsOf(record, await readEvents(client, id, 0)),
	};
}

/**
 * A restore that goes on (v8), in a session of its own or inside the one it was asked in. The first
 * has ended when it has stopped. The second stays open: the restore has ended when events of it have
 * come and none of them runs any more.
 */
export function followRestore(
	client: VeeamClient,
	id: string,
	response: VeeamResponse,
): WorkInProgress {
	const from = answeredAt(response) - TOLERANCE;
	const inside = same(openSessionOf(response), id);
	return {
		label: `The restore (session ${id})`,
		async poll() {
			const record = await readOne(client, SESSION, { id });
			if (same(record.state, 'Stopped'))
				return { done: true, failed: same(record.result, 'Failed'), record };
			if (!inside) return { done: false, failed: false, record };
			const events = await readEvents(client, id, from);
			const running = events.some(({ status }) => same(status, 'Running'));
			return {
				done: events.length > 0 && !running,
				failed: events.some(({ status }) => same(status, 'Failed') || same(status, 'Cancelled')),
				record: { ...record, events },
			};
		},
		reasons: async (record) => reasonsOf(record, await readEvents(client, id, from)),
	};
}

/** Seconds are all a Date header has, and an event may be there before the answer. */
const TOLERANCE = 2_000;

/** The session in the path of the request. */
function openSessionOf({ request }: VeeamResponse): string | undefined {
	const typed = /\/restoresessions\/([^/{]+)\//i.exec(request?.path ?? '')?.[1];
	return request?.pathParameters?.restoreSessionId ?? typed;
}

/** What a session has restored since a time, in milliseconds: saving and viewing leave events too. */
async function readEvents(client: VeeamClient, id: string, from: number): Promise<IDataObject[]> {
	const events = await client.list({
		method: 'GET',
		path: `${SESSION}/Events`,
		pathParameters: { id },
	});
	return events.filter(
		({ type, startTime }) => same(type, 'Restore') && Date.parse(String(startTime)) >= from,
	);
}

function reasonsOf(session: IDataObject, events: IDataObject[]): string[] {
	const wrong = events.filter(({ status }) => same(status, 'Failed') || same(status, 'Cancelled'));
	const lines = wrong.map(({ itemName, message, title }) =>
		[itemName, message ?? title].filter(Boolean).join(': '),
	);
	if (lines.length > 0) return [...new Set(lines)];
	return [String(session.details || session.reason || 'The server gives no reason.')];
}
