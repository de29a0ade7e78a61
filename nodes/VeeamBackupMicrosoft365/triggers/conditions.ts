import type { PollContext } from '../../shared/monitoring/pollContext';
import { UserFacingFailure } from '../../shared/http/errors';
import { firstVersionWith, isKnown, type ApiPart } from '../model/catalogueFacts';

/**
 * Refuses to watch for nothing but what the API version of the credential does not give: staying
 * silent for ever would look like good news. Some that it gives are enough to go on.
 *
 * @param picked the conditions
 * @param needed by condition: the part of the API that says it; left out where every version has it
 */
export function refuseUnknown(
	{ client }: PollContext,
	picked: string[],
	needed: Record<string, ApiPart>,
): void {
	const parts = picked.flatMap((one) => (needed[one] ? [needed[one]] : []));
	if (parts.length < picked.length || picked.length === 0) return;
	if (parts.some((part) => isKnown(client.version, ...part))) return;
	throw new UserFacingFailure({
		message: `API ${client.version} has none of the picked conditions.`,
		description: `Pick others under Conditions, or choose ${firstVersionWith(parts)} or later as API version in the credential, if the server has it.`,
	});
}
