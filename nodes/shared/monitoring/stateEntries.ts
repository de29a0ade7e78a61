/** An open incident of one object. Times in milliseconds since 1970. */
export interface Incident {
	/** 1 and above: the worst it has been. */
	level: number;
	since: number;
	/** When it was last told; undefined for one that was there when the trigger began, silently. */
	emitted?: number;
	reminders?: number;
	/** Short for what the server says of its beginning; undefined where it says nothing. */
	mark?: string;
	/** The record did not say for once whether it still is. */
	unsaid?: true;
}

/**
 * By what changes or is wrong: how many happenings of it are over; the mark of the last one, and how
 * many in a row had it.
 */
export type Past = Record<string, number | [ended: number, mark: string, same: number]>;

export type Value = string | number | boolean | null;

/** What is known of one object. */
export interface Entry {
	/** The pass that saw it last. */
	pass: number;
	/** Passes that have not seen it: 2 for a whole one, 1 for one that was interrupted. */
	missed?: number;
	/** Only where an incident is open or the event tells of objects that go. */
	name?: string;
	id?: string;
	/** By condition. */
	incidents?: Record<string, Incident>;
	/** Values whose change is told, in the event's order. */
	values?: Value[];
	/** What the event keeps about the object, such as a trend. */
	kept?: string;
	/** What happened to it before, for the identity of what happens next. */
	past?: Past;
}

/**
 * As it is kept: the pass alone where there is nothing to say, which is so for most of 10,000
 * repositories; else a list, without the empty end.
 */
export type StoredEntry = number | unknown[];

export type Entries = Record<string, StoredEntry>;

export function readEntry(stored: StoredEntry | undefined): Entry | undefined {
	if (stored === undefined) return undefined;
	if (typeof stored === 'number') return { pass: stored };
	const [pass, values, kept, incidents, name, id, missed, past] = stored;
	const entry: Entry = { pass: pass as number };
	if (values) entry.values = values as Value[];
	if (kept) entry.kept = kept as string;
	if (incidents)
		entry.incidents = Object.fromEntries(
			Object.entries(incidents as Record<string, StoredIncident>).map(([condition, one]) => [
				condition,
				readIncident(one),
			]),
		);
	if (name) entry.name = name as string;
	if (id) entry.id = id as string;
	if (missed) entry.missed = missed as number;
	if (past) entry.past = past as Past;
	return entry;
}

type StoredIncident = [
	level: number,
	since: number,
	emitted: number,
	reminders: number,
	mark?: string | 0,
	unsaid?: 1,
];

function readIncident([level, since, emitted, reminders, mark, unsaid]: StoredIncident): Incident {
	return {
		level,
		since,
		...(emitted ? { emitted } : {}),
		...(reminders ? { reminders } : {}),
		...(mark ? { mark } : {}),
		...(unsaid ? { unsaid: true as const } : {}),
	};
}

function writeIncident(incident: Incident): StoredIncident {
	const { level, since, emitted = 0, reminders = 0, mark = 0, unsaid } = incident;
	if (unsaid) return [level, since, emitted, reminders, mark, 1];
	return mark ? [level, since, emitted, reminders, mark] : [level, since, emitted, reminders];
}

export function writeEntry(entry: Entry): StoredEntry {
	const { pass, values, kept, incidents = {}, name, id, missed, past } = entry;
	const open = Object.entries(incidents).map(([condition, one]) => [condition, writeIncident(one)]);
	const list: unknown[] = [
		pass,
		values ?? 0,
		kept ?? 0,
		open.length > 0 ? Object.fromEntries(open) : 0,
		name ?? 0,
		id ?? 0,
		missed ?? 0,
		past && Object.keys(past).length > 0 ? past : 0,
	];
	while (list.length > 1 && list[list.length - 1] === 0) list.pop();
	return list.length === 1 ? pass : list;
}
