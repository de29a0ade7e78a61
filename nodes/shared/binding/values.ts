import { DateTime } from 'luxon';

import type { ApiVersion, Catalogue, TypeExpression } from '../catalogue/types';
import { enumValues, parseType, normalizeEnum } from '../catalogue';
import { ParameterError } from '../runtime/parameterError';

/** What is needed to read a value that a user gave: where it goes and what he calls it. */
export interface ValueContext {
	catalogue: Catalogue;
	version: ApiVersion;
	/** The field as the editor labels it. */
	readonly label: string;
	/** IANA zone in which a time without an offset is meant: the workflow's. */
	timezone: string;
	/** Words that mean the same, see ProductAdapter. */
	synonyms?: ReadonlyArray<readonly string[]>;
}

/** Whether the user left a field empty. `false` and `0` are values. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(Array.isArray(value) && value.length === 0);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A value as an error message may show it: short, on one line. */
function show(value: unknown): string {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const line = (text ?? String(value)).replace(/\s+/g, ' ');
	return `"${line.length > 60 ? `${line.slice(0, 57)}…` : line}"`;
}

const wrong = (context: ValueContext, value: unknown, what: string, how: string) =>
	new ParameterError(`The value ${show(value)} of "${context.label}" is not ${what}`, how);

function toUuid(context: ValueContext, value: unknown): string {
	const text = String(value)
		.trim()
		.replace(/^\{(.*)\}$/, '$1');
	if (UUID.test(text)) return text;
	throw wrong(
		context,
		value,
		'an ID',
		'Veeam IDs look like 1b6ed2ae-3dd9-4b1f-8d8f-2a7a3b0f4c11. Choose the object from the list, or paste its ID.',
	);
}

/** ISO 8601 with offset. Takes what n8n's date picker and expressions give: text, Date, DateTime. */
function toDateTime(context: ValueContext, value: unknown): string {
	const time = DateTime.isDateTime(value)
		? value
		: value instanceof Date
			? DateTime.fromJSDate(value, { zone: context.timezone })
			: typeof value === 'number'
				? DateTime.fromMillis(value, { zone: context.timezone })
				: DateTime.fromISO(String(value).trim().replace(' ', 'T'), {
						zone: context.timezone,
						setZone: true,
					});
	const text = time.isValid ? time.toISO({ suppressMilliseconds: true }) : null;
	if (text !== null) return text;
	throw wrong(
		context,
		value,
		'a date',
		'Pick a date, or give one like 2026-01-31T22:00:00 (in the time zone of the workflow) or 2026-01-31T22:00:00+01:00.',
	);
}

function toDate(context: ValueContext, value: unknown): string {
	return toDateTime(context, value).slice(0, 10);
}

function toNumber(context: ValueContext, value: unknown, whole: boolean): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number) && (!whole || Number.isInteger(number)))
		return number;
	throw wrong(
		context,
		value,
		whole ? 'a whole number' : 'a number',
		whole ? 'Give a number without decimals, such as 14.' : 'Give a number, such as 14 or 2.5.',
	);
}

function toBoolean(context: ValueContext, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	const text = String(value).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw wrong(context, value, 'true or false', 'Switch it on or off, or give true or false.');
}

/**
 * Reads what a `json` field holds: text from the editor, or a value from an expression.
 *
 * @throws ParameterError with the place of the mistake where the text is no JSON
 */
export function readJson(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	let mistake: Error;
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		mistake = error as Error;
	}
	throw new ParameterError(
		`"${label}" is not valid JSON: ${placeOf(mistake, value)}`,
		'Check brackets, commas and quotes. Names and text stand in double quotes, and no comma follows the last entry.',
	);
}

/** "line 3, column 7", or the parser's own words where it names no place. */
function placeOf(error: Error, text: string): string {
	const position = /position (\d+)/.exec(error.message)?.[1];
	if (position === undefined) return error.message.replace(/^.*?JSON: ?/, '');
	const before = text.slice(0, Number(position)).split('\n');
	const reason = error.message.replace(/ in JSON at position.*$/s, '').replace(/ \(line.*$/s, '');
	return `${reason} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}

const list = (value: unknown): unknown[] => {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value === 'string' && value.trim().startsWith('[')) return [value];
	return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value];
};

/**
 * Turns a value from the editor or an expression into what the API takes.
 *
 * Unknown enum values pass through as they are: a newer server may know them.
 *
 * @throws ParameterError that names the field, where the value cannot be what the API takes
 */
export function toWire(context: ValueContext, type: TypeExpression, value: unknown): unknown {
	const parsed = parseType(type);
	if (parsed.kind === 'enum')
		return typeof value === 'string' ? toEnum(context, parsed.name, value.trim()) : value;
	if (parsed.kind === 'list') {
		const element = parseType(parsed.of);
		if (element.kind === 'scalar' || element.kind === 'enum') {
			const given =
				typeof value === 'string' && value.trim().startsWith('[')
					? readJson(value, context.label)
					: value;
			return list(given)
				.filter((entry) => !isEmpty(entry))
				.map((entry) => toWire(context, parsed.of, entry));
		}
		const entries = readJson(value, context.label);
		if (Array.isArray(entries)) return entries;
		throw wrong(context, value, 'a list', 'Put the entries between [ and ].');
	}
	if (parsed.kind === 'object' || parsed.kind === 'map') {
		const object = readJson(value, context.label);
		if (typeof object === 'object' && object !== null && !Array.isArray(object)) return object;
		throw wrong(context, value, 'an object', 'Put its fields between { and }.');
	}
	return toScalar(context, parsed.name, value);
}

/** As the version spells it; a word that the enum lacks by one that means the same. */
function toEnum({ catalogue, version, synonyms = [] }: ValueContext, name: string, value: string) {
	const known = enumValues(catalogue, name, version).map((one) => one.toLowerCase());
	const alike = synonyms.find((words) => words.some((word) => same(word, value))) ?? [];
	const word = known.includes(value.toLowerCase())
		? value
		: (alike.find((one) => known.includes(one.toLowerCase())) ?? value);
	return normalizeEnum(catalogue, name, word, version);
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function toScalar(context: ValueContext, name: string, value: unknown): unknown {
	if (name === 'integer' || name === 'number') return toNumber(context, value, name === 'integer');
	if (name === 'boolean') return toBoolean(context, value);
	if (name === 'uuid') return toUuid(context, value);
	if (name === 'dateTime') return toDateTime(context, value);
	if (name === 'date') return toDate(context, value);
	if (name === 'any') return looksLikeJson(value) ? readJson(value, context.label) : value;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const looksLikeJson = (value: unknown): boolean =>
	typeof value === 'string' && /^\s*[[{]/.test(value);
