import { deepCopy, type IDataObject } from 'n8n-workflow';

import { bury } from './identities';
import { SEPARATOR, shortKey, unpackId } from './keys';
import { namePasses } from './options';
import type { PollContext } from './pollContext';
import { closeOpen, presence } from './snapshotCompare';
import { entriesOf, wanted, type SnapshotDiff, type SnapshotState } from './snapshotTypes';
import type { Entry, StateEntries } from './stateEntries';
import type { Farewells, Kept, Notification, WatchedObject } from './types';

/** An object is gone when so much weight of passes missed it: two whole ones, or four in pieces. */
const MISSED_PASS = { whole: 2, cut: 1, gone: 4 };

/**
 * After the last page: what two passes did not bring is gone. One alone can miss an object, when
 * another that was removed meanwhile moved it onto a page already read.
 */
export function closePass(
	pollContext: PollContext,
	states: SnapshotDiff,
	memory: SnapshotState,
	entries: StateEntries,
	room: number,
): { closed: Notification[]; isCut: boolean } {
	delete memory.beginning;
	delete memory.fresh;
	delete memory.before;
	const emitted: Notification[] = [];
	let isCut = false;
	for (const key of entries.keys()) {
		const entry = entries.get(key);
		if (!entry || entry.pass === memory.pass) continue;
		const missed = (entry.missed ?? 0) + MISSED_PASS[memory.isCut ? 'cut' : 'whole'];
		if (missed < MISSED_PASS.gone) {
			entries.set(key, { ...entry, pass: memory.pass, missed });
			continue;
		}
		const past = entry.past ?? {};
		const object = rememberedObject(states, entry);
		if (object) {
			const about = { memory, known: entry, past, object };
			const { closed, left } = closeOpen(about, 'gone', room - emitted.length);
			emitted.push(...closed);
			const { includeNames, excludeNames } = pollContext.options;
			const isEmitted =
				states.presence?.isWanted(pollContext.options, 'removed') === true &&
				// The user may have left it out since it was seen last.
				namePasses(object.name, includeNames, excludeNames);
			if (Object.keys(left).length > 0 || (isEmitted && emitted.length >= room)) {
				// The next pass misses it, too, and goes on.
				isCut = true;
				const kept = { ...entry, past, incidents: left, pass: memory.pass };
				entries.set(key, { ...kept, missed: MISSED_PASS.gone });
				continue;
			}
			if (isEmitted)
				emitted.push(presence({ states, memory, past, object, record: { ...object } }, 'removed'));
		}
		entries.delete(key);
		const gone = states.presence ? shortKey(unpackId(key)) : key;
		bury(memory, gone, past, pollContext.serverNow());
	}
	entries.tidy();
	if (isCut) memory.closing = true;
	else delete memory.closing;
	return { closed: emitted, isCut };
}

/** Undefined where neither an incident was open nor the going was to be reported. */
function rememberedObject(states: SnapshotDiff, entry: Entry): WatchedObject | undefined {
	if (entry.id === undefined) return undefined;
	const [id = '', scope] = entry.id.split(SEPARATOR);
	return {
		id,
		name: entry.name ?? id,
		type: states.type,
		...(scope === undefined ? {} : { scope }),
	};
}

/** The event is no longer picked: closes what is open, as many as there is room for. */
export function leave(states: SnapshotDiff, before: SnapshotState, most: number): Farewells {
	const memory = deepCopy(before);
	const entries = entriesOf(states, memory);
	const notifications: Notification[] = [];
	for (const key of entries.keys()) {
		const entry = entries.get(key);
		const object = entry && rememberedObject(states, entry);
		if (object) {
			const past = entry.past ?? {};
			const about = { memory, known: entry, past, object };
			const { closed, left } = closeOpen(about, 'eventUnpicked', most - notifications.length);
			notifications.push(...closed);
			if (Object.keys(left).length > 0) {
				entries.set(key, { ...entry, past, incidents: left });
				return { notifications, memory };
			}
		}
		entries.delete(key);
	}
	return { notifications };
}

/** Conditions are no longer picked, and the event cannot be read: closes what is open of them. */
export function closeUnpicked(
	states: SnapshotDiff,
	before: SnapshotState,
	options: IDataObject,
	most: number,
): Kept {
	const memory = deepCopy(before);
	const entries = entriesOf(states, memory);
	const notifications: Notification[] = [];
	const picked = [
		...wanted(states.conditions, { options }),
		...wanted(states.tracked, { options }),
	].map(({ name }) => name);
	// Picked again, they begin as what is picked anew.
	memory.wanted = memory.wanted?.filter((one) => picked.includes(one));
	for (const key of entries.keys()) {
		if (notifications.length >= most) break;
		const entry = entries.get(key);
		const open = Object.entries(entry?.incidents ?? {});
		const others = open.filter(([condition]) => picked.includes(condition));
		const object = entry && rememberedObject(states, entry);
		if (!object || others.length === open.length) continue;
		const past = entry.past ?? {};
		const about = { memory: { ...memory, wanted: picked }, known: entry, past, object };
		const { closed, left } = closeOpen(about, 'unpicked', most - notifications.length);
		notifications.push(...closed);
		entries.set(key, { ...entry, past, incidents: { ...Object.fromEntries(others), ...left } });
	}
	return { notifications, memory };
}

/**
 * The trigger starts fresh: what is open stays known, so that its end is reported; all the rest becomes
 * known silently, as at the first poll.
 */
export function beginAnew(states: SnapshotDiff, before: SnapshotState): SnapshotState {
	const memory = deepCopy(before);
	const entries = entriesOf(states, memory);
	for (const key of entries.keys()) {
		const { name, id, ...entry } = entries.get(key) as Entry;
		delete entry.values;
		const isOpen = Object.keys(entry.incidents ?? {}).length > 0;
		entries.set(key, { ...entry, ...(isOpen ? { name, id } : {}) });
	}
	delete memory.from;
	delete memory.isCut;
	delete memory.before;
	memory.fresh = [...(states.conditions ?? []), ...(states.tracked ?? [])].map(({ name }) => name);
	return memory;
}
