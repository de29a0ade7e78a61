import type { IDataObject } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import {
	readEntry,
	writeEntry,
	type Entries,
	type Entry,
	type Past,
	type Value,
} from './stateEntries';
import { begunAt, bury, happeningId, passOver, unearth, type Counting } from './identities';
import {
	closeAll,
	examine,
	exampleOf,
	type Condition,
	type Examined,
	type Facts,
	type Farewell,
	type Identify,
} from './incidents';
import { shortKey } from './keys';
import type {
	EventDefinition,
	Farewells,
	Notification,
	Outcome,
	Severity,
	WatchedObject,
} from './types';
import type { Page } from '../http/pageWalk';
import type { PollContext } from './pollContext';

/** A value whose change is told as it is, without good or bad. */
export interface Tracked {
	name: string;
	/** Whether the user wants it; always where left out. */
	isWanted?(options: IDataObject): boolean;
	/** Undefined where the record does not say: what was known stays. */
	value(record: IDataObject): Value | undefined;
	/** Default: info. */
	severity?(record: IDataObject): Severity;
	/**
	 * A first value is news, too, where the object had none: the first result of a job. Otherwise the
	 * server merely did not say it before.
	 */
	firstCounts?: true;
	message(record: IDataObject, before: Value, after: Value): string;
}

/** What a record is about. */
export interface NamedObject extends Pick<WatchedObject, 'id' | 'name' | 'scope'> {
	isLeftOut?: boolean;
}

/** Objects that are there all the time and change: repositories, jobs, licenses. */
export interface SnapshotDiff {
	/** "Repository" */
	type: string;
	/**
	 * Pages of all objects, from position `from` on (`watch.pages`, or `onePage` of a list). A page that
	 * `isUnknown` says nothing, not even that what it lacks is gone.
	 */
	pages(
		pollContext: PollContext,
		from: number,
	): AsyncIterable<Pick<Page, 'items' | 'from' | 'next'> & { isUnknown?: true }>;
	/**
	 * What a record is about, and whether the user's filters leave it out: what is open of such a one is
	 * closed. Undefined where the event has nothing to do with the record.
	 */
	object(record: IDataObject, options: IDataObject): NamedObject | undefined;
	conditions?: Condition[];
	tracked?: Tracked[];
	/** Tells objects that appear and go. */
	presence?: {
		isWanted(options: IDataObject, which: 'added' | 'removed'): boolean;
		message(object: WatchedObject, which: 'added' | 'removed'): string;
	};
	/** What to keep of an object besides, such as a trend: a short text, one for each of 10,000. */
	keep?(record: IDataObject, before: string | undefined, facts: Facts): string | undefined;
	/** More for the item, such as `company`. Asked only for what is told. */
	details?(
		pollContext: PollContext,
		record: IDataObject,
		notification: Notification,
	): Promise<IDataObject>;
}

interface SnapshotState extends Counting {
	/** By short id. */
	entries: Entries;
	/** 0 or 1 in turn: tells the objects seen in this pass from those seen in the one before. */
	pass: number;
	/** Where an interrupted pass goes on. */
	from?: number;
	/** The pass was interrupted: what was removed meanwhile moves others onto pages already read. */
	isCut?: true;
	/** The first pass is not over: what is there becomes known, and is not told. */
	beginning?: true;
	/** What the user wanted in the last poll: names of conditions and values. */
	wanted?: string[];
	/** The names of `values` of the entries. */
	values?: string[];
	/** The settings have changed: in this pass, what is new among `wanted` becomes known silently. */
	fresh?: string[];
}

/** Positions that are read again where a pass goes on, of what the poll before came on at most a tenth. */
const READ_AGAIN = 50;

