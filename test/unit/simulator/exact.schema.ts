import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../../nodes/shared/catalogue/types';
import type { Reply } from './https';

interface Ranged {
	since?: string;
	until?: string;
	in?: string[];
}
interface FieldLine extends Ranged {
	name: string;
	type: string;
	required?: true | string[] | Ranged;
	nullable?: true | string[] | Ranged;
	only?: string[];
}
interface TypeBlock {
	fields: FieldLine[];
	variants?: { on: string; of: Record<string, string | (Ranged & { type: string })> };
	additional?: string;
}
type EnumLine = string | (Ranged & { value: string; as?: Record<string, string> });

interface File {
	versions: string[];
	operations: Record<string, Array<Ranged & { type: string }>>;
	types: Record<string, TypeBlock>;
	enums: Record<string, EnumLine[]>;
}

const TEXTS = ['string', 'time', 'uri', 'email', 'password', 'binary', 'base64', 'date'];

/**
 * Holds an answer to answers.json, which the catalogue's check holds to the vendor's schemas. Reads
 * the file by itself: what is judged here must not judge itself.
 */
export class AnswerSchema {
	private readonly file: File;
	/** What was held to the schema so far. */
	fields = 0;
	answers = 0;
	operations = new Set<string>();

	/** @param node folder of the product's nodes */
	constructor(node: string) {
		const path = join(__dirname, '../../../nodes', node, 'api/answers.json');
		this.file = JSON.parse(readFileSync(path, 'utf8')) as File;
	}

	/** Every difference between an answer and its schema; undefined where none is declared. */
	flaws(operationId: string, version: string, body: unknown): string[] | undefined {
		const line = this.file.operations[operationId]?.find((one) => this.has(one, version));
		if (!line) return undefined;
		this.answers += 1;
		this.operations.add(operationId);
		return [...new Set(this.value(line.type, body, version, '$'))];
	}

	/** The same of a reply, where it is one with a JSON body. */
	flawsOf({ id, returns }: Operation, version: string, { status, body }: Reply): string[] {
		if (status >= 300 || returns.kind === 'file' || body === '') return [];
		return this.flaws(id, version, body) ?? [];
	}

	/** How much was held to the schema, for people to read. */
	counts(): string {
		return `${this.answers} answers of ${this.operations.size} operations, ${this.fields} fields`;
	}

	private has({ since, until, in: some }: Ranged, version: string): boolean {
		const { versions } = this.file;
		const at = versions.indexOf(version);
		if (some) return some.includes(version);
		if (since !== undefined && at < versions.indexOf(since)) return false;
		return until === undefined || at <= versions.indexOf(until);
	}

	private value(type: string, value: unknown, version: string, where: string): string[] {
		if (type.endsWith('[]')) {
			if (!Array.isArray(value)) return [`${where} is no list`];
			return value.flatMap((one) => this.value(type.slice(0, -2), one, version, `${where}[]`));
		}
		if (type.startsWith('{')) {
			if (!isRecord(value)) return [`${where} is no map`];
			return Object.values(value).flatMap((one) =>
				this.value(type.slice(1, -1), one, version, `${where}{}`),
			);
		}
		if (type.startsWith('@')) return this.enumValue(type.slice(1), value, version, where);
		if (type.startsWith('#')) return this.record(type.slice(1), value, version, where);
		return this.scalar(type, value) ? [] : [`${where} is no ${type}: ${JSON.stringify(value)}`];
	}

	private scalar(type: string, value: unknown): boolean {
		if (type === 'any') return true;
		if (type === 'object') return isRecord(value);
		if (type === 'integer') return Number.isInteger(value);
		if (type === 'number' || type === 'boolean') return typeof value === type;
		if (typeof value !== 'string') return false;
		if (type === 'uuid') return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
		if (type === 'dateTime') return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value);
		return TEXTS.includes(type);
	}

	private spellings(name: string, version: string): unknown[] {
		return (this.file.enums[name] ?? []).flatMap((one) => {
			if (typeof one === 'string') return [one];
			return this.has(one, version) ? [one.as?.[version] ?? one.value] : [];
		});
	}

	private enumValue(name: string, value: unknown, version: string, where: string): string[] {
		const spelt = this.spellings(name, version);
		if (spelt.length === 0 || spelt.includes(value)) return [];
		return [`${where} is no ${name} of ${version}: ${JSON.stringify(value)}`];
	}

	private record(
		name: string,
		value: unknown,
		version: string,
		where: string,
		decided: string[] = [],
	): string[] {
		if (!isRecord(value)) return [`${where} is no record`];
		const type = this.file.types[name];
		if (!type) return [`${where}: nobody declares ${name}`];
		const { variants } = type;
		const kinds = Object.entries(variants?.of ?? {}).flatMap(([kind, target]) => {
			const known = typeof target === 'string' ? { type: target } : target;
			return this.has(known, version) ? [{ kind, type: known.type }] : [];
		});
		if (variants && kinds.length > 0 && !decided.includes(variants.on)) {
			const given = value[variants.on];
			const own = kinds.find(({ kind }) => kind.toLowerCase() === String(given).toLowerCase());
			// A kind that the version names, but has no variant for, has the fields that all have.
			const on = type.fields.find(
				(field) => field.name === variants.on && this.has(field, version),
			);
			const isNamed =
				on?.type.startsWith('@') && this.spellings(on.type.slice(1), version).includes(given);
			if (!own && !isNamed) return [`${where}.${variants.on} is of no kind: ${String(given)}`];
			return this.record(own?.type ?? name, value, version, where, [...decided, variants.on]);
		}
		if (type.fields.length === 0 && !type.additional) return [];
		const fields = type.fields.filter((field) => this.has(field, version));
		const foreign = Object.entries(value).flatMap(([key, one]) => {
			if (fields.some((field) => field.name === key)) return [];
			if (!type.additional) return [`${where}.${key} is unknown to ${version}`];
			return this.value(type.additional, one, version, `${where}.${key}`);
		});
		return [
			...foreign,
			...fields.flatMap((field) => this.field(field, value[field.name], version, where)),
		];
	}

	/** Whether a fact of a field holds in a version. */
	private says(fact: FieldLine['required'], version: string): boolean {
		const some = Array.isArray(fact) ? { in: fact } : fact;
		return some === true || (some !== undefined && this.has(some, version));
	}

	private field(field: FieldLine, value: unknown, version: string, parent: string): string[] {
		const where = `${parent}.${field.name}`;
		this.fields += 1;
		if (value === undefined) {
			return this.says(field.required, version) ? [`${where} is missing`] : [];
		}
		if (value === null) return this.says(field.nullable, version) ? [] : [`${where} is null`];
		return this.value(field.type, value, version, where);
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
