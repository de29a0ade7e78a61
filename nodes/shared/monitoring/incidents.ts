import type { IDataObject } from 'n8n-workflow';

import { shortKey } from './keys';
import type { Incident } from './stateEntries';
import { HOUR, readTime } from '../common/time';
import { titled } from '../common/titles';
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
	 * @returns undefined where the record does not say: the last known level stays. UNSAID where a value
	 *   (an end date, a figure) is missing and may be gone for good: the last known level stays for this
	 *   poll, and the problem is over if the value is still missing in the next one.
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
	/**
	 * What the server itself says of the problem's beginning, such as the date on which a license
	 * expires: whoever finds the problem anew finds the same. Part of the notification's identity; another
	 * one is another problem, also where nobody saw that the first was over.
	 */
	start?(record: IDataObject, facts: Facts): unknown;
}

/** See `Condition.level`. */
export const UNSAID = -1;

/** Says which occurrence of a condition it is, counted by the object's past; see `identities.ts`. */
export type Identify = (condition: string, mark: string | undefined) => string;

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
 * @param silent the trigger begins: the incident is known from now on, but not reported
 * @param reminderHours 0: no reminders
 * @returns the incident as it is now (undefined: none) and what there is to tell
 */
export function examine(
	condition: Condition,
	{ record, object, facts }: Examined,
	before: Incident | undefined,
	{
		silent,
		reminderHours,
		identify,
	}: { silent: boolean; reminderHours: number; identify: Identify },
): { incident?: Incident; notification?: Notification } {
	const { now } = facts;
	const { unsaid, ...incident } = before ?? ({} as Partial<Incident> as Incident);
	const said = condition.level(record, before?.level ?? 0, facts);
	// Left out once is not known; left out again, it is no longer there.
	if (said === UNSAID && before && !unsaid) return { incident: { ...incident, unsaid: true } };
	const level = said === UNSAID ? 0 : (said ?? before?.level ?? 0);
	const emit = (transition: Transition, about: Incident, more = ''): Notification => ({
		...notificationOf(condition, { record, object, facts }, transition, about),
		occurrence: identify(condition.name, about.mark) + more,
	});

	if (level === 0) {
		if (!before) return {};
		// Nobody heard of a problem that was there before the trigger.
		return incident.emitted === undefined ? {} : { notification: emit('recovered', incident) };
	}
	const mark = markOf(condition.start?.(record, facts));
	// Nobody heard of a problem that was there before the trigger: of one that began since, all must.
	const isUnheard = before !== undefined && said !== undefined && incident.emitted === undefined;
	const isAnother = isUnheard && mark && incident.mark && mark !== incident.mark;
	if (!before || isAnother) {
		const emission = silent ? {} : { emitted: now };
		const opened: Incident = { level, since: now, ...emission, ...(mark ? { mark } : {}) };
		return { incident: opened, ...(silent ? {} : { notification: emit('problem', opened) }) };
	}
	if (isUnheard && mark) incident.mark = mark;
	if (level > incident.level) {
		const worse: Incident = { ...incident, level, emitted: now };
		return { incident: worse, notification: emit('worsened', worse, `.${level}`) };
	}
	const due = reminderHours > 0 && now - (incident.emitted ?? Infinity) >= reminderHours * HOUR;
	// Of what the record does not say, nobody knows whether it still is so.
	if (!due || said === undefined) return { incident };
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

/** Short for a beginning; the same moment in another way of writing is the same. */
function markOf(start: unknown): string | undefined {
	if (start === undefined || start === null) return undefined;
	return shortKey(String(readTime(start) ?? start)).slice(0, 5);
}

function notificationOf(
	condition: Condition,
	{ record, object, facts }: Examined,
	transition: Transition,
	{ level, since }: Incident,
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
		occurrence: '',
		previous: transition === 'problem' ? well : wrong,
		current: { ...(recovered ? well : wrong), ...values },
		message: condition.message(record, transition, facts),
		record,
	};
}

/** Why an incident ends without a look at its condition. */
export type Farewell = 'gone' | 'leftOut' | 'unpicked' | 'eventUnpicked';

/**
 * Closes what was open about an object that is no longer there, or no longer watched.
 *
 * @param name what the object is called now, where that is why the filters leave it out
 */
export function closeAll(
	object: WatchedObject,
	incidents: Record<string, Incident>,
	identify: Identify,
	why: Farewell,
	name = object.name,
): Notification[] {
	const said = farewell(object, why, name);
	return Object.entries(incidents)
		.filter(([, { emitted }]) => emitted !== undefined)
		.map(([condition, { since, level, mark }]) => ({
			transition: 'recovered',
			severity: 'info',
			object,
			condition,
			occurrence: identify(condition, mark),
			previous: { problem: true, since: new Date(since).toISOString(), level },
			current: { problem: false, ...(why === 'gone' ? { gone: true } : { watched: false }) },
			message: said,
			record: { ...object },
		}));
}

/** The last words about a problem. */
export function farewell(object: WatchedObject, why: Farewell, name = object.name): string {
	const about = titled(object.type, object.name);
	switch (why) {
		case 'gone':
			return `${about} is no longer there: the problem is closed.`;
		case 'leftOut':
			return name === object.name
				? `${about} is left out by the trigger's filters now: the problem is closed.`
				: `${about} is now called "${name}", which the trigger's filters leave out: the problem is closed.`;
		case 'unpicked':
			return `${about}: this condition is no longer picked in the trigger, so the problem is closed.`;
		case 'eventUnpicked':
			return `${about}: this event is no longer picked in the trigger, so the problem is closed.`;
	}
}

/** As a problem would be reported, whether it is one or not. */
export const exampleOf = (condition: Condition, examined: Examined): Notification => ({
	...notificationOf(condition, examined, 'problem', { level: 1, since: examined.facts.now }),
	occurrence: 'example',
});
