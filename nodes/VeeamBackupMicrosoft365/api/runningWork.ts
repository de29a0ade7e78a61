import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamRequest, VeeamResponse } from '../../shared/http/types';
import { readSessionsOf, type StartedJob } from '../model/startedJobs';
import { isKnown } from '../model/catalogueFacts';
import { openSessionOf, readRestores } from '../model/restoreWaiters';

/**
 * What there is before a request whose answer will not say which work it has started: the sessions
 * of a job that v7 or an earlier version starts, the events of a restore session in which v8
 * restores. Times do not tell: an answer may be long in coming, and the clocks of the server, of a
 * reverse proxy and of n8n differ.
 */
export async function snapshotRunningWork(
	client: VeeamClient,
	request: VeeamRequest,
): Promise<ReadonlySet<string> | undefined> {
	const typed = /^\/(v\d+)\//i.exec(request.path)?.[1];
	const version = typed?.toLowerCase() ?? client.version;
	// v8 answers a start with the session it has started.
	const givesSessions = isKnown(version, 'POST /Jobs/{jobId}/start', 'returns.id');
	const job = startedJob(request);
	if (job) return givesSessions ? undefined : idsOf(await readSessionsOf(client, job));
	const session = request.method === 'POST' ? openSessionOf(request) : undefined;
	return session && givesSessions ? idsOf(await readRestores(client, session)) : undefined;
}

const idsOf = (records: IDataObject[]): Set<string> => new Set(records.map(({ id }) => String(id)));

/** The job that a request starts. */
export function startedJob(request: VeeamResponse['request']): StartedJob | undefined {
	const { method, path = '', pathParameters } = request ?? {};
	const found = method === 'POST' ? JOB_START.exec(path)?.groups : undefined;
	if (!found?.id) return undefined;
	const id = found.id.startsWith('{') ? pathParameters?.[found.id.slice(1, -1)] : found.id;
	return id ? { id, isCopy: found.copy !== undefined } : undefined;
}

const JOB_START = /\/(?<copy>copy)?jobs\/(?<id>[^/]+)\/start$/i;
