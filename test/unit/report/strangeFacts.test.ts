/**
 * What servers say that cannot be, or that nobody expects, on estates that are well: runs that end
 * tomorrow or before they began, two jobs of one ID or of one name, sizes below nothing, a field that
 * every record lacks. The judgement is of this file's own.
 */
import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient } from '../../../nodes/shared/http/types';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderText } from '../../../nodes/shared/report/text';
import {
	damaged,
	listIn,
	placesOf,
	recordIn,
	valueAt,
	withChanged,
	type Damage,
} from '../../support/damage';
import { Faults, statusOf, VERSIONS, wellOf } from './wellEstates';

jest.setTimeout(300_000);

const HOUR = 3_600_000;

/** How each product lists jobs and their runs; the console has the last run of a job alone. */
interface Lists {
	jobs: string;
	runs?: string;
	/** Of a job: how its last run ended. */
	result: string;
	/** Of a job: when its last run ended or began. */
	time: string;
	/** Changes the result of a run. */
	ended(run: IDataObject, result: string): IDataObject;
	/** The job of a run; what links to it where no field says it. */
	jobOf(run: IDataObject): unknown;
}

const LISTS: Record<string, Lists[]> = {
	Backup: [
		{
			...{ jobs: '/api/v1/jobs/states', runs: '/api/v1/sessions' },
			...{ result: 'lastResult', time: 'lastRun' },
			ended: (run, result) => ({ ...run, result: { result, message: '', isCanceled: false } }),
			jobOf: ({ jobId }) => jobId,
		},
	],
	Microsoft: [
		{
			...{ jobs: '/Jobs', runs: '/JobSessions', result: 'lastStatus', time: 'lastRun' },
			ended: (run, status) => ({ ...run, status }),
			jobOf: ({ jobId, _links }) => jobId ?? JSON.stringify((_links as IDataObject)?.job),
		},
	],
	Service: [
		{ jobs: '/infrastructure/backupServers/jobs', result: 'status', time: 'lastEndTime' },
		{ jobs: '/infrastructure/backupAgents/jobs', result: 'status', time: 'lastEndTime' },
		{
			jobs: '/infrastructure/vb365Servers/organizations/jobs',
			result: 'lastStatus',
			time: 'lastRun',
		},
	].map((lists) => ({ ...lists, ended: (run: IDataObject) => run, jobOf: () => undefined })),
};

const listsOf = (version: string): Lists[] => LISTS[version.split(' ')[0] ?? '']!;

const changing = (
	client: VeeamClient,
	path: string,
	change: (list: IDataObject[]) => IDataObject[],
): VeeamClient =>
	withChanged(client, path, (body) => {
		const [list, put] = listIn(body) ?? [];
		if (!list || !put) return body;
		const changed = change(structuredClone(list) as IDataObject[]);
		const answer = put(changed) as IDataObject;
		// Versions that say how many there are say so of the changed list.
		return typeof answer.totalCount === 'number'
			? { ...answer, totalCount: answer.totalCount + changed.length - list.length }
			: answer;
	});

/** All forms that people read. */
const formsOf = (models: ReportModel[]): string =>
	models
		.flatMap((model) => [renderText(model, 20), renderHtml(model, 20, ''), renderCsv(model)])
		.join('\n');

const MISSING: Damage[] = [
	{ name: 'left out', value: undefined, is: 'nothing' },
	{ name: 'null', value: null, is: 'nothing' },
];

const TWIN = 'The other one';

