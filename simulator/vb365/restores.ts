import { randomUUID } from 'node:crypto';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';

/** A restore session: open until it is stopped. */
export interface Restore {
	id: string;
	/** Vex, Veod, Vesp or Vet. */
	type: string;
	organization: number;
	organizationName: string;
	scopeName: string;
	created: number;
	stopped?: number;
	initiatedBy: string;
	events: Item[];
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

export function restoreRecord(restore: Restore): Item {
	const { id, type, organizationName, scopeName, created, stopped, initiatedBy } = restore;
	const failed = restore.events.some(({ status }) => status === 'Failed');
	return {
		id,
		name: `Explore ${scopeName}`,
		organization: organizationName,
		type,
		creationTime: iso(created),
		endTime: stopped === undefined ? null : iso(stopped),
		state: stopped === undefined ? 'Working' : 'Stopped',
		result: failed ? 'Warning' : 'Success',
		initiatedBy,
		details: '',
		scopeName,
		clientHost: '127.0.0.1',
		reason: '',
		eTag: stopped === undefined ? 1 : 2,
		_links: {
			self: { href: `/~/RestoreSessions/${id}` },
			organization: { href: `/~/RestoreSessions/${id}/organization` },
			events: { href: `/~/RestoreSessions/${id}/Events` },
		},
	};
}

const EVENT_TYPES: Array<[RegExp, string]> = [
	[/exportToPst|export/i, 'Export'],
	[/save/i, 'Save'],
	[/send/i, 'Send'],
	[/restore|copyTo/i, 'Restore'],
];

/** What an operation did inside a restore session, as its list of events shows it. */
export function restoreEvent(restore: Restore, path: string, now: number): Item {
	const type = EVENT_TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'View';
	const id = randomUUID();
	const order = restore.events.length + 1;
	return {
		itemName: path.split('/').slice(-2)[0],
		itemType: 'Item',
		itemSizeBytes: 262_144,
		source: restore.scopeName,
		target: '',
		id,
		type,
		status: 'Success',
		startTime: iso(now),
		endTime: iso(now),
		duration: '00:00:01',
		title: `${type} of items`,
		message: `${type} completed`,
		order,
		organizationId: restore.organizationName,
		_links: { self: { href: `/~/RestoreSessions/${restore.id}/Events/${id}` } },
	};
}
