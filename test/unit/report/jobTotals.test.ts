import {
	jobCounts,
	jobsSeen,
	mendedNote,
	type JobStanding,
} from '../../../nodes/shared/report/jobTotals';
import { speechOf } from '../../../nodes/shared/report/speech';

const ENGLISH = speechOf('en');

const job = (changes: Partial<JobStanding> = {}): JobStanding => ({
	name: 'j',
	failures: 0,
	isRunning: false,
	isEnabled: true,
	isPlanned: true,
	...changes,
});

it('each job counts once, so that the counts add up', () => {
	const jobs = [
		job({ result: 'Success' }),
		job({ result: 'Warning', isEnabled: false }),
		job({ result: 'Failed', isRunning: true }),
		job({ isRunning: true, isEnabled: false }),
		job(),
		job({ isEnabled: false }),
	];
	expect(jobCounts(jobs)).toEqual({
		...{ jobs: 6, succeeded: 1, warned: 1, failed: 1, running: 1, idle: 1, disabled: 1 },
	});
	expect(jobsSeen(jobs)).toEqual({ total: 6, enabled: 3, ran: 4, planned: 3 });
});

it('failed runs before a good one are a remark', () => {
	expect(
		mendedNote([job({ result: 'Failed', failures: 3 }), job({ result: 'Success' })], ENGLISH),
	).toEqual([]);
	expect(mendedNote([job({ name: 'A', result: 'Success', failures: 12 })], ENGLISH)).toEqual([
		'12 failed runs, the last one good: A (12).',
	]);
	const many = Array.from({ length: 100 }, (_, index) =>
		job({ name: `J${index}`, result: 'Success', failures: 41 }),
	);
	expect(mendedNote(many, ENGLISH)).toEqual([
		'4,100 failed runs, the last one good: J0 (41), J1 (41), J10 (41), J11 (41), J12 (41) and 95 more.',
	]);
});
