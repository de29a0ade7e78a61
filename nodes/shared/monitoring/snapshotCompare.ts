import type { IDataObject } from 'n8n-workflow';

import { bury, occurrenceId, passOver, unearth, type Counting } from './identities';
import {
	closeAll,
	examine,
	type Examined,
	type Facts,
	type Farewell,
	type Identify,
} from './incidents';
import { shortKey } from './keys';
import type { PollContext } from './pollContext';
import {
	identityOf,
	keyOf,
	wanted,
	type SnapshotDiff,
	type SnapshotState,
	type Tracked,
} from './snapshotTypes';
import type { Entry, Past, StateEntries, Value } from './stateEntries';
import type { Notification, WatchedObject } from './types';

/** What there is to tell of one object. */
interface Met {
	notifications: Notification[];
	/** There was no room for the rest: the object has to be looked at again. */
	isCut?: true;
}

/**
 * Compares one object with what is known of it.
 *
 * @param room notifications at the most, 1 or more
 */
export async function meet(
	pollContext: PollContext,
	states: SnapshotDiff,
	memory: SnapshotState,
	entries: StateEntries,
	record: IDataObject,
	room = Infinity,
): Promise<Met> {
	const named = states.object(record, pollContext.options);
	if (!named) return { notifications: [] };
	const { isLeftOut = false, ...identity } = named;
	const object: WatchedObject = { ...identity, type: states.type };
	const key = keyOf(states, object);
	const known = entries.get(key);
	const past: Past = known?.past ?? unearth(memory, shortKey(identityOf(object))) ?? {};
	const meeting = { pollContext, states, memory, entries, known, past, object, record, key, room };
	const met = isLeftOut ? meetLeftOut(meeting) : compare(meeting);
	for (const notification of met.notifications)
		notification.details = await states.details?.(pollContext, record, notification);
	return met;
}

/** One object, and what is known of it. */
interface Meeting {
	pollContext: PollContext;
	states: SnapshotDiff;
	memory: SnapshotState;
	entries: StateEntries;
	known: Entry | undefined;
	/** Is changed. */
	past: Past;
	object: WatchedObject;
	record: IDataObject;
	key: string;
	room: number;
}

const identifying =
	(counting: Counting, past: Past): Identify =>
	(what, mark) =>
		occurrenceId(counting, past, what, mark);

/** What becomes of an object that the user watches. */
function compare(meeting: Meeting): Met {
	const { pollContext, states, memory, entries, known, past, object, record, key, room } = meeting;
	const about: Facts = { options: pollContext.options, now: pollContext.serverNow() };
	const kept = states.keep?.(record, known?.kept, about);
	const examined: Examined = { record, object, facts: { ...about, kept } };
	const isLoud = pollContext.common.emitCurrentProblems;
	const isFresh = (name: string) => memory.fresh?.includes(name) === true;
	const isNewHere = memory.beginning === true || (memory.fresh !== undefined && isLetIn(meeting));
	const identify = identifying(memory, past);

	const emitted: Notification[] = [];
	let isCut = false;
	const incidents: Incidents = {};
	for (const condition of wanted(states.conditions, pollContext)) {
		const before = known?.incidents?.[condition.name];
		const found = examine(condition, examined, before, {
			silent: !isLoud && (isNewHere || isFresh(condition.name)),
			// Reminders that fill each poll would keep what is gone from ever being closed.
			reminderHours: memory.closing ? 0 : pollContext.common.reminderHours,
			identify,
		});
		if (found.notification && emitted.length >= room) {
			isCut = true;
			if (before) incidents[condition.name] = before;
			continue;
		}
		if (found.incident) incidents[condition.name] = found.incident;
		if (found.notification) emitted.push(found.notification);
		if (before && !found.incident && before.emitted !== undefined)
			passOver(past, condition.name, before.mark);
	}
	const unpicked = closeOpen(meeting, 'unpicked', room - emitted.length);
	emitted.push(...unpicked.closed);
	Object.assign(incidents, unpicked.left);
	isCut ||= Object.keys(unpicked.left).length > 0;
	const tracked = wanted(states.tracked, pollContext);
	const values = valuesOf(tracked, record, known);
	for (const [index, one] of tracked.entries()) {
		if (!known?.values || isFresh(one.name)) continue;
		const [was, is] = [known.values[index] ?? null, values[index] ?? null];
		if (!isChange(one, was, is)) continue;
		if (emitted.length < room) {
			emitted.push(changeOf(one, examined, { was, is, identify, past }));
			continue;
		}
		// What there is no room for stays as it was known, and differs at the next look.
		isCut = true;
		values[index] = was;
	}
	if (!known && !isNewHere && states.presence?.isWanted(pollContext.options, 'added'))
		emitted.push(presence(meeting, 'added'));

	const remembered = Object.keys(incidents).length > 0 || states.presence !== undefined;
	entries.set(key, {
		pass: memory.pass,
		incidents,
		past,
		...(kept ? { kept } : {}),
		...(values.length > 0 ? { values } : {}),
		...(remembered ? { id: identityOf(object), name: object.name } : {}),
	});
	return { notifications: emitted, ...(isCut ? { isCut } : {}) };
}

