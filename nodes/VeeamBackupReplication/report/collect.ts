import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';

import { filledOf } from '../../shared/common/sizes';
import { HOUR } from '../../shared/common/time';
import { byStatus, countsOf, daysLeftNote, hostOf, iso } from '../../shared/report/assess';
import { cutHistoryNote } from '../../shared/report/history';
import {
	addDaysLeft,
	filterFacts,
	isRefusal,
	jobPasses,
	Sections,
	spaceOf,
	worstFirst,
} from '../../shared/report/collect';
import { growthOf, type Stored } from '../../shared/report/growth';
import { byJobName, jobCounts, jobsSeen, mendedNote } from '../../shared/report/jobTotals';
import type {
	ReportModel,
	ReportOptions,
	ReportRepository,
	ReportSection,
} from '../../shared/report/model';
import { PageReader } from '../../shared/report/pageReader';
import { speechOf } from '../../shared/report/speech';
import { assessed } from '../../shared/report/verdict';
import type { VeeamClient } from '../../shared/http/types';
import { adapter } from '../api/adapter';
import { PATH as PRACTICES } from '../model/bestPractices';
import { JobFinder } from '../model/jobFinder';
import { deciding as decidingOfJobs, jobOf, readJobs } from '../model/jobs';
import { decidingIn, licenseIn, PATH as LICENSE } from '../model/licenseParts';
import { PATH as MALWARE } from '../model/malware';
import {
	decidingOf as decidingOfStates,
	PATH as REPOSITORIES,
	repositoryOf,
	type Repository,
} from '../model/repositories';
import { TIME_PATH } from '../model/serverInfo';
import { deciding as decidingOfSessions, readRuns } from '../model/sessions';
import { jobNameOf } from '../model/sessionTypes';
import { nameOf, textOf } from '../model/text';
import { readBestPractices, readMalware } from './findings';
import { addReasons, jobReports, longRuns, missedRuns } from './jobs';
import { jobHistory, readPast } from './history';
import { licenseRows } from './licenses';
import { readExtras, readServer } from './extras';
import { readUnprotected } from './machines';
import { whereOffered } from './offered';
import { readScaleOut } from './scaleOut';
import { addRunSizes } from './sizes';

/** Each page is a TLS handshake, and the server states no maximum; it may give fewer. */
const PAGE = 20_000;

/**
 * The protection report of a backup server, in at most twelve requests for an estate of 500 jobs and
 * 200 repositories (25 where the server gives 200 a page); none of them is about a single job but for
 * the logs of up to three failures. Machines that names do not tell apart cost a request each.
 *
 * @param context keeps samples of the repositories' free space from run to run
 * @throws NodeApiError where the server cannot be reached, or refuses everything
 */
