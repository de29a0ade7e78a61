/** A small generator of our own (mulberry32): the same seed gives the same campaign on every machine. */
export class Dice {
	private state: number;

	constructor(seed: number) {
		this.state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
	}

	/** At least 0, below 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
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
