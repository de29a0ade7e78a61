/**
 * The report of each product on 500 jobs and 200 repositories, from a server of no estate but this:
 * how often it asks. Used by the tests, which say how often it may, and by `npm run bench`.
 */
import type { IDataObject } from 'n8n-workflow';

import { collect as collectVbr } from '../../nodes/VeeamBackupReplication/report/collect';
import { collect as collectMicrosoft365 } from '../../nodes/VeeamBackupMicrosoft365/report/collect';
import { collect as collectVspc } from '../../nodes/VeeamServiceProviderConsole/report/collect';
import type { ReportModel, ReportSection } from '../../nodes/shared/report/model';
import { makeBigEstate } from '../unit/m365/oracle/estate';
import type { Version as Microsoft365Version } from '../unit/m365/oracle/schema';
import { serve } from '../unit/m365/oracle/server';
import { consoleOf } from '../unit/vspc/console';
import { estateOf, LISTS, NOW, type Version as VspcVersion } from '../unit/vspc/estates';
import { backupServer, type Revision } from './backupServer';
import { request } from './reportClient';

const HOUR = 3_600_000;
const JOBS = 500;
const REPOSITORIES = 200;
/** Machines of each job. */
const MACHINES = 2;

export interface BigReport {
	counts: ReportModel['counts'];
	/** Requests that the report took. */
	requests: number;
}

const withMore = (more: readonly ReportSection[]) => {
	const usual = request();
	return { ...usual, sections: [...new Set([...usual.sections, ...more])] };
};

const context = () => ({ getWorkflowStaticData: () => ({}) });

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));

/**
 * @param page items that the server gives at once at most
 * @param more sections besides those of a report for which nothing is set
 */
export async function bigVbrReport(
	revision: Revision,
	page: number,
	more: readonly ReportSection[] = [],
): Promise<BigReport> {
	const now = Date.now();
	const at = (hoursAgo: number) => new Date(now - hoursAgo * HOUR).toISOString();
	const place = { platformName: 'VMware', platformId: '00000000-0000-0000-0000-000000000000' };
	const result = { result: 'Failed', message: 'Processing failed', isCanceled: false };
	const machines = numbered(JOBS * MACHINES, (index) => ({
		...place,
		id: `object-${index}`,
		objectId: `vm-${index}`,
		backupId: `backup-${index % JOBS}`,
		name: `Machine ${index}`,
	}));
	const client = backupServer(revision, {
		pageMaximum: page,
		jobs: numbered(JOBS, (index) => ({
			id: `job-${index}`,
			name: `Job ${index}`,
			type: 'VSphereBackup',
			status: 'Inactive',
			lastResult: 'Failed',
			lastRun: at(3),
			nextRun: at(-21),
			sessionId: `session-${index}`,
		})),
		sessions: numbered(JOBS, (index) => ({
			id: `session-${index}`,
			jobId: `job-${index}`,
			name: `Job ${index}`,
			sessionType: 'BackupJob',
			state: 'Stopped',
			creationTime: at(3),
			endTime: at(2),
			result,
		})),
		tasks: numbered(JOBS, (index) => ({
			id: `task-${index}`,
			type: 'Backup',
			sessionId: `session-${index}`,
			sessionType: 'BackupJob',
			creationTime: at(3),
			endTime: at(2),
			name: `Machine ${index}`,
			result,
		})),
		repositories: numbered(REPOSITORIES, (index) => ({
			id: `repository-${index}`,
			name: `Repository ${index}`,
			capacityGB: 1000,
			freeGB: 500,
			isOnline: true,
		})),
		backups: numbered(JOBS, (index) => ({
			...place,
			id: `backup-${index}`,
			jobId: `job-${index}`,
			name: `Job ${index}`,
			creationTime: at(2000),
		})),
		objects: machines.map((one) => ({ ...one, type: 'VM', restorePointsCount: 1 })),
		points: machines.map(({ id, backupId, name }) => ({
			...place,
			id: `point-${id}`,
			backupObjectId: id,
			backupId,
			name,
			creationTime: at(2),
		})),
		license: { status: 'Valid', edition: 'EnterprisePlus', type: 'Perpetual' },
		configBackup: { isEnabled: true, lastSuccessfulBackup: { lastSuccessfulTime: at(5) } },
		info: { name: 'vbr01.example.lab', buildVersion: '13.0.1.1071' },
	});
	const { counts } = await collectVbr(context(), client, withMore(more));
	return { counts, requests: client.asked.length };
}

/** @param page items that the server gives at once at most */
export async function bigMicrosoft365Report(
	version: Microsoft365Version,
	page: number,
): Promise<BigReport> {
	const estate = makeBigEstate(version, page);
	const { client, asked, faults } = serve(estate);
	const { counts } = await collectMicrosoft365(context(), client, request({ hours: estate.hours }));
	if (faults.length > 0) throw new Error(`Asked wrongly: ${faults.join(', ')}`);
	return { counts, requests: asked.length };
}

/**
 * @param page items that the console gives at once at most
 * @param more see `bigVbrReport`
 */
export async function bigVspcReport(
	version: VspcVersion,
	page: number,
	more: readonly ReportSection[] = [],
): Promise<BigReport> {
	const estate = estateOf(7, version);
	const fill = (path: string, count: number, row: IDataObject) => {
		estate.answers[path] = numbered(count, (index) => ({
			...row,
			instanceUid: `${path}/${index}`,
			uniqueUid: `u/${path}/${index}`,
		}));
	};
	estate.refused.clear();
	const job = {
		name: 'Job',
		status: 'Success',
		isEnabled: true,
		lastEndTime: new Date(NOW).toISOString(),
	};
	fill(LISTS.server, JOBS - 200, job);
	fill(LISTS.agent, 190, job);
	fill(LISTS.vb365, 10, {
		...job,
		lastStatus: 'Success',
		lastRun: job.lastEndTime,
		vb365ServerUid: 'm',
	});
	fill(LISTS.repositories, REPOSITORIES, { name: 'Repository' });
	const { client, asked } = consoleOf(estate, page);
	const [model] = await collectVspc(context(), client, withMore(more));
	if (!model) throw new Error('There is no report');
	return { counts: model.counts, requests: asked.length };
}
