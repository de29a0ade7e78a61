import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamResponse, LongRunningOperation } from '../../shared/http/types';
import { followJobSession, followStartedJob } from '../model/startedJobs';
import { readOne, same } from './read';
import { followExplore, followRestore } from '../model/restoreWaiters';
import { startedJob } from './runningWork';
import { objectOf } from '../../shared/common/objects';

/**
 * Finds the work that a request has started, from the request's path and from the answer. It is one of:
 *
 * - a job that runs; v7 and earlier do not give its session;
 * - a restore session that opens;
 * - a restore inside an open restore session, in v8;
 * - the synchronization of a repository's cache;
 * - the change of a repository's owner.
 *
 * @returns undefined for anything else. Restores of v7 and earlier are not followed: their answer comes
 *   only when they have ended.
 */
export function follow(
	client: VeeamClient,
	response: VeeamResponse,
): LongRunningOperation | undefined {
	const body = objectOf(response.body);
	if (typeof body.sessionId === 'string') return followRestore(client, body.sessionId, response);
	if (typeof body.id !== 'string') {
		const job = startedJob(response.request);
		return job && response.snapshotRunningWork
			? followStartedJob(client, job, response.snapshotRunningWork)
			: undefined;
	}
	if (isRestoreSession(body)) return followExplore(client, body);
	if (isJobSession(body)) return followJobSession(client, body);
	if (isOwnerChange(body)) return followOwnerChange(client, body);
	if (isSynchronization(body)) return followSynchronization(client, body);
	return undefined;
}

const isJobSession = ({ jobId, status }: IDataObject): boolean =>
	typeof jobId === 'string' && typeof status === 'string';

const isRestoreSession = ({ state, type, creationTime }: IDataObject): boolean =>
	typeof state === 'string' && typeof type === 'string' && creationTime !== undefined;

const isOwnerChange = ({ status, repositoryIds, fromOwnerId }: IDataObject): boolean =>
	typeof status === 'string' && (repositoryIds !== undefined || fromOwnerId !== undefined);

const isSynchronization = ({ state, repositoryId }: IDataObject): boolean =>
	typeof state === 'string' && typeof repositoryId === 'string';

/** Waiting, Running, then Succeeded or Failed. */
function followOwnerChange(client: VeeamClient, started: IDataObject): LongRunningOperation {
	const id = String(started.id);
	return {
		label: `The change of owner (session ${id})`,
		async poll() {
			const path = '/RepositoryOwnerChangeSessions/{id}';
			const record = await readOne(client, path, { id });
			const running = same(record.status, 'Waiting') || same(record.status, 'Running');
			return { done: !running, failed: same(record.status, 'Failed'), record };
		},
		reasons: async ({ details }) => [String(details || 'The server gives no reason.')],
	};
}

/** Synchronizing, then None or Failed; a session that has ended may be gone. */
function followSynchronization(client: VeeamClient, started: IDataObject): LongRunningOperation {
	const id = String(started.id);
	let last = started;
	return {
		label: `The synchronization (session ${id})`,
		async poll() {
			const path = '/RepositorySynchronizeSessions/{id}';
			const found = await readOne(client, path, { id }).catch((error: { httpCode?: unknown }) => {
				if (String(error.httpCode) === '404') return undefined;
				throw error;
			});
			last = found ?? last;
			const running = found !== undefined && same(found.state, 'Synchronizing');
			return { done: !running, failed: same(last.state, 'Failed'), record: last };
		},
		reasons: async ({ error }) => [String(error || 'The server gives no reason.')],
	};
}
