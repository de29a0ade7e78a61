import type { ReportModel } from '../../../nodes/shared/report/model';
import { assessed, type Unassessed } from '../../../nodes/shared/report/verdict';
import { badDay, goodDay, SCOPE } from './models';

type Changes = Partial<Omit<Unassessed, 'counts' | 'scope'>> & {
	counts?: Partial<Unassessed['counts']>;
	scope?: Partial<Unassessed['scope']>;
};

/** The verdict of a good day on which something is otherwise. */
const verdictOf = ({ counts, scope, ...changes }: Changes = {}): ReportModel['verdict'] => {
	const good = goodDay();
	return assessed({
		...good,
		...changes,
		counts: { ...good.counts, ...counts },
		scope: { ...SCOPE, ...scope },
	}).verdict;
};

const NO_JOB = { jobs: 0, succeeded: 0, disabled: 0 };
const seen = (total: number, enabled: number, ran: number, planned: number) => ({
	jobs: { total, enabled, ran, planned },
});
const repository = { id: 'r', name: 'r' };

it('says the same as a list, each with its section', () => {
	expect(badDay().verdict.points).toEqual([
		{ status: 'bad', text: '2 jobs failed', section: 'jobs' },
		{ status: 'bad', text: '1 job missed its run', section: 'missedRuns' },
		{
			...{ status: 'bad', text: '2 objects without a recent restore point' },
			section: 'unprotected',
		},
		{ status: 'bad', text: '1 repository is offline', section: 'repositories' },
		{ status: 'bad', text: '1 repository is low', section: 'repositories' },
		{ status: 'bad', text: '2 findings', section: 'findings' },
		{ status: 'warning', text: '1 license is expiring or used up', section: 'licenses' },
		{ status: 'warning', text: '1 job with warnings', section: 'jobs' },
	]);
	expect(goodDay().verdict.points).toBeUndefined();
	expect(verdictOf({ counts: { failed: 1 } }).points).toBeUndefined();
});

it('names what is wrong, worst first', () => {
	expect(badDay().verdict).toMatchObject({
		status: 'bad',
		text: '2 jobs failed, 1 job missed its run, 2 objects without a recent restore point, 1 repository is offline, 1 repository is low, 2 findings, 1 license is expiring or used up, 1 job with warnings',
	});
});

describe('"All is well" is said where', () => {
	it.each<[string, Changes, string]>([
		[
			'all ran and nothing is wrong',
			{},
			'All is well: 11 jobs succeeded, all 2 repositories have space',
		],
		[
			'a weekly job is between two runs',
			{
				counts: { jobs: 1, succeeded: 0, idle: 1, disabled: 0, running: 0 },
				scope: seen(1, 1, 0, 1),
			},
			'All is well: no job was due in the period, all 2 repositories have space',
		],
		[
			'the only job is running',
			{
				counts: { jobs: 1, succeeded: 0, running: 1, disabled: 0 },
				scope: seen(1, 1, 1, 0),
			},
			'All is well: 1 job running, all 2 repositories have space',
		],
		[
			'a version does not offer something',
			{ notes: ['API v7 does not offer it.'] },
			'All is well: 11 jobs succeeded, all 2 repositories have space',
		],
		[
			'the size of a repository is not known',
			{ repositories: [{ ...repository, status: 'good' }], counts: { repositories: 1 } },
			'All is well: 11 jobs succeeded, the repository has space',
		],
	])('%s', (_, changes, text) => {
		expect(verdictOf(changes)).toEqual({ status: 'good', text });
	});
});

it('says what is good where no section needs a job, and not that all is well', () => {
	const wanted = ['repositories' as const];
	const none = Object.fromEntries(
		Object.keys(goodDay().counts).map((name) => [name, null]),
	) as unknown as ReportModel['counts'];
	expect(
		verdictOf({ counts: { ...none, repositories: 2 }, scope: { wanted, jobs: undefined } }),
	).toEqual({
		status: 'good',
		text: 'Nothing wrong in what was asked for: all 2 repositories have space',
	});
});

