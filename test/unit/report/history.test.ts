/** The history strip: a mark for each job and day, as each form shows it. */
import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import { combineReports } from '../../../nodes/shared/report/combine';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { historyOf, type EndedRun } from '../../../nodes/shared/report/history';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { renderText } from '../../../nodes/shared/report/text';
import { backupServer, REVISIONS } from '../../support/backupServer';
import { request } from '../../support/reportClient';
import { goodDay } from './models';

const at = (text: string): number => Date.parse(text);
const run = (text: string, result: EndedRun['result']): EndedRun => ({ at: at(text), result });

const NOW = at('2026-11-21T06:00:00Z');
const week = (runs: EndedRun[], known = {}, timeZone = 'UTC') =>
	historyOf(
		[{ id: '1', name: 'Daily', runs }],
		{ now: NOW, days: 7, timeZone },
		{ since: 0, ...known },
	);

describe('a day', () => {
	it('has the worst result of the runs that ended on it; none where nothing ran', () => {
		expect(
			week([
				run('2026-11-14T23:59:00Z', 'Failed'),
				run('2026-11-15T01:00:00Z', 'Success'),
				run('2026-11-16T01:00:00Z', 'Success'),
				run('2026-11-16T05:00:00Z', 'Failed'),
				run('2026-11-16T09:00:00Z', 'Success'),
				run('2026-11-18T09:00:00Z', 'Warning'),
				run('2026-11-21T05:00:00Z', 'Success'),
			]),
		).toEqual({
			days: ['15', '16', '17', '18', '19', '20', '21'].map((day) => `2026-11-${day}`),
			jobs: [
				{
					...{ id: '1', name: 'Daily' },
					marks: ['good', 'bad', 'none', 'warning', 'none', 'none', 'good'],
				},
			],
		});
	});

	it('has a question mark where nobody can say how a run ended, unless another went wrong', () => {
		expect(
			week([
				run('2026-11-15T01:00:00Z', 'Unknown'),
				run('2026-11-16T01:00:00Z', 'Unknown'),
				run('2026-11-16T02:00:00Z', 'Success'),
				run('2026-11-17T01:00:00Z', 'Unknown'),
				run('2026-11-17T02:00:00Z', 'Warning'),
				run('2026-11-18T01:00:00Z', 'Failed'),
				run('2026-11-18T02:00:00Z', 'Unknown'),
			]).jobs[0]!.marks,
		).toEqual(['unknown', 'unknown', 'warning', 'bad', 'none', 'none', 'none']);
		expect(week([run('2026-11-15T01:00:00Z', 'Unknown')]).jobs).toHaveLength(1);
	});

	it("is one of the report's time zone, also where the clocks are changed", () => {
		const late = run('2026-11-20T23:30:00Z', 'Failed');
		expect(week([late]).jobs[0]!.marks[5]).toBe('bad');
		expect(week([late], {}, 'Europe/Berlin').jobs[0]!.marks[6]).toBe('bad');
		const { days, jobs } = historyOf(
			[{ id: '1', name: 'D', runs: [run('2026-10-24T22:30:00Z', 'Failed')] }],
			{ now: at('2026-10-26T05:00:00Z'), days: 7, timeZone: 'Europe/Berlin' },
			{ since: 0 },
		);
		expect(days.at(-2)).toBe('2026-10-25');
		expect(jobs[0]!.marks.at(-2)).toBe('bad');
	});

	it('is not known where the runs of it are not all known; what failed has failed', () => {
		const runs = [
			run('2026-11-15T01:00:00Z', 'Success'),
			run('2026-11-16T01:00:00Z', 'Failed'),
			run('2026-11-17T01:00:00Z', 'Warning'),
			run('2026-11-18T01:00:00Z', 'Success'),
		];
		const since = at('2026-11-18T00:00:00Z');
		const marks = (known: object) => week(runs, known).jobs[0]!.marks.join(' ');
		expect(marks({ since })).toBe('unknown bad unknown good none none none');
		expect(marks({ since, wrongSince: 0 })).toBe('good bad warning good none none none');
		expect(marks({ since: since + 1 })).toBe('unknown bad unknown unknown none none none');
	});
});

const withHistory = (days: number): ReportModel => ({
	...goodDay(),
	history: historyOf(
		[
			{ id: '1', name: 'Calm', runs: [run('2026-11-20T01:00:00Z', 'Success')] },
			{
				id: '2',
				name: 'Poor',
				tenant: 'Alpha',
				runs: [run('2026-11-19T01:00:00Z', 'Failed'), run('2026-11-20T01:00:00Z', 'Warning')],
			},
			{ id: '3', name: 'Never', runs: [] },
		],
		{ now: NOW, days, timeZone: 'UTC' },
		{ since: 0 },
	),
});

