import { isDue, isLoginFailure, isUnreachable } from './eventFailures';
import type { Failure } from './triggerState';
import type { Notification } from './types';

/** One of several lists that an event reads. */
export interface ListName {
	/** Part of the incident's key: `jobFinished/agent`. */
	id: string;
	/** "Agent Jobs", in the plural. */
	name: string;
	/** For the item's `record`. */
	path: string;
	/** What to do: "Take this kind out of Job Kinds, or let …". */
	advice: string;
}

/** What is remembered of the lists that could not be read, by the list's key. Plain JSON. */
export interface FailuresState {
	failures?: Record<string, Failure>;
	/** How many times it was over that a list could not be read. */
	outages?: Record<string, number>;
	/** When the event began: another trigger's outages are others. */
	begun?: number;
}

/**
 * Lists of one event that cannot be read while others can: an item names each, once, and another one
 * says that it is read again.
 */
export class ListFailures {
	readonly errors: Error[] = [];

	/** @param state is changed */
	constructor(
		private readonly state: FailuresState,
		private readonly now: number,
	) {
		state.begun ??= now;
	}

	/**
	 * @throws the error itself where it is none of this list alone: nobody answers, or the login is refused
	 */
	note(key: string, list: ListName, error: unknown): Notification[] {
		if (isUnreachable(error) || isLoginFailure(error)) throw error as Error;
		this.errors.push(error as Error);
		const known = this.state.failures?.[key];
		const failure: Failure = { ...known, polls: (known?.polls ?? 0) + 1 };
		this.state.failures = { ...this.state.failures, [key]: failure };
		if (!isDue(failure, error)) return [];
		failure.emitted = this.now;
		return [this.unreadable(key, list, error as Error)];
	}

	/** The list was read. */
	read(key: string, list: ListName): Notification[] {
		return this.end(key, list, { problem: false }, `${list.name} are watched again.`);
	}

	/** The user took the list out. */
	leave(key: string, list: ListName): Notification[] {
		return this.end(
			key,
			list,
			{ problem: false, watched: false },
			`${list.name} are no longer picked in the trigger, so this problem is closed.`,
		);
	}

	/** @throws the first error where all of so many lists failed: then it is the event's */
	check(lists: number): void {
		const [first] = this.errors;
		if (first && this.errors.length === lists) throw first;
	}

	private end(
		key: string,
		list: ListName,
		current: { problem: boolean; watched?: boolean },
		message: string,
	): Notification[] {
		const since = this.state.failures?.[key]?.emitted;
		const occurrence = this.outageOf(key);
		const others = Object.entries(this.state.failures ?? {}).filter(([one]) => one !== key);
		if (others.length > 0) this.state.failures = Object.fromEntries(others);
		else delete this.state.failures;
		if (since === undefined) return [];
		this.state.outages = { ...this.state.outages, [key]: (this.state.outages?.[key] ?? 0) + 1 };
		return [
			{
				...about(list),
				transition: 'recovered',
				severity: 'info',
				occurrence,
				previous: { problem: true, since: new Date(since).toISOString() },
				current,
				message,
				record: { list: list.path },
			},
		];
	}

	private unreadable(key: string, list: ListName, error: Error): Notification {
		const { message, description } = error as Error & { description?: string | null };
		const reason = [message, description].filter(Boolean).join(' ');
		return {
			...about(list),
			transition: 'problem',
			severity: 'error',
			occurrence: this.outageOf(key),
			previous: { problem: false },
			current: { problem: true, since: new Date(this.now).toISOString() },
			message: `${list.name} cannot be watched: ${reason} What else the event reads is. ${list.advice}`,
			record: { list: list.path, reason },
		};
	}

	/** Which outage of a list it is: the same when it is found anew. */
	private outageOf(key: string): string {
		return `${key}/${this.state.begun ?? 0}/${this.state.outages?.[key] ?? 0}`;
	}
}

const about = ({ id, name }: ListName) => ({
	object: { id, name, type: 'List' },
	condition: 'unreadable',
});
