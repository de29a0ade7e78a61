import { randomOf } from '../support/random';

/** The same seed gives the same campaign on every machine. */
export class Dice {
	/** At least 0, below 1. */
	readonly next: () => number;

	constructor(seed: number) {
		this.next = randomOf(Math.imul(seed + 1, 2_654_435_761));
	}

	/** A whole number from `least` to `most`. */
	from(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	/** True in so many of a hundred cases. */
	percent(chance: number): boolean {
		return this.next() * 100 < chance;
	}

	pick<T>(choices: readonly T[]): T {
		return choices[this.from(0, choices.length - 1)] as T;
	}

	/** The same things in another order. */
	shuffled<T>(things: readonly T[]): T[] {
		const all = [...things];
		for (let index = all.length - 1; index > 0; index--) {
			const other = this.from(0, index);
			[all[index], all[other]] = [all[other] as T, all[index] as T];
		}
		return all;
	}
}
