import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import { nameOptions, numberOf } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { above } from '../../shared/monitoring/thresholds';
import { DAY, HOUR, isLocal, readTime, span } from '../../shared/common/time';
import { conditionsField, flag, isPicked } from './conditions';
import { isDisabled, isRunning, jobStates, named } from '../model/jobStates';
import { byName, inOrder } from './nameOptions';

const FIELD = 'jobMissedRunConditions';

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The server plans its runs, or another job does. */
function isScheduled(record: IDataObject): boolean {
	if (isDisabled(record)) return false;
	const { jobId = NO_ID } = (record.runAfterJob ?? {}) as IDataObject;
	return readTime(record.nextRun) !== undefined || jobId !== NO_ID;
}

/** A time that can be compared with the clock. */
const timeOf = (text: unknown): number | undefined => (isLocal(text) ? undefined : readTime(text));

const runs = ({ nextRun = null, lastRun = null, status = null }: IDataObject) => ({
	...{ nextRun, lastRun, status },
});

const back = (record: IDataObject): string =>
	isDisabled(record)
		? `${named(record)} is disabled now: it is no longer expected to run.`
		: `${named(record)} is back on its schedule.`;

const missedRun: Condition = {
	name: 'missedRun',
	isWanted: isPicked(FIELD, 'missedRun'),
	level: (record, _before, { options, now }) => {
		if (isRunning(record) || !isScheduled(record)) return 0;
		const nextRun = timeOf(record.nextRun);
		const hours = numberOf(options.lateHours) ?? 2;
		return Number(nextRun !== undefined && now - nextRun > hours * HOUR);
	},
	message: (record, transition, { now }) => {
		if (transition === 'recovered') return back(record);
		const late = span(now - (readTime(record.nextRun) ?? now));
		return `${named(record)} ${transition === 'reminder' ? 'still has not run' : 'missed its run'}: it should have started ${late} ago.`;
	},
	current: runs,
};

const notRun: Condition = {
	name: 'notRun',
	isWanted: isPicked(FIELD, 'notRun'),
	level: (record, before, { options, now }) => {
		if (isRunning(record) || !isScheduled(record)) return 0;
		// One that never ran is new; it misses its first run like any other.
		const lastRun = timeOf(record.lastRun);
		if (lastRun === undefined) return 0;
		const days = numberOf(options.notRunDays) ?? 8;
		const steps = [days, days * 2, days * 4];
		return above((now - lastRun) / DAY, { steps, closes: days }, before);
	},
	severity: (level) => (level > 1 ? 'error' : 'warning'),
	message: (record, transition, { now }) => {
		if (transition === 'recovered') return back(record);
		const days = span(now - (readTime(record.lastRun) ?? now));
		return `${named(record)} has not run for ${days}.`;
	},
	current: runs,
};

const disabled = flag({
	field: FIELD,
	name: 'disabled',
	is: isDisabled,
	named,
	problem: 'is disabled: it does not run',
	reminder: 'is still disabled',
	recovered: 'is enabled again',
	current: runs,
});

/** Jobs that should have run and did not. */
export const jobMissedRun = snapshotEvent(
	{
		value: 'jobMissedRun',
		name: 'Job Missed Its Run',
		description: 'A job with a schedule did not start, or has not run for days; later, that it has',
		fields: [
			conditionsField(
				FIELD,
				[
					{ name: 'Disabled', value: 'disabled' },
					{ name: 'Next Run Has Passed', value: 'missedRun' },
					{ name: 'Not Run for Days', value: 'notRun' },
				],
				['missedRun', 'notRun'],
			),
		],
		options: inOrder([
			...nameOptions(),
			{
				displayName: 'Late After (Hours)',
				name: 'lateHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 2,
				description: 'Next Run Has Passed: by more than this many hours',
			},
			{
				displayName: 'Not Run for (Days)',
				name: 'notRunDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 8,
				description: 'Not Run for Days: the last run began at least this many days ago',
			},
		]),
	},
	{
		type: 'Job',
		pages: jobStates,
		object: byName,
		conditions: [disabled, missedRun, notRun],
	},
);
