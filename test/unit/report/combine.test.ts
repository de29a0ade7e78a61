import type { IDataObject } from 'n8n-workflow';

import {
	combineReports,
	readReportPart,
	type ReportPart,
} from '../../../nodes/shared/report/combine';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderText } from '../../../nodes/shared/report/text';
import { badDay, goodDay } from './models';

const AS = { language: 'en' as const, title: 'All servers', timeZone: 'Europe/Berlin' };

const at = (model: ReportModel, server: string, more: Partial<ReportModel> = {}): ReportModel => ({
	...model,
	server,
	...more,
});

/** What n8n hands over: the report's JSON as it travels between two nodes. */
const item = (model: ReportModel): IDataObject => JSON.parse(JSON.stringify(model)) as IDataObject;

describe('reports that are combined', () => {
	it('are well only where every server is', () => {
		const combined = combineReports([at(goodDay(), 'a:9419'), at(goodDay(), 'b:9419')], AS);
		expect(combined.verdict).toEqual({ status: 'good', text: 'All is well on 2 servers' });
		expect(combined.counts).toMatchObject({ jobs: 24, succeeded: 22, disabled: 2, failed: 0 });
	});

	it('name the server that needs attention, and put it first', () => {
		const bad = badDay();
		const combined = combineReports([at(goodDay(), 'a:9419'), at(bad, 'b:9419')], AS);
		expect(combined.verdict).toMatchObject({
			status: 'bad',
			text: `1 of 2 servers needs attention. b:9419: ${bad.verdict.text}`,
		});
		expect(combined.servers).toEqual([
			{ name: 'b:9419', product: bad.product, status: 'bad', text: bad.verdict.text },
			{ name: 'a:9419', product: bad.product, ...goodDay().verdict },
		]);
	});

	it('show every row with its server, in text and in CSV', () => {
		const combined = combineReports([at(badDay(), 'a:9419'), at(badDay(), 'b:9419')], AS);
		expect(combined.failures).toHaveLength(2 * badDay().failures.length);
		expect(new Set(combined.failures.map(({ tenant }) => tenant))).toEqual(
			new Set(['a:9419', 'b:9419']),
		);
		const text = renderText(combined, 500);
		expect(text).toContain('SERVERS (2)');
		const [first] = badDay().failures;
		for (const server of ['a:9419', 'b:9419']) {
			expect(text.split('\n')).toContainEqual(
				expect.stringMatching(new RegExp(`${first!.name}.*${server}`)),
			);
			expect(renderCsv(combined)).toMatch(
				new RegExp(`\\nServers,${server},${server},[^,]+,Trouble,`),
			);
		}
	});

	it('are bad where one could not be made: nobody looked at that server', () => {
		const parts: ReportPart[] = [
			at(goodDay(), 'a:9419'),
			{ error: 'The server cannot be reached.' },
		];
		const combined = combineReports(parts, AS);
		expect(combined.verdict).toMatchObject({
			status: 'bad',
			text: '1 of 2 servers needs attention. Report 2: No report: The server cannot be reached.',
		});
	});

	it('are bad where none could be made', () => {
		const combined = combineReports([{ error: 'Wrong password' }], AS);
		expect(combined.verdict.status).toBe('bad');
		expect(combined.counts.jobs).toBeNull();
		expect(renderText(combined, 20)).toContain('No report: Wrong password');
	});

	it('leave a figure open that no report knows, and sum what is known', () => {
		const unread = goodDay();
		unread.counts = { ...unread.counts, jobs: null, findings: null };
		const other = goodDay();
		other.counts = { ...other.counts, findings: null };
		const { counts, notes } = combineReports([at(unread, 'a'), at(other, 'b')], AS);
		expect(counts).toMatchObject({ jobs: 12, findings: null });
		expect(notes).toContain('a: Its jobs are not in the figures.');
		expect(combineReports([at(unread, 'a')], AS).notes).toEqual(
			goodDay().notes.map((note) => `a: ${note}`),
		);
	});

	it('keep what could not be read, with the server', () => {
		const partly = at(goodDay(), 'a:9419', {
			unavailable: [{ section: 'licenses', reason: 'License: Access denied' }],
			notes: ['No history yet'],
		});
		const combined = combineReports([partly, at(goodDay(), 'b:9419')], AS);
		expect(combined.unavailable).toEqual([
			{ section: 'licenses', reason: 'a:9419: License: Access denied' },
		]);
		expect(combined.notes).toContain('a:9419: No history yet');
	});

	it('tell two products on one host, and two tenants of one console, apart', () => {
		const console365 = at(goodDay(), 'veeam', { product: 'Veeam Backup for Microsoft 365' });
		const { servers } = combineReports([at(goodDay(), 'veeam'), console365], AS);
		expect(servers!.map(({ name }) => name)).toEqual([
			'veeam (Veeam Backup & Replication)',
			'veeam (Veeam Backup for Microsoft 365)',
		]);
		const tenants = ['Alpha', 'Beta'].map((tenant) => at(goodDay(), 'vspc:1280', { tenant }));
		expect(combineReports(tenants, AS).servers!.map(({ name }) => name)).toEqual([
			'Alpha, vspc:1280',
			'Beta, vspc:1280',
		]);
	});

	it('can be combined again: the servers stay', () => {
		const sites = ['a', 'b'].map((server) => at(goodDay(), server));
		const again = combineReports([combineReports(sites, AS), at(badDay(), 'c')], AS);
		expect(again.servers!.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
	});

	it('that are combined again keep the servers of their rows', () => {
		const inner = combineReports([at(badDay(), 'a', { notes: ['No history yet'] })], AS);
		const again = combineReports([inner, at(goodDay(), 'c')], AS);
		expect(new Set(again.failures.map(({ tenant }) => tenant))).toEqual(new Set(['a']));
		expect(again.notes).toContain('a: No history yet');
	});

	it('cover the time of all of them', () => {
		const late = goodDay();
		late.period = {
			from: '2026-11-20T07:00:00.000Z',
			to: '2026-11-21T07:00:00.000Z',
			hours: 24,
		};
		expect(combineReports([goodDay(), at(late, 'b')], AS).period).toEqual({
			from: '2026-11-20T06:00:00.000Z',
			to: '2026-11-21T07:00:00.000Z',
			hours: 25,
		});
	});
});

describe('an item to combine', () => {
	it('is a report as the node before gives it, with its forms', () => {
		expect(readReportPart({ ...item(badDay()), html: '<p>', subject: 's' })).toMatchObject(
			JSON.parse(JSON.stringify(badDay())) as object,
		);
	});

	it.each([
		[
			'of Continue On Fail',
			{ error: 'Wrong user name or password.' },
			'Wrong user name or password.',
		],
		['with a message inside', { error: { message: 'Timeout' } }, 'Timeout'],
		['without a word', { error: {} }, ''],
	])('may be an error %s', (_name, json, error) => {
		expect(readReportPart(json)).toEqual({ error });
	});

	it.each(['verdict', 'counts', 'failures', 'period', 'server', 'notes'])(
		'is no report without its %s',
		(field) => {
			const json = item(goodDay());
			delete json[field];
			expect(readReportPart(json)).toBeUndefined();
		},
	);

	it('is no report where it comes from another node', () => {
		expect(readReportPart({})).toBeUndefined();
		expect(readReportPart({ id: 1, name: 'Job' })).toBeUndefined();
	});
});