/** An object is gone when so much weight of passes missed it: two whole ones, or four in pieces. */
const MISSED_PASS = { whole: 2, cut: 1, gone: 4 };

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
	adoptSettings(pollContext, states, memory);
	const notifications: Notification[] = [];
	const from = memory.from ?? 0;
	delete memory.from;
	if (from === 0) {
		memory.pass = 1 - memory.pass;
		delete memory.isCut;
	}
	const interrupt = (position: number): Outcome => {
		memory.from = position - Math.min(READ_AGAIN, Math.floor((position - from) / 10));
		memory.isCut = true;
		return { notifications, memory, unfinished: true };
	};
	for await (const page of states.pages(pollContext, from)) {
		if (page.isUnknown) {
			delete memory.beginning;
			return { notifications, memory: before ?? memory };
		}
		for (const [index, record] of page.items.entries()) {
			if (notifications.length >= pollContext.remainingItems) return interrupt(page.from + index);
			notifications.push(...(await meet(pollContext, states, memory, record)));
		}
		if (page.next === undefined) break;
		if (pollContext.isExpired()) return interrupt(page.next);
	}
	notifications.push(...closePass(pollContext, states, memory));
	return { notifications, memory };
}

/** What the user wants now; what he did not want before begins silently, and in a pass of its own. */
function adoptSettings(
	pollContext: PollContext,
	states: SnapshotDiff,
	memory: SnapshotState,
): void {
	const tracked = wanted(states.tracked, pollContext).map(({ name }) => name);
	const now = [...wanted(states.conditions, pollContext).map(({ name }) => name), ...tracked];
	if (pollContext.settingsChanged) {
		const before = memory.wanted ?? now;
		memory.fresh = [...(memory.fresh ?? []), ...now.filter((name) => !before.includes(name))];
		delete memory.from;
	}
	const layout = memory.values ?? tracked;
	if (layout.join() !== tracked.join()) {
		for (const [key, stored] of Object.entries(memory.entries)) {
			const entry = readEntry(stored);
			if (!entry?.values) continue;
			const { values } = entry;
			entry.values = tracked.map((name) => values[layout.indexOf(name)] ?? null);
			memory.entries[key] = writeEntry(entry);
		}
	}
	memory.wanted = now;
	memory.values = tracked;
}

/** No id has it. */
const SEPARATOR = '\t';

/** The id as it is remembered, with the scope that belongs to it. */
const identityOf = ({ id, scope }: Pick<WatchedObject, 'id' | 'scope'>): string =>
	scope === undefined ? id : `${id}${SEPARATOR}${scope}`;

/** Compares one object with what is known of it. */
async function meet(
	pollContext: PollContext,
	states: SnapshotDiff,
	memory: SnapshotState,
	record: IDataObject,
): Promise<Notification[]> {
	const named = states.object(record, pollContext.options);
	if (!named) return [];
	const { isLeftOut = false, ...identity } = named;
	const object: WatchedObject = { ...identity, type: states.type };
	const key = shortKey(identityOf(object));
	const known = readEntry(memory.entries[key]);
	const past: Past = known?.past ?? unearth(memory, key) ?? {};
	const emitted = isLeftOut
		? meetLeftOut({ pollContext, states, memory, known, past, object, record, key })
		: compare({ pollContext, states, memory, known, past, object, record, key });
	for (const notification of emitted)
		notification.details = await states.details?.(pollContext, record, notification);
	return emitted;
}

/** One object, and what is known of it. */
interface Meeting {
	pollContext: PollContext;
	states: SnapshotDiff;
	memory: SnapshotState;
	known: Entry | undefined;
	/** Is changed. */
	past: Past;
	object: WatchedObject;
	record: IDataObject;
	key: string;
}

const identifying =
	(counting: Counting, past: Past): Identify =>
	(what, mark) =>
		happeningId(counting, past, what, mark);

