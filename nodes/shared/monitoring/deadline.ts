import type { VeeamClient } from '../http/types';

/** Seconds below which nothing more is begun. */
const RESERVE = 3;

/** The longest a single answer may take: it is asked for twice, and other events wait. */
const LONGEST_ANSWER = 15;

/** The longest a whole answer may take: at a slow line a page of 1,000 needs more than silence tells. */
const LONGEST_WHOLE = 25;

export class Deadline {
	private readonly end: number;

	constructor(
		milliseconds: number,
		private readonly now: () => number,
	) {
		this.end = now() + milliseconds;
	}

	get secondsLeft(): number {
		return (this.end - this.now()) / 1000;
	}

	isExpired(): boolean {
		return this.secondsLeft < RESERVE;
	}

	/** Seconds that the server may stay silent; the transport repeats the request once. */
	timeout(): number {
		return Math.max(1, Math.min(LONGEST_ANSWER, (this.secondsLeft - 2) / 2));
	}

	/** Seconds for a whole answer, also of a server that sends a byte now and then. */
	answerWithin(): number {
		return Math.max(1, Math.min(LONGEST_WHOLE, this.secondsLeft - 1));
	}
}

/** A client whose every request ends within the time that a poll has left. */
export const inTime = (client: VeeamClient, deadline: Deadline): VeeamClient => ({
	...client,
	request: async (request) =>
		await client.request({
			...request,
			timeoutSeconds: Math.min(request.timeoutSeconds ?? Infinity, deadline.timeout()),
			answerWithinSeconds: deadline.answerWithin(),
		}),
	list: async (request, options) =>
		await client.list(
			{
				...request,
				timeoutSeconds: Math.min(request.timeoutSeconds ?? Infinity, deadline.timeout()),
				answerWithinSeconds: deadline.answerWithin(),
			},
			options,
		),
});
