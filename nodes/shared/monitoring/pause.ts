import { toCronExpression, type IPollFunctions, type TriggerTime } from 'n8n-workflow';

import { DAY, span } from '../common/time';
import { shortKey } from './keys';
import { hostOf } from './serverReachability';
import type { BeginningAnew, TriggerState } from './triggerState';
import type { EventDefinition, Notification } from './types';

export type { BeginningAnew };

/**
 * So much longer than two polls may lie apart, the trigger was not merely late: n8n was down or the
 * workflow was not active. A day, so that no night's backups are passed over because n8n was updated
 * that night.
 */
const PAUSE = DAY;

/** What the trigger says of itself: no event that anybody picks. */
export const beganAnew = { value: 'beganAnew' };

/**
 * The pause since the last poll, whether that succeeded or not. After a restart n8n hands out what it
 * saved with the last item: then the pause counts from there.
 *
 * @param now milliseconds since 1970
 */
export function pauseBefore(
	context: IPollFunctions,
	{ polledAt }: TriggerState,
	now: number,
): BeginningAnew | undefined {
	if (polledAt === undefined || now - polledAt <= longestInterval(context) + PAUSE)
		return undefined;
	return { why: 'pause', from: polledAt, to: now };
}

/** How far two polls lie apart at the most by the trigger's Poll Times, in whole days. */
function longestInterval(context: IPollFunctions): number {
	const times = (context.getNodeParameter('pollTimes', {}) as { item?: TriggerTime[] }).item ?? [];
	const days = times.map((time) => daysBetween(toCronExpression(time)));
	return (days.length > 0 ? Math.min(...days) : 0) * DAY;
}

/** Of a cron expression, by the largest unit that it restricts. */
function daysBetween(cron: string): number {
	const [hour = '*', day = '*', month = '*', weekday = '*'] = cron.trim().split(/\s+/).slice(-4);
	const isAny = (field: string) => field === '*' || field === '?';
	if (!isAny(month)) return 366;
	if (!isAny(day)) return 31;
	if (!isAny(weekday)) return 7;
	return hour.includes('*') ? 0 : 1;
}

/**
 * The item that says so: what is left out is not known, but from when to when is.
 *
 * @param open how many problems that were reported stay open
 */
export function beginningAnew(
	reason: BeginningAnew,
	{ origin, displayName, now }: { origin: string; displayName: string; now: number },
	events: EventDefinition[],
	open: number,
): Notification {
	const server = hostOf(origin);
	const iso = (time: number) => new Date(time).toISOString();
	const names = events.map(({ name }) => name).join(', ');
	return {
		transition: 'changed',
		severity: 'warning',
		object: { id: server, name: server, type: 'Server' },
		condition: 'begunAnew',
		occurrence: occurrenceOf(reason),
		previous: previousOf(reason),
		current: { since: iso(now), openProblems: open, events: events.map(({ value }) => value) },
		message: `The trigger for ${displayName} server ${server} starts fresh: ${becauseOf(reason)} What happened until now at ${names} is not reported.${openWords(reason, open)}`,
		record: { server, reason: reason.why },
	};

	function previousOf(why: BeginningAnew) {
		if (why.why === 'pause') return { polledAt: iso(why.from) };
		return why.why === 'format' ? { format: why.format } : { server: why.before };
	}
}

function becauseOf(reason: BeginningAnew): string {
	switch (reason.why) {
		case 'pause':
			return `as far as n8n remembers, it was not polled for ${span(reason.to - reason.from)}, since ${new Date(reason.from).toISOString()}, and "After a Pause" is set to Start Fresh.`;
		case 'format':
			return `what it remembers was written by another version of this package (format ${reason.format}) and cannot be read.`;
		case 'server':
			return `what it remembers is about another server, ${reason.before}.`;
	}
}

function openWords({ why }: BeginningAnew, open: number): string {
	if (why !== 'pause')
		return ' Problems that it reported before are no longer known to it, and are not closed by an item.';
	if (open === 0) return '';
	return open === 1
		? ' The problem that was reported and is open stays open until it is over.'
		: ` The ${open} problems that were reported and are open stay open until they are over.`;
}

/** The same however often it is found. */
function occurrenceOf(reason: BeginningAnew): string {
	if (reason.why === 'pause') return `pause/${reason.from}`;
	return shortKey(JSON.stringify(reason));
}
