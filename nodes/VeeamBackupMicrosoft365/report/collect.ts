import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { HOUR } from '../../shared/common/time';
import { addDaysLeft, Sections } from '../../shared/report/collect';
import { byStatus, countsOf, daysLeftNote, hostOf, iso } from '../../shared/report/assess';
import { growthOf } from '../../shared/report/growth';
import { jobCounts, jobsSeen, mendedNote } from '../../shared/report/jobTotals';
import type { ReportModel, ReportOptions } from '../../shared/report/model';
import { PageReader } from '../../shared/report/pageReader';
import { speechOf } from '../../shared/report/speech';
import { assessed } from '../../shared/report/verdict';
import { cutHistoryNote, historyStart } from '../../shared/report/history';
import type { VeeamClient } from '../../shared/http/types';
import { adapter } from '../api/adapter';
import {
	failuresOf,
	jobStates,
	longRuns,
	missedRuns,
	readChosenJobs,
	runsOfJobs,
	standingsOf,
	transferredBy,
} from './jobs';
import { jobHistory } from './history';
import { deciding as decidingOfSessions, readSessions } from '../model/jobSessions';
import { deciding as decidingOfJobs, jobName, type Job } from '../model/jobs';
import { readExtras, readServer } from './extras';
import { addReasons } from './reasons';
import { REPORT_SECTIONS } from './sections';
import {
	readLicense,
	readProxies,
	readRepositories,
	repositoriesOf,
	repositoryFindings,
	storedIn,
} from './state';
import { readUnprotected } from './unprotected';

/**
 * The protection report of a Microsoft 365 backup server, in at most twelve requests for an estate
 * of 500 jobs, 200 repositories and two organizations; each further organization with a job costs one
 * more. None of them is about a single job but for the logs of up to three failures.
 *
 * @param context keeps samples of the repositories' free space from run to run
 * @throws NodeApiError where the server cannot be reached, or refuses everything
 */
