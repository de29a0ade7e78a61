import type { Item } from '../foundation/listQuery';
import type { Estate } from './estate';
import { ORGANIZATIONS } from './estate/organizations';
import { openRestore, restoreEvent, restoreRecord } from './restores';

/** A restore session that someone else has open, or had. */
export interface RestoreFacts {
	/** Vex, Veod, Vesp or Vet. Default Vex. */
	type?: string;
	/** When it was opened. Default: now. */
	hoursAgo?: number;
	initiatedBy?: string;
}

/** What came of one item of a restore session. */
export interface RestoredItem {
	itemName: string;
	status: 'Success' | 'Warning' | 'Failed';
	message?: string;
}

type Control = (params: Record<string, string>, body: Item) => unknown;

/** Control calls that speak of restores and of the change feed. */
export function restoreControl(estate: () => Estate): Record<string, Control> {
	return {
		'POST /restores': (_, { type = 'Vex', hoursAgo = 0, initiatedBy = 'VBO01\\admin' }) => {
			const here = estate();
			const name = ORGANIZATIONS[0]?.name ?? '';
			const restore = openRestore({
				type: String(type),
				organization: 0,
				organizationName: name,
				scopeName: name,
				created: here.now - Number(hoursAgo) * 3_600_000,
				initiatedBy: String(initiatedBy),
			});
			here.restores.set(restore.id, restore);
			here.events.add('RestoreSessionUpdate', restore.id);
			return restoreRecord(restore, here.now);
		},
		'POST /restores/:id/stop': ({ id = '' }, { items = [] }) => {
			const here = estate();
			const restore = here.restores.get(id.toLowerCase());
			if (!restore) throw new Error(`There is no restore session ${id}`);
			const { now } = here;
			for (const item of items as RestoredItem[])
				restore.events.push(
					restoreEvent('/restore', { started: now - 1, ends: now - 1, type: 'Restore', ...item }),
				);
			restore.stopped = now;
			here.events.add('RestoreSessionUpdate', restore.id);
			return restoreRecord(restore, now);
		},
		'POST /events': (_, { eventType, id, ...rest }) => {
			estate().events.add(String(eventType), id, rest);
			return {};
		},
	};
}
