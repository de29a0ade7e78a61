import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';
import { repositoryId } from './infrastructure';
import { ORGANIZATIONS } from './organizations';

const HOUR = 3_600_000;

export type RunStatus = 'Success' | 'Warning' | 'Failed';

export interface Outcome {
	status: RunStatus;
	/** Name of the object that went wrong. */
	object?: string;
	/** What its log line says. */
	reason?: string;
}

/** A job the estate is born with. */
export interface Plan {
	id: string;
	name: string;
	kind: 'Backup' | 'Copy';
	organization: number;
	repository: string;
	objects: string[];
	/** Of a restore point. */
	holds: Array<'isExchange' | 'isSharePoint' | 'isOneDrive' | 'isTeams'>;
	hoursAgo: number;
	isEnabled: boolean;
	lastRun: Outcome;
	/** Name of the job whose backups are copied. */
	copies?: string;
}

export const plan = (
	name: string,
	organization: number,
	repository: string,
	objects: string[],
	rest: Partial<Plan> = {},
): Plan => ({
	id: uuidFor(`vb365/job/${name}`),
	name,
	kind: 'Backup',
	organization,
	repository,
	objects,
	holds: ['isExchange'],
	hoursAgo: 6,
	isEnabled: true,
	lastRun: { status: 'Success' },
	...rest,
});

export function plans(): Plan[] {
	return [
		plan(
			'Exchange - All Users',
			0,
			'Object Storage Repository',
			['Ada Winter', 'Ben Okafor', 'Carla Moretti'],
			{
				hoursAgo: 3,
			},
		),
		plan(
			'SharePoint and OneDrive',
			0,
			'Object Storage Repository',
			['Intranet', 'Projects', 'Finance Documents'],
			{
				holds: ['isSharePoint', 'isOneDrive'],
				hoursAgo: 5,
				lastRun: {
					status: 'Warning',
					object: 'Projects',
					reason: 'Requests to the site are being throttled by Microsoft 365',
				},
			},
		),
		plan('Teams', 0, 'Default Backup Repository', ['Management', 'Product Launch', 'Support'], {
			holds: ['isTeams', 'isSharePoint'],
			hoursAgo: 4,
			lastRun: {
				status: 'Failed',
				object: 'Product Launch',
				reason: 'The application has no permission to read channel messages',
			},
		}),
		plan(
			'Branch - Everything',
			1,
			'Default Backup Repository',
			['Mia Novak', 'Noah Fischer', 'Branch Portal'],
			{
				holds: ['isExchange', 'isSharePoint', 'isOneDrive', 'isTeams'],
				hoursAgo: 7,
			},
		),
		plan('Branch - Old Sites', 1, 'Upgraded Repository', ['Logistics'], {
			holds: ['isSharePoint'],
			hoursAgo: 8,
			isEnabled: false,
		}),
		plan('Copy - Exchange', 0, 'Azure Archive', ['Ada Winter', 'Ben Okafor', 'Carla Moretti'], {
			kind: 'Copy',
			hoursAgo: 2,
			copies: 'Exchange - All Users',
		}),
		plan('Copy - Branch', 1, 'Azure Archive', ['Mia Novak', 'Noah Fischer'], {
			kind: 'Copy',
			hoursAgo: 1,
			copies: 'Branch - Everything',
			lastRun: {
				status: 'Failed',
				object: 'Mia Novak',
				reason: 'The object storage does not answer: connection timed out',
			},
		}),
	];
}

/** What a job's record holds; its last run is added when it is read. */
export function jobRecord(job: Plan, now: number): Item {
	const path = job.kind === 'Copy' ? 'CopyJobs' : 'Jobs';
	const organizationId = ORGANIZATIONS[job.organization]?.id;
	return {
		...(job.kind === 'Copy'
			? {
					backupJobId: uuidFor(`vb365/job/${job.copies}`),
					schedulePolicy: { type: 'Immediate', backupCopyWindowEnabled: false },
				}
			: {
					description: `Backs up ${job.objects.length} objects`,
					backupType: job.organization === 0 ? 'SelectedItems' : 'EntireOrganization',
					schedulePolicy: {
						scheduleEnabled: true,
						backupWindowEnabled: false,
						type: 'Daily',
						dailyType: 'Everyday',
						dailyTime: '22:00:00',
						retryEnabled: true,
						retryNumber: 3,
						retryWaitInterval: 10,
					},
				}),
		id: job.id,
		organizationId,
		repositoryId: repositoryId(job.repository),
		name: job.name,
		lastRun: null,
		nextRun: job.isEnabled ? iso(now - job.hoursAgo * HOUR + 24 * HOUR) : null,
		lastBackup: null,
		isEnabled: job.isEnabled,
		lastStatus: 'NotConfigured',
		eTag: 1,
		_links: {
			self: { href: `/~/${path}/${job.id}` },
			organization: { href: `/~/Organizations/${organizationId}` },
			backupRepository: { href: `/~/BackupRepositories/${repositoryId(job.repository)}` },
			jobsessions: { href: `/~/JobSessions?jobId=${job.id}` },
		},
	};
}

/** The objects of a job as its list of selected items shows them. */
export function selectedItems(job: Plan): Item[] {
	return job.objects.map((name) => {
		const id = uuidFor(`vb365/item/${job.name}/${name}`);
		const named = { id: uuidFor(`object/${name}`), displayName: name };
		return {
			type: job.holds.includes('isExchange')
				? 'User'
				: job.holds.includes('isTeams')
					? 'Team'
					: 'Site',
			id,
			...(job.holds.includes('isExchange')
				? { user: named, mailbox: true, archiveMailbox: false, oneDrive: true, personalSite: false }
				: job.holds.includes('isTeams')
					? { team: named }
					: { site: { ...named, title: name } }),
			_links: { self: { href: `/~/Jobs/${job.id}/SelectedItems/${id}` } },
		};
	});
}
