import {
	enumValues,
	existsIn,
	fieldsIn,
	isNullable,
	isRequired,
	parseType,
	variantsOf,
} from '../../nodes/shared/catalogue/read';
import type {
	ApiVersion,
	Catalogue,
	Field,
	ObjectType,
	Operation,
	Parameter,
	TypeExpression,
} from '../../nodes/shared/catalogue/types';

/** What is wrong with a request: where, and what. */
export interface Problem {
	/** `query`, `path` or `body`, then the name: `body.schedule.isEnabled`. */
	where: string;
	what: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

const PATCHES = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** Text of a path or query, or a value of a JSON body. */
type Notation = 'text' | 'json';

const SCALARS: Record<string, (value: unknown, notation: Notation) => string | undefined> = {
	uuid: (value) => (typeof value === 'string' && UUID.test(value) ? undefined : 'is not a UUID'),
	dateTime: (value) =>
		typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value))
			? undefined
			: 'is not a date and time',
	integer: (value, notation) =>
		notation === 'text'
			? whenText(value, /^-?\d+$/, 'is not a whole number')
			: Number.isInteger(value)
				? undefined
				: 'is not a whole number',
	number: (value, notation) =>
		notation === 'text'
			? whenText(value, /^-?\d+(\.\d+)?$/, 'is not a number')
			: typeof value === 'number'
				? undefined
				: 'is not a number',
	boolean: (value, notation) =>
		notation === 'text'
			? whenText(value, /^(true|false)$/i, 'is not true or false')
			: typeof value === 'boolean'
				? undefined
				: 'is not true or false',
	any: () => undefined,
	object: (value) => (isObject(value) ? undefined : 'is not an object'),
};

