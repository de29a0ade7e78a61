import type { IDataObject } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import type { Page } from '../http/pageWalk';
import { begunAt } from './identities';
import type { PollContext } from './pollContext';
import { meet } from './snapshotCompare';
import { beginAnew, closePass, closeUnpicked, leave } from './snapshotEnds';
import { sample } from './snapshotSample';
import { entriesOf, wanted, type SnapshotDiff, type SnapshotState } from './snapshotTypes';
import type { StateEntries } from './stateEntries';
import type { EventDefinition, Notification, Outcome } from './types';

export type { NamedObject, SnapshotDiff, Tracked } from './snapshotTypes';

/** Positions that are read again where a pass goes on, of what the poll before came on at most a tenth. */
const READ_AGAIN = 50;

/** A list that comes at once, or a single record, as the only page. */
export async function* onePage(
	items: IDataObject[],
	from = 0,
): AsyncGenerator<Pick<Page, 'items' | 'from' | 'next'>, void, undefined> {
	yield { items: items.slice(from), from, next: undefined };
}

/** An event that compares what is there with what was there at the last poll. */
export function snapshotEvent(
	described: Omit<EventDefinition, 'poll' | 'sample'>,
	states: SnapshotDiff,
): EventDefinition {
	return {
		...described,
		adoptsMemory: true,
		poll: async (pollContext, memory) =>
			await look(pollContext, states, memory as SnapshotState | undefined),
		leave: (memory, most) => leave(states, memory as SnapshotState, most),
		closeUnpicked: (memory, options, most) =>
			closeUnpicked(states, memory as SnapshotState, options, most),
		beginAnew: (memory) => beginAnew(states, memory as SnapshotState),
		sample: async (pollContext) => await sample(pollContext, states),
	};
}

async function look(
	pollContext: PollContext,
	states: SnapshotDiff,
	before: SnapshotState | undefined,
): Promise<Outcome> {
	// A copy: a poll that fails half-way leaves the memory as it was.
	const memory: SnapshotState = before
		? deepCopy(before)
		: { entries: {}, pass: 0, beginning: true, begun: begunAt(pollContext.serverNow()) };
	const entries = entriesOf(states, memory);
	adoptSettings(pollContext, states, memory, entries);
	const adopted = pollContext.settingsChanged ? deepCopy(memory) : (before ?? memory);
	const notifications: Notification[] = [];
	const from = memory.from ?? 0;
	// One that was interrupted at the first object is the same pass still.
	if (memory.from === undefined) {
		memory.pass = 1 - memory.pass;
		delete memory.isCut;
	}
	delete memory.from;
	const interrupt = (position: number): Outcome => {
		memory.from = position - Math.min(READ_AGAIN, Math.floor((position - from) / 10));
		memory.isCut = true;
		return { notifications, memory, unfinished: true };
	};
	for await (const page of states.pages(pollContext, from)) {
		if (page.isUnknown) {
			delete memory.beginning;
			return { notifications, memory: adopted };
		}
		for (const [index, record] of page.items.entries()) {
			const room = pollContext.remainingItems - notifications.length;
			if (room <= 0) return interrupt(page.from + index);
			const met = await meet(pollContext, states, memory, entries, record, room);
			notifications.push(...met.notifications);
			if (met.isCut) return interrupt(page.from + index);
		}
		if (page.next === undefined) break;
		if (pollContext.isExpired()) return interrupt(page.next);
	}
	const room = pollContext.remainingItems - notifications.length;
	const { closed, isCut } = closePass(pollContext, states, memory, entries, room);
	notifications.push(...closed);
	return { notifications, memory, ...(isCut ? { unfinished: true } : {}) };
}

/** What the user wants now; what he did not want before begins silently, and in a pass of its own. */
function adoptSettings(
	pollContext: PollContext,
	states: SnapshotDiff,
	memory: SnapshotState,
	entries: StateEntries,
): void {
	const tracked = wanted(states.tracked, pollContext).map(({ name }) => name);
	const now = [...wanted(states.conditions, pollContext).map(({ name }) => name), ...tracked];
	if (pollContext.settingsChanged) {
		const before = memory.wanted ?? now;
		memory.fresh = [...(memory.fresh ?? []), ...now.filter((name) => !before.includes(name))];
		// Edited again in the middle of a pass: nothing was read whole with the settings between.
		memory.before ??= pollContext.optionsBefore;
		if (memory.from !== undefined) memory.from = 0;
	}
	const layout = memory.values ?? tracked;
	if (layout.join() !== tracked.join()) {
		for (const key of entries.keys()) {
			const entry = entries.get(key);
			if (!entry?.values) continue;
			const { values } = entry;
			entry.values = tracked.map((name) => values[layout.indexOf(name)] ?? null);
			entries.set(key, entry);
		}
	}
	memory.wanted = now;
	memory.values = tracked;
}
