import type { NodeApiError } from 'n8n-workflow';

import { isUnreachable } from '../../shared/monitoring/eventFailures';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { readJobs } from '../model/jobs';
import { readOrganizationNames } from '../model/organizations';

/** The jobs of both kinds, read once in a poll. */
export const jobsOf = oncePerPoll(async ({ client }) => await readJobs(client));

/** Names of organizations by id, read once in a poll; none where the account may not read them. */
const organizationsOf = oncePerPoll(
	async ({ client }) =>
		(await optional(readOrganizationNames(client))) ?? new Map<string, string>(),
);

/** The organization's name; null where it is not known. */
export async function organizationName(
	pollContext: PollContext,
	id: string | undefined,
): Promise<string | null> {
	return id === undefined ? null : ((await organizationsOf(pollContext)).get(id) ?? null);
}

/** Every event of every poll has a context of its own. */
function oncePerPoll<T>(
	read: (pollContext: PollContext) => Promise<T>,
): (pollContext: PollContext) => Promise<T> {
	const known = new WeakMap<PollContext, Promise<T>>();
	return async (pollContext) => {
		const reading = known.get(pollContext) ?? read(pollContext);
		known.set(pollContext, reading);
		return await reading;
	};
}

/**
 * What is good to have, but not worth an event for: undefined where the server refuses it. A server
 * that does not answer is another matter: the next poll gets it.
 */
export async function optional<T>(reading: Promise<T>): Promise<T | undefined> {
	try {
		return await reading;
	} catch (error) {
		if (isUnreachable(error)) throw error as NodeApiError;
		return undefined;
	}
}
