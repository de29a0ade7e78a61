import type { Catalogue } from '../../nodes/shared/catalogue/types';
import { compact } from './compact';

/**
 * A catalogue as text that reads well in a diff: each fact of an operation, each parameter, field,
 * variant and value of an enum has a line of its own, so that nothing new moves what is there.
 */
export function serialise(catalogue: Catalogue): string {
	const { operations, types, enums, ...head } = compact(catalogue) as Catalogue;
	const lines = Object.entries(head).map(([key, value]) => `${quote(key)}: ${inline(value)}`);
	lines.push(`"operations": [\n${operations.map(block).join(',\n')}\n]`);
	lines.push(`"types": ${named(types, block)}`);
	lines.push(`"enums": ${named(enums, rows)}`);
	return `{\n${lines.join(',\n')}\n}\n`;
}

/** Fields that hold one thing per line. */
const LISTS = new Set(['pathParameters', 'query', 'fields']);

export function named<T>(record: Record<string, T>, write: (value: T) => string): string {
	const lines = Object.entries(record).map(([name, value]) => `${quote(name)}: ${write(value)}`);
	return lines.length > 0 ? `{\n${lines.join(',\n')}\n}` : '{}';
}

/** One thing, each of its keys on a line. */
export function block(thing: object): string {
	const lines = Object.entries(thing).map(([key, value]) => {
		const list = LISTS.has(key) && Array.isArray(value) && value.length > 0;
		return `${quote(key)}: ${list ? rows(value) : key === 'variants' ? forks(value) : key === 'returns' ? answer(value) : inline(value)}`;
	});
	return `{${lines.join(',\n ')}}`;
}

export function rows(values: unknown[]): string {
	return values.length > 0
		? `[\n${values.map((value) => `  ${inline(value)}`).join(',\n')}]`
		: '[]';
}

/** What a record has, one line; the versions of a field, one line each. */
function answer({ fieldsIn, ...rest }: { fieldsIn?: Record<string, unknown> }): string {
	const text = inline(rest);
	if (!fieldsIn) return text;
	const fields = Object.entries(fieldsIn).map(
		([name, some]) => `  ${quote(name)}: ${inline(some)}`,
	);
	return `${text.slice(0, -1)}, "fieldsIn": {\n${fields.join(',\n')}}}`;
}

function forks({ on, of }: { on: string; of: Record<string, unknown> }): string {
	const targets = Object.entries(of).map(
		([value, target]) => `  ${quote(value)}: ${inline(target)}`,
	);
	return `{"on": ${quote(on)}, "of": {\n${targets.join(',\n')}}}`;
}

function inline(value: unknown): string {
	return JSON.stringify(value);
}

function quote(text: string): string {
	return JSON.stringify(text);
}
