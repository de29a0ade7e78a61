import type { UserFacingError } from '../../shared/http/types';

/** An error answer: `{errorCode, message, resourceId?}`, or `{error, error_description}` of a login. */
interface ErrorBody {
	code: string;
	message: string;
	resourceId?: string;
}

export function readErrorBody(body: unknown): ErrorBody {
	const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
	const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
	return {
		code: text(fields.errorCode) || text(fields.error),
		message:
			text(fields.message) ||
			text(fields.error_description) ||
			(typeof body === 'string' ? body.trim().slice(0, 500) : ''),
		resourceId: text(fields.resourceId) || undefined,
	};
}

/**
 * A server that does not know the API revision asked for: it says so and lists those it knows
 * (with or without a leading "v"), or it answers `NotImplemented` to what the revision lacks.
 */
export function readVersionProblem(body: unknown, version: string): UserFacingError | undefined {
	const { code, message } = readErrorBody(body);
	const supported = [...message.matchAll(/v?(\d+\.\d+-rev\d+)/gi)].map(([, found]) =>
		String(found),
	);
	if (/unsupported\s+rest\s*api\s+version/i.test(message))
		return {
			unknownVersion: [...new Set(supported)],
			message: `The server does not know API version ${version}.`,
			description:
				supported.length > 0
					? `It supports ${enumerate(supported)}. Choose ${supported.length > 1 ? 'one of them' : 'that'} as API version in the credential.`
					: 'Choose an older API version in the credential.',
			code,
		};
	if (code === 'NotImplemented')
		return {
			message: `The server does not offer this in API version ${version}.`,
			description:
				'Choose a newer API version in the credential, if the server knows one; otherwise the server has to be updated.',
			code,
		};
	return undefined;
}

/** Turns an error answer of the Veeam Backup & Replication REST API into something legible. */
export function readError(status: number, body: unknown, version: string): UserFacingError {
	const { code, message, resourceId } = readErrorBody(body);
	const said = message ? ` The server says: ${message}` : '';
	const about = { code: code || undefined };

	const versionProblem = readVersionProblem(body, version);
	if (versionProblem) return versionProblem;
	if (aboutLicense(message))
		return {
			...about,
			message: `The license of the server stands against this: ${message}`,
			description: 'Install, renew or extend the license in Veeam Backup & Replication.',
		};
	if (status === 401)
		return {
			...about,
			message: 'The server does not take the token.',
			description: `Test the credential.${said}`,
		};
	if (status === 403)
		return {
			...about,
			message: 'The account of the credential may not do this.',
			description: `Give it a role that may, under Users and Roles in Veeam Backup & Replication (some operations need Backup Administrator, some Security Administrator).${said}`,
		};
	if (status === 404 && code === 'InvalidURI')
		return {
			...about,
			message: 'The server does not know this address.',
			description: `The operation may not exist in API version ${version}.${said}`,
		};
	if (status === 404) {
		// What the server says often is the same again.
		const repeats = !resourceId || message.includes(resourceId);
		return {
			...about,
			message: resourceId
				? `The server knows no object with the ID ${resourceId}.`
				: message || 'The server knows no object with this ID.',
			description: `Check the ID: the object may have been deleted, or the ID may belong to another kind of object.${repeats ? '' : said}`,
		};
	}
	if (status === 400)
		return {
			...about,
			message: message || 'The server rejects the request.',
			description:
				'Check the values of the fields: one may be missing, misspelt or not allowed with the others.',
		};
	if (status === 409)
		return {
			...about,
			message: message || 'The request conflicts with the state of the object.',
			description: 'The object may be in use or may exist already.',
		};
	if (status === 429)
		return {
			...about,
			message: 'The server gets too many requests.',
			description: `Ask less often or for less at once.${said}`,
			retryable: true,
		};
	if (status === 503)
		return {
			...about,
			message: 'The server is not available at the moment.',
			description: `It may be starting or busy. Try again later.${said}`,
			retryable: true,
		};
	return {
		...about,
		message: message || `The server failed (HTTP ${status}).`,
		description:
			status >= 500
				? 'Something went wrong inside Veeam Backup & Replication. Its logs say more.'
				: `The server answered HTTP ${status}${code ? ` (${code})` : ''}.`,
	};
}

const aboutLicense = (message: string): boolean =>
	/licen[sc]/i.test(message) &&
	/expire|exceed|not (?:install|valid|support|allow|permit|include|found)|invalid|insufficient|require|missing|edition/i.test(
		message,
	);

/** "1.2-rev1, 1.3-rev0 and 1.3-rev1" */
function enumerate(names: string[]): string {
	const unique = [...new Set(names)];
	const last = unique.pop() ?? '';
	return unique.length > 0 ? `${unique.join(', ')} and ${last}` : last;
}
