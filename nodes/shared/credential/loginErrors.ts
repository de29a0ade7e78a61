import { quoted, type FailedAnswer } from '../http/errorTable';
import type { UserFacingError } from '../http/types';

type Advice = Pick<UserFacingError, 'message' | 'description'>;

/** What a product says of a login that was refused. */
export interface LoginErrors {
	/** The account needs a second factor, and nobody is there to give it. */
	multiFactor: Advice;
	/** Username or password is wrong; `description` is followed by the server's words. */
	refused: Advice;
	/** How the account comes to be allowed what the password alone does not give. */
	forbidden: string;
}

/** For a username and a password; `forms` says how names are written. */
export const wrongPassword = (forms: string): Advice => ({
	message: 'The server refuses the username or the password.',
	description: `Check both. ${forms}`,
});

/** How names of a backup server's users are written. */
export const SERVER_USERS =
	'Domain accounts are written DOMAIN\\user or user@domain, local ones .\\user.';

const MULTI_FACTOR = /multi-?\s?factor|two-?\s?factor|\bMFA\b|\b2FA\b|mfa_|verification code/i;

/** An OAuth error comes with 400, too. */
const REFUSED = /grant|credential|user|password|log ?on|log ?in|assertion|client/i;

/**
 * What a refused login means.
 *
 * @returns undefined where it is nothing that only a login meets
 */
export function explainLogin(
	{ status, code, message }: FailedAnswer,
	{ multiFactor, refused, forbidden }: LoginErrors,
): UserFacingError | undefined {
	const text = `${code} ${message}`;
	if (MULTI_FACTOR.test(text)) return multiFactor;
	if (status === 401 || (status === 400 && REFUSED.test(text)))
		return { ...refused, description: `${refused.description}${quoted(message)}` };
	if (status === 403)
		return {
			message: 'The account may not use the REST API.',
			description: `${forbidden}${quoted(message)}`,
		};
	return undefined;
}
