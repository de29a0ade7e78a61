import type { IDataObject } from 'n8n-workflow';

import type { Incident } from './stateEntries';
import { HOUR } from '../common/time';
import type { Notification, Severity, Transition, WatchedObject } from './types';

/** A state that can be wrong, with a beginning and an end. */
export interface Condition {
	/** Part of the incident's key: `offline`. */
	name: string;
	/** Whether the user wants it; always where left out. */
	isWanted?(options: IDataObject): boolean;
	/**
	 * 0 where all is well, 1 and above for a problem: a higher one is worse. `before` is the degree
	 * so far, for thresholds that close elsewhere than they open (thresholds.ts).
	 *
	 * @returns undefined where the record does not say: what was known stays
	 */
	level(record: IDataObject, before: number, facts: Facts): number | undefined;
	/** Default: a warning. */
	severity?(level: number): Severity;
	/** Whether a record says anything of it: an example is made of one that does. Default: its level is known. */
	isSaid?(record: IDataObject, facts: Facts): boolean;
	/** One sentence for each transition. */
	message(record: IDataObject, transition: Transition, facts: Facts): string;
	/** The values the condition looks at, for `current` and `previous`. */
	current(record: IDataObject, facts: Facts): IDataObject;
}

/** What a condition may look at besides the record. */
export interface Facts {
	options: IDataObject;
	/** Milliseconds since 1970, the server's clock. */
	now: number;
	/** What the event keeps of the object (`States.keep`). */
	kept?: string;
}

export interface Examined {
	record: IDataObject;
	object: WatchedObject;
	facts: Facts;
}

/**
 * What became of a condition since the last look.
 *
 * @param silent the trigger begins: the incident is known from now on, but not told
 * @param reminderHours 0: no reminders
 * @returns the incident as it is now (undefined: none) and what there is to tell
 */
export function examine(
	condition: Condition,
	{ record, object, facts }: Examined,
	incident: Incident | undefined,
	{ silent, reminderHours }: { silent: boolean; reminderHours: number },
): { incident?: Incident; notification?: Notification } {
	const level = condition.level(record, incident?.level ?? 0, facts) ?? incident?.level ?? 0;
	const { now } = facts;
	const emit = (transition: Transition, about: Incident, more = ''): Notification =>
		happeningOf(condition, { record, object, facts }, transition, about, more);

	if (level === 0) {
		if (!incident) return {};
		// Nobody heard of a problem that was there before the trigger.
		return incident.emitted === undefined ? {} : { notification: emit('recovered', incident) };
	}
	if (!incident) {
		const opened: Incident = { level, since: now, ...(silent ? {} : { emitted: now }) };
		return { incident: opened, ...(silent ? {} : { notification: emit('problem', opened) }) };
	}
	if (level > incident.level) {
		const worse: Incident = { ...incident, level, emitted: now };
		return { incident: worse, notification: emit('worsened', worse, `.${level}`) };
	}
	const due = reminderHours > 0 && now - (incident.emitted ?? Infinity) >= reminderHours * HOUR;
	if (!due) return { incident };
	const reminded: Incident = {
		...incident,
		emitted: now,
		reminders: (incident.reminders ?? 0) + 1,
	};
	return {
		incident: reminded,
		notification: emit('reminder', reminded, `.r${reminded.reminders}`),
	};
}

function happeningOf(
	condition: Condition,
	{ record, object, facts }: Examined,
	transition: Transition,
	{ level, since }: Incident,
	more: string,
): Notification {
	const well = { problem: false };
	const wrong = { problem: true, since: new Date(since).toISOString(), level };
	const values = condition.current(record, facts);
	const recovered = transition === 'recovered';
	return {
		transition,
		severity: recovered ? 'info' : (condition.severity?.(level) ?? 'warning'),
		object,
		condition: condition.name,
		occurrence: `${since}${more}`,
		previous: transition === 'problem' ? well : wrong,
		current: { ...(recovered ? well : wrong), ...values },
		message: condition.message(record, transition, facts),
		record,
	};
}

/** Closes what was open about an object that is no longer there. */
export function closeGone(
	object: WatchedObject,
	incidents: Record<string, Incident>,
): Notification[] {
	return Object.entries(incidents)
		.filter(([, { emitted }]) => emitted !== undefined)
		.map(([condition, { since, level }]) => ({
			transition: 'recovered',
			severity: 'info',
			object,
			condition,
			occurrence: `${since}`,
			previous: { problem: true, since: new Date(since).toISOString(), level },
			current: { problem: false, gone: true },
			message: `${object.type} "${object.name}" is no longer there: the problem is closed.`,
			record: { ...object },
		}));
}

/** As a problem would be told, whether it is one or not. */
export const exampleOf = (condition: Condition, examined: Examined): Notification => ({
	...happeningOf(condition, examined, 'problem', { level: 1, since: examined.facts.now }, ''),
});
