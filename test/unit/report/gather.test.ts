import { NodeApiError, type INode } from 'n8n-workflow';

import { jobOf } from '../../../nodes/VeeamBackupReplication/model/jobs';
import { missedRuns } from '../../../nodes/VeeamBackupReplication/report/jobs';
import {
	addDaysLeft,
	filterFacts,
	isLow,
	Sections,
	spaceOf,
	worstFirst,
} from '../../../nodes/shared/report/collect';
import type { ReportRepository } from '../../../nodes/shared/report/model';
import { speechOf } from '../../../nodes/shared/report/speech';

const ENGLISH = speechOf('en');

const NOW = Date.parse('2026-11-21T06:00:00Z');
const DAY = 86_400_000;

describe('a job missed its run', () => {
	const job = (more: object) => ({
		id: 'j',
		name: 'Nightly',
		status: 'Inactive',
		lastRun: '2026-11-19T22:00:00Z',
		nextRun: '2026-11-20T23:00:00+01:00',
		...more,
	});

	it('where its next run is past by the clock of the server', () => {
		expect(missedRuns([jobOf(job({}), NOW)])).toEqual([
			{
				id: 'j',
				name: 'Nightly',
				expected: '2026-11-20T22:00:00.000Z',
				lastRun: '2026-11-19T22:00:00.000Z',
			},
		]);
	});

	it('where its next run is past in any time zone', () => {
		const late = jobOf(job({ nextRun: '2026-11-20T16:00:00' }), NOW);
		expect([late.isVague, missedRuns([late]).length]).toEqual([false, 1]);
		const vague = jobOf(job({ nextRun: '2026-11-21T01:00:00' }), NOW);
		expect([vague.isVague, vague.isPlanned]).toEqual([true, true]);
	});

	it.each([
		['is disabled', { status: 'disabled' }],
		['is running', { status: 'Running' }],
		['is to run later', { nextRun: '2026-11-21T22:00:00Z' }],
		['is late by minutes only', { nextRun: '2026-11-21T05:50:00Z' }],
		['has no schedule', { nextRun: null }],
		['may be ahead: no offset is given', { nextRun: '2026-11-20T22:00:00' }],
		['has a date that stands for never', { nextRun: '0001-01-01T00:00:00' }],
	])('not where it %s', (_, more) => {
		expect(missedRuns([jobOf(job(more), NOW)])).toEqual([]);
	});
});

describe('the space of a repository', () => {
	it('is low below the percentage, and bad below half of it', () => {
		expect([11, 10, 9, 5, 1].map((free) => spaceOf(100, free, true, 10).status)).toEqual([
			'good',
			'good',
			'warning',
			'bad',
			'bad',
		]);
	});

	it('is not low where the storage has no capacity of its own', () => {
		expect(spaceOf(0, 0, true, 10)).toEqual({ online: true, status: 'good' });
	});

	it.each([
		[120, 0],
		[-5, 100],
	])('that has %i of 100 GB free is %i percent full', (free, used) => {
		expect(spaceOf(100, free, true, 10).usedPercent).toBe(used);
	});

	it('puts the offline first, then the fullest', () => {
		const one = (name: string, free: number, online = true): ReportRepository => ({
			id: name,
			name,
			...spaceOf(100, free, online, 10),
		});
		const all = [one('half', 50), one('full', 2), one('offline', 90, false)].sort(worstFirst);
		expect(all.map(({ name }) => name)).toEqual(['offline', 'full', 'half']);
		expect(all.map((repository) => isLow(repository, 10))).toEqual([false, true, false]);
	});
});

