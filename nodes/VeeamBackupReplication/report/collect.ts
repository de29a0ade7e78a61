import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { numberOf } from '../../shared/monitoring/options';
import { HOUR } from '../../shared/common/time';
import {
	addDaysLeft,
	isLow,
	noCounts,
	Sections,
	spaceOf,
	worstFirst,
} from '../../shared/report/collect';
import type { ReportModel, ReportOptions, ReportRepository } from '../../shared/report/model';
import { assessed } from '../../shared/report/verdict';
import type { VeeamClient } from '../../shared/http/types';
import { missedRuns, readFailures, readJobs } from './jobs';
import { iso, Reader, textOf } from './read';
import { readBestPractices, readLicenses, readMalware } from './security';
import { readUnprotected } from './unprotected';

/**
 * The protection report of a backup server, in at most twelve requests for an estate of 500 jobs and
 * 200 repositories; none of them is about a single job but for the logs of up to three failures.
 *
 * @param context keeps samples of the repositories' free space from run to run
 * @throws NodeApiError where the server cannot be reached, or refuses everything
 */
export async function collect(
	context: Pick<IExecuteFunctions, 'getWorkflowStaticData'>,
	client: VeeamClient,
	options: ReportOptions,
): Promise<ReportModel> {
	const reader = new Reader(client);
	const sections = new Sections(options.sections);
	const counts = noCounts();

	const filtered = options.includeJobs.length + options.excludeJobs.length > 0;
	const needsJobs =
		sections.wants('jobs', 'missedRuns') || (filtered && sections.wants('unprotected'));
	const first = (['jobs', 'missedRuns', 'unprotected'] as const).find((name) =>
		sections.wants(name),
	);
	const jobs = needsJobs
		? await sections.of(first ?? 'jobs', 'Jobs', async () => await readJobs(reader, options))
		: undefined;
	const repositories =
		(await sections.of(
			'repositories',
			'Repositories',
			async () => await readRepositories(reader, options),
		)) ?? [];
	const now = await reader.serverNow();
	const from = now - options.hours * HOUR;
	const missed = jobs && sections.wants('missedRuns') ? missedRuns(jobs, now) : [];

	// What must be there comes before what is good to have: logs and dates of older restore points.
	const licenses =
		(await sections.of(
			'licenses',
			'License',
			async () => await readLicenses(reader, options.expiresInDays, now),
		)) ?? [];
	const malware =
		(await sections.of(
			'findings',
			'Malware events',
			async () => await readMalware(reader, from),
		)) ?? [];
	const practices = await sections.of(
		'findings',
		'Security & Compliance Analyzer',
		async () => await readBestPractices(reader),
	);
	const findings = [...malware, ...(practices?.findings ?? [])];
	const ids = filtered && jobs ? new Set(jobs.map(({ id }) => textOf(id))) : undefined;
	reader.reserved = sections.wants('unprotected') ? (filtered ? 3 : 2) : 0;
	const runs =
		jobs &&
		(await sections.of(
			'jobs',
			'Sessions',
			async () => await readFailures(reader, jobs, options, from),
		));
	reader.reserved = 0;
	// Refused jobs leave open which objects are theirs.
	if (filtered && !jobs && first !== 'unprotected' && sections.wants('unprotected'))
		sections.unavailable.push({ section: 'unprotected', reason: 'The jobs could not be read' });
	const unprotected =
		filtered && !jobs
			? []
			: ((await sections.of(
					'unprotected',
					'Restore points',
					async () => await readUnprotected(reader, options, now, ids),
				)) ?? []);
	sections.check();

	Object.assign(counts, runs?.counts, {
		missedRuns: missed.length,
		unprotected: unprotected.length,
		repositories: repositories.length,
		lowRepositories: repositories.filter((one) => isLow(one, options.lowPercent)).length,
		offlineRepositories: repositories.filter(({ online }) => online === false).length,
		findings: findings.filter(({ status }) => status !== 'good').length,
	});
	const failures = runs?.failures ?? [];
	const notes: string[] = [];
	if (failures.some(({ result, lastSuccess }) => result === 'Failed' && !lastSuccess))
		notes.push('A last success is looked for up to 7 days before the period.');
	if (unprotected.length > 0)
		notes.push(
			`Objects without a restore point of the last ${options.rpoHours} hours: machines that are in no job any more are listed as long as their backups are kept.`,
		);
	if (repositories.length > 0)
		notes.push(
			addDaysLeft(repositories, context.getWorkflowStaticData('node'), client.origin, now)
				? 'Days left are taken from samples of free space that this workflow keeps.'
				: 'Days left are known once this workflow has run for a day: it keeps samples of free space (test runs do not).',
		);
	if (practices?.neverRun) notes.push('The Security & Compliance Analyzer has never run.');
	return assessed({
		title: options.title,
		product: 'Veeam Backup & Replication',
		server: client.origin.replace(/^https?:\/\//, ''),
		generatedAt: iso(now),
		period: { from: iso(from), to: iso(now), hours: options.hours },
		timeZone: options.timeZone,
		counts,
		scope: { ...options, wanted: options.sections },
		failures,
		longRuns: [],
		missedRuns: missed,
		unprotected,
		repositories,
		licenses,
		findings,
		tenants: [],
		unavailable: sections.unavailable,
		notes,
	});
}

async function readRepositories(
	reader: Reader,
	{ lowPercent }: ReportOptions,
): Promise<ReportRepository[]> {
	const states = await reader.list('/backupInfrastructure/repositories/states');
	return states
		.map(
			({ id, name, capacityGB, freeGB, isOnline }: IDataObject): ReportRepository => ({
				id: textOf(id),
				name: textOf(name),
				...spaceOf(
					numberOf(capacityGB),
					numberOf(freeGB),
					typeof isOnline === 'boolean' ? isOnline : undefined,
					lowPercent,
				),
			}),
		)
		.sort(worstFirst);
}
