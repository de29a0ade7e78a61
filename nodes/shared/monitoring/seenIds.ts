import { shortKey } from './keys';

/** Characters of an id's key: 42 bits, of which two among 40,000 do not meet in a lifetime. */
const LENGTH = 7;

/** As it is kept: the keys of each span of time in one text, by the span's number. */
export type StoredIds = Record<string, string>;

/**
 * Ids of records that were dealt with, as small as it goes: seven characters each, in one text for
 * each span of time, so that what is old is dropped at once.
 */
export class SeenIds {
	private keys: Set<string> | undefined;

	/**
	 * @param stored is changed
	 * @param span milliseconds that share a text
	 */
	constructor(
		private readonly stored: StoredIds,
		private readonly span: number,
	) {}

	has(id: string): boolean {
		this.keys ??= new Set(Object.values(this.stored).flatMap(keysIn));
		return this.keys.has(keyOf(id));
	}

	/** @param time of the record, milliseconds since 1970 */
	add(id: string, time: number): void {
		if (this.has(id)) return;
		const bucket = String(Math.floor(time / this.span));
		this.stored[bucket] = (this.stored[bucket] ?? '') + keyOf(id);
		this.keys?.add(keyOf(id));
	}

	/** Forgets what lies wholly before a time. */
	forgetBefore(time: number): void {
		for (const bucket of Object.keys(this.stored))
			if ((Number(bucket) + 1) * this.span <= time) this.forget(bucket);
	}

	/**
	 * Forgets the oldest spans until so many ids are left at the most.
	 *
	 * @returns the end of the last span that was forgotten: what is older is no longer known
	 */
	limit(most: number): number | undefined {
		let end: number | undefined;
		const buckets = Object.keys(this.stored).sort((a, b) => Number(a) - Number(b));
		while (this.size > most && buckets.length > 1) {
			const oldest = buckets.shift() ?? '';
			end = (Number(oldest) + 1) * this.span;
			this.forget(oldest);
		}
		return end;
	}

	private get size(): number {
		return Object.values(this.stored).reduce((sum, text) => sum + text.length / LENGTH, 0);
	}

	private forget(bucket: string): void {
		delete this.stored[bucket];
		this.keys = undefined;
	}
}

const keyOf = (id: string): string => shortKey(id).slice(0, LENGTH);

const keysIn = (text: string): string[] =>
	Array.from({ length: text.length / LENGTH }, (_, index) =>
		text.slice(index * LENGTH, (index + 1) * LENGTH),
	);
