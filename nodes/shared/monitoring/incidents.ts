import type { IDataObject } from 'n8n-workflow';

import type { Incident } from './stateEntries';
import { HOUR } from '../common/time';
import type { Happening, Severity, Transition, WatchedObject } from './types';

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
	degree(record: IDataObject, before: number, facts: Facts): number | undefined;
	/** Default: a warning. */
	severity?(degree: number): Severity;
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
): { incident?: Incident; happening?: Happening } {
	const degree = condition.degree(record, incident?.degree ?? 0, facts) ?? incident?.degree ?? 0;
	const { now } = facts;
	const tell = (transition: Transition, about: Incident, more = ''): Happening =>
		happeningOf(condition, { record, object, facts }, transition, about, more);

	if (degree === 0) {
		if (!incident) return {};
		// Nobody heard of a problem that was there before the trigger.
		return incident.told === undefined ? {} : { happening: tell('recovered', incident) };
	}
	if (!incident) {
		const opened: Incident = { degree, since: now, ...(silent ? {} : { told: now }) };
		return { incident: opened, ...(silent ? {} : { happening: tell('problem', opened) }) };
	}
	if (degree > incident.degree) {
		const worse: Incident = { ...incident, degree, told: now };
		return { incident: worse, happening: tell('worsened', worse, `.${degree}`) };
	}
	const due = reminderHours > 0 && now - (incident.told ?? Infinity) >= reminderHours * HOUR;
	if (!due) return { incident };
	const reminded: Incident = {
		...incident,
		told: now,
		reminders: (incident.reminders ?? 0) + 1,
	};
	return { incident: reminded, happening: tell('reminder', reminded, `.r${reminded.reminders}`) };
}

function happeningOf(
	condition: Condition,
	{ record, object, facts }: Examined,
	transition: Transition,
	{ degree, since }: Incident,
	more: string,
): Happening {
	const well = { problem: false };
	const wrong = { problem: true, since: new Date(since).toISOString(), degree };
	const values = condition.current(record, facts);
	const recovered = transition === 'recovered';
	return {
		transition,
		severity: recovered ? 'info' : (condition.severity?.(degree) ?? 'warning'),
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
export function closeGone(object: WatchedObject, incidents: Record<string, Incident>): Happening[] {
	return Object.entries(incidents)
		.filter(([, { told }]) => told !== undefined)
		.map(([condition, { since, degree }]) => ({
			transition: 'recovered',
			severity: 'info',
			object,
			condition,
			occurrence: `${since}`,
			previous: { problem: true, since: new Date(since).toISOString(), degree },
			current: { problem: false, gone: true },
			message: `${object.type} "${object.name}" is no longer there: the problem is closed.`,
			record: { ...object },
		}));
}

/** As a problem would be told, whether it is one or not. */
export const exampleOf = (condition: Condition, examined: Examined): Happening => ({
	...happeningOf(condition, examined, 'problem', { degree: 1, since: examined.facts.now }, ''),
});