/** What becomes of an object that the user watches. */
function compare(meeting: Meeting): Notification[] {
	const { pollContext, states, memory, known, past, object, record, key } = meeting;
	const about: Facts = { options: pollContext.options, now: pollContext.serverNow() };
	const kept = states.keep?.(record, known?.kept, about);
	const examined: Examined = { record, object, facts: { ...about, kept } };
	const isLoud = pollContext.common.emitCurrentProblems;
	const isFresh = (name: string) => memory.fresh?.includes(name) === true;
	// Where it is told what comes and goes, what the filters leave out is known without its id.
	const isWatched = known && (!states.presence || known.id !== undefined);
	const isNewHere = memory.beginning === true || (!isWatched && memory.fresh !== undefined);
	const identify = identifying(memory, past);

	const emitted: Notification[] = [];
	const incidents: Entry['incidents'] = {};
	for (const condition of wanted(states.conditions, pollContext)) {
		const before = known?.incidents?.[condition.name];
		const found = examine(condition, examined, before, {
			silent: !isLoud && (isNewHere || isFresh(condition.name)),
			reminderHours: pollContext.common.reminderHours,
			identify,
		});
		if (found.incident) incidents[condition.name] = found.incident;
		if (found.notification) emitted.push(found.notification);
		if (before && !found.incident && before.emitted !== undefined)
			passOver(past, condition.name, before.mark);
	}
	emitted.push(...closeOpen(meeting, 'unpicked'));
	const tracked = wanted(states.tracked, pollContext);
	const values = valuesOf(tracked, record, known);
	if (known?.values)
		emitted.push(
			...changes(
				tracked.map((one) => (isFresh(one.name) ? undefined : one)),
				examined,
				{ before: known.values, after: values, identify, past },
			),
		);
	if (!known && !isNewHere && states.presence?.isWanted(pollContext.options, 'added'))
		emitted.push(presence(meeting, 'added'));

	const remembered = Object.keys(incidents).length > 0 || states.presence !== undefined;
	memory.entries[key] = writeEntry({
		pass: memory.pass,
		incidents,
		past,
		...(kept ? { kept } : {}),
		...(values.length > 0 ? { values } : {}),
		...(remembered ? { id: identityOf(object), name: object.name } : {}),
	});
	return emitted;
}

/** Closes what is open of an object: of conditions that are no longer picked, or of all. */
function closeOpen(
	{ memory, known, past, object }: Pick<Meeting, 'memory' | 'known' | 'past' | 'object'>,
	why: Farewell,
	name?: string,
): Notification[] {
	const others = Object.entries(known?.incidents ?? {}).filter(
		([condition]) => why !== 'unpicked' || !memory.wanted?.includes(condition),
	);
	const closed = closeAll(object, Object.fromEntries(others), identifying(memory, past), why, name);
	for (const [condition, { emitted, mark }] of others)
		if (emitted !== undefined) passOver(past, condition, mark);
	return closed;
}

/** The filters leave it out: it is neither wrong nor gone any more. */
function meetLeftOut(meeting: Meeting): Notification[] {
	const { pollContext, states, memory, known, past, object, record, key } = meeting;
	const closed = closeOpen(
		{ ...meeting, object: { ...object, name: known?.name ?? object.name } },
		'leftOut',
		object.name,
	);
	// Where it is told what comes and goes, one that was there all the time is not new.
	if (states.presence) {
		const values = valuesOf(wanted(states.tracked, pollContext), record, known);
		memory.entries[key] = writeEntry({
			pass: memory.pass,
			past,
			...(values.length > 0 ? { values } : {}),
		});
	} else {
		delete memory.entries[key];
		bury(memory, key, past, pollContext.serverNow());
	}
	return closed;
}

const valuesOf = (tracked: Tracked[], record: IDataObject, known: Entry | undefined): Value[] =>
	tracked.map(({ value }, index) => value(record) ?? known?.values?.[index] ?? null);

const wanted = <T extends { isWanted?(options: IDataObject): boolean }>(
	all: T[] | undefined,
	{ options }: PollContext,
): T[] => (all ?? []).filter((one) => one.isWanted?.(options) ?? true);

/** @param tracked undefined in place of what is not compared */
function changes(
	tracked: Array<Tracked | undefined>,
	{ record, object }: Examined,
	{
		before,
		after,
		identify,
		past,
	}: { before: Value[]; after: Value[]; identify: Identify; past: Past },
): Notification[] {
	return tracked.flatMap((one, index) => {
		const [was = null, is = null] = [before[index], after[index]];
		if (!one || was === is || (was === null && !one.firstCounts)) return [];
		const { name, message, severity } = one;
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
	});
}

