import { randomOf } from '../../../support/random';

/** The same seed gives the same estate on every machine. */
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
	const next = randomOf(seed * 2_654_435_761);
	const from = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	return {
		next,
		from,
		percent: (chance) => next() * 100 < chance,
		pick: (choices) => choices[from(0, choices.length - 1)] as (typeof choices)[number],
	};
}
