import { UserFacingFailure } from '../../shared/http/errors';

/**
 * Half an answer must not look as if a problem were over.
 *
 * @param found undefined where the answer lacks what it always has
 * @param what "a license"
 * @throws UserFacingFailure
 */
export function expected<T>(found: T | undefined, what: string): T {
	if (found !== undefined) return found;
	throw new UserFacingFailure({
		message: `The server did not answer with ${what}.`,
		description: 'The answer may have been cut off on the way: look at proxies in between.',
	});
}
