import { DateTime } from 'luxon';

import type { ApiVersion, Catalogue, TypeExpression } from '../catalogue/types';
import { enumValues, fieldsOf, keysOf, parseType, normalizeEnum } from '../catalogue';
import { ParameterError } from '../runtime/parameterError';
import { isObject } from '../common/objects';

/** What is needed to read a value that a user gave: where it goes and what he calls it. */
export interface ValueContext {
	catalogue: Catalogue;
	version: ApiVersion;
	/** The field as the editor labels it. */
	readonly label: string;
	/** The field holds a secret: no error quotes what was given. */
	isSecret?: boolean;
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

/** How JSON begins that may hold nothing. Most texts are none, and the error of `JSON.parse` takes long. */
const JSON_OF_NOTHING = /^\s*(?:[[{"]|null)/;

/** A value as JSON text holds it, where that may hold nothing; the value itself in all other cases. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string' || !JSON_OF_NOTHING.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

/**
 * Whether a value holds nothing at any depth: `[]`, `[""]`, `[{}]`, `{}`, also as JSON text. What an
 * expression over a field that is not there leaves behind.
 */
export function isHollow(value: unknown): boolean {
	const inner = parsed(value);
	if (isEmpty(inner) || (typeof inner === 'string' && inner.trim() === '')) return true;
	if (Array.isArray(inner)) return inner.every(isHollow);
	return isPlainObject(inner) && Object.keys(inner).length === 0;
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' &&
	value !== null &&
	!(value instanceof Date) &&
	!DateTime.isDateTime(value);

/** How samples write an ID that nobody filled in. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A value as an error message may show it: short, on one line. */
function show(value: unknown): string {
	const isPlain = typeof value === 'string' || typeof value === 'number';
	const text = isPlain ? String(value) : JSON.stringify(value);
	const line = (text ?? String(value)).replace(/\s+/g, ' ');
	return `"${line.length > 60 ? `${line.slice(0, 57)}…` : line}"`;
}

const wrong = (context: ValueContext, value: unknown, what: string, how: string) =>
	new ParameterError(
		context.isSecret
			? `The value of "${context.label}" is not ${what}`
			: `The value ${show(value)} of "${context.label}" is not ${what}`,
		how,
	);

function toUuid(context: ValueContext, value: unknown): string {
	const text = String(value)
		.trim()
		.replace(/^\{(.*)\}$/, '$1');
	if (text === NIL_UUID)
		throw new ParameterError(
			`"${context.label}" is ${NIL_UUID}, the placeholder of an ID`,
			'Choose the object from the list, or paste its ID.',
		);
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
	try {
		return JSON.parse(value) as unknown;
	} catch {
		// Said below.
	}
	throw new ParameterError(
		`"${label}" is not valid JSON: ${mistakeIn(value)}`,
		'Check brackets, commas and quotes. Names and text stand in double quotes, and no comma follows the last entry.',
	);
}

/**
 * A JSON text that says more than its value does: a number of more digits than fit, a name that comes
 * twice, an order of names. Undefined where the value is all of it.
 */
export function exactJson(raw: unknown, value: unknown): string | undefined {
	if (typeof raw !== 'string') return undefined;
	const plain = raw.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) =>
		part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : '',
	);
	return plain === JSON.stringify(value) ? undefined : raw.trim();
}

/**
 * What is wrong with a text and where: "Unexpected token 'x' (line 3, column 7)". Nothing of the text but
 * this one character: it may hold passwords.
 */
function mistakeIn(text: string): string {
	// The shortest beginning that no ending would make right: newer engines do not say where it is.
	let [right, wrong] = [0, text.length];
	while (right < wrong) {
		const middle = (right + wrong) >> 1;
		if (complaintOf(text.slice(0, middle + 1)) === undefined) right = middle + 1;
		else wrong = middle;
	}
	const reason =
		right === text.length
			? 'Unexpected end of JSON input'
			: (complaintOf(text.slice(0, right + 1)) ?? 'Unexpected token');
	const before = text.slice(0, right).split('\n');
	return `${reason} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}

/** What the parser finds wrong with the beginning of a text; undefined where more could make it right. */
function complaintOf(text: string): string | undefined {
	try {
		JSON.parse(text);
		return undefined;
	} catch (error) {
		const { message } = error as Error;
		const position = /position (\d+)/.exec(message)?.[1];
		const isAtEnd = /end of JSON|unterminated/i.test(message) || Number(position) >= text.length;
		return isAtEnd ? undefined : beforeQuote(message);
	}
}

/** What a parser's message says before its place, or before it quotes the text. */
const beforeQuote = (message: string): string =>
	[' in JSON at position', ', "', ', ..."'].reduce(
		(said, end) => said.split(end)[0] ?? '',
		message,
	);

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
	// What a calculation over a field that is not there gives.
	if (typeof value === 'number' && !Number.isFinite(value))
		throw wrong(
			context,
			value,
			'a value',
			'The expression calculates with something that is not a number: the item has no such field.',
		);
	const parsed = parseType(type);
	if (parsed.kind === 'enum') return toEnum(context, parsed.name, toText(context, value).trim());
	if (parsed.kind === 'list') {
		const element = parseType(parsed.of);
		if (element.kind === 'scalar' || element.kind === 'enum') {
			const given =
				typeof value === 'string' && value.trim().startsWith('[')
					? readJson(value, context.label)
					: value;
			return rows(context, given).map((entry) => toWire(context, parsed.of, entry));
		}
		const entries = readJson(value, context.label);
		if (Array.isArray(entries)) {
			refusePlaceholders(context, type, entries);
			return entries;
		}
		throw wrong(
			context,
			value,
			'a list',
			`Put the entries between [ and ].${keysHelp(context, type)}`,
		);
	}
	if (parsed.kind === 'object' || parsed.kind === 'map') {
		const object = readJson(value, context.label);
		if (isObject(object)) {
			refusePlaceholders(context, type, object);
			return object;
		}
		throw wrong(
			context,
			value,
			'an object',
			`Put its fields between { and }.${keysHelp(context, type)}`,
		);
	}
	return toScalar(context, parsed.name, value);
}

/** Letters of keys that an error names. */
const MOST_KEYS = 300;

function keysHelp({ catalogue, version }: ValueContext, type: TypeExpression): string {
	const keys = keysOf(catalogue, version, type, MOST_KEYS);
	return keys === '' ? '' : ` Keys: ${keys}; those with * are required.`;
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
	return toText(context, value);
}

/** Text; a time as ISO 8601. An object in a text field is a slip: its JSON text helps nobody. */
function toText(context: ValueContext, value: unknown): string {
	if (value instanceof Date || DateTime.isDateTime(value)) return toDateTime(context, value);
	if (typeof value !== 'object') return String(value);
	throw wrong(
		context,
		value,
		'text',
		'Give text. In an expression, name the field that holds it, such as {{ $json.name }}.',
	);
}

/**
 * The entries of a list. One of several parts of a text with commas may be empty; a row of a list
 * that is empty was meant to hold something.
 *
 * @throws ParameterError naming the first empty row
 */
function rows(context: ValueContext, given: unknown): unknown[] {
	const entries = list(given);
	if (!Array.isArray(given)) {
		const filled = entries.filter((entry) => !isHollow(entry));
		if (filled.length > 0) return filled;
	}
	const empty = entries.findIndex(isHollow);
	if (empty < 0) return entries;
	throw new ParameterError(
		`"${context.label}" is empty in row ${empty + 1}`,
		'Give the row a value or remove it. If it comes from an expression, the item has no such field.',
	);
}

/**
 * Refuses IDs inside a nested value that nobody filled in.
 *
 * @throws ParameterError naming the first one by its path
 */
function refusePlaceholders(
	context: ValueContext,
	expression: TypeExpression,
	value: unknown,
	at = '',
): void {
	const type = parseType(expression);
	if (type.kind === 'list' && Array.isArray(value))
		value.forEach((entry, index) => refusePlaceholders(context, type.of, entry, `${at}[${index}]`));
	else if (type.kind === 'object' && isPlainObject(value)) {
		const { catalogue, version } = context;
		for (const field of fieldsOf(catalogue, type.name, version, value))
			refusePlaceholders(
				context,
				field.type,
				value[field.name],
				at ? `${at}.${field.name}` : field.name,
			);
	} else if (expression === 'uuid' && (value === NIL_UUID || value === ''))
		throw new ParameterError(
			`"${context.label}" holds the placeholder of an ID in ${at}: "${value}"`,
			'Replace it by the ID of the object that is meant, or remove it where it is not needed.',
		);
}

const looksLikeJson = (value: unknown): boolean =>
	typeof value === 'string' && /^\s*[[{]/.test(value);
