import type { INodeProperties } from 'n8n-workflow';

import { isPicked } from '../../shared/monitoring/conditions';
import type { Facts } from '../../shared/monitoring/incidents';
import { numberOf } from '../../shared/monitoring/options';
import type { Tracked } from '../../shared/monitoring/snapshotDiff';
import { MINUTE, readTime, span } from '../../shared/common/time';

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
	isWanted: isPicked(field, name),
	...how,
});