function presence(
	{
		states,
		memory,
		past,
		object,
		record,
	}: Pick<Meeting, 'states' | 'memory' | 'past' | 'object' | 'record'>,
	which: 'added' | 'removed',
): Notification {
	const occurrence = happeningId(memory, past, '+');
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

/**
 * After the last page: what two passes did not bring is gone. One alone can miss an object, when
 * another that was removed meanwhile moved it onto a page already read.
 */
function closePass(
	pollContext: PollContext,
	states: SnapshotDiff,
	memory: SnapshotState,
): Notification[] {
	delete memory.beginning;
	delete memory.fresh;
	const emitted: Notification[] = [];
	for (const [key, stored] of Object.entries(memory.entries)) {
		const entry = readEntry(stored);
		if (!entry || entry.pass === memory.pass) continue;
		const missed = (entry.missed ?? 0) + MISSED_PASS[memory.isCut ? 'cut' : 'whole'];
		if (missed < MISSED_PASS.gone) {
			memory.entries[key] = writeEntry({ ...entry, pass: memory.pass, missed });
			continue;
		}
		delete memory.entries[key];
		const past = entry.past ?? {};
		const object = rememberedObject(states, entry);
		if (object) {
			emitted.push(...closeOpen({ memory, known: entry, past, object }, 'gone'));
			if (states.presence?.isWanted(pollContext.options, 'removed'))
				emitted.push(presence({ states, memory, past, object, record: { ...object } }, 'removed'));
		}
		bury(memory, key, past, pollContext.serverNow());
	}
	return emitted;
}

/** Undefined where neither an incident was open nor the going was to be told. */
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
function leave(states: SnapshotDiff, before: SnapshotState, most: number): Farewells {
	const memory = deepCopy(before);
	const notifications: Notification[] = [];
	for (const [key, stored] of Object.entries(memory.entries)) {
		if (notifications.length >= most) return { notifications, memory };
		delete memory.entries[key];
		const entry = readEntry(stored);
		const object = entry && rememberedObject(states, entry);
		if (!object) continue;
		const past = entry.past ?? {};
		notifications.push(...closeOpen({ memory, known: entry, past, object }, 'eventUnpicked'));
	}
	return { notifications };
}

/** Of the first page: an object that is wrong; else one that could be, told as if it were. */
async function sample(
	pollContext: PollContext,
	states: SnapshotDiff,
): Promise<Notification | undefined> {
	const emitted: Notification[] = [];
	const begun: SnapshotState = { entries: {}, pass: 1, begun: 'sample' };
	const loud = { ...pollContext, common: { ...pollContext.common, emitCurrentProblems: true } };
	for await (const { items } of states.pages(pollContext, 0)) {
		for (const record of items) emitted.push(...(await meet(loud, states, begun, record)));
		const problem = emitted.find(({ transition }) => transition === 'problem');
		return problem ?? emitted[0] ?? (await example(pollContext, states, items));
	}
	return undefined;
}

async function example(
	pollContext: PollContext,
	states: SnapshotDiff,
	records: IDataObject[],
): Promise<Notification | undefined> {
	const all = records.flatMap((record): Examined[] => {
		const named = states.object(record, pollContext.options);
		if (!named || named.isLeftOut) return [];
		const { id, name, scope } = named;
		const object = { id, name, ...(scope === undefined ? {} : { scope }), type: states.type };
		const facts: Facts = { options: pollContext.options, now: pollContext.serverNow() };
		facts.kept = states.keep?.(record, undefined, facts);
		return [{ record, object, facts }];
	});
	const conditions = wanted(states.conditions, pollContext);
	const [said] = conditions.flatMap((condition) =>
		all
			.filter(
				({ record, facts }) =>
					condition.isSaid?.(record, facts) ?? condition.level(record, 0, facts) !== undefined,
			)
			.map((examined) => ({ condition, examined })),
	);
	const examined = said?.examined ?? all[0];
	if (!examined) return undefined;
	const { record } = examined;
	const condition = said?.condition ?? conditions[0];
	const tracked = wanted(states.tracked, pollContext);
	const values = tracked.map(({ value }) => value(record) ?? null);
	const notification = condition
		? exampleOf(condition, examined)
		: changes(
				tracked.map((one) => ({ ...one, firstCounts: true })),
				examined,
				{ before: [], after: values, identify: () => 'example', past: {} },
			)[0];
	if (!notification) return undefined;
	notification.message = `Example: ${notification.message}`;
	notification.details = await states.details?.(pollContext, record, notification);
	return notification;
}
