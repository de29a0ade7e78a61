import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../http/pageWalk';
import type { Counting } from './identities';
import type { Condition, Facts } from './incidents';
import { packId, SEPARATOR, shortKey } from './keys';
import type { PollContext } from './pollContext';
import { StateEntries, type StoredEntries, type Value } from './stateEntries';
import type { Notification, Severity, WatchedObject } from './types';

/** A value whose change is reported as it is, without good or bad. */
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
	/** More for the item, such as `company`. Asked only for what is reported. */
	details?(
		pollContext: PollContext,
		record: IDataObject,
		notification: Notification,
	): Promise<IDataObject>;
}

/** What such an event remembers; entries by `keyOf`. */
export interface SnapshotState extends Counting, StoredEntries {
	/** 0 or 1 in turn: tells the objects seen in this pass from those seen in the one before. */
	pass: number;
	/** Where an interrupted pass goes on. */
	from?: number;
	/** The pass was interrupted: what was removed meanwhile moves others onto pages already read. */
	isCut?: true;
	/** There was no room to say what is gone: that comes before reminders. */
	closing?: true;
	/** The first pass is not over: what is there becomes known, and is not reported. */
	beginning?: true;
	/** What the user wanted in the last poll: names of conditions and values. */
	wanted?: string[];
	/** The names of `values` of the entries. */
	values?: string[];
	/** The settings have changed: in this pass, what is new among `wanted` becomes known silently. */
	fresh?: string[];
	/** The settings before that: what they left out becomes known silently, too, and nothing else. */
	before?: IDataObject;
}

/** The entries of a memory, which is changed through them. */
export const entriesOf = (states: SnapshotDiff, memory: SnapshotState): StateEntries =>
	new StateEntries(memory, states.presence !== undefined);

/** The id as it is remembered, with the scope that belongs to it. */
export const identityOf = ({ id, scope }: Pick<WatchedObject, 'id' | 'scope'>): string =>
	scope === undefined ? id : `${id}${SEPARATOR}${scope}`;

/** By what an object is remembered: its id where additions and removals are reported; else less. */
export const keyOf = (
	{ presence }: SnapshotDiff,
	object: Pick<WatchedObject, 'id' | 'scope'>,
): string => (presence ? packId : shortKey)(identityOf(object));

/** The conditions or values that the user wants. */
export const wanted = <T extends { isWanted?(options: IDataObject): boolean }>(
	all: T[] | undefined,
	{ options }: Pick<PollContext, 'options'>,
): T[] => (all ?? []).filter((one) => one.isWanted?.(options) ?? true);
