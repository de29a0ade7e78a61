/**
 * Combine Reports as a provider uses it: five backup servers, Microsoft 365 and the console, in whatever
 * order; one that failed, one with nothing on it, two of one name, one in another language, huge ones.
 * What is true of all is added up here from the reports as they come.
 */
import type { IDataObject } from 'n8n-workflow';

import {
	combineReports,
	readReportPart,
	type ReportPart,
} from '../../../nodes/shared/report/combine';
import { renderCsv } from '../../../nodes/shared/report/csv';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderText } from '../../../nodes/shared/report/text';
import { subject } from '../../../nodes/shared/report/words';
import { randomOf } from '../../support/random';

import { cellsOf, faultsOf } from './formFaults';
import { HOSTILE, badDay, goodDay, hostileDay, hugeEstate, hugeSections } from './models';
import { SOURCES } from './randomEstates';

jest.setTimeout(120_000);

const AS = { language: 'en' as const, title: 'All servers', timeZone: 'Europe/Berlin' };

/** As n8n hands it over. */
const part = (value: object): ReportPart => {
	const found = readReportPart(JSON.parse(JSON.stringify(value)) as IDataObject);
	if (!found) throw new Error('It is no report');
	return found;
};

const empty = (server: string): ReportModel => ({
	...goodDay(),
	server,
	...{ failures: [], missedRuns: [], longRuns: [], unprotected: [], repositories: [] },
	...{ licenses: [], findings: [], tenants: [], notes: [] },
	counts: Object.fromEntries(
		Object.entries(goodDay().counts).map(([name, number]) => [name, number === null ? null : 0]),
	) as unknown as ReportModel['counts'],
	verdict: { status: 'warning', text: 'No jobs were found' },
});

/** With some rows in each list: thirty times all of them is no report that anybody makes. */
const some = (model: ReportModel): ReportModel =>
	Object.fromEntries(
		Object.entries(model).map(([name, value]) => [
			name,
			Array.isArray(value) ? (value as unknown[]).slice(0, 40) : (value as unknown),
		]),
	) as unknown as ReportModel;

const HUGE = some(hugeEstate());
const SECTIONS = some(hugeSections());

/** A report of a random estate of each product. */
const real = async (name: string, seed: number, language: 'en' | 'de' = 'en') => {
	const source = SOURCES.find((one) => one.name.startsWith(name))!;
	return await source.report(source.client(seed), language, seed);
};

const FAILED = { error: { message: `connect ECONNREFUSED ${HOSTILE.script} ${HOSTILE.mention}` } };

async function estate(): Promise<object[]> {
	return [
		{ ...badDay(), server: 'vbr-1:9419' },
		{ ...goodDay(), server: 'vbr-2:9419' },
		{ ...HUGE, server: 'localhost:9419', host: { name: 'VBR3', version: '13' } },
		{ ...SECTIONS, server: 'localhost:9419', host: { name: 'VBR4', version: '12' } },
		{ ...goodDay('de'), server: 'vbr-5:9419' },
		empty('vbr-6:9419'),
		FAILED,
		...(await real('Microsoft 365 v8', 3)),
		...(await real('Service Provider Console 3.6.1', 3)),
	];
}

const isReport = (one: object): one is ReportModel => 'verdict' in one;

/** In another order each time. */
function shuffled<T>(all: T[], seed: number): T[] {
	const random = randomOf(seed);
	return all
		.map((one) => ({ one, by: random() }))
		.sort((a, b) => a.by - b.by)
		.map(({ one }) => one);
}

it.each([1, 2, 3])('is one report of all, in any order (%i)', async (seed) => {
	const all = shuffled(await estate(), seed);
	const reports = all.filter(isReport);
	const model = combineReports(all.map(part), AS);
	expect(model.verdict.status).toBe('bad');
	expect(model.servers).toHaveLength(all.length);
	const names = model.servers!.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(names.join()).toMatch(/localhost:9419 \(Veeam Backup & Replication\) \(VBR3\)/);
	expect(names).toContain(`Report ${all.findIndex((one) => 'error' in one) + 1}`);
	const order = ['bad', 'warning', 'good'];
	const ranks = model.servers!.map(({ status }) => order.indexOf(status));
	expect(ranks).toEqual([...ranks].sort());
	for (const name of Object.keys(model.counts) as Array<keyof ReportModel['counts']>) {
		const known = reports.flatMap(({ counts }) => counts[name] ?? []);
		expect([name, model.counts[name]]).toEqual([
			name,
			known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0),
		]);
	}
	for (const list of ['failures', 'repositories', 'unprotected', 'findings', 'licenses'] as const) {
		expect(model[list]).toHaveLength(reports.reduce((sum, one) => sum + one[list].length, 0));
		// Each row says of which server it is.
		const alien = model[list].filter(
			({ tenant }) => !names.some((name) => tenant === name || tenant?.endsWith(`(${name})`)),
		);
		expect(alien).toEqual([]);
	}
	expect(model.notes.join('\n')).toMatch(/another language|other language/i);
	expect(faultsOf(model)).toEqual([]);
	expect(subject(model)).toMatch(/^❌ All servers \(9 servers\): /);
	// All rows are in the CSV, whatever the mail leaves out.
	expect(cellsOf(renderCsv(model)).length).toBeGreaterThan(model.repositories.length);
	expect(renderText(model, 20)).toContain('ECONNREFUSED');
});

it('tells reports of one server on different jobs apart', () => {
	const model = combineReports([badDay(), goodDay(), { ...goodDay(), notes: ['x'] }], AS);
	const names = model.servers!.map(({ name }) => name);
	expect(new Set(names).size).toBe(3);
	expect(new Set(model.repositories.map(({ tenant }) => tenant)).size).toBeGreaterThan(1);
});

it.each([
	['huge ones', (index: number) => ({ ...HUGE, server: `vbr-${index}.example.lab:9419` })],
	['all sections', (index: number) => ({ ...SECTIONS, server: `vbr-${index}:9419` })],
	[
		'ones with notes',
		(index: number) => ({ ...goodDay(), server: `v${index}`, notes: [`${index} `.repeat(90)] }),
	],
	[
		'failed ones',
		(index: number) => ({ error: `${index}: ${'timed out & gone <b> '.repeat(40)}` }),
	],
	['hostile ones', (index: number) => hostileDay(Object.values(HOSTILE)[index % 15]! + index)],
	['good ones', (index: number) => ({ ...goodDay(), server: `vbr-${index}:9419` })],
])('keeps to the limits of mail, Slack and Teams with thirty of them: %s', (name, made) => {
	const parts = Array.from({ length: 30 }, (_, index) => part(made(index)));
	const model = combineReports(parts, AS);
	expect(faultsOf(model)).toEqual([]);
	expect(model.servers).toHaveLength(30);
	expect(model.verdict.status).toBe(/good|notes/.test(name) ? 'good' : 'bad');
	const again = combineReports([part(model), part({ ...goodDay(), server: 'one more' })], AS);
	expect(again.servers).toHaveLength(31);
	expect(faultsOf(again)).toEqual([]);
});
