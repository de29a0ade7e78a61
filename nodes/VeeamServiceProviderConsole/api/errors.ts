import type { IDataObject } from 'n8n-workflow';

import { titleCase } from '../../shared/common/casing';
import { explain, quoted } from '../../shared/http/errorTable';
import type { Connection, UserFacingError } from '../../shared/http/types';
import overlayFields from '../overlay/fields.json';
import { VSPC } from './identity';
import { objectOf } from '../../shared/common/objects';

/** One entry of `{errors: [{message, type, code, …}]}`. */
interface ResponseError {
	message: string;
	type: string;
	code?: number;
	/** The parameter or property of the request that is wrong, by its API name. */
	field: string;
	/** Seconds. */
	retryAfter?: number;
}

const oneLine = (value: unknown): string =>
	typeof value === 'string'
		? value
				.split(/[\r\n]/)
				.map((line) => line.trim())
				.filter(Boolean)
				.join(' ')
		: '';

/**
 * The errors of an answer, in any of the shapes that the console has:
 * - `{errors: [{message, type, code, parameterName}]}` of its operations
 * - `{error, error_description}` of a login
 * - `{error: {code, message}}` of its version check
 * - `{title, detail, errors: {field: [message]}}` (problem+json) of its web framework
 */
export function readErrors(body: unknown): ResponseError[] {
	const fields = objectOf(body);
	if (Array.isArray(fields.errors))
		return fields.errors.map(objectOf).map((error) => ({
			message: oneLine(error.message),
			type: oneLine(error.type),
			...(typeof error.code === 'number' ? { code: error.code } : {}),
			field: oneLine(error.parameterName) || oneLine(error.propertyName),
			...(typeof error.retryAfter === 'number' ? { retryAfter: error.retryAfter } : {}),
		}));
	const { code, message } = objectOf(fields.error);
	if (code !== undefined || message !== undefined)
		return [{ message: oneLine(message) || oneLine(code), type: oneLine(code), field: '' }];
	const said = oneLine(fields.error_description) || oneLine(fields.error);
	if (said) return [{ message: said, type: oneLine(fields.error), field: '' }];
	const problem = problemOf(fields);
	const text = problem || oneLine(body).slice(0, 500);
	return text === '' ? [] : [{ message: text, type: '', field: '' }];
}

/** "Title: detail" of a problem+json answer, with what it says of single fields. */
function problemOf({ title, detail, errors }: IDataObject): string {
	const parts = [oneLine(title).replace(/[.:]$/, ''), oneLine(detail)].filter(Boolean);
	const fields = Object.entries(objectOf(errors)).map(
		([field, messages]) => `${field}: ${[messages].flat().map(oneLine).filter(Boolean).join(' ')}`,
	);
	return [parts.join(': '), ...fields].filter(Boolean).join(' ');
}

/** How the console's web framework says that it has no such version. */
const UNSUPPORTED_VERSION = /^UnsupportedApiVersion$|^InvalidApiVersion$|^AmbiguousApiVersion$/i;

/** "3.6.1 belongs to release 9.1 of the console, 3.6 to 9.0" */
const RELEASES = VSPC.versions
	.map(({ version, release }, index) =>
		index === 0
			? `${version} belongs to release ${release} of the console`
			: `${version} to ${release}`,
	)
	.join(', ');

/** The console says that it does not know the version, or the header that names it. */
export function readVersionProblem(body: unknown, version: string): UserFacingError | undefined {
	const { first, message, also } = said(body);
	if (
		!UNSUPPORTED_VERSION.test(first?.type ?? '') &&
		!/client version|X-Client-Version/i.test(message)
	)
		return undefined;
	return {
		...also,
		unknownVersion: [],
		message: `The server does not know API version ${version}.`,
		description: `Choose another API version in the credential: ${RELEASES}, and a release also knows the versions before its own.${quoted(message)}`,
	};
}

/** Turns an error answer of the Veeam Service Provider Console REST API into something legible. */
export function readError(
	status: number,
	body: unknown,
	{ version }: Pick<Connection, 'version'>,
): UserFacingError {
	const versionProblem = readVersionProblem(body, version);
	if (versionProblem) return versionProblem;
	const { errors, first, message, also } = said(body);
	const rejected = advice(errors);
	return explain(
		// A type tells more than the status only where the product failed by itself.
		{ status, message, code: status >= 500 ? (first?.type ?? '') : '', also },
		{
			displayName: VSPC.displayName,
			byCode: SERVER_SIDE,
			byStatus: {
				...(rejected && { 400: { description: rejected }, 422: { description: rejected } }),
				403: {
					description:
						'Give the user a role that allows this, and check that its API key is not read-only.',
				},
				404: {
					description: `Check the ID: the object may have been deleted, or may belong to a company the user does not see. The operation may also not exist in API version ${version} of this server.`,
				},
			},
		},
	);
}

/** What an answer says, as one text, and what beside it is known of the failure. */
function said(body: unknown) {
	const errors = readErrors(body);
	const [first] = errors;
	return {
		errors,
		first,
		message: errors.map(sentenceOf).join(' '),
		also: {
			...(first?.code === undefined ? {} : { code: String(first.code) }),
			...(first?.retryAfter === undefined ? {} : { retryAfterSeconds: first.retryAfter }),
			...(first?.type === 'retryableLogical' ? { retryable: true } : {}),
		},
	};
}

const FAILED = 'The server failed.';

/** The product answers every failure of its own with HTTP 520; the type says more. */
const SERVER_SIDE = {
	logical: {
		message: FAILED,
		description:
			'The console could not do it. Check the values of the fields and the state of the object.',
	},
	retryableLogical: {
		message: FAILED,
		description: 'The console could not do it at the moment. Try again later.',
	},
	security: { message: FAILED, description: 'The account of the credential may not do this.' },
	transport: {
		message: FAILED,
		description:
			'The console could not reach the machine concerned. Check that its management agent is online.',
	},
};

/** `"Company Name" (companyName): …` where the error names a field. */
function sentenceOf({ message, field }: ResponseError): string {
	const text = /[.!?]$/.test(message) || message === '' ? message : `${message}.`;
	return field === '' ? text : `${labelled(field)}: ${text}`;
}

/** @returns undefined where no field is named */
function advice(errors: ResponseError[]): string | undefined {
	const fields = [...new Set(errors.map(({ field }) => field).filter((field) => field !== ''))];
	return fields.length === 0
		? undefined
		: `Check ${fields.map((field) => `"${titleCase(lastOf(field), overlayFields.spellings)}"`).join(', ')}.`;
}

const labelled = (field: string): string => {
	const label = titleCase(lastOf(field), overlayFields.spellings);
	return label === field ? `"${label}"` : `"${label}" (${field})`;
};

/** `resource.name`, `/name` -> `name`: what the editor labels. */
const lastOf = (field: string): string => field.split(/[./]/).filter(Boolean).at(-1) ?? field;
