import {
	enumValues,
	fieldsOf,
	isNullable,
	isRequired,
	objectType,
	parseType,
	normalizeEnum,
	variantsOf,
} from './read';
import type { ParsedType } from './read';
import type { ApiVersion, Catalogue, Field, Parameter, TypeExpression } from './types';

export interface MinimalValueOptions {
	/** Include the optional fields of the outermost object too. */
	optional?: boolean;
	/** The variant of the outermost object; its first where left out. */
	variant?: string;
}

type Limits = Partial<Omit<Parameter, 'name' | 'type' | 'required' | 'in'>>;

/** What cannot be built without building itself for ever. */
const IMPOSSIBLE = Symbol('impossible');

/**
 * The smallest valid JSON value of a type: every required field down to the last level, the first
 * value of an enum, defaults and limits obeyed. What people see as the default of a JSON field, and
 * what the contract test sends.
 */
export function minimalValue(
	catalogue: Catalogue,
	expression: TypeExpression,
	version?: ApiVersion,
	options: MinimalValueOptions = {},
): unknown {
	const built = new Skeleton(catalogue, version).value(parseType(expression), {}, [], options);
	return built === IMPOSSIBLE ? {} : built;
}

class Skeleton {
	constructor(
		private readonly catalogue: Catalogue,
		private readonly version?: ApiVersion,
	) {}

	/** @param path object types this value lies in, outermost first */
	value(
		type: ParsedType,
		limits: Limits,
		path: string[],
		options: MinimalValueOptions = {},
	): unknown {
		if (limits.default !== undefined) return this.default(type, limits.default);
		switch (type.kind) {
			case 'list':
				return this.list(type.of, limits, path, options);
			case 'map':
				return {};
			case 'enum':
				return enumValues(this.catalogue, type.name, this.version)[0] ?? '';
			case 'object':
				return this.object(type.name, path, options);
			case 'scalar':
				return scalar(type.name, limits);
		}
	}

	/** A default of the newest version, where this version knows its value. */
	private default(type: ParsedType, value: unknown): unknown {
		if (type.kind !== 'enum' || typeof value !== 'string') return value;
		const values = enumValues(this.catalogue, type.name, this.version);
		const known = values.find((one) => one.toLowerCase() === value.toLowerCase());
		return known ?? values[0] ?? value;
	}

	private list(
		of: TypeExpression,
		limits: Limits,
		path: string[],
		options: MinimalValueOptions,
	): unknown {
		const item = this.value(parseType(of), {}, path, options);
		const least = limits.minItems ?? 0;
		if (item === IMPOSSIBLE) return least > 0 ? IMPOSSIBLE : [];
		const count = Math.min(Math.max(1, least), limits.maxItems ?? Infinity);
		return Array.from({ length: count }, () => item);
	}

	private object(name: string, path: string[], options: MinimalValueOptions): unknown {
		if (path.includes(name)) return IMPOSSIBLE;
		const inside = [...path, name];
		const fork = variantsOf(this.catalogue, name, this.version);
		if (fork) {
			const wanted = options.variant?.toLowerCase();
			const some = fork.variants.filter((one) => !wanted || one.value.toLowerCase() === wanted);
			for (const { value, type } of some.length > 0 ? some : fork.variants) {
				const built = this.object(type, inside, { ...options, variant: undefined });
				if (built !== IMPOSSIBLE) return { ...(built as object), [fork.on]: value };
			}
			return IMPOSSIBLE;
		}
		return this.fields(name, inside, options);
	}

	private fields(name: string, path: string[], { optional }: MinimalValueOptions): unknown {
		const { oneOf } = objectType(this.catalogue, name);
		const chosen = oneOf?.[0] ?? [];
		const refused = (oneOf ?? []).flat().filter((field) => !chosen.includes(field));
		const built: Record<string, unknown> = {};
		for (const field of fieldsOf(this.catalogue, name, this.version)) {
			const needed = isRequired(field, this.version) || chosen.includes(field.name);
			if (!needed && (!optional || refused.includes(field.name))) continue;
			const value = this.field(field, path);
			if (value !== IMPOSSIBLE) built[field.name] = value;
			else if (needed) return IMPOSSIBLE;
		}
		return built;
	}

	private field(field: Field, path: string[]): unknown {
		const type = parseType(field.type);
		if (field.only && type.kind === 'enum') {
			const values = enumValues(this.catalogue, type.name, this.version);
			const spelt = field.only.map((one) =>
				normalizeEnum(this.catalogue, type.name, one, this.version),
			);
			return spelt.find((one) => values.includes(one)) ?? spelt[0];
		}
		const value = this.value(type, field, path);
		return value === IMPOSSIBLE && this.takesNull(field) ? null : value;
	}

	private takesNull(field: Field): boolean {
		return this.version === undefined
			? field.nullable !== undefined
			: isNullable(field, this.version);
	}
}

const TEXTS: Record<string, string> = {
	uuid: '00000000-0000-0000-0000-000000000000',
	dateTime: '2025-01-01T00:00:00Z',
	date: '2025-01-01',
	time: '22:00:00',
	uri: 'https://example.com',
	email: 'user@example.com',
};

function scalar(name: string, { min, max, minLength = 0 }: Limits): unknown {
	if (name === 'boolean') return false;
	if (name === 'integer' || name === 'number') return min ?? Math.min(0, max ?? 0);
	return (TEXTS[name] ?? '').padEnd(minLength, 'x');
}
