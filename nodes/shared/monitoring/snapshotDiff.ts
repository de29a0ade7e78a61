import type { IDataObject } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { readEntry, writeEntry, type Entries, type Entry, type Value } from './stateEntries';
import {
	closeGone,
	examine,
	exampleOf,
	type Condition,
	type Examined,
	type Facts,
} from './incidents';
import { shortKey } from './keys';
import type { Notification, Outcome, Severity, EventDefinition, WatchedObject } from './types';
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
	message(record: IDataObject, before: Value, after: Value): string;
}

/** Objects that are there all the time and change: repositories, jobs, licenses. */
export interface SnapshotDiff {
	/** "Repository" */
	type: string;
	/** Pages of all objects, from position `from` on (`watch.pages`, or `onePage` of a list). */
	pages(
		pollContext: PollContext,
		from: number,
	): AsyncIterable<Pick<Page, 'items' | 'from' | 'next'>>;
	/** What a record is about; undefined where the event has nothing to do with it. */
	object(
		record: IDataObject,
		options: IDataObject,
	): Pick<WatchedObject, 'id' | 'name' | 'scope'> | undefined;
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

interface SnapshotState {
	/** By short id. */
	entries: Entries;
	/** 0 or 1 in turn: tells the objects seen in this pass from those seen in the one before. */
	pass: number;
	/** Where an interrupted pass goes on. */
	from?: number;
	/** The first pass is not over: what is there becomes known, and is not told. */
	beginning?: true;
}

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
		poll: async (pollContext, memory) =>
			await look(pollContext, states, memory as SnapshotState | undefined),
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
		: { entries: {}, pass: 0, beginning: true };
	const notifications: Notification[] = [];
	const from = memory.from ?? 0;
	delete memory.from;
	if (from === 0) memory.pass = 1 - memory.pass;
	for await (const page of states.pages(pollContext, from)) {
		for (const [index, record] of page.items.entries()) {
			if (notifications.length >= pollContext.remainingItems) {
				memory.from = page.from + index;
				return { notifications, memory, unfinished: true };
			}
			notifications.push(...(await meet(pollContext, states, memory, record)));
		}
		if (page.next === undefined) break;
		if (pollContext.isExpired()) {
			memory.from = page.next;
			return { notifications, memory, unfinished: true };
		}
	}
	notifications.push(...closePass(pollContext, states, memory));
	return { notifications, memory };
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
	const object = { ...named, type: states.type };
	const key = shortKey(identityOf(object));
	const known = readEntry(memory.entries[key]);
	const about: Facts = { options: pollContext.options, now: pollContext.serverNow() };
	const kept = states.keep?.(record, known?.kept, about);
	const examined: Examined = { record, object, facts: { ...about, kept } };
	const silent = memory.beginning === true && !pollContext.common.emitCurrentProblems;

	const emitted: Notification[] = [];
	const incidents: Entry['incidents'] = {};
	for (const condition of wanted(states.conditions, pollContext)) {
		const before = known?.incidents?.[condition.name];
		const found = examine(condition, examined, before, {
			silent,
			reminderHours: pollContext.common.reminderHours,
		});
		if (found.incident) incidents[condition.name] = found.incident;
		if (found.notification) emitted.push(found.notification);
	}
	const tracked = wanted(states.tracked, pollContext);
	const values = tracked.map(({ value }, index) => value(record) ?? known?.values?.[index] ?? null);
	if (known?.values) emitted.push(...changes(tracked, examined, known.values, values));
	if (!known && !memory.beginning && states.presence?.isWanted(pollContext.options, 'added'))
		emitted.push(presence(states, object, record, 'added', about.now));

	const remembered = Object.keys(incidents).length > 0 || states.presence !== undefined;
	memory.entries[key] = writeEntry({
		pass: memory.pass,
		incidents,
		...(kept ? { kept } : {}),
		...(values.length > 0 ? { values } : {}),
		...(remembered ? { id: identityOf(object), name: object.name } : {}),
	});
	for (const notification of emitted)
		notification.details = await states.details?.(pollContext, record, notification);
	return emitted;
}

const wanted = <T extends { isWanted?(options: IDataObject): boolean }>(
	all: T[] | undefined,
	{ options }: PollContext,
): T[] => (all ?? []).filter((one) => one.isWanted?.(options) ?? true);

function changes(
	tracked: Tracked[],
	{ record, object, facts }: Examined,
	before: Value[],
	after: Value[],
): Notification[] {
	return tracked.flatMap(({ name, message, severity }, index) => {
		const [was = null, is = null] = [before[index], after[index]];
		if (was === is) return [];
		return {
			transition: 'changed',
			severity: severity?.(record) ?? 'info',
			object,
			condition: name,
			occurrence: `${facts.now}`,
			previous: { [name]: was },
			current: { [name]: is },
			message: message(record, was, is),
			record,
		};
	});
}

const presence = (
	states: SnapshotDiff,
	object: WatchedObject,
	record: IDataObject,
	which: 'added' | 'removed',
	now: number,
): Notification => ({
	transition: which,
	severity: 'info',
	object,
	condition: 'presence',
	occurrence: `${now}`,
	previous: { present: which === 'removed' },
	current: { present: which === 'added' },
	message: states.presence?.message(object, which) ?? '',
	record,
});

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
	const emitted: Notification[] = [];
	for (const [key, stored] of Object.entries(memory.entries)) {
		const entry = readEntry(stored);
		if (!entry || entry.pass === memory.pass) continue;
		if (!entry.missed) {
			memory.entries[key] = writeEntry({ ...entry, pass: memory.pass, missed: true });
			continue;
		}
		delete memory.entries[key];
		if (entry.id === undefined) continue;
		const [id = '', scope] = entry.id.split(SEPARATOR);
		const object: WatchedObject = {
			id,
			name: entry.name ?? id,
			type: states.type,
			...(scope === undefined ? {} : { scope }),
		};
		emitted.push(...closeGone(object, entry.incidents ?? {}));
		if (states.presence?.isWanted(pollContext.options, 'removed'))
			emitted.push(presence(states, object, { ...object }, 'removed', pollContext.serverNow()));
	}
	return emitted;
}

/** Of the first page: an object that is wrong; else one that could be, told as if it were. */
async function sample(
	pollContext: PollContext,
	states: SnapshotDiff,
): Promise<Notification | undefined> {
	const emitted: Notification[] = [];
	const begun: SnapshotState = { entries: {}, pass: 1 };
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
		if (!named) return [];
		const facts: Facts = { options: pollContext.options, now: pollContext.serverNow() };
		facts.kept = states.keep?.(record, undefined, facts);
		return [{ record, object: { ...named, type: states.type }, facts }];
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
		: changes(tracked, examined, [], values)[0];
	if (!notification) return undefined;
	notification.message = `Example: ${notification.message}`;
	notification.details = await states.details?.(pollContext, record, notification);
	return notification;
}
