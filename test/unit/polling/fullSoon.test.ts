/**
 * Full Soon over years of simulated days: a repository that backups fill at night and retention empties in
 * the morning or once a week, with days without a poll, answers without figures, and an admin who clears.
 * What is true is known from the simulation alone.
 */
import { onePage, snapshotEvent } from '../../../nodes/shared/monitoring/snapshotDiff';
import { spaceWatch } from '../../../nodes/shared/monitoring/space';
import { addSample, readSamples } from '../../../nodes/shared/monitoring/spaceTrend';
import { randomOf } from '../../support/random';
import { Poller } from './polling.support';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.parse('2026-01-05T00:00:00Z');

interface Estate {
	/** GB */
	capacity: number;
	/** Free at midnight of the first day. */
	free: number;
	/** Written each night from 20:00 to 4:00. */
	nightly: number;
	/** Freed each morning at 7:00. */
	morning: number;
	/** Freed on each seventh day at noon. */
	weekly: number;
	/** What a night writes differs by so much, of one. */
	noise: number;
	/** Freed at noon of a day by an admin. */
	cleared?: { day: number; size: number };
}

/** Free space at each hour of so many days. */
function course(estate: Estate, days: number, next: () => number): number[] {
	let { free } = estate;
	const hours: number[] = [];
	for (let hour = 0; hour < days * 24; hour++) {
		const [day, clock] = [Math.floor(hour / 24), hour % 24];
		if (clock >= 20 || clock < 4)
			free -= (estate.nightly / 8) * (1 + estate.noise * (2 * next() - 1));
		if (clock === 7) free += estate.morning;
		if (clock === 12 && day % 7 === 6) free += estate.weekly;
		if (clock === 12 && estate.cleared?.day === day) free += estate.cleared.size;
		free = Math.min(estate.capacity, free);
		hours.push(free);
	}
	return hours;
}

interface Told {
	/** Days since the trigger began. */
	day: number;
	transition: string;
}

/** The day on which nothing is left at the trigger's hour, counted from its begin. */
function endOf(estate: Estate, seed: number): number {
	const next = randomOf(seed);
	const hours = course(estate, 700, next);
	const first = Math.floor(next() * 24);
	const end = hours.findIndex((free, hour) => hour >= first && hour % 24 === first && free <= 0);
	return (end - first) / 24;
}

/** What the trigger reports over the days, polled each hour or so, begun at some hour of the day. */
async function watched(
	estate: Estate,
	seed: number,
	{ days = 365, holes = false } = {},
): Promise<Told[]> {
	const next = randomOf(seed);
	const hours = course(estate, 700, next).slice(0, days * 24);
	const { conditions, keep } = spaceWatch({
		conditionsField: 'conditions',
		read: ({ capacityGB, freeGB }) =>
			freeGB === undefined ? undefined : { capacityGB: Number(capacityGB), freeGB: Number(freeGB) },
		named: () => 'Repository "Main"',
	});
	let record: Record<string, number> = {};
	const event = snapshotEvent(
		{ value: 'repositories', name: 'Repositories', description: '' },
		{
			type: 'Repository',
			pages: (_, from) => onePage([{ id: 'r1', ...record }], from),
			object: () => ({ id: 'r1', name: 'Main' }),
			...{ conditions, keep },
		},
	);
	const poller = new Poller(event, () => ({
		options: { conditions: ['fullSoon'], fullInDays: 14 },
	}));
	const first = Math.floor(next() * 24);
	const told: Told[] = [];
	let awayUntil = 0;
	for (let hour = first; hour < hours.length; hour++) {
		if (holes && next() < 0.002) awayUntil = hour + Math.floor(next() * 9 * 24);
		if (hour < awayUntil) continue;
		const isCut = holes && next() < 0.03;
		record = isCut ? {} : { capacityGB: estate.capacity, freeGB: Math.max(0, hours[hour]!) };
		const now = BEGIN + hour * HOUR + Math.floor(next() * 20) * 60_000;
		for (const { transition } of await poller.poll({ now }))
			told.push({ day: (hour - first) / 24, transition });
	}
	return told;
}

const seeds = Array.from({ length: 12 }, (_, index) => index + 1);

const HEALTHY: Estate = {
	...{ capacity: 10_000, free: 4_000, nightly: 300, morning: 295, weekly: 0, noise: 0 },
};

const only = (told: Told[]) => told.map(({ transition }) => transition);

