import type { ReportExtras } from './extraModel';
import type { ReportCounts, ReportStatus } from './model';
import type { Speech } from './speech';

/**
 * What the sections that are chosen say is wrong. Version and build, restores and deletions, size and
 * growth decide nothing: they are there to be read.
 */
export function extraTroubles(
	{
		notBackedUp = [],
		verifications = [],
		configBackup = [],
		infrastructure = [],
		scaleOut = [],
		counts,
	}: ReportExtras & { counts: Pick<ReportCounts, 'jobs'> },
	speech: Speech,
): Array<[status: ReportStatus, text: string]> {
	const clause = (
		status: ReportStatus,
		key: Countable,
		n: number,
	): Array<[ReportStatus, string]> => (n > 0 ? [[status, speech.say(key, { n })]] : []);
	const of = (rows: Array<{ status: ReportStatus }>, status: ReportStatus): number =>
		rows.filter((row) => row.status === status).length;
	// Where the jobs are counted, replication jobs are among them.
	const checks = verifications.filter(({ kind }) => kind !== 'replication' || counts.jobs === null);
	return [
		...clause('bad', 'verificationsFailed', of(checks, 'bad')),
		...clause('bad', 'infrastructureDown', of(infrastructure, 'bad')),
		...clause('bad', 'scaleOutBad', of(scaleOut, 'bad')),
		...clause('warning', 'machinesNotBackedUp', notBackedUp.length),
		...configBackup
			.filter(({ status }) => status !== 'good')
			.map(({ state, status }): [ReportStatus, string] => [
				status,
				speech.say(
					state === 'disabled'
						? 'configBackupDisabled'
						: state === 'never'
							? 'configBackupNever'
							: 'configBackupOverdue',
				),
			]),
		...clause('warning', 'verificationsWarned', of(checks, 'warning')),
		...clause('warning', 'infrastructureWarned', of(infrastructure, 'warning')),
		...clause('warning', 'scaleOutWarned', of(scaleOut, 'warning')),
	];
}

type Countable =
	| 'verificationsFailed'
	| 'verificationsWarned'
	| 'infrastructureDown'
	| 'infrastructureWarned'
	| 'scaleOutBad'
	| 'scaleOutWarned'
	| 'machinesNotBackedUp';
