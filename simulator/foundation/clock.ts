/** Simulated time: runs with the machine's, faster where asked, and can be moved forward. */
export class Clock {
	private simulatedStart: number;
	private realStart = Date.now();
	private factor: number;

	/** @param speed simulated seconds per real second */
	constructor(speed = 1) {
		this.simulatedStart = this.realStart;
		this.factor = speed;
	}

	/** Milliseconds since 1970, as `Date.now()`. */
	now(): number {
		return Math.round(this.simulatedStart + (Date.now() - this.realStart) * this.factor);
	}

	advance(seconds: number): void {
		this.simulatedStart += seconds * 1000;
	}

	get speed(): number {
		return this.factor;
	}

	set speed(factor: number) {
		this.simulatedStart = this.now();
		this.realStart = Date.now();
		this.factor = factor;
	}
}

/** A time as Veeam's products write it: ISO 8601 with offset. */
export function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
