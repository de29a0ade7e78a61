import type { IDataObject } from 'n8n-workflow';

import { ListFailures, type FailuresState, type ListName } from './listFailures';
import type { PollContext } from './pollContext';
import type { EventDefinition, Notification, Outcome } from './types';

/** One of several lists of an event, as an event of its own: with its own memory. */
export interface Part {
	key: string;
	list: ListName;
	event: Pick<EventDefinition, 'poll' | 'leave' | 'closeUnpicked' | 'beginAnew' | 'sample'>;
	/** Whether the user wants anything of it: one that nobody wants is not read. */
	isWanted(pollContext: PollContext): boolean;
}

/** What such an event remembers. */
interface PartsState extends FailuresState {
	/** By key of the part. */
	parts: Record<string, unknown>;
	/** Parts that the user took out, where not all that is open could be closed yet. */
	leaving?: string[];
	/**
	 * By key: parts that have not yet been read since the settings changed, with what held before that
	 * (see `PollContext`).
	 */
	adopting?: Record<string, { since?: number; optionsBefore?: IDataObject }>;
	/** The part whose turn it is: there was no room or time for it. */
	first?: string;
	/** By key: how often the user took the part out, and all that it knew with it. */
	left?: Record<string, number>;
}

/**
 * An event of several lists. Each has its own memory; one that is refused is named by an item and leaves
 * the others running; one that the user takes out closes what it has open.
 */
export function partsEvent(
	described: Omit<EventDefinition, 'poll' | 'sample'>,
	parts: Part[],
): EventDefinition {
	return {
		...described,
		adoptsMemory: true,
		poll: async (pollContext, before) => await poll(pollContext, parts, before),
		leave(before, most) {
			const memory = copyOf(before);
			const notifications: Notification[] = [];
			const failures = new ListFailures(memory, memory.begun ?? 0);
			for (const part of parts) {
				notifications.push(...failures.leave(part.key, part.list));
				notifications.push(...leavePart(memory, part, most - notifications.length));
			}
			return {
				notifications,
				...(Object.keys(memory.parts).length > 0 ? { memory } : {}),
			};
		},
		closeUnpicked(before, options, most) {
			const memory = copyOf(before);
			const notifications: Notification[] = [];
			for (const { key, event } of parts) {
				const known = memory.parts[key];
				if (known === undefined || !event.closeUnpicked) continue;
				const kept = event.closeUnpicked(known, options, most - notifications.length);
				notifications.push(...kept.notifications.map((one) => numbered(memory, key, one)));
				memory.parts[key] = kept.memory;
			}
			return { notifications, memory };
		},
		beginAnew(before) {
			const memory = copyOf(before);
			for (const { key, event } of parts) {
				const known = memory.parts[key];
				if (known !== undefined) memory.parts[key] = event.beginAnew?.(known);
			}
			return memory;
		},
		async sample(pollContext) {
			for (const part of parts) {
				if (!part.isWanted(pollContext)) continue;
				const found = await part.event.sample(pollContext);
				if (found) return found;
			}
			return undefined;
		},
	};
}

const copyOf = (before: unknown): PartsState => {
	const known = before as PartsState | undefined;
	return { ...known, parts: { ...known?.parts } };
};

async function poll(pollContext: PollContext, parts: Part[], before: unknown): Promise<Outcome> {
	const memory = copyOf(before);
	const failures = new ListFailures(memory, pollContext.serverNow());
	const notifications: Notification[] = [];
	const wanted = parts.filter((part) => part.isWanted(pollContext));
	for (const part of parts) {
		if (wanted.includes(part)) continue;
		notifications.push(...failures.leave(part.key, part.list));
		const room = pollContext.remainingItems - notifications.length;
		notifications.push(...leavePart(memory, part, room));
	}
	const adopting = adoptingParts(pollContext, memory, wanted);
	const turn = Math.max(
		0,
		wanted.findIndex(({ key }) => key === memory.first),
	);
	delete memory.first;
	for (const part of [...wanted.slice(turn), ...wanted.slice(0, turn)]) {
		const { key, list, event } = part;
		const unfinished = (): Outcome => {
			memory.first = key;
			return { notifications, memory, unfinished: true };
		};
		const room = pollContext.remainingItems - notifications.length;
		// Taken out and wanted again meanwhile: what was known ends first.
		if (memory.leaving?.includes(key)) notifications.push(...leavePart(memory, part, room));
		const remainingItems = pollContext.remainingItems - notifications.length;
		if (remainingItems <= 0 || memory.leaving?.includes(key)) return unfinished();
		try {
			const before = adopting[key];
			const changed = before ? { ...before, settingsChanged: true as const } : {};
			const outcome = await event.poll(
				{ ...pollContext, settingsChanged: undefined, ...changed, remainingItems },
				memory.parts[key],
			);
			delete adopting[key];
			if (Object.keys(adopting).length === 0) delete memory.adopting;
			notifications.push(
				...failures.read(key, list),
				...outcome.notifications.map((one) => numbered(memory, key, one)),
			);
			memory.parts[key] = outcome.memory;
			if (outcome.unfinished) return unfinished();
		} catch (error) {
			notifications.push(...failures.note(key, list, error));
		}
	}
	failures.check(wanted.length);
	return { notifications, memory };
}

/** One that waits for its turn, or cannot be read, adopts the settings when it is read. */
function adoptingParts(
	{ settingsChanged, since, optionsBefore }: PollContext,
	memory: PartsState,
	wanted: Part[],
): NonNullable<PartsState['adopting']> {
	const waiting = { ...memory.adopting };
	if (settingsChanged) for (const { key } of wanted) waiting[key] ??= { since, optionsBefore };
	if (Object.keys(waiting).length > 0) memory.adopting = waiting;
	return waiting;
}

/** @param memory is changed */
function leavePart(memory: PartsState, { key, event }: Part, most: number): Notification[] {
	const { parts, leaving = [] } = memory;
	if (parts[key] === undefined) return [];
	const left = event.leave?.(parts[key], most);
	const notifications = (left?.notifications ?? []).map((one) => numbered(memory, key, one));
	const others = leaving.filter((one) => one !== key);
	if (left?.memory !== undefined) {
		parts[key] = left.memory;
		memory.leaving = [...others, key];
		return notifications;
	}
	delete parts[key];
	if (leaving.length > 0) memory.leaving = others;
	memory.left = { ...memory.left, [key]: (memory.left?.[key] ?? 0) + 1 };
	return notifications;
}

/** Whoever heard that a problem is closed, because the part was taken out, hears of it anew. */
function numbered({ left }: PartsState, key: string, notification: Notification): Notification {
	const times = left?.[key];
	return times
		? { ...notification, occurrence: `${notification.occurrence}~${times}` }
		: notification;
}