export async function collect(
	context: Pick<IExecuteFunctions, 'getWorkflowStaticData'>,
	client: VeeamClient,
	options: ReportOptions,
): Promise<ReportModel> {
	const reader = new PageReader(client, adapter);
	const wanted = REPORT_SECTIONS.all.filter((section) => options.sections.includes(section));
	const speech = speechOf(options.language);
	const sections = new Sections(wanted, speech, reader);
	// The same time throughout, as the first answer tells it.
	let time: number | undefined;
	const now = () => (time ??= reader.now());
	const start = () => now() - options.hours * HOUR;

	const host = await readServer(reader, sections);
	const chosen = sections.wants('jobs', 'missedRuns', 'unprotected', 'history', 'allJobs', 'growth')
		? await readChosenJobs(reader, sections, options)
		: undefined;
	const jobs = chosen?.jobs;
	// Without a history, nothing before the period is asked for.
	const since = () =>
		sections.wants('history') ? historyStart(now(), options.historyDays, options.timeZone) : now();
	const known =
		jobs &&
		(await sections.of(
			sections.first('jobs', 'history', 'allJobs', 'growth'),
			'Job sessions',
			async () => await readSessions(reader, start(), since()),
		));
	const sessions = known?.sessions;
	const isFiltered = options.includeJobs.length + options.excludeJobs.length > 0;
	// The clock is asked after the first answer only: it is the server's.
	const { runs, unknown, unread } = jobs
		? runsOfJobs(jobs, sessions, {
				...{ from: start(), now: now(), isFiltered, nameless: speech.term('Unknown job') },
			})
		: { runs: [], unknown: [], unread: [] };
	const looked = new Set([...runs.flatMap((run) => run.sessions), ...unknown, ...unread]);
	if (jobs) unreadOf(jobs, [...looked], sections, now());
	const standings = jobs ? standingsOf(runs, now()) : [];
	const missed = jobs && sections.wants('missedRuns') ? missedRuns(jobs, now()) : undefined;
	const hanging = jobs ? longRuns(jobs, start(), now()) : [];

	const records = await readRepositories(reader, sections);
	const repositories =
		records && sections.wants('repositories') ? repositoriesOf(records, options) : undefined;
	const licenses = await sections.of(
		'licenses',
		'License',
		async () => await readLicense(reader, sections, options.expiresInDays, now),
	);
	const proxies = await sections.of(
		'findings',
		'Proxies',
		async () => await readProxies(reader, sections),
	);
	const flags =
		records && sections.wants('findings') ? repositoryFindings(records, speech) : undefined;
	const findings =
		proxies || flags ? [...(proxies ?? []), ...(flags ?? [])].sort(byStatus) : undefined;

	const organizations = (jobs ?? [])
		.filter(({ isEnabled }) => isEnabled)
		.flatMap(({ organizationId }) => organizationId ?? []);
	const users = sections.wants('unprotected')
		? await readUnprotected(reader, sections, [...new Set(organizations)], options.rpoHours, now)
		: { notes: [] };

	const history =
		jobs && known && sections.wants('history')
			? jobHistory(jobs, runs, known, { from: start(), now: now() }, options)
			: undefined;
	// What is good to have comes last: the logs.
	const wantsJobs = jobs !== undefined && sections.wants('jobs');
	const { failures, notes } = await addReasons(
		reader,
		wantsJobs ? failuresOf(runs, speech) : [],
		speech,
	);
	const extras = await readExtras(reader, sections, start, host);
	sections.check();
	const growth =
		records && sections.wants('growth')
			? growthOf(storedIn(records), context.getWorkflowStaticData('node'), client.origin, {
					...{ now: now(), hours: options.hours },
				}).map((row) => (row.id === undefined ? { ...row, ...transferredBy(runs) } : row))
			: undefined;
	notes.push(...(chosen?.notes ?? []), ...users.notes, ...sections.notes);
	if (wantsJobs) notes.push(...mendedNote(standings, speech));
	if (history && known && known.since > since())
		notes.push(cutHistoryNote(known.since, options.timeZone, speech));
	if (unknown.length > 0) notes.push(speech.say('runsUnassigned', { n: unknown.length }));
	if (repositories && repositories.length > 0)
		notes.push(
			daysLeftNote(
				addDaysLeft(repositories, context.getWorkflowStaticData('node'), client.origin, now()),
				speech,
			),
		);
	return assessed({
		language: options.language,
		title: options.title,
		product: adapter.displayName,
		server: client.origin.replace(/^https?:\/\//, ''),
		...hostOf(host),
		generatedAt: iso(now()),
		period: { from: iso(start()), to: iso(now()), hours: options.hours },
		timeZone: options.timeZone,
		counts: countsOf(
			wantsJobs ? jobCounts(standings) : undefined,
			{ missedRuns: missed, unprotected: users.unprotected, repositories, findings, ...extras },
			options.lowPercent,
		),
		failures,
		missedRuns: missed ?? [],
		longRuns: hanging,
		unprotected: users.unprotected ?? [],
		repositories: repositories ?? [],
		licenses: licenses ?? [],
		findings: findings ?? [],
		tenants: [],
		...extras,
		...(growth === undefined ? {} : { growth }),
		...(history === undefined ? {} : { history }),
		...(jobs && sections.wants('allJobs') ? { allJobs: jobStates(runs, standings) } : {}),
		unavailable: sections.unavailable,
		notes,
		scope: {
			...options,
			wanted,
			jobs: jobs && jobsSeen(standings),
			objects: users.objects,
			unmatched: chosen?.unmatched,
		},
	});
}

/** Says which values of jobs and their sessions decide and cannot be read. */
function unreadOf(jobs: Job[], sessions: IDataObject[], sections: Sections, now: number): void {
	const records = jobs.map(({ record }) => record);
	for (const section of ['jobs', 'missedRuns'] as const)
		sections.unread(section, 'Jobs', records, {
			...{ deciding: decidingOfJobs[section], about: jobName, now },
		});
	sections.unread('jobs', 'Job sessions', sessions, {
		...{ deciding: decidingOfSessions, about: ({ id }) => String(id), now },
	});
}