describe.each(VERSIONS)('%s', (version) => {
	const hasRuns = listsOf(version).some(({ runs }) => runs !== undefined);

	/** A job that ran well in the period, with its runs. */
	async function estate() {
		const well = await wellOf(version);
		const now = Date.parse(well.models[0]!.generatedAt);
		const from = Date.parse(well.models[0]!.period.from);
		const listed = (path = '') => (listIn(well.bodies.get(path))?.[0] ?? []) as IDataObject[];
		for (const lists of listsOf(version)) {
			const all = listed(lists.jobs);
			const ran = all.filter(
				(one) =>
					one[lists.result] === 'Success' &&
					one.isEnabled !== false &&
					Date.parse(String(one[lists.time])) >= from + HOUR,
			);
			for (const job of ran) {
				const own = listed(lists.runs).find((one) =>
					String(lists.jobOf(one)).includes(String(job.id)),
				);
				const iso = (hours: number) => new Date(now + hours * HOUR).toISOString();
				if (own || !hasRuns) return { ...well, ...lists, job, own, iso, total: all.length };
			}
		}
		throw new Error(`No job of ${version} ran well`);
	}

	/** The runs of the job that is looked at: one as given for those that were there. */
	async function withRuns(
		made: (run: IDataObject, iso: (hours: number) => string) => IDataObject[],
	): Promise<ReportModel[]> {
		const { product, own = {}, iso, runs, jobOf } = await estate();
		const key = jobOf(own);
		const client = changing(product.client(), runs!, (list) => {
			const others = list.filter((one) => jobOf(one) !== key);
			return others.length === list.length ? list : [...others, ...made(own, iso)];
		});
		return await product.report(client, 'en');
	}

	const ended = (one: IDataObject, outcome: string) => listsOf(version)[0]!.ended(one, outcome);

	const run = (one: IDataObject, id: string, creationTime: string, endTime: string) => ({
		...structuredClone(one),
		...{ id, creationTime, endTime },
	});

	if (hasRuns) {
		it('does not take a run that ends in years for the last one', async () => {
			for (const far of ['2089-01-01T00:00:00Z', '9998-12-31T23:59:59Z']) {
				const models = await withRuns((one, iso) => [
					ended(run(one, 'far', far, far), 'Success'),
					ended(run(one, 'real', iso(-3), iso(-2)), 'Failed'),
				]);
				expect(models[0]!.verdict).toMatchObject({ status: 'bad' });
				expect(models[0]!.counts.failed).toBe(1);
				const before = (iso?: string | null) =>
					Date.parse(models[0]!.generatedAt) - Date.parse(iso ?? '');
				expect(before(models[0]!.failures[0]!.time) / HOUR).toBeCloseTo(2, 1);
			}
		});

		it('does not call well what ended in years, nor bad', async () => {
			const far = '2089-01-01T00:00:00Z';
			const models = await withRuns((one) => [ended(run(one, 'far', far, far), 'Success')]);
			expect(models[0]!.verdict.status).toBe('warning');
			expect(models[0]!.unavailable.map(({ reason }) => reason).join()).toContain('endTime');
			expect(formsOf(models)).not.toContain('2089');
			// When it began is known: it ran then.
			const begun = await withRuns((one, iso) => [ended(run(one, 'far', iso(-3), far), 'Success')]);
			expect(statusOf(begun)).not.toBe('bad');
		});

		it('counts a run that ends a little later than now, on the day of the report', async () => {
			for (const [outcome, mark] of [
				['Success', 'good'],
				['Failed', 'bad'],
			] as const) {
				const models = await withRuns((one, iso) => [
					ended(run(one, 'ahead', iso(-1), iso(23)), outcome),
				]);
				const { verdict, history, counts, period } = models[0]!;
				expect(verdict.status).toBe(mark);
				expect(counts.failed).toBe(outcome === 'Failed' ? 1 : 0);
				expect(history!.days.at(-1)).toBe(period.to.slice(0, 10));
				const today = history!.jobs.map(({ marks }) => marks.at(-1));
				expect(today).toContain(mark);
			}
		});

		it('gives no duration of a run that ended before it began', async () => {
			const models = await withRuns((one, iso) => [
				ended(run(one, 'back', iso(-1), iso(-3)), 'Success'),
			]);
			expect(statusOf(models)).toBe('good');
			expect(formsOf(models)).not.toMatch(/[-−]\d+:\d|[-−]\d+ min/);
		});
	}

	it('shows both of two jobs that have one ID, in whatever order they come', async () => {
		const { product, job, total, jobs, result } = await estate();
		for (const [outcome, worst] of [
			['Failed', 'bad'],
			['Warning', 'warning'],
		] as const) {
			// A run that ended with a warning is told by its session; the console has none.
			if (outcome === 'Warning' && hasRuns) continue;
			for (const isFirst of [true, false]) {
				const twin = { ...structuredClone(job), name: TWIN, [result]: outcome };
				const client = changing(product.client(), jobs, (list) =>
					isFirst ? [twin, ...list] : [...list, twin],
				);
				const [model] = await product.report(client, 'en');
				expect(model!.verdict.status).toBe(worst);
				expect(model!.failures.map(({ name }) => name)).toContain(TWIN);
				expect(model!.allJobs!.map(({ name }) => name)).toEqual(
					expect.arrayContaining([TWIN, job.name]),
				);
				const { jobs: number, succeeded, failed, warned } = model!.counts;
				expect(number).toBeGreaterThan(total);
				expect(Number(failed) + Number(warned)).toBe(1);
				expect(Number(succeeded)).toBeGreaterThan(0);
				if (model!.history)
					expect(model!.history.jobs.some(({ marks }) => marks.includes('bad'))).toBe(true);
			}
		}
	});

	it('tells two jobs of one name apart', async () => {
		const { product, job, total, jobs, result } = await estate();
		const id = '11111111-2222-3333-4444-555555555555';
		for (const isFirst of [true, false]) {
			const twin = {
				...structuredClone(job),
				...('id' in job ? { id } : { uniqueUid: id, instanceUid: id }),
				...('sessionId' in job ? { sessionId: id } : {}),
				[result]: 'Failed',
			};
			const client = changing(product.client(), jobs, (list) =>
				isFirst ? [twin, ...list] : [...list, twin],
			);
			const [model] = await product.report(client, 'en');
			expect(model!.verdict.status).toBe('bad');
			expect(model!.failures.map(({ name, id: one }) => [name, one])).toEqual([[job.name, id]]);
			expect(model!.counts.failed).toBe(1);
			expect(model!.counts.jobs).toBeGreaterThan(total);
		}
	});

	it('judges an estate of which every record lacks one field', async () => {
		const { product, bodies } = await wellOf(version);
		const faults = new Faults();
		for (const [path, body] of bodies) {
			const [record] = recordIn(body) ?? [];
			for (const place of placesOf(record)) {
				const decides = product.fields[path]?.[place];
				const [first, second] = MISSING;
				const damage = faults.reports % 2 === 0 ? first! : second!;
				const without = (one: unknown): IDataObject =>
					valueAt(one, place) === undefined
						? (one as IDataObject)
						: damaged(one as IDataObject, place, damage);
				const client = withChanged(product.client(), path, (answer) => {
					const [list, put] = listIn(answer) ?? [];
					if (list && put) return put(list.map(without));
					const found = recordIn(answer);
					return found ? found[1](without(found[0])) : answer;
				});
				const what = `${path} ${place} ${damage.name} of all`;
				const models = await faults.of(product, client, what);
				if (!models) continue;
				const said = `${what}: ${models[0]?.verdict.text}`;
				const status = statusOf(models);
				if (decides === 'must' && status === 'good') faults.green.push(said);
				// What never was, such as a backup of a user, may well be bad.
				if (decides === 'must' && status === 'bad') faults.red.push(said);
				if (decides === undefined && status !== 'good') faults.red.push(said);
			}
		}
		faults.none(version, 'all records lack a field');
	});

	it('shows no size below nothing', async () => {
		const { product, bodies } = await wellOf(version);
		const wrong: string[] = [];
		let tried = 0;
		for (const [path, body] of bodies) {
			const [record] = recordIn(body) ?? [];
			for (const place of placesOf(record)) {
				if (typeof valueAt(record, place) !== 'number') continue;
				for (const value of [0, -1, -5e12, 1e300]) {
					tried++;
					const change = (one: unknown): IDataObject =>
						typeof valueAt(one, place) === 'number'
							? damaged(one, place, { name: '', value, is: 'unreadable' })
							: (one as IDataObject);
					const client = withChanged(product.client(), path, (answer) => {
						const [list, put] = listIn(answer) ?? [];
						if (list && put) return put(list.map(change));
						const found = recordIn(answer);
						return found ? found[1](change(found[0])) : answer;
					});
					const forms = formsOf(await product.report(client, 'en'));
					const found =
						/(?<=^|[\s(·:>,"])[-−]\d.{0,20}|\b\d{20,}.{0,20}|undefined|NaN|Infinity/m.exec(
							forms.replace(/<style>.*?<\/style>|style="[^"]*"/gs, ''),
						);
					if (found) wrong.push(`${path} ${place} ${value}: ${found[0]}`);
				}
			}
		}
		console.info(`${version}: ${tried} reports of sizes`);
		expect(wrong).toEqual([]);
		expect(tried).toBeGreaterThan(5);
	});
});
