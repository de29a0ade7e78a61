import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamResponse, LongRunningOperation } from '../../shared/http/types';
import { readFailureReasons, reasonLines, resultOf } from '../model/failureReasons';
import { findMount, mountsSomething } from './mounts';
import { same } from '../model/text';
import { isObject, objectOf } from '../../shared/common/objects';

/** Objects whose logs are read for an error; more are not shown. */
const DETAILED = 10;

/**
 * The work an answer has started: a session, a list of sessions, a task, or a restore of Microsoft
 * Entra ID items; undefined where it is none of these.
 */
export function follow(
	client: VeeamClient,
	response: VeeamResponse,
): LongRunningOperation | LongRunningOperation[] | undefined {
	const { body } = response;
	if (!isObject(body)) return undefined;
	if (isSession(body)) return followSession(client, body, response.request?.path);
	if (isEntraIdRestore(body, response)) return followEntraIdRestore(client, body, response);
	if (isTask(body)) return followTask(client, body);
	const list = body.data;
	const startedList =
		Array.isArray(list) && response.request?.method !== 'GET' && list.every(isSession);
	return startedList
		? (list as IDataObject[]).map((session) =>
				followSession(client, session, response.request?.path),
			)
		: undefined;
}

const isSession = (value: unknown): boolean => {
	const { id, sessionType, state } = objectOf(value);
	return typeof id === 'string' && typeof sessionType === 'string' && typeof state === 'string';
};

const isTask = ({ id, type, state, result }: IDataObject): boolean =>
	typeof id === 'string' &&
	typeof type === 'string' &&
	['starting', 'working', 'stopping', 'stopped'].includes(String(state).toLowerCase()) &&
	(typeof result === 'string' || result === null);

/**
 * Done when stopped; `None` at the end counts as a success, a warning does too. A session that
 * mounts something is done when it is mounted, and then carries its `mountPoint`.
 */
function followSession(client: VeeamClient, started: IDataObject, path = ''): LongRunningOperation {
	const id = String(started.id);
	const stopping = /\/stop$/i.test(path);
	let mountPoint: IDataObject | undefined;
	return {
		label: `"${String(started.name ?? started.sessionType)}" (session ${id})`,
		async poll() {
			const record = await get(client, '/api/v1/sessions/{id}', { id });
			if (same(record.state, 'Stopped')) {
				const { result, isCanceled } = resultOf(record);
				// Who asks a job to stop gets what they asked for.
				const failed = !stopping && (same(result, 'Failed') || isCanceled);
				return { done: true, failed, record };
			}
			if (!mountsSomething(record, path) || same(record.state, 'Stopping'))
				return { done: false, failed: false, record };
			const mount = await findMount(client, record);
			mountPoint = mount.mountPoint;
			return {
				done: mount.state !== 'pending',
				failed: mount.state === 'failed',
				record: mountPoint ? { ...record, mountPoint } : record,
			};
		},
		async reasons(record) {
			const mountError = mountPoint?.errorMessage;
			if (typeof mountError === 'string' && mountError !== '') return [mountError];
			const reasons = await readFailureReasons(client, record, {
				logs: 'ifNeeded',
				detailed: DETAILED,
			});
			const lines = reasonLines(reasons);
			return resultOf(record).isCanceled ? ['The session was stopped.', ...lines] : lines;
		},
	};
}

function followTask(client: VeeamClient, started: IDataObject): LongRunningOperation {
	const id = String(started.id);
	return {
		label: `"${String(started.name ?? started.type)}" (task ${id})`,
		async poll() {
			const record = await get(client, '/api/v1/tasks/{id}', { id });
			const { result } = resultOf(record);
			return {
				done: same(record.state, 'Stopped'),
				failed: same(result, 'Failed') || same(result, 'Cancelled'),
				record,
			};
		},
		async reasons(record) {
			// A task says nothing but its result.
			const cancelled = same(resultOf(record).result, 'Cancelled');
			return [cancelled ? 'The task was cancelled.' : 'The server gives no reason for tasks.'];
		},
	};
}

const ENTRA_ID_RESTORES = '/api/v1/backupBrowser/entraIdTenant/{sessionId}/restoreSessions';

/** No session of `/sessions`: it has its own path, below the session that has the tenant mounted. */
function isEntraIdRestore(body: IDataObject, { request }: VeeamResponse): boolean {
	return (
		typeof body.id === 'string' &&
		typeof body.state === 'string' &&
		/\/backupBrowser\/entraIdTenant\/[^/]+\/restore(Items|ItemAttributes|Sessions\/[^/]+)$/i.test(
			request?.path ?? '',
		)
	);
}

function followEntraIdRestore(
	client: VeeamClient,
	started: IDataObject,
	{ request }: VeeamResponse,
): LongRunningOperation {
	const typed = /\/entraIdTenant\/([^/{]+)\//i.exec(request?.path ?? '')?.[1];
	const sessionId = String(
		request?.pathParameters?.sessionId ?? typed ?? started.parentSessionId ?? '',
	);
	const id = String(started.id);
	return {
		label: `"${String(started.name ?? 'Restore')}" (restore session ${id})`,
		async poll() {
			const record = await get(client, `${ENTRA_ID_RESTORES}/{restoreSessionId}`, {
				sessionId,
				restoreSessionId: id,
			});
			const ended = ['Success', 'Warning', 'Failed', 'Canceled'];
			return {
				done: ended.some((state) => same(record.state, state)),
				failed: same(record.state, 'Failed') || same(record.state, 'Canceled'),
				record,
			};
		},
		async reasons(record) {
			const canceled = same(record.state, 'Canceled') ? 'The restore was cancelled.' : '';
			return [String(record.reason || canceled || 'The server gives no reason.')];
		},
	};
}

async function get(
	client: VeeamClient,
	path: string,
	pathParameters: Record<string, string>,
): Promise<IDataObject> {
	return (await client.request({ method: 'GET', path, pathParameters })).body as IDataObject;
}