describe('a year of', () => {
	it.each(seeds)('nightly growth that the morning frees again: silence (seed %i)', async (seed) => {
		// 5 GB a day are lost: 800 days are left at first.
		expect(await watched(HEALTHY, seed, { holes: seed > 6 })).toEqual([]);
	});

	it.each(seeds)('retention once a week: silence (seed %i)', async (seed) => {
		const estate = {
			...HEALTHY,
			free: 4_500,
			nightly: 280,
			morning: 0,
			weekly: 7 * 278,
			noise: 0.3,
		};
		expect(await watched(estate, seed, { holes: seed > 6 })).toEqual([]);
	});

	it.each(seeds)('a repository that fills: one problem, in time (seed %i)', async (seed) => {
		const loss = 15 + seed * 3;
		const estate = { ...HEALTHY, free: 4_000, nightly: 300, morning: 300 - loss, noise: 0.1 };
		const end = endOf(estate, seed);
		const told = await watched(estate, seed, { days: Math.floor(end), holes: seed > 8 });
		expect(only(told).filter((one) => one !== 'worsened')).toEqual(['problem']);
		const left = end - told[0]!.day;
		// A hole of nine days may lie where it would have been reported.
		expect(left).toBeGreaterThan(seed > 8 ? 2 : 7);
		expect(left).toBeLessThan(21);
	});

	it.each(seeds)('one that fills with weekly retention, too (seed %i)', async (seed) => {
		const loss = 20 + seed * 2;
		const estate = { ...HEALTHY, free: 5_000, nightly: 200, morning: 0, weekly: 7 * (200 - loss) };
		const end = endOf(estate, seed);
		const told = await watched(estate, seed, { days: Math.floor(end) });
		expect(only(told).filter((one) => one !== 'worsened')).toEqual(['problem']);
		expect(end - told[0]!.day).toBeGreaterThan(7);
		expect(end - told[0]!.day).toBeLessThan(28);
	});

	it.each(seeds)('one that is cleared: recovered within two days, once (seed %i)', async (seed) => {
		const estate = {
			...{ ...HEALTHY, free: 1_500, nightly: 300, morning: 250, noise: 0.1 },
			cleared: { day: 25, size: 8_000 },
		};
		const told = await watched(estate, seed, { days: 100 });
		expect(only(told).filter((one) => one !== 'worsened')).toEqual(['problem', 'recovered']);
		const recovered = told.find(({ transition }) => transition === 'recovered')!;
		expect(recovered.day).toBeGreaterThan(24);
		expect(recovered.day).toBeLessThan(28);
	});
});

it.each(seeds)('says nothing in the first 24 hours, whatever happens (seed %i)', async (seed) => {
	const estate = { ...HEALTHY, free: 900, nightly: 500, morning: 0 };
	const told = await watched(estate, seed, { days: 6 });
	expect(only(told)[0]).toBe('problem');
	expect(told[0]!.day).toBeGreaterThanOrEqual(1);
});

describe('the samples', () => {
	const HOUR_OF = Date.parse('2026-01-05T21:10:00Z');
	const days = (shares: Array<[day: number, share: number]>) =>
		shares.reduce<string | undefined>(
			(kept, [day, share]) => addSample(kept, HOUR_OF + day * DAY, share),
			undefined,
		);

	it('lie whole days apart, at the hour of the first, however often it is polled', () => {
		const first = days([[0, 0.5]]);
		expect(addSample(first, HOUR_OF + 6 * HOUR, 0.1)).toBe(first);
		expect(addSample(first, HOUR_OF + 30 * HOUR, 0.1)).toBe(first);
		const second = addSample(first, HOUR_OF + 25 * HOUR, 0.4);
		expect(readSamples(second)).toEqual({
			at: Date.parse('2026-01-06T21:00:00Z'),
			free: [518, 647],
		});
		expect(addSample(second, HOUR_OF + 25.5 * HOUR, 0.1)).toBe(second);
	});

	it('have holes for days without one, and begin anew when polls come at another hour', () => {
		const kept = days([
			[0, 0.5],
			[3, 0.4],
		]);
		expect(readSamples(kept)!.free).toEqual([518, undefined, undefined, 647]);
		const other = addSample(kept, HOUR_OF + 9.5 * DAY, 0.2);
		expect(readSamples(other)!.free).toEqual([259]);
	});

	it('are short, and no more than ten', () => {
		const kept = days(Array.from({ length: 40 }, (_, day) => [day, 1 - day / 100]));
		expect(readSamples(kept)!.free).toHaveLength(10);
		expect(kept!.length).toBeLessThanOrEqual(24);
	});
});
