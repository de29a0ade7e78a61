import { knows, operationBy, parameterIn, standing, type Standing } from '../../shared/catalogue';
import { valueLabel } from '../../shared/form/operationNames';
import type { VeeamClient } from '../../shared/http/types';
import { adapter } from '../api/adapter';
import { overlay } from '../overlay';

/** Whether the credential's API version knows an operation (`GET /path`), and a parameter of it. */
export function isKnown(
	{ client }: { client: Pick<VeeamClient, 'version'> },
	operation: string,
	parameter?: { name: string; isList?: boolean },
): boolean {
	const catalogue = adapter.catalogue();
	if (!knows(catalogue, client.version, operation, parameter?.name)) return false;
	if (!parameter?.isList) return true;
	const found = operationBy(catalogue, operation);
	const known = found && parameterIn(catalogue, client.version, found, parameter.name);
	return known?.type.endsWith('[]') ?? false;
}

/** What is known of an operation (`GET /path`) in the credential's API version. */
export const standingIn = (
	{ client }: { client: Pick<VeeamClient, 'version'> },
	operation: string,
): Standing => standing(adapter.catalogue(), client.version, operation);

/** A value of the API in people's words: `SqlLogBackup` -> "SQL Log Backup". */
export const inWords = (value: unknown): string => valueLabel(overlay, String(value));
