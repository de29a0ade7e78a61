/**
 * Triggers whose poll is under way, and since when: n8n does not keep two from overlapping. A poll
 * that has hung for longer than any may take is no reason to stay silent: the next one takes over.
 */
const running = new Map<string, Lock>();

export interface Lock {
	/** Milliseconds since 1970. */
	since: number;
}

/**
 * @param longest milliseconds after which a poll under way counts as hung
 * @returns undefined where another poll is under way
 */
export function lock(trigger: string, now: number, longest: number): Lock | undefined {
	const other = running.get(trigger);
	if (other && Math.abs(now - other.since) < longest) return undefined;
	const own = { since: now };
	running.set(trigger, own);
	return own;
}

/** Whether the poll still is the one that counts: none took over. */
export const holds = (trigger: string, own: Lock): boolean => running.get(trigger) === own;

export function unlock(trigger: string, own: Lock): void {
	if (holds(trigger, own)) running.delete(trigger);
}
