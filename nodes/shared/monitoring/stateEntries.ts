/** An open incident of one object. Times in milliseconds since 1970. */
export interface Incident {
	/** 1 and above: the worst it has been. */
	level: number;
	since: number;
	/** When it was last told; undefined for one that was there when the trigger began, silently. */
	emitted?: number;
	reminders?: number;
}

export type Value = string | number | boolean | null;

/** What is known of one object. */
export interface Entry {
	/** The pass that saw it last. */
	pass: number;
	/** A whole pass has not seen it. */
	missed?: true;
	/** Only where an incident is open or the event tells of objects that go. */
	name?: string;
	id?: string;
	/** By condition. */
	incidents?: Record<string, Incident>;
	/** Values whose change is told, in the event's order. */
	values?: Value[];
	/** What the event keeps about the object, such as a trend. */
	kept?: string;
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
	const [pass, values, kept, incidents, name, id, missed] = stored;
	const entry: Entry = { pass: pass as number };
	if (values) entry.values = values as Value[];
	if (kept) entry.kept = kept as string;
	if (incidents)
		entry.incidents = Object.fromEntries(
			Object.entries(incidents as Record<string, number[]>).map(
				([condition, [level = 1, since = 0, emitted, reminders]]) => [
					condition,
					{ level, since, ...(emitted ? { emitted } : {}), ...(reminders ? { reminders } : {}) },
				],
			),
		);
	if (name) entry.name = name as string;
	if (id) entry.id = id as string;
	if (missed) entry.missed = true;
	return entry;
}

export function writeEntry(entry: Entry): StoredEntry {
	const { pass, values, kept, incidents = {}, name, id, missed } = entry;
	const open = Object.entries(incidents).map(
		([condition, { level, since, emitted, reminders }]) => [
			condition,
			[level, since, emitted ?? 0, reminders ?? 0],
		],
	);
	const list: unknown[] = [
		pass,
		values ?? 0,
		kept ?? 0,
		open.length > 0 ? Object.fromEntries(open) : 0,
		name ?? 0,
		id ?? 0,
		missed ? 1 : 0,
	];
	while (list.length > 1 && list[list.length - 1] === 0) list.pop();
	return list.length === 1 ? pass : list;
}
