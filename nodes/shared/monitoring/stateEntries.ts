import { unpackId, packId } from './keys';

/** An open incident of one object. Times in milliseconds since 1970. */
export interface Incident {
	/** 1 and above: the worst it has been. */
	level: number;
	since: number;
	/** When it was last reported; undefined for one that was there when the trigger began, silently. */
	emitted?: number;
	reminders?: number;
	/** Short for what the server says of its beginning; undefined where it says nothing. */
	mark?: string;
	/** The record did not say for once whether it still is. */
	unsaid?: true;
}

/**
 * By what changes or is wrong: how many occurrences of it are over; the mark of the last one, and how
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
	/** Values whose change is reported, in the event's order. */
	values?: Value[];
	/** What the event keeps about the object, such as a trend. */
	kept?: string;
	/** What happened to it before, for the identity of what happens next. */
	past?: Past;
}

type StoredIncident = [
	level: number,
	since: number,
	emitted: number,
	reminders: number,
	mark?: string | 0,
	unsaid?: 1,
];

/**
 * An entry as it is saved, kept small because there may be 10,000 of them. Most objects are fine: for
 * them it is the number of the pass alone. For the others it is a list with these places, the most used
 * ones first so that empty places at the end can be cut off:
 *
 * 0. pass
 * 1. name
 * 2. values, as places in the table
 * 3. past: what happened, as places in the table, and how often
 * 4. kept
 * 5. incidents, each after the place of its condition
 * 6. id
 * 7. missed
 */
type StoredEntry = number | unknown[];

/** The entries of all objects, by key, and the values that they have, each once. */
export interface StoredEntries {
	entries: Record<string, StoredEntry>;
	/** Values, names of conditions and of what changes: entries say their place in this list. */
	table?: Value[];
}

/** So many values more than are needed are no reason to write all entries anew. */
const SPARE = 100;

/** What an event remembers of its objects, in a small form: read and written one by one. */
export class StateEntries {
	private readonly places = new Map<string, number>();

	/**
	 * @param stored is changed
	 * @param isKeyId the keys are the objects' ids (see `packId`), so that entries need not hold them
	 */
	constructor(
		private readonly stored: StoredEntries,
		private readonly isKeyId: boolean,
	) {
		for (const [place, value] of (stored.table ?? []).entries())
			this.places.set(JSON.stringify(value), place);
	}

	keys(): string[] {
		return Object.keys(this.stored.entries);
	}

	get(key: string): Entry | undefined {
		const stored = this.stored.entries[key];
		if (stored === undefined) return undefined;
		if (typeof stored === 'number') return { pass: stored };
		const [pass, name, values, past, kept, incidents, id, missed] = stored;
		const entry: Entry = { pass: pass as number };
		if (values) entry.values = (values as number[]).map((place) => this.at(place));
		if (kept) entry.kept = kept as string;
		if (incidents) entry.incidents = this.named(incidents as unknown[], readIncident);
		if (typeof name === 'string') {
			entry.name = name;
			entry.id = unpackId(this.isKeyId ? key : String(id));
		}
		if (missed) entry.missed = missed as number;
		if (past) entry.past = this.named(past as unknown[], (one) => one as Past[string]);
		return entry;
	}

	set(key: string, entry: Entry): void {
		const { pass, values, kept, incidents = {}, name, id = '', missed, past = {} } = entry;
		const list: unknown[] = [
			pass,
			name ?? 0,
			values ? values.map((value) => this.placeOf(value)) : 0,
			this.placed(past, (one) => one),
			kept ?? 0,
			this.placed(incidents, writeIncident),
			name === undefined || this.isKeyId ? 0 : packId(id),
			missed ?? 0,
		];
		while (list.length > 1 && list[list.length - 1] === 0) list.pop();
		this.stored.entries[key] = list.length === 1 ? pass : list;
	}

	delete(key: string): void {
		delete this.stored.entries[key];
	}

	/** Forgets values that no entry has any more. */
	tidy(): void {
		const { stored } = this;
		if (this.places.size <= SPARE) return;
		const used = new Set<number>();
		for (const entry of Object.values(stored.entries)) {
			if (typeof entry === 'number') continue;
			const [, , values, past, , incidents] = entry;
			for (const place of (values || []) as number[]) used.add(place);
			for (const list of [incidents, past])
				((list || []) as number[]).forEach((one, index) => index % 2 === 0 && used.add(one));
		}
		if (this.places.size <= 2 * used.size + SPARE) return;
		const all = this.keys().map((key) => [key, this.get(key) as Entry] as const);
		this.places.clear();
		stored.table = [];
		for (const [key, entry] of all) this.set(key, entry);
	}

	private at(place: number): Value {
		return this.stored.table?.[place] ?? null;
	}

	private placeOf(value: Value): number {
		const text = JSON.stringify(value);
		const known = this.places.get(text);
		if (known !== undefined) return known;
		const table = (this.stored.table ??= []);
		this.places.set(text, table.length);
		return table.push(value) - 1;
	}

	private named<T>(list: unknown[], read: (one: unknown) => T): Record<string, T> {
		const found: Record<string, T> = {};
		for (let index = 0; index < list.length; index += 2)
			found[String(this.at(list[index] as number))] = read(list[index + 1]);
		return found;
	}

	private placed<T>(all: Record<string, T>, write: (one: T) => unknown): unknown[] | 0 {
		const list = Object.entries(all).flatMap(([name, one]) => [this.placeOf(name), write(one)]);
		return list.length > 0 ? list : 0;
	}
}

function readIncident(stored: unknown): Incident {
	const [level, since, emitted, reminders, mark, unsaid] = stored as StoredIncident;
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
