import type { ReportExtras } from './extraModel';
import type { ReportCounts, ReportSection, ReportStatus } from './model';
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
): ExtraClause[] {
	const clause = (
		section: ReportSection,
		status: ReportStatus,
		key: Countable,
		n: number,
	): ExtraClause[] => (n > 0 ? [[status, speech.say(key, { n }), section]] : []);
	const of = (rows: Array<{ status: ReportStatus }>, status: ReportStatus): number =>
		rows.filter((row) => row.status === status).length;
	// Where the jobs are counted, replication jobs are among them.
	const checks = verifications.filter(({ kind }) => kind !== 'replication' || counts.jobs === null);
	return [
		...clause('verifications', 'bad', 'verificationsFailed', of(checks, 'bad')),
		...clause('infrastructure', 'bad', 'infrastructureDown', of(infrastructure, 'bad')),
		...clause('scaleOut', 'bad', 'scaleOutBad', of(scaleOut, 'bad')),
		...clause('notBackedUp', 'warning', 'machinesNotBackedUp', notBackedUp.length),
		...configBackup
			.filter(({ status }) => status !== 'good')
			.map(
				({ state, status }): ExtraClause => [
					status,
					speech.say(
						state === 'disabled'
							? 'configBackupDisabled'
							: state === 'never'
								? 'configBackupNever'
								: 'configBackupOverdue',
					),
					'configBackup',
				],
			),
		...clause('verifications', 'warning', 'verificationsWarned', of(checks, 'warning')),
		...clause('infrastructure', 'warning', 'infrastructureWarned', of(infrastructure, 'warning')),
		...clause('scaleOut', 'warning', 'scaleOutWarned', of(scaleOut, 'warning')),
	];
}

type ExtraClause = [status: ReportStatus, text: string, section: ReportSection];

type Countable =
	| 'verificationsFailed'
	| 'verificationsWarned'
	| 'infrastructureDown'
	| 'infrastructureWarned'
	| 'scaleOutBad'
	| 'scaleOutWarned'
	| 'machinesNotBackedUp';
