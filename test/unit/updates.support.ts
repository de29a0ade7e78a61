/**
 * Records as the servers answer them, built from the answers' schemas (answers.json), and what of
 * them a PUT takes back. Shares nothing with the code that merges updates.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PRODUCTS } from '../../nodes/products';
import {
	answersFromFile,
	answerType,
	type AnswerCatalogue,
} from '../../nodes/shared/catalogue/answerTypes';
import type { Catalogue, Field, Operation } from '../../nodes/shared/catalogue/types';

export type Json = Record<string, unknown>;

type Types = Pick<Catalogue, 'types' | 'enums' | 'versions'>;

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const answersOf = (folder: string): AnswerCatalogue =>
	answersFromFile(
		JSON.parse(
			readFileSync(join(__dirname, '..', '..', 'nodes', folder, 'api', 'answers.json'), 'utf8'),
		),
	);

/** Every PUT with a JSON body whose object a GET of the same path reads, and the others with a body. */
export function putsOf({ folder }: (typeof PRODUCTS)[number], catalogue: Catalogue) {
	const puts = catalogue.operations.filter(({ method, body }) => method === 'PUT' && body);
	const read = (put: Operation) =>
		catalogue.operations.find(({ method, path }) => method === 'GET' && path === put.path);
	const updates = puts.filter(
		(put) =>
			put.body?.media === 'json' &&
			put.body.type.startsWith('#') &&
			!put.body.type.endsWith('[]') &&
			read(put)?.returns.kind === 'item',
	);
	return {
		folder,
		updates: updates.map((put) => ({ put, get: read(put)! })),
		others: puts.filter((put) => !updates.includes(put)).map(({ id }) => id),
	};
}

const exists = (thing: { in?: string[] }, version: string): boolean =>
	thing.in?.includes(version) ?? true;

const fieldsIn = (types: Types, name: string, version: string): Field[] =>
	(types.types[name]?.fields ?? []).filter((field) => exists(field, version));

function kindsOf(types: Types, name: string, version: string) {
	const { variants } = types.types[name] ?? {};
	if (!variants) return undefined;
	const of = Object.entries(variants.of)
		.map(([value, target]) => ({
			value,
			...(typeof target === 'string' ? { type: target } : target),
		}))
		.filter((one) => exists(one as { in?: string[] }, version));
	return of.length > 0 ? { on: variants.on, of } : undefined;
}

/** The kinds of the object that a type has in a version; one of none where it has no kinds. */
export const kindsOfType = (
	types: Types,
	type: string,
	version: string,
): Array<string | undefined> =>
	kindsOf(types, type.slice(1), version)?.of.map(({ value }) => value) ?? [undefined];

const SCALARS: Json = {
	integer: 4,
	number: 2.5,
	boolean: true,
	uuid: '7f9c2ba4-e88f-467a-9a72-1d1a2c3b4d5e',
	dateTime: '2026-03-01T10:00:00+01:00',
	date: '2026-03-01',
	time: '10:00',
};

/** An answer with everything in it that its schema has, down to the last level; `kind` of the whole. */
export function fullAnswer(
	answers: AnswerCatalogue,
	get: Operation,
	version: string,
	kind?: string,
): Json {
	const type = answerType(answers, get.id, version) ?? 'any';
	return build(answers as unknown as Types, type, version, [], kind) as Json;
}

function build(
	types: Types,
	type: string,
	version: string,
	inside: string[],
	kind?: string,
	field?: Field,
): unknown {
	if (type.endsWith('[]')) {
		const one = build(types, type.slice(0, -2), version, inside);
		return one === undefined ? [] : [one, structuredClone(one)];
	}
	if (type.startsWith('{')) {
		const one = build(types, type.slice(1, -1), version, inside);
		return one === undefined ? {} : { first: one };
	}
	if (type.startsWith('@')) return enumOf(types, type.slice(1), version, field);
	if (!type.startsWith('#'))
		return type in SCALARS ? SCALARS[type] : `${field?.name ?? type} as it is`;
	const name = type.slice(1);
	if (inside.includes(name)) return undefined;
	const fork = kindsOf(types, name, version);
	const chosen = fork && (fork.of.find(({ value }) => value === kind) ?? fork.of[0]);
	if (chosen && chosen.type !== name) {
		const built = build(types, `#${chosen.type}`, version, [...inside, name]) as Json | undefined;
		return built && { ...built, [fork.on]: spelled(types, name, fork.on, chosen.value, version) };
	}
	const record: Json = {};
	for (const one of fieldsIn(types, name, version)) {
		const value = build(types, one.type, version, [...inside, name], undefined, one);
		if (value !== undefined) record[one.name] = value;
	}
	return record;
}

function enumOf(types: Types, name: string, version: string, field?: Field): unknown {
	const values = (types.enums[name] ?? [])
		.map((one) => (typeof one === 'string' ? { value: one } : one))
		.filter((one) => exists(one, version));
	const only = field?.only?.[0]?.toLowerCase();
	const found = values.find(({ value }) => value.toLowerCase() === only) ?? values[0];
	return found && (('as' in found && found.as?.[version]) || found.value);
}

function spelled(types: Types, name: string, on: string, value: string, version: string): string {
	const type = types.types[name]?.fields.find((field) => field.name === on)?.type ?? '';
	const known = (types.enums[type.slice(1)] ?? []).find(
		(one) => typeof one !== 'string' && one.value === value,
	);
	return (typeof known === 'object' && known.as?.[version]) || value;
}

/** What of a record a type has fields for. */
export function takenBy(types: Types, type: string, version: string, value: unknown): unknown {
	if (type.endsWith('[]'))
		return Array.isArray(value)
			? value.map((one) => takenBy(types, type.slice(0, -2), version, one))
			: value;
	if (!type.startsWith('#') || !isObject(value)) return value;
	const fields = typeOf(types, type.slice(1), version, value);
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, entry]) => {
			const field = fields.find((one) => one.name === name);
			return field && !name.startsWith('_')
				? [[name, takenBy(types, field.type, version, entry)]]
				: [];
		}),
	);
}

export function typeOf(types: Types, name: string, version: string, value: Json): Field[] {
	const fork = kindsOf(types, name, version);
	const said = String(fork && value[fork.on]).toLowerCase();
	const kind = fork?.of.find((one) => one.value.toLowerCase() === said);
	return kind && kind.type !== name
		? typeOf(types, kind.type, version, value)
		: fieldsIn(types, name, version);
}

/** Required fields that a body lacks, with dots; entries of lists are not looked into. */
export function lackingIn(types: Types, type: string, version: string, value: unknown): string[] {
	if (!type.startsWith('#') || type.endsWith('[]') || !isObject(value)) return [];
	return typeOf(types, type.slice(1), version, value).flatMap((field) => {
		const needed = field.required === true || field.required?.includes(version);
		const there = value[field.name];
		if (there === undefined) return needed ? [field.name] : [];
		return lackingIn(types, field.type, version, there).map((inner) => `${field.name}.${inner}`);
	});
}

/** Paths at which two values differ; lists as a whole, the parts of what is new one by one. */
export function pathsThatDiffer(a: unknown, b: unknown, at = ''): string[] {
	if ((isObject(a) || a === undefined) && isObject(b))
		return [...new Set([...Object.keys(a ?? {}), ...Object.keys(b)])].flatMap((name) =>
			pathsThatDiffer(a?.[name], b[name], at ? `${at}.${name}` : name),
		);
	return JSON.stringify(a) === JSON.stringify(b) ? [] : [at];
}

export const valueAt = (value: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
