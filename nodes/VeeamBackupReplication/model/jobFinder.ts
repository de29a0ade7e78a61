import type { IDataObject } from 'n8n-workflow';

import { BACKUP_TYPES, jobNameOf } from './sessionTypes';
import { isNoId, nameOf, same, textOf } from './text';

/**
 * Finds the jobs of sessions that do not name theirs: 1.1-rev0 has no `jobId`. There a session is that
 * of the job whose last session it is, or of the one job that is called like it.
 */
export class JobFinder {
	private readonly byName = new Map<string, string>();
	private readonly bySession = new Map<string, string>();

	/** @param jobs as `/jobs/states` lists them */
	constructor(jobs: IDataObject[]) {
		for (const job of jobs) {
			const id = textOf(job.id);
			const name = nameOf(job).toLowerCase();
			// Of two jobs with one name nobody knows which is meant.
			this.byName.set(name, this.byName.has(name) ? '' : id);
			if (!isNoId(job.sessionId)) this.bySession.set(textOf(job.sessionId), id);
		}
	}

	/** The session with its job, where that can be found. */
	withJob(session: IDataObject): IDataObject {
		if (!isJobless(session)) return session;
		const id =
			this.bySession.get(textOf(session.id)) ?? this.byName.get(jobNameOf(session).toLowerCase());
		return id ? { ...session, jobId: id } : session;
	}
}

/** A run of a job in a version that does not say of which. */
export const isJobless = ({ jobId, sessionType }: IDataObject): boolean =>
	jobId === undefined && BACKUP_TYPES.some((type) => same(sessionType, type));
