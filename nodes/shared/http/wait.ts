import type { IDataObject } from 'n8n-workflow';

import { isTransient, UserFacingFailure, operationError } from './errors';
import { cutText } from './secrets';
import { inOrder } from './concurrency';
import type { RequestContext } from './attempt';
import { rest, secretsOfAll } from './attempt';
import type { WaitOptions, LongRunningOperation } from './types';

/** Lines of reasons an error shows. */
const SHOWN = 10;

interface Watched {
	work: LongRunningOperation;
	record: IDataObject;
	done: boolean;
	failed: boolean;
}

/**
 * Looks at running work until all of it has ended: at once, then every 2 seconds, backing off to
 * 15. A server out of sight for a while (a restart, a broken line) is waited for.
 *
 * @returns the last record of each, in order
 * @throws NodeOperationError when the time is up (the work goes on), and for failed work unless
 * `onFailure` is 'return', with the reason of each failed object
 */
export async function waitFor(
	requestContext: RequestContext,
	works: LongRunningOperation[],
	{ timeoutSeconds = 3600, onFailure = 'error' }: WaitOptions,
): Promise<IDataObject[]> {
	const { settings } = requestContext;
	const started = settings.now();
	const deadline = started + timeoutSeconds * 1000;
	const watched = works.map<Watched>((work) => ({ work, record: {}, done: false, failed: false }));
	let lastSeen = started;
	for (let pause = settings.firstPoll; ; pause = Math.min(settings.longestPoll, pause * 1.5)) {
		try {
			await look(requestContext, watched);
			lastSeen = settings.now();
		} catch (error) {
			const patient = settings.now() - lastSeen < settings.pollPatience * 1000;
			if (!isTransient(error) || !patient) throw asError(requestContext, error);
		}
		if (watched.every(({ done }) => done)) break;
		const left = (deadline - settings.now()) / 1000;
		if (left <= 0) throw tooLong(requestContext, watched, timeoutSeconds);
		await rest(requestContext, Math.min(pause, left));
	}
	if (onFailure === 'error' && watched.some(({ failed }) => failed))
		throw await failure(requestContext, watched);
	return watched.map(({ record }) => record);
}

async function look(requestContext: RequestContext, watched: Watched[]): Promise<void> {
	const running = watched.filter(({ done }) => !done);
	await inOrder(running, requestContext.settings.pagesAtOnce, async (one) => {
		Object.assign(one, await one.work.poll());
	});
}

/** Errors of the transport pass as they are; they have been made legible already. */
const asError = (requestContext: RequestContext, error: unknown): Error =>
	error instanceof Error && !(error instanceof UserFacingFailure)
		? error
		: operationError(
				requestContext.node,
				error instanceof UserFacingFailure ? error : { message: String(error) },
				{ itemIndex: requestContext.itemIndex, secrets: secretsOfAll(requestContext) },
			);

function tooLong(
	requestContext: RequestContext,
	watched: Watched[],
	timeoutSeconds: number,
): Error {
	const running = watched.filter(({ done }) => !done).map(({ work }) => work.label);
	const names = shorten(running).join(', ');
	return operationError(
		requestContext.node,
		{
			message: `${names} did not end within ${timeoutSeconds} seconds.`,
			description:
				'The work continues on the server. Raise "Timeout" under Options, or wait for it later by its ID.',
		},
		{ itemIndex: requestContext.itemIndex, secrets: secretsOfAll(requestContext) },
	);
}

async function failure(requestContext: RequestContext, watched: Watched[]): Promise<Error> {
	const failed = watched.filter((one) => one.failed);
	const reasons = await inOrder(
		failed,
		requestContext.settings.pagesAtOnce,
		async ({ work, record }) => {
			try {
				return (await work.reasons(record)).map((reason) => cutText(reason));
			} catch (error) {
				// The failure itself is what matters; why the reasons are missing comes second.
				return [`The reasons could not be read: ${(error as Error).message}`];
			}
		},
	);
	const names = shorten(failed.map(({ work }) => work.label)).join(', ');
	return operationError(
		requestContext.node,
		{
			message: `${names} failed.`,
			description: shorten(reasons.flat()).join('\n') || undefined,
		},
		{ itemIndex: requestContext.itemIndex, secrets: secretsOfAll(requestContext) },
	);
}

const shorten = (lines: string[]): string[] =>
	lines.length > SHOWN ? [...lines.slice(0, SHOWN), `+${lines.length - SHOWN} more`] : lines;