export async function collect(
	context: Pick<IExecuteFunctions, 'getWorkflowStaticData'>,
	client: VeeamClient,
	options: ReportOptions,
): Promise<ReportModel> {
	const reader = new PageReader(client, adapter, PAGE);
	const speech = speechOf(options.language);
	const sections = new Sections(options.sections, speech, reader);
	const isFiltered = options.includeJobs.length + options.excludeJobs.length > 0;

	const host = await readServer(reader, sections);
	const concerned: ReportSection[] = [
		...(sections.wants('jobs', 'missedRuns')
			? (['jobs', 'missedRuns'] as const)
			: sections.first('history', 'allJobs', 'growth')),
		...(isFiltered ? (['unprotected'] as const) : []),
	];
	const list = await sections.of(concerned, 'Jobs', async () => await readJobs(reader));
	if (list && !list.isWhole) sections.cut(concerned, sections.about('Jobs', speech.say('cutMore')));
	const stores = ['repositories', 'growth', 'scaleOut'] as const;
	const states = await sections.of(stores, 'Repositories', async () => {
		const { items, isWhole } = await reader.read({ method: 'GET', path: REPOSITORIES });
		if (!isWhole) sections.cut(stores, speech.say('cutMore'));
		sections.unread(['repositories', 'scaleOut'], 'Repositories', items, {
			...{ deciding: decidingOfStates(reader), about: nameOf, now: reader.now() },
		});
		return items.map(repositoryOf);
	});
	const version = client.version;
	const license = await whereOffered(
		reader,
		sections,
		{
			...{ section: 'licenses', what: 'License', operation: `GET ${LICENSE}` },
			note: speech.say('licenseMissing', { version }),
		},
		async () => licenseIn(await reader.get(LICENSE)),
	);
	await learnTime(reader, sections);
	// The same time throughout, as the first answer tells it.
	const now = reader.now();
	const from = now - options.hours * HOUR;

	const filter =
		list &&
		filterFacts(
			list.items.map(({ name }) => textOf(name)),
			options.includeJobs,
			options.excludeJobs,
			'Jobs',
			speech,
		);
	const records = list?.items.filter(({ name }) => jobPasses(textOf(name), options)) ?? [];
	for (const section of ['jobs', 'missedRuns'] as const)
		sections.unread(section, 'Jobs', records, {
			...{ deciding: decidingOfJobs[section], about: nameOf, now },
		});
	const jobs = list && records.map((record) => jobOf(record, now));
	if (license)
		sections.unread('licenses', 'License', [license], { deciding: decidingIn(license), now });
	const ids = new Set(jobs?.map(({ id }) => id));
	const finder = new JobFinder(list?.items ?? []);
	const malware = await whereOffered(
		reader,
		sections,
		{
			...{ section: 'findings', what: 'Malware events', operation: `GET ${MALWARE}` },
			note: speech.say('malwareMissing', { version }),
		},
		async () => await readMalware(reader, sections, { from, now }),
	);
	const practices = await whereOffered(
		reader,
		sections,
		{
			...{ section: 'findings', what: 'Security & Compliance Analyzer' },
			operation: `GET ${PRACTICES}`,
			note: speech.say('analyzerMissing', { version }),
		},
		async () => await readBestPractices(reader, sections, now),
	);
	const runs =
		jobs &&
		(await sections.of(
			sections.first('jobs', 'history', 'allJobs', 'growth'),
			'Sessions',
			async () => await readRuns(reader, from, ids, isFiltered, finder),
		));
	if (runs && !runs.isWhole) sections.cut('jobs', speech.say('cutFailed'));
	sections.unread('jobs', 'Sessions', runs?.unread ?? [], {
		...{ deciding: decidingOfSessions, about: jobNameOf, now },
	});
	const protection =
		isFiltered && !jobs
			? undefined
			: await sections.of(
					'unprotected',
					'Restore points',
					async () =>
						await readUnprotected(
							reader,
							sections,
							{ now, limit: now - options.rpoHours * HOUR },
							isFiltered ? ids : undefined,
						),
				);
	const reports = jobs && jobReports(jobs, runs, from, speech);
	const past =
		runs && (await readPast(reader, sections, options, { from, now, ids, isFiltered, finder }));
	// What is good to have comes last: reasons and logs.
	const failures =
		reports && sections.wants('jobs')
			? await addReasons(reader, sections, reports, { from, past, finder })
			: [];
	// Sections that are chosen take requests of their own, and none from the others.
	const sizes =
		reports && jobs && runs && sections.wants('allJobs', 'growth')
			? await addRunSizes(reader, sections, { reports, jobs, runs, from })
			: undefined;
	const scaleOut = await readScaleOut(reader, sections, states, options.lowPercent);
	const extras = await readExtras(
		reader,
		sections,
		{ from, now, rpoHours: options.rpoHours },
		host,
	);
	sections.check();

	const wantedStates = sections.wants('repositories') ? states : undefined;
	// A version without the state says nothing of any repository.
	if (states?.length && states.every(({ isOnline }) => isOnline === undefined))
		sections.notOffered('repositories', speech.say('onlineMissing', { version }));
	const repositories = wantedStates
		?.map(
			({ id, name, capacityGB, freeGB, isOnline }): ReportRepository => ({
				...{ id, name },
				...spaceOf(capacityGB, freeGB, isOnline, options.lowPercent),
			}),
		)
		.sort(worstFirst);
	const findings =
		malware || practices ? [...(malware ?? []), ...(practices?.findings ?? [])] : undefined;
	const lists = {
		missedRuns: jobs && sections.wants('missedRuns') ? missedRuns(jobs) : undefined,
		unprotected: protection?.rows,
		repositories,
		findings: findings?.sort(byStatus),
		...extras,
	};
	const growth =
		states && sections.wants('growth')
			? growthOf(
					states.filter(({ isScaleOut }) => !isScaleOut).map(storedIn),
					context.getWorkflowStaticData('node'),
					client.origin,
					{ now, hours: options.hours },
				).map((row) => (row.id === undefined ? { ...row, ...sizes } : row))
			: undefined;
	const standings = reports?.map(({ standing }) => standing);
	const existing = (reports ?? []).filter(({ isGone }) => !isGone).map(({ standing }) => standing);
	const wantsJobs = sections.wants('jobs');
	const history =
		reports && runs && sections.wants('history')
			? jobHistory(reports, runs, past, { ...options, from, now })
			: undefined;
	const notes = [...sections.notes, ...(filter?.notes ?? [])];
	if (history && past && !past.isWhole)
		notes.push(cutHistoryNote(past.completeSince, options.timeZone, speech));
	if (standings && wantsJobs) notes.push(...mendedNote(standings, speech));
	if (jobs?.some(({ isVague }) => isVague) && sections.wants('missedRuns'))
		notes.push(speech.say('vagueTimes'));
	if (failures.some(({ result, lastSuccess }) => result === 'Failed' && !lastSuccess))
		notes.push(speech.say('lastSuccessDays'));
	if (protection?.rows.length)
		notes.push(speech.say('unprotectedMachines', { hours: options.rpoHours }));
	if (repositories?.length)
		notes.push(
			daysLeftNote(
				addDaysLeft(repositories, context.getWorkflowStaticData('node'), client.origin, now),
				speech,
			),
		);
	if (practices?.neverRun) notes.push(speech.say('analyzerNeverRan'));
	return assessed({
		language: options.language,
		title: options.title,
		product: adapter.displayName,
		server: client.origin.replace(/^https?:\/\//, ''),
		...hostOf(host),
		generatedAt: iso(now),
		period: { from: iso(from), to: iso(now), hours: options.hours },
		timeZone: options.timeZone,
		counts: countsOf(
			wantsJobs ? standings && jobCounts(standings) : undefined,
			lists,
			options.lowPercent,
		),
		scope: {
			...options,
			wanted: options.sections,
			...(standings && sections.wants('jobs', 'missedRuns') ? { jobs: jobsSeen(existing) } : {}),
			...(protection ? { objects: protection.total } : {}),
			unmatched: filter?.unmatched ?? [],
		},
		failures,
		missedRuns: lists.missedRuns ?? [],
		longRuns: jobs && sections.wants('jobs', 'missedRuns') ? longRuns(jobs, from) : [],
		unprotected: lists.unprotected ?? [],
		repositories: repositories ?? [],
		licenses: license ? licenseRows(license, { now, expiresInDays: options.expiresInDays }) : [],
		findings: lists.findings ?? [],
		tenants: [],
		...extras,
		...(scaleOut === undefined ? {} : { scaleOut }),
		...(growth === undefined ? {} : { growth }),
		...(history === undefined ? {} : { history }),
		...(reports && sections.wants('allJobs')
			? { allJobs: reports.map(({ state }) => state).sort(byJobName) }
			: {}),
		unavailable: sections.unavailable,
		notes,
	});
}

/** Sections that are about a time before now, and ask for no list that has been read by then. */
const TIMED = ['unprotected', 'findings', 'configBackup', 'verifications', 'activities'] as const;

/** Asks for the server's time where nothing that was read has told it: n8n's clock may be another. */
async function learnTime(reader: PageReader, sections: Sections): Promise<void> {
	if (reader.knowsTime || !sections.wants(...TIMED)) return;
	try {
		await reader.get(TIME_PATH);
	} catch (error) {
		if (!(error instanceof NodeApiError && isRefusal(error))) throw error as Error;
		sections.cut(TIMED, sections.about('Server', error.message));
	}
}

/** Of a repository without figures of its own, what its disk does not have free. */
const storedIn = ({ id, name, usedGB, capacityGB, freeGB }: Repository): Stored => ({
	...{ id, name },
	usedGB: usedGB ?? filledOf(capacityGB, freeGB),
});
