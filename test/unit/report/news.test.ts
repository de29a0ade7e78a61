/** What is new since the last report: marked in every form, and never a part of the verdict. */
import type { IDataObject } from 'n8n-workflow';

import { combineReports } from '../../../nodes/shared/report/combine';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel, ReportOptions } from '../../../nodes/shared/report/model';
import { markNews } from '../../../nodes/shared/report/news';
import { renderText } from '../../../nodes/shared/report/text';
import { subject } from '../../../nodes/shared/report/words';
import { request } from '../../support/reportClient';
import { badDay, goodDay } from './models';

/** A node whose production runs keep what they write; a manual one's writing is thrown away. */
function workflow() {
	let kept: IDataObject = {};
	let executions = 0;
	const run = (
		models: ReportModel[],
		{ isManual = false, ...options }: Partial<ReportOptions> & { isManual?: boolean } = {},
	): ReportModel[] => {
		const data = structuredClone(kept);
		const id = String(++executions);
		const context = { getWorkflowStaticData: () => data, getExecutionId: () => id };
		const marked = models.map((model) => markNews(context, model, request(options)));
		if (!isManual) kept = JSON.parse(JSON.stringify(data)) as IDataObject;
		return marked;
	};
	return { run, kept: () => kept };
}

const newRows = (model: ReportModel): string[] =>
	Object.values(model)
		.filter((value): value is Array<{ isNew?: true; name?: string; text?: string }> =>
			Array.isArray(value),
		)
		.flat()
		.filter(({ isNew }) => isNew)
		.map(({ name, text }) => name ?? text ?? '');

const without = (model: ReportModel, name: string): ReportModel => ({
	...model,
	failures: model.failures.filter((job) => job.name !== name),
});

const bad = badDay();
const [first, second] = bad.failures.map(({ name }) => name) as [string, string];

it('marks nothing where there is no last report, and says so', () => {
	const [model] = workflow().run([bad]);
	expect(newRows(model!)).toEqual([]);
	expect(model!.news).toBeUndefined();
	expect(model!.notes.join()).toContain('What is new is marked from the next report on');
	expect(model!.verdict).toEqual(bad.verdict);
});

it('marks what the last report did not have, and counts what it had and this one has not', () => {
	const { run } = workflow();
	run([without(bad, first)]);
	const [model] = run([without(bad, second)]);
	expect(newRows(model!)).toEqual([first]);
	expect(model!.news).toEqual({ since: bad.generatedAt, count: 1, solved: 1 });
	expect(model!.verdict).toEqual(bad.verdict);
	expect(newRows(run([without(bad, second)])[0]!)).toEqual([]);
});

it('takes a warning that became a failure for new', () => {
	const { run } = workflow();
	const warned = bad.failures.map((job) => ({ ...job, result: 'Warning' as const }));
	run([{ ...bad, failures: warned }]);
	const failed = bad.failures.filter(({ result }) => result === 'Failed').map(({ name }) => name);
	expect(newRows(run([bad])[0]!)).toEqual(failed);
});

it('compares a manual run with the last production run, and keeps nothing of it', () => {
	const { run, kept } = workflow();
	run([without(bad, first)]);
	const before = structuredClone(kept());
	expect(newRows(run([bad], { isManual: true })[0]!)).toEqual([first]);
	expect(kept()).toEqual(before);
	expect(newRows(run([bad])[0]!)).toEqual([first]);
});

it('does not compare items of one execution with each other, nor tenants, nor other jobs', () => {
	const { run } = workflow();
	run([without(bad, first)]);
	const [one, again] = run([bad, bad]);
	expect([newRows(one!), newRows(again!)]).toEqual([[first], [first]]);
	expect(run([{ ...bad, tenant: 'Alpha' }])[0]!.news).toBeUndefined();
	expect(run([bad], { includeJobs: ['x*'] })[0]!.news).toBeUndefined();
	expect(run([bad])[0]!.news).toMatchObject({ count: 0, solved: 0 });
});

it('does not take everything for new when a section can be read again', () => {
	const { run } = workflow();
	run([bad]);
	const gap = { section: 'jobs' as const, reason: 'Sessions: Access denied' };
	expect(run([{ ...bad, failures: [], unavailable: [gap] }])[0]!.news).toMatchObject({
		count: 0,
		solved: 0,
	});
	expect(run([bad])[0]!.news).toMatchObject({ count: 0, solved: 0 });
});

it.each([
	['at all', {}, []],
	['to its end', { isCut: true as const }, bad.failures.slice(0, 1)],
])(
	'takes nothing for new of a section that the last report could not read %s, and the one before neither',
	(_, more, failures) => {
		const { run } = workflow();
		const gap = { section: 'jobs' as const, reason: 'Sessions: refused', ...more };
		run([{ ...bad, failures, unavailable: [gap] }]);
		run([{ ...bad, failures, unavailable: [gap] }]);
		const [model] = run([bad]);
		expect(newRows(model!).filter((name) => bad.failures.some((job) => job.name === name))).toEqual(
			[],
		);
		expect(model!.news).toMatchObject({ count: 0, solved: 0 });
		expect(newRows(run([without(bad, first)])[0]!)).toEqual([]);
		expect(newRows(run([bad])[0]!)).toEqual([first]);
	},
);

it('keeps seven characters for each problem, and forgets reports of long ago', () => {
	const { run, kept } = workflow();
	const unprotected = Array.from({ length: 4_000 }, (_, index) => ({
		name: `vm-${index}`,
		type: 'Virtual Machine',
	}));
	run([{ ...bad, unprotected }]);
	expect(JSON.stringify(kept()).length).toBeLessThan(30_000);
	const many = Array.from({ length: 6_000 }, (_, index) => ({ name: `pc-${index}`, type: 'PC' }));
	expect(run([{ ...bad, unprotected: many }])[0]!.news!.count).toBe(6_000);
	expect(run([{ ...bad, unprotected }])[0]!.news!.count).toBe(0);
	run([{ ...bad, server: 'new:1', generatedAt: '2027-03-01T00:00:00.000Z' }]);
	expect(Object.keys(kept().reportProblems as object)).toHaveLength(1);
});

it('stands in every form, and in the subject', () => {
	const { run } = workflow();
	run([without(bad, first)]);
	const [model] = run([bad]) as [ReportModel];
	expect(subject(model)).toMatch(/ \(1 new\)$/);
	expect(renderHtml(model, 20, '#00b336').match(/>New<\/span>/g)).toHaveLength(1);
	const text = renderText(model, 20);
	expect(text).toContain(`[Failed] NEW ${first}`);
	expect(text).toMatch(/\* Since the last report \(.*\): 1 new, 0 solved\./);
	expect(renderCsv(model).match(/,New\r\n/g)!.length).toBeGreaterThanOrEqual(2);
	const both = combineReports([model, goodDay()], { language: 'en', title: 'T', timeZone: 'UTC' });
	expect(both.news).toEqual({ since: bad.generatedAt, count: 1, solved: 0 });
	expect(newRows(both)).toEqual([first]);
});
