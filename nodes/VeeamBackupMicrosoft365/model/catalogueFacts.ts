import { fromFile, isOlder, knows } from '../../shared/catalogue';
import type { ApiVersion } from '../../shared/catalogue/types';
import operations from '../api/operations.json';

const catalogue = () => fromFile(operations);

/**
 * Whether an API version knows an operation (`GET /path`) and, where one is named, a part of it, as
 * `knows` has it. v4 and v5, older than the catalogue, are taken for its oldest.
 */
export const isKnown = (version: ApiVersion, operation: string, part?: string): boolean =>
	knows(catalogue(), version, operation, part);

/** Whether a version is one of those before the catalogue's oldest: v4 and v5. */
export const isBeforeCatalogue = (version: ApiVersion): boolean =>
	isOlder(version, catalogue().versions);