describe('the forms', () => {
	it('show the worst job first, and leave out those that nothing is known of', () => {
		expect(withHistory(7).history!.jobs.map(({ name }) => name)).toEqual(['Poor', 'Calm']);
	});

	it.each([7, 30])('HTML has a cell with a background for each of %i days', (days) => {
		const page = renderHtml(withHistory(days), 20, '#00b336');
		const row = page.slice(page.indexOf('>Poor<'), page.indexOf('>Calm<'));
		expect(row.match(/<td width="[\d.]+%?" height="18" bgcolor="#[0-9a-f]{6}"/g)).toHaveLength(
			days,
		);
		expect(row.match(/bgcolor="#c62828"[^>]*>&times;</g)).toHaveLength(1);
		expect(row.match(/bgcolor="#9a6700"[^>]*>!</g)).toHaveLength(1);
	});

	it('text, Slack and CSV have signs, and text says what they mean', () => {
		const model = withHistory(7);
		const text = renderText(model, 20);
		expect(text).toContain('15 Nov 2026 – 21 Nov 2026: ✓ good, ! warning, ✗ failed');
		expect(text).toContain('····✗!· Poor - Alpha');
		expect(JSON.stringify(renderSlackBlocks(model, 20))).toContain('⬜⬜⬜⬜🟥🟨⬜ Poor · Alpha');
		expect(renderCsv(model)).toMatch(/\r\nHistory,Alpha,Poor,.*,····✗!·,\r\n/);
	});

	it('combined, have the days of all reports, and a question mark where one has no such day', () => {
		const other = { ...withHistory(7), server: 'other:1' };
		other.history = {
			...other.history!,
			days: other.history!.days.map((day) => day.replace('2026', '2025')),
		};
		const { history } = combineReports([withHistory(7), other], {
			language: 'en',
			title: 'T',
			timeZone: 'UTC',
		});
		expect(history!.days).toHaveLength(14);
		expect(history!.jobs.map(({ name, tenant }) => `${name} ${tenant}`)).toEqual([
			'Poor Alpha (vbr01.example.lab:9419)',
			'Poor Alpha (other:1)',
			'Calm vbr01.example.lab:9419',
			'Calm other:1',
		]);
		expect(history!.jobs[0]!.marks.filter((mark) => mark === 'unknown')).toHaveLength(7);
	});
});

describe.each(REVISIONS)('a backup server of %s', (revision) => {
	const DAY = 24 * 3_600_000;
	const session = (id: number, jobId: string, days: number, result: string) => ({
		...{ id: `s${id}`, jobId, name: jobId, sessionType: 'BackupJob', state: 'Stopped' },
		creationTime: new Date(Date.now() - days * DAY - 60_000).toISOString(),
		endTime: new Date(Date.now() - days * DAY).toISOString(),
		result: { result, message: '', isCanceled: false },
	});
	const job = (id: string) => ({
		...{ id, name: `Job ${id}`, type: 'VSphereBackup', status: 'Inactive' },
		...{ lastRun: new Date(Date.now() - 60_000).toISOString(), lastResult: 'Success' },
		nextRun: new Date(Date.now() + DAY).toISOString(),
	});
	const report = async (sessions: object[], more = {}) => {
		const client = backupServer(revision, {
			...{ jobs: [job('a'), job('b')], sessions: sessions as never[] },
			...more,
		});
		const model = await collect({ getWorkflowStaticData: () => ({}) }, client, {
			...request(),
			sections: ['jobs', 'history'],
		});
		return { model, asked: client.asked };
	};

	it('is told of the days before the period, with one request more and the same verdict', async () => {
		const sessions = [
			session(1, 'a', 0, 'Success'),
			session(2, 'a', 3, 'Failed'),
			session(3, 'b', 0, 'Success'),
			session(4, 'b', 1.5, 'Warning'),
		];
		const { model, asked } = await report(sessions);
		expect(model.verdict.status).toBe('good');
		expect(asked.filter(({ path }) => path === '/api/v1/sessions')).toHaveLength(2);
		expect(model.history!.jobs.map(({ name }) => name)).toEqual(['Job a', 'Job b']);
		expect(model.history!.jobs[0]!.marks.filter((mark) => mark !== 'none')).toEqual([
			'bad',
			'good',
		]);
		expect(model.history!.jobs[1]!.marks).toContain('warning');
	});

	it('is said to be cut where there are more sessions than a report reads', async () => {
		const sessions = Array.from({ length: 60 }, (_, index) =>
			session(index, 'a', index / 10, index === 59 ? 'Failed' : 'Success'),
		);
		const { model, asked } = await report(sessions, { pageMaximum: 8 });
		expect(model.notes.join()).toMatch(/History: there are more sessions than a report reads/);
		expect(model.unavailable).toEqual([]);
		// Three for the runs of the period, and no more than five for those before it.
		expect(asked.filter(({ path }) => path === '/api/v1/sessions').length).toBeLessThanOrEqual(8);
		expect(model.history!.jobs[0]!.marks.slice(0, 2)).toEqual(['unknown', 'unknown']);
	});
});
