import type { IExecuteFunctions } from 'n8n-workflow';

import { HOUR } from '../../shared/common/time';
import { addDaysLeft, Sections } from '../../shared/report/collect';
import { byStatus, countsOf, daysLeftNote, iso } from '../../shared/report/assess';
import type { ReportModel, ReportOptions } from '../../shared/report/model';
import { jobCounts, jobsSeen, mendedNote } from '../../shared/report/jobTotals';
import { PageReader } from '../../shared/report/pageReader';
import { assessed } from '../../shared/report/verdict';
import type { VeeamClient } from '../../shared/http/types';
import { adapter } from '../api/adapter';
import { versionNumber } from '../api/read';
import { addReasons, failuresOf, jobStandings, missedRuns, readJobs, readRuns } from './jobs';
import {
	addObjectStorage,
	readLicense,
	readProxies,
	readRepositories,
	repositoriesOf,
	repositoryFindings,
} from './state';
import { readUnprotected } from './unprotected';

/**
 * The protection report of a Microsoft 365 backup server, in at most twelve requests for an estate
 * of 500 jobs and 200 repositories; none of them is about a single job but for the logs of up to
 * three failures.
 *
 * @param context keeps samples of the repositories' free space from run to run
 * @throws NodeApiError where the server cannot be reached, or refuses everything
 */
export async function collect(
	context: Pick<IExecuteFunctions, 'getWorkflowStaticData'>,
	client: VeeamClient,
	options: ReportOptions,
): Promise<ReportModel> {
	const reader = new PageReader(client, adapter.paging);
	const sections = new Sections(options.sections);
	// The same time throughout, as the first answer tells it.
	let time: number | undefined;
	const now = () => (time ??= reader.now());
	const start = () => now() - options.hours * HOUR;
	const notes: string[] = [];

	const first = (['jobs', 'missedRuns', 'unprotected'] as const).find((one) => sections.wants(one));
	const jobs = first && (await readJobs(reader, sections, first, options));
	const isFiltered = options.includeJobs.length + options.excludeJobs.length > 0;
	const runs =
		jobs &&
		(await sections.of(
			'jobs',
			'Job sessions',
			async () => await readRuns(reader, jobs, start(), isFiltered),
		));
	const missed = jobs && sections.wants('missedRuns') ? missedRuns(jobs, now()) : [];

	const state = (['repositories', 'findings'] as const).find((one) => sections.wants(one));
	const records =
		state && (await sections.of(state, 'Repositories', async () => await readRepositories(reader)));
	if (records)
		await sections.of(
			'repositories',
			'Object storage',
			async () => await addObjectStorage(reader, records),
		);
	const repositories =
		records && sections.wants('repositories') ? repositoriesOf(records, options) : [];
	const licenses =
		(await sections.of(
			'licenses',
			'License',
			async () => await readLicense(reader, options.expiresInDays, now),
		)) ?? [];
	const proxies =
		(await sections.of('findings', 'Proxies', async () => await readProxies(reader))) ?? [];
	const flags = records && sections.wants('findings') ? repositoryFindings(records) : [];
	const findings = [...proxies, ...flags].sort(byStatus);
	if (sections.wants('findings') && versionNumber(client.version) < 8)
		sections.unavailable.push({
			section: 'findings',
			reason: `Invalid and outdated repositories: API ${client.version} does not tell them; v8 does.`,
		});

	const organizations = (jobs ?? [])
		.filter(({ record }) => record.isEnabled !== false)
		.flatMap(({ organizationId }) => organizationId ?? []);
	const bare = sections.wants('unprotected')
		? await readUnprotected(reader, sections, [...new Set(organizations)], options.rpoHours, now)
		: { unprotected: [], notes: [] };

	// What is good to have comes last: the logs.
	const { failures, all } = await addReasons(reader, failuresOf(runs ?? []));
	sections.check();
	if (!all)
		notes.push(
			'Reasons of each object are read for the first failures only: see the session logs.',
		);
	notes.push(...bare.notes);
	if (repositories.length > 0)
		notes.push(
			daysLeftNote(
				addDaysLeft(repositories, context.getWorkflowStaticData('node'), client.origin, now()),
			),
		);
	const standings = jobs && jobStandings(jobs, runs ?? [], now());
	if (runs && standings) notes.push(...mendedNote(standings));
	const lists = { missedRuns: missed, unprotected: bare.unprotected, repositories, findings };
	return assessed({
		title: options.title,
		product: adapter.displayName,
		server: client.origin.replace(/^https?:\/\//, ''),
		generatedAt: iso(now()),
		period: { from: iso(start()), to: iso(now()), hours: options.hours },
		timeZone: options.timeZone,
		counts: countsOf(
			standings && runs && jobCounts(standings),
			{
				...(jobs && sections.wants('missedRuns') ? { missedRuns: missed } : {}),
				...(sections.wants('unprotected') ? { unprotected: bare.unprotected } : {}),
				...(records && sections.wants('repositories') ? { repositories } : {}),
				...(sections.wants('findings') ? { findings } : {}),
			},
			options.lowPercent,
		),
		scope: {
			...options,
			wanted: options.sections,
			...(standings ? { jobs: jobsSeen(standings) } : {}),
		},
		failures,
		longRuns: [],
		...lists,
		licenses,
		tenants: [],
		unavailable: sections.unavailable,
		notes,
	});
}
