import {
	above,
	below,
	daysLeft,
	nextTrend,
	readTrend,
	writeTrend,
} from '../../../nodes/shared/monitoring/thresholds';

const DAY = 86_400_000;

describe('a value that falls', () => {
	const limits = { opens: 10, closes: 15 };
	it.each([
		[10, 0, 0],
		[9.99, 0, 1],
		[10, 1, 1],
		[14.99, 2, 2],
		[15, 1, 0],
		[5, 0, 2],
		[2.5, 0, 3],
		[1, 0, 4],
		[0, 0, 5],
		[-3, 4, 5],
	])('%d, after degree %i: degree %i', (value, before, level) =>
		expect(below(value, limits, before)).toBe(level),
	);

	it('is never a problem where the threshold is 0', () =>
		expect(below(0, { opens: 0, closes: 0 }, 0)).toBe(0));
});

it.each([
	[89, 0, 0],
	[90, 0, 1],
	[99, 1, 1],
	[100, 1, 2],
	[86, 1, 1],
	[84, 2, 0],
])('a value that rises to %d, after degree %i: degree %i', (value, before, level) =>
	expect(above(value, { steps: [90, 100], closes: 85 }, before)).toBe(level),
);

describe('a trend', () => {
	const run = (days: number[]) =>
		days.reduce<string | undefined>(
			(kept, free, day) => writeTrend(nextTrend(kept, 1_750_000_000_000 + day * DAY, free)),
			undefined,
		);

	it('says when a repository that loses 100 GB a day is full', () => {
		const trend = readTrend(run([1000, 900, 800, 700]))!;
		expect(daysLeft(trend, 700)).toBeCloseTo(7, 1);
	});

	it('is not known after one sample, and not where space grows', () => {
		expect(daysLeft(readTrend(run([1000]))!, 1000)).toBeUndefined();
		expect(daysLeft(readTrend(run([700, 800, 900]))!, 900)).toBeUndefined();
	});

	it('is not thrown off by one cleared backup', () => {
		const trend = readTrend(run([1000, 900, 800, 1000, 900, 800, 700, 600]))!;
		expect(daysLeft(trend, 600)).toBeGreaterThan(6);
		expect(daysLeft(trend, 600)).toBeLessThan(20);
	});

	it('takes a sample every six hours, however often it is asked', () => {
		const first = writeTrend(nextTrend(undefined, 1_750_000_000_000, 1000));
		expect(writeTrend(nextTrend(first, 1_750_000_000_000 + 60_000, 1))).toBe(first);
	});

	it('is short', () => expect(run([20_000.5, 19_900.1])!.length).toBeLessThan(24));
});
