/**
 * Virtual time: the whole process lives in it, the code under test included. Pauses take no time but
 * move the clock on.
 */
export class Clock {
	private readonly realNow = Date.now;
	private readonly realTimeout = globalThis.setTimeout;

	constructor(public now: number) {
		Date.now = () => this.now;
		globalThis.setTimeout = ((work: () => void, milliseconds = 0) => {
			this.now += milliseconds;
			return setImmediate(work);
		}) as unknown as typeof setTimeout;
	}

	restore(): void {
		Date.now = this.realNow;
		globalThis.setTimeout = this.realTimeout;
	}
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const iso = (time: number): string => new Date(time).toISOString();
