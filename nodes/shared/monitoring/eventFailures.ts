import { NodeApiError } from 'n8n-workflow';

import { isTransient } from '../http/errors';
import type { Failure } from './triggerState';
import type { Notification, EventDefinition } from './types';

/** Gateways and servers that start say so; 500 is an answer of the server itself. */
const AWAY = ['502', '503', '504'];

/** Nothing answered, or nothing but "not now". */
export const isUnreachable = (error: unknown): boolean =>
	isTransient(error) &&
	error instanceof NodeApiError &&
	(!error.httpCode || AWAY.includes(error.httpCode));

/** The server is there and got the request, but did not come to an end with it in time. */
export const isSlow = (error: unknown): boolean =>
	isUnreachable(error) && error instanceof NodeApiError && error.context.arrived === true;

/** The credential is refused: nothing can be read with it. */
export const isLoginFailure = (error: unknown): boolean =>
	error instanceof NodeApiError && (error.context.login === true || error.httpCode === '401');

/** An error that may be gone with the next poll is reported when it was there in so many. */
const FAILURES_BEFORE_ALERT = 3;

/** A missing right does not come back by itself. */
export const isRefusal = (error: unknown): boolean =>
	error instanceof NodeApiError && error.httpCode === '403';

/** Whether to tell now that an event cannot be read: once. */
export const isDue = (failure: Failure, error: unknown): boolean =>
	failure.emitted === undefined && (isRefusal(error) || failure.polls >= FAILURES_BEFORE_ALERT);

const about = ({ value, name }: EventDefinition) => ({
	object: { id: value, name, type: 'Event' },
	condition: 'unreadable',
});

/**
 * Other events go on: a workflow hears of this one by an item.
 *
 * @param occurrence see `outageId`
 */
export function unreadable(
	event: EventDefinition,
	error: Error,
	now: number,
	occurrence: string,
): Notification {
	const { message, description } = error as Error & { description?: string | null };
	const reason = [message, description].filter(Boolean).join(' ');
	return {
		...about(event),
		transition: 'problem',
		severity: 'error',
		occurrence,
		previous: { problem: false },
		current: { problem: true, since: new Date(now).toISOString() },
		message: `"${event.name}" cannot be watched: ${reason}`,
		record: { event: event.value, reason },
	};
}

/** The server does not give all of what it says there is. See `unreadable`. */
export const watchedInPart: typeof unreadable = (event, error, now, occurrence) => {
	const notification = unreadable(event, error, now, occurrence);
	return {
		...notification,
		severity: 'warning',
		message: `"${event.name}" is watched in part: ${notification.record.reason as string}`,
	};
};

/** The user took out an event that could not be watched. */
export const noLongerPicked = (
	event: EventDefinition,
	failure: Failure,
	occurrence: string,
): Notification => ({
	...readableAgain(event, failure, occurrence),
	current: { problem: false, watched: false },
	message: `"${event.name}" is no longer picked in the trigger, so this problem is closed.`,
});

export function readableAgain(
	event: EventDefinition,
	{ emitted = 0 }: Failure,
	occurrence: string,
): Notification {
	return {
		...about(event),
		transition: 'recovered',
		severity: 'info',
		occurrence,
		previous: { problem: true, since: new Date(emitted).toISOString() },
		current: { problem: false },
		message: `"${event.name}" is watched again.`,
		record: { event: event.value },
	};
}
