import { explain, quoted, readErrorBody, type ProductErrors } from '../../shared/http/errorTable';
import type { UserFacingError } from '../../shared/http/types';
import { VB365 } from './identity';

/** By `errorCode`. HttpError says nothing beyond the status. */
const CODES = {
	ProxyOffline: {
		message: 'The backup proxy server is offline.',
		description:
			'Start the proxy server or its Veeam service, rescan it, and try again; or choose a repository of another proxy server.',
	},
	OutdatedChangeToken: {
		message: 'The change token is too old.',
		description:
			'Start again with "latest" as change token, and go on from the one that comes back.',
	},
	ResourceAccessDenied: {
		message: 'The account of the credential may not do this.',
		description:
			'Use an account that is allowed to: an administrator of the backup server, or a restore operator whose role covers this object.',
	},
	ResourceNotFound: {
		message: 'The server knows no object with this ID.',
		description:
			'Check the ID: the object may have been deleted, or the ID may belong to another kind of object. Items of a restore session are known only until it is stopped.',
	},
	ParameterValidationFailure: {
		message: 'The server rejects a value.',
		description:
			'Check the values of the fields: one may be missing, misspelled or not allowed with the others.',
	},
	OrganizationTransfer: {
		message: 'The organization is being transferred.',
		description: 'Wait until the transfer has ended, then try again.',
	},
	RepositoryOwnerChangeTooManyLinks: {
		message: 'The repository is linked to others, whose owner would have to change too.',
		description: 'Switch on "Include All Related Repositories", or choose fewer of them.',
	},
	Timeout: {
		message: 'The server gave up waiting.',
		description: 'A proxy server or Microsoft 365 may be slow at the moment. Try again later.',
	},
	OperationConflict: {
		message: 'Something else is going on with this object.',
		description:
			'A job or session may be using it. Wait until that has ended or stop it, then try again.',
	},
} satisfies ProductErrors['byCode'];

/** What this product says otherwise than the shared table. */
const errors = (version: string): ProductErrors => ({
	displayName: VB365.displayName,
	isAboutLicense: (words) =>
		/licen[sc]e/i.test(words) &&
		/expire|exceed|not (?:install|valid|found)|invalid|insufficient/i.test(words),
	byCode: CODES,
	byStatus: {
		403: CODES.ResourceAccessDenied,
		404: {
			...CODES.ResourceNotFound,
			description: `${CODES.ResourceNotFound.description} In API ${version} the operation itself may be missing too.`,
		},
		409: CODES.OperationConflict,
	},
});

/** Turns an error answer of the Veeam Backup for Microsoft 365 REST API into something legible. */
export function readError(status: number, body: unknown, version: string): UserFacingError {
	return (
		readVersionProblem(status, body, version) ??
		explain({ status, ...readErrorBody(body) }, errors(version))
	);
}

/** A server that does not know the version in the path: it says so, or knows no such address at all. */
export function readVersionProblem(
	status: number,
	body: unknown,
	version: string,
): UserFacingError | undefined {
	const { code, message } = readErrorBody(body);
	const unsupported =
		/unsupported (api )?version|version .{0,40}(not supported|unsupported)|does not support .{0,40}version/i;
	if (!unsupported.test(message) && !(status === 404 && body === undefined)) return undefined;
	const known = [...message.matchAll(/\bv\d+\b/gi)]
		.map(([found]) => found.toLowerCase())
		.filter((found) => found !== version.toLowerCase());
	return {
		...(unsupported.test(message) ? { unknownVersion: known } : {}),
		message: unsupported.test(message)
			? `The server does not know API version ${version}.`
			: `The server does not know this address in API version ${version}.`,
		description:
			known.length > 0
				? `It supports ${known.join(', ')}. Choose one of them as API version in the credential.`
				: OTHER_VERSION,
		code: code || undefined,
	};
}

/**
 * What 404 means where every server has something: at the log in and at the list of jobs. The version
 * is the first part of the path, so a server that lacks it knows nothing there.
 */
export function unknownVersion(version: string, body: unknown): UserFacingError {
	const problem = readVersionProblem(404, body, version);
	const { message } = readErrorBody(body);
	return {
		unknownVersion: problem?.unknownVersion ?? [],
		message: `The server does not know API version ${version}.`,
		description: problem?.description ?? `${OTHER_VERSION}${quoted(message)}`,
	};
}

const OTHER_VERSION =
	'Choose another API version in the credential: each release of the product knows its own (v8 from 8.0) and those before it.';
