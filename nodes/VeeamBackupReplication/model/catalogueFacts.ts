import { nearestVersion } from '../../shared/catalogue';
import { valueLabel } from '../../shared/form/operationNames';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { adapter } from '../api/adapter';
import { names } from '../overlay';

/** Whether the credential's API version knows an operation (`GET /path`), and a parameter of it. */
export function isKnown(
	{ client }: Pick<PollContext, 'client'>,
	operation: string,
	parameter?: { name: string; isList?: boolean },
): boolean {
	const { versions, operations } = adapter.catalogue();
	const version = nearestVersion(versions, client.version);
	const found = operations.find(({ method, path }) => `${method} ${path}` === operation);
	if (!found?.in.includes(version)) return false;
	if (!parameter) return true;
	return (found.query ?? []).some(
		({ name, type, in: known }) =>
			name === parameter.name &&
			(known?.includes(version) ?? true) &&
			(!parameter.isList || type.endsWith('[]')),
	);
}

/** A value of the API in people's words: `SqlLogBackup` -> "SQL Log Backup". */
export const inWords = (value: unknown): string => valueLabel(names, String(value));

/** Enum values changed their case between versions. */
export const same = (a: unknown, b: string): boolean => String(a).toLowerCase() === b.toLowerCase();
