import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { isUnreachable } from '../../shared/monitoring/eventFailures';
import type { PollContext } from '../../shared/monitoring/pollContext';
import type { VeeamClient, VeeamRequest } from '../../shared/http/types';
import { versionNumber } from '../api/read';

/** A backup job or a backup copy job. */
export interface Job {
	id: string;
	name: string;
	/** "Backup Job" or "Backup Copy Job" */
	type: string;
	organizationId?: string;
	/** When it ran last. */
	lastRun?: string;
}

export const JOB_TYPES = { Backup: 'Backup Job', Copy: 'Backup Copy Job' } as const;

/** Jobs of the server, backup copy jobs last. v4 and v5 know no copy jobs. */
export async function readJobs(client: VeeamClient): Promise<Job[]> {
	const of = async (path: string, type: string): Promise<Job[]> =>
		(await client.list({ method: 'GET', path, label: 'Jobs' })).map((job) => ({
			id: String(job.id),
			name: String(job.name),
			type,
			organizationId: textOf(job.organizationId) ?? linkedId(job, 'Organizations'),
			lastRun: textOf(job.lastRun),
		}));
	const backup = await of('/Jobs', JOB_TYPES.Backup);
	const copy = versionNumber(client.version) >= 6 ? await of('/CopyJobs', JOB_TYPES.Copy) : [];
	return [...backup, ...copy];
}

/** The jobs, read once in a poll. */
export const jobsOf = oncePerPoll(async ({ client }) => await readJobs(client));

/** Names of organizations by id, read once in a poll; none where the account may not read them. */
const organizationsOf = oncePerPoll(async (pollContext) => {
	const request: VeeamRequest = {
		method: 'GET',
		path: '/Organizations',
		// v6 demands it; the short view is enough.
		query: { extendedView: false },
	};
	const all = (await optional(pollContext.client.list(request))) ?? [];
	return new Map(all.map(({ id, name }) => [String(id), String(name)]));
});

/** The organization's name; null where it is not known. */
export async function organizationName(
	pollContext: PollContext,
	id: string | undefined,
): Promise<string | null> {
	return id === undefined ? null : ((await organizationsOf(pollContext)).get(id) ?? null);
}

/** Every event of every poll has a watch of its own. */
function oncePerPoll<T>(
	read: (pollContext: PollContext) => Promise<T>,
): (pollContext: PollContext) => Promise<T> {
	const known = new WeakMap<PollContext, Promise<T>>();
	return async (pollContext) => {
		const reading = known.get(pollContext) ?? read(pollContext);
		known.set(pollContext, reading);
		return await reading;
	};
}

/**
 * What is good to have, but not worth an event for: undefined where the server refuses it. A server
 * that does not answer is another matter: the next poll gets it.
 */
export async function optional<T>(reading: Promise<T>): Promise<T | undefined> {
	try {
		return await reading;
	} catch (error) {
		if (isUnreachable(error)) throw error as NodeApiError;
		return undefined;
	}
}

/** The id in a link of a record to something of a list: `/v7/Jobs/{id}`. */
export function linkedId({ _links: links }: IDataObject, list: string): string | undefined {
	const wanted = `/${list.toLowerCase()}/`;
	for (const link of Object.values((links ?? {}) as Record<string, IDataObject | null>)) {
		const href = String(link?.href ?? '').split('?')[0] ?? '';
		const at = href.toLowerCase().lastIndexOf(wanted);
		const id = at < 0 ? '' : href.slice(at + wanted.length);
		if (id !== '' && !id.includes('/')) return id;
	}
	return undefined;
}

export const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;