/** Whether the settings left the object out so far; one that has come since is news with any settings. */
function isLetIn({ states, memory, known, record }: Meeting): boolean {
	// Where additions and removals are reported, what the filters leave out is known without its name.
	if (known) return states.presence !== undefined && known.name === undefined;
	if (memory.before === undefined) return true;
	const before = states.object(record, memory.before);
	return before === undefined || before.isLeftOut === true;
}

type Incidents = NonNullable<Entry['incidents']>;

/**
 * Closes what is open of an object: of conditions that are no longer picked, or of all.
 *
 * @param room notifications at the most
 * @returns `left`: what there was no room for
 */
export function closeOpen(
	{ memory, known, past, object }: Pick<Meeting, 'memory' | 'known' | 'past' | 'object'>,
	why: Farewell,
	room: number,
	name?: string,
): { closed: Notification[]; left: Incidents } {
	const emitted = Object.entries(known?.incidents ?? {}).filter(
		([condition, incident]) =>
			incident.emitted !== undefined && (why !== 'unpicked' || !memory.wanted?.includes(condition)),
	);
	const now = emitted.slice(0, Math.max(0, room));
	const closed = closeAll(object, Object.fromEntries(now), identifying(memory, past), why, name);
	for (const [condition, { mark }] of now) passOver(past, condition, mark);
	return { closed, left: Object.fromEntries(emitted.slice(now.length)) };
}

/** The filters leave it out: it is neither wrong nor gone any more. */
function meetLeftOut(meeting: Meeting): Met {
	const { pollContext, states, memory, entries, known, past, object, record, key } = meeting;
	const { closed, left } = closeOpen(
		{ ...meeting, object: { ...object, name: known?.name ?? object.name } },
		'leftOut',
		meeting.room,
		object.name,
	);
	if (known && Object.keys(left).length > 0) {
		entries.set(key, { ...known, pass: memory.pass, missed: 0, past, incidents: left });
		return { notifications: closed, isCut: true };
	}
	// Where additions and removals are reported, one that was there all the time is not new.
	if (states.presence) {
		const values = valuesOf(wanted(states.tracked, pollContext), record, known);
		entries.set(key, {
			pass: memory.pass,
			past,
			...(values.length > 0 ? { values } : {}),
		});
	} else {
		entries.delete(key);
		bury(memory, shortKey(identityOf(object)), past, pollContext.serverNow());
	}
	return { notifications: closed };
}

const valuesOf = (tracked: Tracked[], record: IDataObject, known: Entry | undefined): Value[] =>
	tracked.map(({ value }, index) => value(record) ?? known?.values?.[index] ?? null);

const isChange = ({ firstCounts }: Tracked, was: Value, is: Value): boolean =>
	was !== is && (was !== null || firstCounts === true);

/** A value that differs from what it was. */
export function changeOf(
	{ name, message, severity }: Tracked,
	{ record, object }: Examined,
	{ was, is, identify, past }: { was: Value; is: Value; identify: Identify; past: Past },
): Notification {
	const what = `=${name}`;
	const occurrence = JSON.stringify([identify(what, undefined), was, is]);
	passOver(past, what);
	return {
		transition: 'changed',
		severity: severity?.(record) ?? 'info',
		object,
		condition: name,
		occurrence,
		previous: { [name]: was },
		current: { [name]: is },
		message: message(record, was, is),
		record,
	};
}

export function presence(
	{
		states,
		memory,
		past,
		object,
		record,
	}: Pick<Meeting, 'states' | 'memory' | 'past' | 'object' | 'record'>,
	which: 'added' | 'removed',
): Notification {
	const occurrence = occurrenceId(memory, past, '+');
	passOver(past, '+');
	return {
		transition: which,
		severity: 'info',
		object,
		condition: 'presence',
		occurrence,
		previous: { present: which === 'removed' },
		current: { present: which === 'added' },
		message: states.presence?.message(object, which) ?? '',
		record,
	};
}
