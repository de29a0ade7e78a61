/** Jobs that change, and jobs that should have run and did not. */
import { uuidFor } from '../../simulator/foundation/random';
import {
	comesGoesComes,
	eventOn,
	glance,
	opened,
	simulator,
	useSimulator,
	wholeItem,
} from './backupReplicationTrigger.support';

useSimulator();

const JOB = 'Backup - Exchange';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

const state = (values: Record<string, unknown>, job = JOB) =>
	simulator.control.jobState(job, values);
const disable = (isDisabled: boolean) => simulator.control.job(JOB, { isDisabled });

describe('a job', () => {
	const watching = (changes: string[], options = {}) =>
		eventOn('jobStateChanged', { fields: { jobStateChangedChanges: changes }, options });

	it('is told when it is disabled and enabled, as a change of which each has its own id', async () => {
		const trigger = eventOn('jobStateChanged');
		expect(await trigger.activate()).toEqual([]);
		const { id } = await disable(true);
		const [off] = await trigger.poll();
		expect(off).toEqual(
			wholeItem({
				event: 'jobStateChanged',
				transition: 'changed',
				severity: 'warning',
				message: 'Job "Backup - Exchange" was disabled.',
				object: { id, name: JOB, type: 'Job' },
				condition: 'isEnabled',
				previous: { isEnabled: true },
				current: { isEnabled: false },
				record: { id: id as string, status: 'Disabled' },
			}),
		);
		await disable(false);
		const [on] = await trigger.poll();
		await disable(true);
		const [again] = await trigger.poll();
		const all = [off!, on!, again!];
		expect(glance(all)).toEqual([
			'changed: Job "Backup - Exchange" was disabled.',
			'changed: Job "Backup - Exchange" was enabled.',
			'changed: Job "Backup - Exchange" was disabled.',
		]);
		expect(new Set(all.map(({ incidentKey }) => incidentKey)).size).toBe(1);
		expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(3);
	});

	it('is told with another result once its run is over, not while it runs', async () => {
		const trigger = eventOn('jobStateChanged');
		await trigger.activate();
		await state({ status: 'Running', lastResult: 'None' });
		expect(await trigger.poll()).toEqual([]);
		await state({ status: 'Inactive', lastResult: 'Failed' });
		expect(await trigger.poll()).toEqual([]);
		await state({ lastResult: 'success' });
		expect(glance(await trigger.poll())).toEqual([
			'changed: The last result of job "Backup - Exchange" is now Success (before: Failed).',
		]);
	});

	it('stays disabled while someone runs it by hand', async () => {
		const trigger = eventOn('jobStateChanged');
		await disable(true);
		await trigger.activate();
		await state({ status: 'Running' });
		expect(await trigger.poll()).toEqual([]);
	});

	it('is told with its status where the user wants that', async () => {
		const trigger = watching(['status']);
		await trigger.activate();
		await state({ status: 'running', lastResult: 'Success' });
		expect(glance(await trigger.poll())).toEqual([
			'changed: Job "Backup - Exchange" is now running (before: inactive).',
		]);
	});

	it('is told when it is removed, where the user wants that, and its name passes', async () => {
		const trigger = watching(['removed'], { includeNames: '*Exchange' });
		await trigger.activate();
		await simulator.control.removeJob(JOB);
		await simulator.control.removeJob('Backup - File Servers');
		// Twice not there: a page that shifts could hide it once.
		expect(await trigger.poll()).toEqual([]);
		expect(glance(await trigger.poll())).toEqual(['removed: Job "Backup - Exchange" was removed.']);
	});
});

describe('a job with a schedule', () => {
	it('is told when its next run has passed, and when it is back on its schedule', async () => {
		const told = await comesGoesComes(eventOn('jobMissedRun'), {
			wrong: () => state({ nextRun: ago(3 * HOUR) }),
			right: () => state({ nextRun: ago(-HOUR) }),
		});
		expect(told).toEqual([
			'problem: Job "Backup - Exchange" missed its run: it should have started 3 hours ago.',
			'recovered: Job "Backup - Exchange" is back on its schedule.',
			'problem: Job "Backup - Exchange" missed its run: it should have started 3 hours ago.',
		]);
	});

	it('is told when it has not run for days, and again at twice as many', async () => {
		const trigger = eventOn('jobMissedRun', { options: { notRunDays: 3, excludeNames: 'Copy*' } });
		expect(await trigger.activate()).toEqual([]);
		const lastRun = ago(4 * DAY);
		await state({ lastRun }, 'Copy - Offsite');
		const { nextRun } = await state({ lastRun, nextRun: ago(-HOUR) });
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'jobMissedRun',
				transition: 'problem',
				severity: 'warning',
				message: 'Job "Backup - Exchange" has not run for 4 days.',
				object: { id: uuidFor(`job/${JOB}`), name: JOB, type: 'Job' },
				condition: 'notRun',
				current: opened({ nextRun: nextRun as string, lastRun, status: 'Inactive' }),
				record: { name: JOB },
			}),
		);
		await state({ lastRun: ago(6.5 * DAY) });
		expect(glance(await trigger.poll())).toEqual([
			'worsened: Job "Backup - Exchange" has not run for 7 days.',
		]);
	});

	it('is not late while it runs, within the hours allowed, or without a schedule', async () => {
		const trigger = eventOn('jobMissedRun', { options: { lateHours: 5 } });
		await trigger.activate();
		await state({ status: 'Running', nextRun: ago(9 * HOUR), lastRun: ago(9 * DAY) });
		await state({ nextRun: ago(4 * HOUR) }, 'Copy - Offsite');
		await state({ nextRun: null, lastRun: ago(90 * DAY) }, 'Replica - Tier 1');
		await state({ nextRun: ago(-HOUR), lastRun: null }, 'Agents - Linux');
		expect(await trigger.poll()).toEqual([]);
		await state({ nextRun: ago(6 * HOUR) }, 'Copy - Offsite');
		expect(await trigger.poll()).toHaveLength(1);
	});

	it('counts as one that should run where another job starts it', async () => {
		const trigger = eventOn('jobMissedRun');
		await trigger.activate();
		const runAfterJob = { jobName: JOB, jobId: 'c1b0a1f8-0000-4000-8000-000000000001' };
		await state({ nextRun: null, runAfterJob, lastRun: ago(9 * DAY) });
		expect(glance(await trigger.poll())).toEqual([
			'problem: Job "Backup - Exchange" has not run for 9 days.',
		]);
	});

	it('is no longer expected to run once it is disabled, and told as disabled on request', async () => {
		const conditions = ['disabled', 'missedRun'];
		const trigger = eventOn('jobMissedRun', { fields: { jobMissedRunConditions: conditions } });
		await trigger.activate();
		await state({ nextRun: ago(3 * HOUR) });
		await trigger.poll();
		await disable(true);
		expect(glance(await trigger.poll())).toEqual([
			'problem: Job "Backup - Exchange" is disabled: it does not run.',
			'recovered: Job "Backup - Exchange" is disabled now: it is no longer expected to run.',
		]);
	});
});
