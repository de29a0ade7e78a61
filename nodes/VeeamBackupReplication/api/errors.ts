import { explain, readErrorBody, type ProductErrors } from '../../shared/http/errorTable';
import type { UserFacingError } from '../../shared/http/types';
import { VBR } from './identity';

/**
 * A server that does not know the API revision asked for: it says so and lists those it knows
 * (with or without a leading "v"), or it answers `NotImplemented` to what the revision lacks.
 */
export function readVersionProblem(body: unknown, version: string): UserFacingError | undefined {
	const { code, message } = readErrorBody(body);
	const supported = [...message.matchAll(/v?(\d{1,4}\.\d{1,4}-rev\d{1,4})/gi)].map(([, found]) =>
		String(found),
	);
	if (/unsupported\s+rest\s*api\s+version/i.test(message))
		return {
			unknownVersion: [...new Set(supported)],
			message: `The server does not know API version ${version}.`,
			description:
				supported.length > 0
					? `It supports ${enumerate(supported.map(withRelease))}. Choose ${supported.length > 1 ? 'one of them' : 'that'} as API version in the credential.`
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

/** What this product says otherwise than the shared table. */
const errors = (
	version: string,
	{ code, message, resourceId }: ReturnType<typeof readErrorBody>,
): ProductErrors => ({
	displayName: VBR.displayName,
	isAboutLicense: (words) =>
		/licen[sc]/i.test(words) &&
		/expire|exceed|not (?:install|valid|support|allow|permit|include|found)|invalid|insufficient|require|missing|edition/i.test(
			words,
		),
	byStatus: {
		403: {
			description:
				'Give it a role that allows this, under Users and Roles in Veeam Backup & Replication (some operations need Backup Administrator, some Security Administrator).',
		},
		...(code === 'InvalidURI'
			? {
					404: {
						message: 'The server does not know this address.',
						description: `The operation may not exist in API version ${version}.`,
						words: 'behind',
					},
				}
			: resourceId && {
					404: {
						message: `The server knows no object with the ID ${resourceId}.`,
						// What the server says often is the same again.
						words: message.includes(resourceId) ? 'nowhere' : 'behind',
					},
				}),
	},
});

/** Turns an error answer of the Veeam Backup & Replication REST API into something legible. */
export function readError(status: number, body: unknown, version: string): UserFacingError {
	const answer = readErrorBody(body);
	return (
		readVersionProblem(body, version) ?? explain({ status, ...answer }, errors(version, answer))
	);
}

/** "1.0-rev2 (11a)" for one that is older than this package supports: it is no choice to begin with. */
const withRelease = (version: string): string => {
	const older = VBR.olderVersions?.find((one) => one.version === version);
	return older ? `${version} (${older.release})` : version;
};

/** "1.2-rev1, 1.3-rev0 and 1.3-rev1" */
function enumerate(names: string[]): string {
	const unique = [...new Set(names)];
	const last = unique.pop() ?? '';
	return unique.length > 0 ? `${unique.join(', ')} and ${last}` : last;
}
