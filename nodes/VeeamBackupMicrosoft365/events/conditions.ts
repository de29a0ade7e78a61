import { nearestVersion, returnsFor } from '../../shared/catalogue';
import type { Watch } from '../../shared/polling/watch';
import { LegibleFailure } from '../../shared/transport/errors';

/**
 * Refuses to watch for nothing but what the API version of the credential does not tell: staying
 * silent for ever would look like good news. Some that it tells are enough to go on.
 *
 * @param picked the conditions
 * @param newer the field of the list that a condition stands on, for those not of every version
 */
export function refuseUnknown(
	{ adapter, client }: Watch,
	path: string,
	picked: string[],
	newer: Record<string, string>,
): void {
	const { versions, operations } = adapter.catalogue();
	const version = nearestVersion(versions, client.version);
	const list = operations.find((one) => one.method === 'GET' && one.path === path);
	const fields = list ? returnsFor(list, version).fields : undefined;
	if (!fields || picked.length === 0) return;
	const missing = picked.filter((one) => newer[one] !== undefined && !(newer[one] in fields));
	if (missing.length < picked.length) return;
	throw new LegibleFailure({
		message: `API ${client.version} tells none of the picked conditions.`,
		description:
			'Pick others under Conditions, or choose a newer API version in the credential, if the server has it.',
	});
}
