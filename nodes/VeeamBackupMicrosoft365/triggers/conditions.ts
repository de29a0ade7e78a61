import type { PollContext } from '../../shared/monitoring/pollContext';
import { UserFacingFailure } from '../../shared/http/errors';
import { versionNumber } from '../api/read';

/**
 * Refuses to watch for nothing but what the API version of the credential does not tell: staying
 * silent for ever would look like good news. Some that it tells are enough to go on.
 *
 * @param picked the conditions
 * @param since by condition: the first version that tells it; every version where left out
 */
export function refuseUnknown(
	{ client }: PollContext,
	picked: string[],
	since: Record<string, number>,
): void {
	const version = versionNumber(client.version);
	const emitted = picked.filter((one) => (since[one] ?? 0) <= version);
	if (emitted.length > 0 || picked.length === 0) return;
	const needed = Math.min(...picked.map((one) => since[one] ?? 0));
	throw new UserFacingFailure({
		message: `API ${client.version} tells none of the picked conditions.`,
		description: `Pick others under Conditions, or choose v${needed} or later as API version in the credential, if the server has it.`,
	});
}
