import type { IDataObject } from 'n8n-workflow';

import { titleCase } from '../../shared/common/casing';
import type { Connection, UserFacingError } from '../../shared/http/types';
import { spellings } from '../overlay/fields';

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

const objectOf = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null ? (value as IDataObject) : {};

const oneLine = (value: unknown): string =>
	typeof value === 'string' ? value.trim().replace(/\s*\r?\n\s*/g, ' ') : '';

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

/** Turns an error answer of the Veeam Service Provider Console REST API into something legible. */
export function readError(
	status: number,
	body: unknown,
	{ version }: Pick<Connection, 'version'>,
): UserFacingError {
	const errors = readErrors(body);
	const [first] = errors;
	const message = errors.map(sentenceCase).join(' ');
	const said = message ? ` The server says: ${message}` : '';
	const about = {
		...(first?.code === undefined ? {} : { code: String(first.code) }),
		...(first?.retryAfter === undefined ? {} : { retryAfterSeconds: first.retryAfter }),
		...(first?.type === 'retryableLogical' ? { retryable: true } : {}),
	};
	if (
		UNSUPPORTED_VERSION.test(first?.type ?? '') ||
		/client version|X-Client-Version/i.test(message)
	)
		return {
			...about,
			unknownVersion: [],
			message: `The server does not know API version ${version}.`,
			description: `Choose another API version in the credential: 3.6.1 belongs to release 9.1 of the console, 3.6 to 9.0, 3.5.1 to 8.1, and a release also knows the versions before its own.${said}`,
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
			message: 'The user of the credential may not do this.',
			description: `Give the user a role that may, and check that its API key is not read-only.${said}`,
		};
	if (status === 404)
		return {
			...about,
			message: message || 'The server knows no object with this ID.',
			description: `Check the ID: the object may have been deleted, or may belong to a company the user does not see. The operation may also not exist in API version ${version} of this server.`,
		};
	if (status === 429)
		return {
			...about,
			message: 'The server gets too many requests.',
			description: `Ask less often or for less at once.${said}`,
			retryable: true,
		};
	if (status === 400 || status === 422)
		return {
			...about,
			message: message || 'The server rejects the request.',
			description: advice(errors),
		};
	if (status === 409)
		return {
			...about,
			message: message || 'The request conflicts with the state of the object.',
			description: 'The object may be in use or may exist already.',
		};
	if (status >= 500)
		return {
			...about,
			message: message || 'The server failed.',
			description: SERVER_SIDE[first?.type ?? ''] ?? SERVER_SIDE.unspecified,
		};
	return { ...about, message: message || `The server answered HTTP ${status}.` };
}

/** The product answers every failure of its own with HTTP 520; the type says more. */
const SERVER_SIDE: Record<string, string | undefined> = {
	logical:
		'The console could not do it. Check the values of the fields and the state of the object.',
	retryableLogical: 'The console could not do it at the moment. Try again later.',
	security: 'The user of the credential may not do this.',
	transport:
		'The console could not reach the machine concerned. Check that its management agent is online.',
	unspecified: 'Something went wrong inside Veeam Service Provider Console. Its logs say more.',
};

/** `"Company Name" (companyName): …` where the error names a field. */
function sentenceCase({ message, field }: ResponseError): string {
	const text = /[.!?]$/.test(message) || message === '' ? message : `${message}.`;
	return field === '' ? text : `${labelled(field)}: ${text}`;
}

function advice(errors: ResponseError[]): string {
	const fields = [...new Set(errors.map(({ field }) => field).filter((field) => field !== ''))];
	return fields.length > 0
		? `Check ${fields.map((field) => `"${titleCase(lastOf(field), spellings)}"`).join(', ')}.`
		: 'Check the values of the fields: one may be missing, misspelt or not allowed with the others.';
}

const labelled = (field: string): string => {
	const label = titleCase(lastOf(field), spellings);
	return label === field ? `"${label}"` : `"${label}" (${field})`;
};

/** `resource.name`, `/name` -> `name`: what the editor labels. */
const lastOf = (field: string): string => field.split(/[./]/).filter(Boolean).at(-1) ?? field;
