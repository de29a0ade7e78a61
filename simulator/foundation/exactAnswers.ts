import { answerType, type AnswerCatalogue } from '../../nodes/shared/catalogue/answerTypes';
import { minimalValue } from '../../nodes/shared/catalogue/minimalValue';
import {
	fieldsIn,
	isNullable,
	isRequired,
	objectType,
	parseType,
	variantsOf,
} from '../../nodes/shared/catalogue/read';
import type {
	ApiVersion,
	Catalogue,
	Field,
	TypeExpression,
} from '../../nodes/shared/catalogue/types';
import type { Item } from './listQuery';
import { uuidFor } from './random';
import type { RecordKinds } from './recordKinds';

/** What is no value of its type: left out of the answer. */
const WRONG = Symbol('wrong');

/** Fields that tell one record from another, so that a filled value stays with its record. */
const IDENTITY = ['id', 'instanceUid', 'uniqueUid', 'sessionId', 'name'];

/** How deep required objects are filled where an estate has nothing; schemas may hold themselves. */
const DEEPEST = 12;

interface Shape {
	fields: Field[];
	fork: ReturnType<typeof variantsOf>;
	/** Holds what nobody declared: kept as it is. */
	open: boolean;
	additional?: TypeExpression;
}

/** Makes answers what a version's schema says: no field more, none less, values of its types. */
export class ExactAnswers {
	private readonly catalogue: Catalogue;
	private readonly shapes = new Map<string, Shape>();

	constructor(
		private readonly answers: AnswerCatalogue,
		readonly kinds: RecordKinds,
	) {
		this.catalogue = answers as unknown as Catalogue;
	}

	/**
	 * @param partial the request asked for some fields only: nothing is filled in
	 * @returns the body as the version answers it; as it is where the schema knows no such answer
	 */
	body(operationId: string, version: ApiVersion, body: unknown, partial = false): unknown {
		if (!this.answers.versions.includes(version)) return body;
		const type = answerType(this.answers, operationId, version);
		if (type === undefined || body === undefined) return body;
		const exactly = new Exactly(this, version, partial);
		const exact = exactly.value(Array.isArray(body) ? this.bare(type) : type, body, operationId, 0);
		return exact === WRONG ? body : exact;
	}

	/** Of a page that arrives as its bare items (Microsoft 365 v4): the type of these. */
	private bare(type: TypeExpression): TypeExpression {
		const parsed = parseType(type);
		const fields = parsed.kind === 'object' ? objectType(this.catalogue, parsed.name).fields : [];
		return fields.find((field) => field.type.endsWith('[]'))?.type ?? type;
	}

	known(): Catalogue {
		return this.catalogue;
	}

	/** An object type in a version, looked up once: lists hold thousands of records. */
	shape(name: string, version: ApiVersion): Shape {
		const key = `${version} ${name}`;
		let shape = this.shapes.get(key);
		if (!shape) {
			const { fields, variants, additional } = objectType(this.catalogue, name);
			shape = {
				fields: fieldsIn(this.catalogue, fields, version),
				fork: variantsOf(this.catalogue, name, version),
				open: fields.length === 0 && !variants && !additional,
				...(additional && { additional }),
			};
			this.shapes.set(key, shape);
		}
		return shape;
	}
}

/** One answer in one version. */
class Exactly {
	constructor(
		private readonly all: ExactAnswers,
		private readonly version: ApiVersion,
		private readonly partial: boolean,
	) {}

	/** @param seed of the record a value belongs to: the same record is filled in the same way */
	value(expression: TypeExpression, value: unknown, seed: string, depth: number): unknown {
		const type = parseType(expression);
		switch (type.kind) {
			case 'list':
				if (!Array.isArray(value)) return WRONG;
				return value
					.map((one, index) => this.value(type.of, one, `${seed}/${index}`, depth + 1))
					.filter((one) => one !== WRONG);
			case 'map':
				return isObject(value) ? this.map(type.of, value, seed, depth) : WRONG;
			case 'enum':
				return this.enumValue(type.name, value);
			case 'object':
				return isObject(value) ? this.object(type.name, value, seed, depth) : WRONG;
			case 'scalar':
				return scalar(type.name, value);
		}
	}

