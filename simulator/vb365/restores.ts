import { randomUUID } from 'node:crypto';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';

/** What was done inside a restore session. */
export interface RestoreEvent {
	id: string;
	/** Save, Export, Send, Restore or View. */
	type: string;
	itemName: string;
	started: number;
	ends: number;
	status: 'Success' | 'Warning' | 'Failed';
	message: string;
}

/** A restore session: open until it is stopped. */
export interface Restore {
	id: string;
	/** Vex, Veod, Vesp or Vet. */
	type: string;
	organization: number;
	organizationName: string;
	scopeName: string;
	created: number;
	/** When it was or will be stopped: one that a restore has to itself ends with it. */
	stopped?: number;
	initiatedBy: string;
	events: RestoreEvent[];
}

export function openRestore(given: Omit<Restore, 'id' | 'events'>): Restore {
	return { ...given, id: randomUUID(), events: [] };
}

/** Restores of the last days, all of which are over. */
export function pastRestores(now: number): Restore[] {
	return [20, 51].map((hours, index) => ({
		id: uuidFor(`vb365/restore/${index}`),
		type: index === 0 ? 'Vex' : 'Vesp',
		organization: 0,
		organizationName: 'example.onmicrosoft.com',
		scopeName: 'example.onmicrosoft.com',
		created: now - hours * 3_600_000,
		stopped: now - hours * 3_600_000 + 900_000,
		initiatedBy: 'VBO01\\admin',
		events: [],
	}));
}

export function isStopped({ stopped }: Restore, now: number): boolean {
	return stopped !== undefined && stopped <= now;
}

export function restoreRecord(restore: Restore, now: number): Item {
	const { id, type, organizationName, scopeName, created, stopped, initiatedBy } = restore;
	const over = isStopped(restore, now);
	const ended = restore.events.filter(({ ends }) => ends <= now);
	const result = RESULTS.find((one) => ended.some(({ status }) => status === one)) ?? 'Success';
	const unlucky = ended.find(({ status }) => status === result);
	return {
		id,
		name: `Explore ${scopeName}`,
		organization: organizationName,
		type,
		creationTime: iso(created),
		endTime: over && stopped !== undefined ? iso(stopped) : null,
		state: over ? 'Stopped' : 'Working',
		result,
		initiatedBy,
		details: result === 'Success' ? '' : unlucky?.message,
		scopeName,
		clientHost: '127.0.0.1',
		reason: '',
		eTag: over ? 2 : 1,
		_links: {
			self: { href: `/~/RestoreSessions/${id}` },
			organization: { href: `/~/RestoreSessions/${id}/organization` },
			events: { href: `/~/RestoreSessions/${id}/Events` },
		},
	};
}

/** Worst first. */
const RESULTS = ['Failed', 'Warning'] as const;

const EVENT_TYPES: Array<[RegExp, string]> = [
	[/exportToPst|export/i, 'Export'],
	[/save/i, 'Save'],
	[/send/i, 'Send'],
	[/restore|copyTo/i, 'Restore'],
];

/** What an operation does inside a restore session, by its path. */
export function restoreEvent(
	path: string,
	facts: Pick<RestoreEvent, 'started' | 'ends'> & Partial<RestoreEvent>,
): RestoreEvent {
	const inside = path.replace('/RestoreSessions/{restoreSessionId}', '');
	return {
		id: randomUUID(),
		type: EVENT_TYPES.find(([pattern]) => pattern.test(inside))?.[1] ?? 'View',
		itemName:
			inside.split('/').find((part) => part && !/^(organization|\{)/i.test(part)) ?? 'Items',
		status: 'Success',
		message: '',
		...facts,
	};
}

/** An event as the session's list shows it. */
export function eventRecord(restore: Restore, event: RestoreEvent, now: number): Item {
	const { id, type, itemName, started, ends } = event;
	const over = ends <= now;
	return {
		itemName,
		itemType: 'Item',
		itemSizeBytes: 262_144,
		source: restore.scopeName,
		target: restore.organizationName,
		id,
		type,
		status: over ? event.status : 'Running',
		startTime: iso(started),
		endTime: over ? iso(ends) : null,
		duration: new Date(Math.max(0, Math.min(now, ends) - started)).toISOString().slice(11, 19),
		title: `${type} of ${itemName}`,
		message: over ? event.message || `${type} completed` : '',
		order: restore.events.indexOf(event) + 1,
		_links: { self: { href: `/~/RestoreSessions/${restore.id}/Events/${id}` } },
	};
}