function whenText(value: unknown, pattern: RegExp, problem: string): string | undefined {
	return pattern.test(String(value)) ? undefined : problem;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Holds requests to the catalogue: it refuses what the specification refuses. */
export class Validator {
	constructor(private readonly catalogue: Catalogue) {}

	/** Everything wrong with a request in a version; empty where nothing is. */
	check(
		operation: Operation,
		version: ApiVersion,
		request: { params: Record<string, string>; query: Record<string, unknown>; body: unknown },
	): Problem[] {
		return [
			...this.parameters('path', operation.pathParameters ?? [], version, request.params),
			...this.parameters('query', operation.query ?? [], version, request.query),
			...this.body(operation, version, request.body),
		];
	}

	private parameters(
		place: string,
		known: Parameter[],
		version: ApiVersion,
		given: Record<string, unknown>,
	): Problem[] {
		return fieldsIn(this.catalogue, known, version).flatMap((parameter) => {
			const where = `${place}.${parameter.name}`;
			const value = given[parameter.name];
			if (value === undefined) {
				return isRequired(parameter, version) ? [{ where, what: 'is required' }] : [];
			}
			if (parameter.json) return this.json(parameter.type, value, version, where);
			const type = parseType(parameter.type);
			const list = type.kind === 'list' ? type.of : undefined;
			const values = list ? [value].flat() : [value];
			return [
				...values.flatMap((one) => this.value(list ?? parameter.type, one, version, where, 'text')),
				...limits(parameter, value, where),
			];
		});
	}

	/** A parameter whose one value is JSON text. */
	private json(type: TypeExpression, text: unknown, version: ApiVersion, where: string): Problem[] {
		try {
			return this.value(type, JSON.parse(String(text)), version, where, 'json');
		} catch {
			return [{ where, what: 'is not valid JSON' }];
		}
	}

	private body(operation: Operation, version: ApiVersion, given: unknown): Problem[] {
		const { body } = operation;
		if (!body || !existsIn(body, version, operation.in)) return [];
		if (given === undefined || given === null) {
			return isRequired(body, version) ? [{ where: 'body', what: 'is required' }] : [];
		}
		if (body.media === 'binary') return [];
		if (body.media === 'jsonPatch') return this.patch(body.type, given, version);
		if (body.media === 'multipart') return this.multipart(body.type, given, version);
		return this.value(body.type, given, version, 'body', body.media === 'form' ? 'text' : 'json');
	}

	/** A JSON Patch: its operations, and that each path starts with a field of the type. */
	private patch(type: TypeExpression, given: unknown, version: ApiVersion): Problem[] {
		if (!Array.isArray(given)) return [{ where: 'body', what: 'is not a list' }];
		const known = fieldsIn(this.catalogue, this.catalogue.types[type.slice(1)]?.fields, version);
		return given.flatMap((one: unknown, index) => {
			const where = `body[${index}]`;
			if (!isObject(one)) return [{ where, what: 'is not an object' }];
			if (!PATCHES.includes(String(one.op))) {
				return [{ where: `${where}.op`, what: `is none of ${PATCHES.join(', ')}` }];
			}
			const name = /^\/([^/]+)/.exec(String(one.path))?.[1];
			const field = known.find((field) => field.name === name);
			if (!name || (known.length && !field)) {
				return [{ where: `${where}.path`, what: `names no field of the ${type.slice(1)}` }];
			}
			const isWhole = String(one.path) === `/${name}` && one.op !== 'remove' && one.op !== 'test';
			if (!field || !isWhole || one.value === undefined || one.value === null) return [];
			const notation = typeof one.value === 'string' ? 'text' : 'json';
			return this.value(field.type, one.value, version, `${where}.value`, notation);
		});
	}

	private multipart(type: TypeExpression, given: unknown, version: ApiVersion): Problem[] {
		const parts = (given as { parts?: string[] }).parts ?? [];
		const fields = fieldsIn(this.catalogue, this.catalogue.types[type.slice(1)]?.fields, version);
		return fields
			.filter((field) => isRequired(field, version) && !parts.includes(field.name))
			.map((field) => ({ where: `body.${field.name}`, what: 'is required' }));
	}

	private value(
		type: TypeExpression,
		value: unknown,
		version: ApiVersion,
		where: string,
		notation: Notation,
	): Problem[] {
		const parsed = parseType(type);
		switch (parsed.kind) {
			case 'list':
				if (!Array.isArray(value)) return [{ where, what: 'is not a list' }];
				return value.flatMap((one, index) =>
					this.value(parsed.of, one, version, `${where}[${index}]`, notation),
				);
			case 'map':
				if (!isObject(value)) return [{ where, what: 'is not an object' }];
				return Object.entries(value).flatMap(([name, one]) =>
					this.value(parsed.of, one, version, `${where}.${name}`, notation),
				);
			case 'object':
				return this.object(parsed.name, value, version, where, notation);
			case 'enum':
				return this.enumValue(parsed.name, value, version, where);
			case 'scalar': {
				const what = (SCALARS[parsed.name] ?? textOnly)(value, notation);
				return what ? [{ where, what }] : [];
			}
		}
	}

	private enumValue(name: string, value: unknown, version: ApiVersion, where: string): Problem[] {
		const known = enumValues(this.catalogue, name, version);
		const lower = typeof value === 'string' ? value.toLowerCase() : undefined;
		if (!known.length || known.some((one) => one.toLowerCase() === lower)) return [];
		return [{ where, what: `is none of ${known.slice(0, 12).join(', ')}` }];
	}

	private object(
		name: string,
		value: unknown,
		version: ApiVersion,
		where: string,
		notation: Notation,
		decided: readonly string[] = [],
	): Problem[] {
		const type = this.catalogue.types[name];
		if (!isObject(value)) return [{ where, what: 'is not an object' }];
		if (!type) return [];
		const fork = variantsOf(this.catalogue, name, version);
		if (!fork || decided.includes(fork.on)) {
			return this.fields(type, value, version, where, notation);
		}
		const given = value[fork.on];
		const wanted = String(given).toLowerCase();
		const variant = fork.variants.find((one) => one.value.toLowerCase() === wanted);
		if (variant) {
			return this.object(variant.type, value, version, where, notation, [...decided, fork.on]);
		}
		const known = fork.variants.map((one) => one.value).slice(0, 12);
		const what = given === undefined ? 'is required' : `is none of ${known.join(', ')}`;
		return [{ where: `${where}.${fork.on}`, what }];
	}

	private fields(
		type: ObjectType,
		value: Record<string, unknown>,
		version: ApiVersion,
		where: string,
		notation: Notation,
	): Problem[] {
		const problems = fieldsIn(this.catalogue, type.fields, version).flatMap((field) =>
			this.field(field, value[field.name], version, where, notation),
		);
		const present = type.oneOf?.filter((group) => group.every((name) => value[name] !== undefined));
		if (present && present.length !== 1) {
			const groups = type.oneOf?.map((group) => group.join(' and ')).join(' or ');
			problems.push({ where, what: `needs exactly one of ${groups}` });
		}
		return problems;
	}

	private field(
		field: Field,
		value: unknown,
		version: ApiVersion,
		parent: string,
		notation: Notation,
	): Problem[] {
		const where = `${parent}.${field.name}`;
		if (value === undefined) {
			return isRequired(field, version) ? [{ where, what: 'is required' }] : [];
		}
		if (value === null) return isNullable(field, version) ? [] : [{ where, what: 'is null' }];
		const lower = String(value).toLowerCase();
		if (field.only && !field.only.some((one) => one.toLowerCase() === lower)) {
			return [{ where, what: `is not ${field.only.join(' or ')}` }];
		}
		return [
			...this.value(field.type, value, version, where, notation),
			...limits(field, value, where),
		];
	}
}

function textOnly(value: unknown): string | undefined {
	return typeof value === 'string' ? undefined : 'is not a text';
}

function limits(parameter: Parameter, value: unknown, where: string): Problem[] {
	const problems: string[] = [];
	const number = Number(value);
	if (parameter.min !== undefined && number < parameter.min)
		problems.push(`is below ${parameter.min}`);
	if (parameter.max !== undefined && number > parameter.max)
		problems.push(`is above ${parameter.max}`);
	if (Array.isArray(value)) {
		if (value.length < (parameter.minItems ?? 0)) problems.push('has too few entries');
		if (value.length > (parameter.maxItems ?? Infinity)) problems.push('has too many entries');
	}
	if (typeof value === 'string') {
		if (value.length < (parameter.minLength ?? 0)) problems.push('is too short');
		if (parameter.pattern && !new RegExp(parameter.pattern).test(value))
			problems.push('has a wrong form');
	}
	return problems.map((what) => ({ where, what }));
}
