import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { UserFacingFailure } from '../../shared/http/errors';
import { textOf } from './values';

/** The installation itself. */
export const SERVICE = '/ServiceInstance';

export const reads: ReadFields[] = [{ operation: `GET ${SERVICE}`, fields: ['version'] }];

/**
 * The product's version and build: "8.1.0.305". No version of the API tells the server's name.
 *
 * @throws UserFacingFailure where the answer has none
 */
export function serviceVersion(answer: unknown): string {
	const version = textOf((answer as IDataObject | null | undefined)?.version);
	if (version !== undefined) return version;
	throw new UserFacingFailure({
		message: 'The server did not answer with its version.',
		description: 'The answer may have been cut off on the way: look at proxies in between.',
	});
}