	private map(of: TypeExpression, value: Item, seed: string, depth: number): Item {
		return Object.fromEntries(
			Object.entries(value)
				.map(([name, one]) => [name, this.value(of, one, `${seed}/${name}`, depth + 1)] as const)
				.filter(([, one]) => one !== WRONG),
		);
	}

	private enumValue(name: string, value: unknown): unknown {
		if (typeof value !== 'string') return WRONG;
		const known = this.all.kinds.spelling(name, this.version);
		return known.size === 0 ? value : (known.get(value.toLowerCase()) ?? WRONG);
	}

	private object(
		name: string,
		value: Item,
		seed: string,
		depth: number,
		decided: readonly string[] = [],
	): unknown {
		const { fields, fork, open, additional } = this.all.shape(name, this.version);
		if (fork && !decided.includes(fork.on)) {
			const given = value[fork.on] ?? fork.variants[0]!.value;
			const on = fields.find((field) => field.name === fork.on)?.type ?? '';
			const kind = on.startsWith('@') ? this.enumValue(on.slice(1), given) : given;
			const wanted = String(kind).toLowerCase();
			const own = fork.variants.find((one) => one.value.toLowerCase() === wanted);
			// Of a kind that the version does not have there is no record.
			if (!own && (kind === WRONG || !on.startsWith('@'))) return WRONG;
			// A kind without a variant of its own has the fields that all have.
			const told = { ...value, [fork.on]: own?.value ?? kind };
			return this.object(own?.type ?? name, told, seed, depth, [...decided, fork.on]);
		}
		if (open) return value;
		const record = IDENTITY.map((field) => value[field]).find((one) => typeof one === 'string');
		const own = record === undefined ? seed : String(record);
		const exact: Item = {};
		for (const field of fields) {
			const made = this.field(field, value[field.name], `${own}/${field.name}`, depth);
			if (made !== WRONG) exact[field.name] = made;
		}
		if (additional === undefined) return exact;
		const names = new Set(fields.map((field) => field.name));
		const further = Object.fromEntries(Object.entries(value).filter(([one]) => !names.has(one)));
		return { ...this.map(additional, further, seed, depth), ...exact };
	}

	private field(field: Field, value: unknown, seed: string, depth: number): unknown {
		const takesNull = isNullable(field, this.version);
		if (value === null && takesNull) return null;
		const given =
			value === undefined || value === null
				? WRONG
				: this.value(field.type, value, seed, depth + 1);
		if (given !== WRONG) return given;
		if (this.partial || !isRequired(field, this.version)) return WRONG;
		return takesNull ? null : this.filled(field, seed, depth);
	}

	/** The least a version may answer in a required field of which the estate knows nothing. */
	private filled({ name, type: expression, only }: Field, seed: string, depth: number): unknown {
		const type = parseType(expression);
		if (only?.[0] !== undefined) return this.value(expression, only[0], seed, depth);
		if (type.kind === 'list') return [];
		if (type.kind === 'object')
			return depth > DEEPEST ? {} : this.object(type.name, {}, seed, depth + 1);
		if (expression === 'uuid') return uuidFor(seed);
		if (/port$/i.test(name) && expression === 'integer') return 443;
		return minimalValue(this.all.known(), expression, this.version);
	}
}

function scalar(name: string, value: unknown): unknown {
	switch (name) {
		case 'any':
			return value;
		case 'object':
			return isObject(value) ? value : WRONG;
		case 'integer':
			return wholly(value, Number.isInteger);
		case 'number':
			return wholly(value, Number.isFinite);
		case 'boolean':
			return booleans.get(String(value)) ?? WRONG;
		case 'uuid':
			return typeof value === 'string' && UUID.test(value) ? value : WRONG;
		case 'dateTime':
			return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : WRONG;
		default:
			return typeof value === 'object' ? WRONG : String(value);
	}
}

/** Also as text: versions differ in it. */
const booleans = new Map([
	['true', true],
	['false', false],
]);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A number, also one written as text. */
function wholly(value: unknown, fits: (number: number) => boolean): unknown {
	const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const number = isNumeric ? Number(value) : NaN;
	if (fits(number)) return number;
	return Number.isFinite(number) ? Math.round(number) : WRONG;
}

function isObject(value: unknown): value is Item {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
