import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Condition, Facts } from '../../shared/monitoring/incidents';
import { listOf, numberOf } from '../../shared/monitoring/options';
import type { Tracked } from '../../shared/monitoring/snapshotDiff';
import { MINUTE, readTime, span } from '../../shared/common/time';

/** A condition that holds or not, by the conditions that the user picked in a field. */
export function plain(
	field: string,
	name: string,
	holds: (record: IDataObject, facts: Facts) => boolean | undefined,
	words: { wrong: string; still: string; well: string },
	about: { named(record: IDataObject): string; shown: string[]; isError?: boolean },
): Condition {
	return {
		name,
		isWanted: (options) => listOf(options[field]).includes(name),
		level: (record, _, facts) => {
			const found = holds(record, facts);
			return found === undefined ? undefined : Number(found);
		},
		severity: () => (about.isError ? 'error' : 'warning'),
		message: (record, transition) => {
			const said = { recovered: words.well, reminder: words.still }[transition as string];
			return `${about.named(record)} ${said ?? words.wrong}.`;
		},
		current: (record) =>
			Object.fromEntries(about.shown.map((name) => [name, record[name] ?? null])) as IDataObject,
	};
}

export const OFFLINE_MINUTES: INodeProperties = {
	displayName: 'Offline for (Minutes)',
	name: 'offlineMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 10,
	description: 'Offline: only after this many minutes, so that a restart is not reported',
};

/** Stands for "was there": what is offline from now on is so since then. */
const THERE = 'u';

/**
 * Since when an object is offline, for `keep`: the minute in base 36. One that was so when it was
 * seen first has been for long.
 */
export function keepOffline(
	isOffline: boolean | undefined,
	before: string | undefined,
	{ now }: Facts,
): string | undefined {
	if (isOffline === undefined) return before;
	if (!isOffline) return THERE;
	if (before === undefined) return '0';
	return before === THERE ? Math.floor(now / MINUTE).toString(36) : before;
}

/** Whether something offline has been so for the minutes of the option; its last sign of life counts. */
export function isLongOffline(
	isOffline: boolean | undefined,
	lastSeen: unknown,
	{ options, now, kept }: Facts,
): boolean | undefined {
	if (!isOffline) return isOffline;
	const minutes = numberOf(options.offlineMinutes) ?? 10;
	const noticed = kept === undefined || kept === THERE ? 0 : parseInt(kept, 36) * MINUTE;
	return now - (readTime(lastSeen) ?? noticed) >= minutes * MINUTE;
}

/** ": last seen 26 hours ago" */
export function lastSeenWords(lastSeen: string, { now }: Facts): string {
	const time = readTime(lastSeen);
	return time === undefined ? '' : `: last seen ${span(now - time)} ago`;
}

/** A value whose change is reported, if the user picked it in a field. */
export const tracked = (
	field: string,
	name: string,
	how: Omit<Tracked, 'name' | 'isWanted'>,
): Tracked => ({
	name,
	isWanted: (options) => listOf(options[field]).includes(name),
	...how,
});
