import { createHash } from 'node:crypto';

/** The same text always gives the same UUID, so an estate looks alike in every run. */
export function uuidFor(text: string): string {
	const hex = createHash('sha1').update(text).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The same text always gives the same whole number from `from` to `to`, both included. */
export function numberFor(text: string, from: number, to: number): number {
	// FNV-1a: a record needs several of these, and there may be tens of thousands of records.
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return from + ((hash >>> 0) % (to - from + 1));
}

/** One of `choices`, always the same for the same text. */
export function pickFor<T>(text: string, choices: readonly T[]): T {
	return choices[numberFor(text, 0, choices.length - 1)] as T;
}
