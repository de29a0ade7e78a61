/** A small generator of our own (mulberry32): the same seed gives the same estate on every machine. */
export interface Dice {
	/** At least 0, below 1. */
	next(): number;
	/** A whole number from `least` to `most`. */
	from(least: number, most: number): number;
	/** True in so many of a hundred cases. */
	percent(chance: number): boolean;
	pick<T>(choices: readonly T[]): T;
}

export function diceOf(seed: number): Dice {
	let state = (seed * 2_654_435_761) >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const from = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	return {
		next,
		from,
		percent: (chance) => next() * 100 < chance,
		pick: (choices) => choices[from(0, choices.length - 1)] as (typeof choices)[number],
	};
}
