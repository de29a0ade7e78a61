import type { IDataObject } from 'n8n-workflow';

import { UNSAID, type Condition } from '../../shared/monitoring/incidents';
import { nameOptions, numberOf } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { above } from '../../shared/monitoring/thresholds';
import { DAY, HOUR, span } from '../../shared/common/time';
import { conditionsField, flag, isPicked } from '../../shared/monitoring/conditions';
import { isDisabled, jobOf } from '../model/jobs';
import { jobPages, jobTitle as named } from './jobPages';
import { byName, inOrder } from './nameOptions';

const FIELD = 'jobMissedRunConditions';

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
		const { isRunning, isScheduled, isEnabled, lateBy = 0 } = jobOf(record, now);
		if (isRunning || !isEnabled) return 0;
		// It may have lost its schedule, or the server leaves the next run out for once.
		if (!isScheduled) return UNSAID;
		return Number(lateBy > (numberOf(options.lateHours) ?? 2) * HOUR);
	},
	message: (record, transition, { now }) => {
		if (transition === 'recovered') return back(record);
		const late = span(jobOf(record, now).lateBy ?? 0);
		return `${named(record)} ${transition === 'reminder' ? 'still has not run' : 'missed its run'}: it should have started ${late} ago.`;
	},
	current: runs,
	start: ({ nextRun }) => nextRun,
};

const notRun: Condition = {
	name: 'notRun',
	isWanted: isPicked(FIELD, 'notRun'),
	level: (record, before, { options, now }) => {
		const { isRunning, isScheduled, isEnabled, lastRun, idleFor = 0 } = jobOf(record, now);
		if (isRunning || !isEnabled) return 0;
		// One that never ran is new; it misses its first run like any other.
		if (!isScheduled || lastRun === undefined) return UNSAID;
		const days = numberOf(options.notRunDays) ?? 8;
		const steps = [days, days * 2, days * 4];
		return above(idleFor / DAY, { steps, closes: days }, before);
	},
	severity: (level) => (level > 1 ? 'error' : 'warning'),
	message: (record, transition, { now }) => {
		if (transition === 'recovered') return back(record);
		const days = span(jobOf(record, now).idleFor ?? 0);
		return `${named(record)} has not run for ${days}.`;
	},
	current: runs,
	start: ({ lastRun }) => lastRun,
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
		action: 'On job that missed its run',
		description: 'A scheduled job did not start or has not run for days, or has run again',
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
		pages: jobPages,
		object: byName,
		conditions: [disabled, missedRun, notRun],
	},
);