describe('it is a warning, and says why, where', () => {
	it.each<[string, Changes, string]>([
		['there is no job', { counts: NO_JOB, scope: seen(0, 0, 0, 0) }, 'No job was found'],
		[
			'no job has the name',
			{ counts: NO_JOB, scope: { ...seen(0, 0, 0, 0), includeJobs: ['SLQ*'] } },
			'No job matches "SLQ*"',
		],
		[
			'all jobs are left out',
			{ counts: NO_JOB, scope: { ...seen(0, 0, 0, 0), excludeJobs: ['*'] } },
			'No job is left without "*"',
		],
		[
			'one of several patterns matches nothing',
			{ scope: { includeJobs: ['Daily*', 'SLQ*'], unmatched: ['SLQ*'] } },
			'Nothing matches "SLQ*"',
		],
		[
			'no tenant has the name',
			{
				counts: NO_JOB,
				scope: { ...seen(0, 0, 0, 0), tenants: 0, includeTenants: ['Compnay*'] },
			},
			'No tenant matches "Compnay*"',
		],
		[
			'all jobs are disabled, although they ran before',
			{ counts: { jobs: 3, succeeded: 3, disabled: 0 }, scope: seen(3, 0, 3, 0) },
			'All 3 jobs are disabled',
		],
		[
			'the only job is disabled',
			{ counts: { jobs: 1, succeeded: 0, disabled: 1 }, scope: seen(1, 0, 0, 0) },
			'The only job is disabled',
		],
		[
			'no job ran, and none will',
			{ counts: { jobs: 3, succeeded: 0, idle: 3, disabled: 0 }, scope: seen(3, 3, 0, 0) },
			'No job ran in the period, and none is planned',
		],
		[
			'a job runs too long',
			{ longRuns: [{ id: 'j', name: 'j', since: null, expected: null }] },
			'1 job has been running for too long',
		],
		[
			'the last run failed before the period',
			{
				failures: [
					{
						...{ id: 'j', name: 'j', type: 't', result: 'Failed', time: null },
						...{ isEarlier: true, failures: 0, objects: [] },
					},
				],
			},
			'1 job failed before the period and has not run since',
		],
		['a job has warnings', { counts: { warned: 2 } }, '2 jobs with warnings'],
		[
			'a section could not be read',
			{ unavailable: [{ section: 'licenses', reason: 'License: denied' }] },
			'Nothing wrong in what could be read; not read completely: licenses',
		],
		[
			'there is no job in what could be read',
			{
				counts: NO_JOB,
				scope: seen(0, 0, 0, 0),
				unavailable: [{ section: 'jobs', reason: 'Copy jobs: denied' }],
			},
			'Nothing wrong in what could be read; not read completely: jobs',
		],
		[
			'a list was cut',
			{ unavailable: [{ section: 'unprotected', reason: 'x', isCut: true }] },
			'Nothing wrong in what could be read; not read completely: restore points',
		],
		[
			'nothing is in any backup and only that was asked for',
			{
				counts: { unprotected: 0 },
				scope: { wanted: ['unprotected'], jobs: undefined, objects: 0 },
			},
			'No object is in any backup',
		],
		[
			'a row is worse than all that is counted',
			{ repositories: [{ ...repository, status: 'warning' }] },
			'1 repository needs a look',
		],
		[
			'only a tenant is in trouble',
			{
				tenants: [{ ...repository, status: 'warning', jobs: 1, failed: 0, warned: 1, alarms: 0 }],
			},
			'1 tenant needs a look',
		],
	])('%s', (_, changes, text) => {
		expect(verdictOf(changes)).toMatchObject({ status: 'warning', text });
	});
});

describe('it is bad where', () => {
	it.each<[string, Changes, string]>([
		[
			'several things are',
			{ counts: { failed: 1, offlineRepositories: 2, missedRuns: 3 } },
			'1 job failed, 3 jobs missed their run, 2 repositories are offline',
		],
		[
			'something is wrong and something else could not be read: both are named',
			{
				counts: { failed: 1 },
				unavailable: [
					{ section: 'findings', reason: 'x' },
					{ section: 'missedRuns', reason: 'x' },
					{ section: 'findings', reason: 'y' },
				],
			},
			'1 job failed; not read completely: findings, missed runs',
		],
		[
			'the server calls a repository so',
			{ repositories: [{ ...repository, status: 'bad', trouble: 'Error' }] },
			'1 repository is in trouble (Error)',
		],
		[
			'a row is, beside what is only a warning',
			{ repositories: [{ ...repository, status: 'bad' }], counts: { warned: 1 } },
			'1 repository needs a look, 1 job with warnings',
		],
	])('%s', (_, changes, text) => {
		expect(verdictOf(changes)).toMatchObject({ status: 'bad', text });
	});
});
