/** The history strip: a mark for each job and day, as each form shows it. */
import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import { combineReports } from '../../../nodes/shared/report/combine';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { historyOf, historyStart, type EndedRun } from '../../../nodes/shared/report/history';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { renderText } from '../../../nodes/shared/report/text';
import { backupServer, REVISIONS } from '../../support/backupServer';
import { randomOf } from '../../support/random';
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

describe('days as people of a time zone count them, of 23, 24 or 25 hours', () => {
	const HALF_HOUR = 1_800_000;
	const MARKS = { Success: 'good', Warning: 'warning', Failed: 'bad', Unknown: 'unknown' };
	/** Clocks are changed in these weeks: at midnight in some, by half an hour in one, not at all in two. */
	const ZONES: Array<[string, string]> = Object.entries({
		'Europe/Berlin': '2026-10-25T12:00:00Z',
		'America/St_Johns': '2026-11-01T12:00:00Z',
		'America/New_York': '2026-03-08T12:00:00Z',
		'America/Santiago': '2026-09-06T12:00:00Z',
		'America/Havana': '2026-03-08T12:00:00Z',
		'Asia/Beirut': '2026-03-29T12:00:00Z',
		'Africa/Cairo': '2026-04-24T12:00:00Z',
		'Australia/Lord_Howe': '2026-10-04T12:00:00Z',
		'Pacific/Apia': '2026-11-20T12:00:00Z',
		'Pacific/Chatham': '2026-04-05T12:00:00Z',
		'Asia/Kathmandu': '2026-11-20T12:00:00Z',
	});
	// Midnight comes twice.
	ZONES.push(['America/Havana', '2026-11-01T12:00:00Z'], ['Asia/Beirut', '2026-10-25T12:00:00Z']);

	it.each(ZONES)('%s, around %s', (timeZone, around) => {
		const format = new Intl.DateTimeFormat('en-CA', { timeZone });
		const dateOf = (time: number) => format.format(time);
		/** The first moment of a date there: clocks turn on half hours and quarters. */
		const startOf = (date: string): number => {
			let time = at(`${date}T00:00:00Z`) - 16 * 2 * HALF_HOUR;
			while (dateOf(time) < date) time += HALF_HOUR / 2;
			return time;
		};
		const random = randomOf(timeZone.length);
		const days = (date: string, back: number) =>
			new Date(at(`${date}T00:00:00Z`) - back * 48 * HALF_HOUR).toISOString().slice(0, 10);
		const lengths = new Set<number>();
		for (let round = 0; round < 60; round++) {
			const number = 7 + Math.floor(random() * 24);
			const some = at(around) + Math.floor((random() * 20 - 6) * 48) * HALF_HOUR;
			// A report is often made at the stroke of midnight.
			const now = round % 3 === 0 ? startOf(dateOf(some)) : some + Math.floor(random() * 1e6);
			const dates = Array.from({ length: number }, (_, day) => days(dateOf(now), number - 1 - day));
			const starts = dates.map(startOf);
			starts.forEach((start, day) => {
				if (day > 0) lengths.add((start - starts[day - 1]!) / HALF_HOUR / 2);
			});
			const since = starts[0]! + Math.floor(random() * 6 * 48) * (HALF_HOUR / 2);
			const runs = Array.from({ length: 25 }, (): EndedRun => {
				// At the edges of the days, and anywhere.
				const edge = starts[Math.floor(random() * number)]! + (random() < 0.5 ? -1 : 0);
				const any = starts[0]! + random() * (now - starts[0]!);
				const result = (['Success', 'Warning', 'Failed'] as const)[Math.floor(random() * 3)]!;
				return { at: Math.min(now, random() < 0.5 ? edge : Math.floor(any)), result };
			});
			const expected = dates.map((date, day) => {
				const all = runs
					.filter((one) => dateOf(one.at) === date)
					.map(({ result }) => MARKS[result]);
				const worst = (['bad', 'warning', 'good'] as const).find((mark) => all.includes(mark));
				return worst === 'bad' || starts[day]! >= since ? (worst ?? 'none') : 'unknown';
			});
			const found = historyOf(
				[{ id: 'j', name: 'j', runs }],
				{ now, days: number, timeZone },
				{ since },
			);
			expect([new Date(now).toISOString(), found.days]).toEqual([
				new Date(now).toISOString(),
				dates,
			]);
			if (found.jobs.length > 0) expect(found.jobs[0]!.marks).toEqual(expected);
			expect(historyStart(now, number, timeZone)).toBe(starts[0]);
		}
		const hasChange = !['Pacific/Apia', 'Asia/Kathmandu'].includes(timeZone);
		expect(lengths.size > 1).toBe(hasChange);
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