describe('days left', () => {
	const repository = (freeGB: number, id = 'r'): ReportRepository => ({
		id,
		name: id,
		capacityGB: 1_000,
		freeGB,
		usedPercent: 50,
		status: 'good',
	});

	it('come from samples that the workflow keeps from run to run', () => {
		const kept = {};
		const first = [repository(100)];
		expect(addDaysLeft(first, kept, 'https://a', NOW)).toBe(false);
		const second = [repository(90)];
		expect(addDaysLeft(second, kept, 'https://a', NOW + DAY)).toBe(true);
		expect([first[0]!.daysLeft, second[0]]).toEqual([
			undefined,
			expect.objectContaining({ daysLeft: 9, daysLeftFrom: 'samples' }),
		]);
	});

	it('are told neither of one that does not shrink nor of years', () => {
		const kept = {};
		addDaysLeft([repository(100), repository(1_000, 'slow')], kept, 'https://a', NOW);
		const later = [repository(110), repository(999.5, 'slow')];
		expect(addDaysLeft(later, kept, 'https://a', NOW + DAY)).toBe(false);
	});

	it('keep servers apart and forget repositories that are gone', () => {
		const kept: { reportSamples?: Record<string, object> } = {};
		addDaysLeft([repository(100), repository(50, 'gone')], kept, 'https://a', NOW);
		addDaysLeft([repository(7)], kept, 'https://b', NOW);
		addDaysLeft([repository(100)], kept, 'https://a', NOW + DAY);
		expect(Object.entries(kept.reportSamples!).map(([k, v]) => [k, Object.keys(v)])).toEqual([
			['https://a', ['r']],
			['https://b', ['r']],
		]);
	});
});

describe('a section', () => {
	const node = { name: 'Veeam', type: 'veeam', typeVersion: 1 } as INode;
	const answer = (httpCode: string) => async () => {
		throw new NodeApiError(node, { message: 'No' }, { message: 'Access denied', httpCode });
	};

	it('that the server refuses is told; the others come', async () => {
		const sections = new Sections(['jobs', 'licenses'], ENGLISH);
		expect(await sections.of('licenses', 'License', answer('403'))).toBeUndefined();
		expect(await sections.of('jobs', 'Jobs', async () => 5)).toBe(5);
		expect(sections.unavailable).toEqual([
			{ section: 'licenses', reason: 'License: Access denied' },
		]);
		expect(() => sections.check()).not.toThrow();
	});

	it('that is part of several is missing in each of them that is wanted', async () => {
		const sections = new Sections(['jobs', 'missedRuns'], ENGLISH);
		await sections.of(['jobs', 'missedRuns', 'unprotected'], 'Jobs', answer('500'));
		expect(sections.unavailable).toEqual([
			{ section: 'jobs', reason: 'Jobs: Access denied' },
			{ section: 'missedRuns', reason: 'Jobs: Access denied' },
		]);
	});

	it('that is cut, or not offered by the version, is told in its own way', () => {
		const sections = new Sections(['jobs'], ENGLISH);
		sections.cut(['jobs', 'licenses'], 'Sessions: more than 100,000');
		sections.notOffered('licenses', 'nobody asked for it');
		sections.notOffered('jobs', 'v7 does not list copy jobs');
		sections.notOffered('jobs', 'v7 does not list copy jobs');
		expect(sections.unavailable).toEqual([
			{ section: 'jobs', reason: 'Sessions: more than 100,000', isCut: true },
		]);
		expect(sections.notes).toEqual(['v7 does not list copy jobs']);
	});

	it('that nobody asked for is not read', async () => {
		const read = jest.fn();
		expect(await new Sections(['jobs'], ENGLISH).of('licenses', 'License', read)).toBeUndefined();
		expect(read).not.toHaveBeenCalled();
	});

	it.each(['401', ''])('that fails for all of them (%s) fails the report', async (code) => {
		const sections = new Sections(['jobs'], ENGLISH);
		await expect(sections.of('jobs', 'Jobs', answer(code))).rejects.toThrow('Access denied');
	});

	it('refused as all others are is no report', async () => {
		const sections = new Sections(['jobs'], ENGLISH);
		await sections.of('jobs', 'Jobs', answer('403'));
		expect(() => sections.check()).toThrow('Access denied');
	});
});

it('patterns that match nothing are named: an include pattern as what is missing', () => {
	expect(
		filterFacts(['SQL 1', 'Mail'], ['sql*', 'SLQ*'], ['Mail', 'Old*'], 'Jobs', ENGLISH),
	).toEqual({
		unmatched: ['SLQ*'],
		notes: ['Exclude Jobs: nothing matches "Old*".'],
	});
});
