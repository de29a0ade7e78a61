import type { Catalogue } from '../../nodes/shared/catalogue/types';

/**
 * A catalogue as text that reads well in a diff: an operation is a block, a parameter, a field, a
 * variant one line each, and values of an enum share lines.
 */
export function serialise(catalogue: Catalogue): string {
	const { operations, types, enums, ...head } = catalogue;
	const lines = Object.entries(head).map(([key, value]) => `${quote(key)}: ${inline(value)}`);
	lines.push(`"operations": [\n${operations.map((one) => block(one)).join(',\n')}\n]`);
	lines.push(`"types": ${named(types, block)}`);
	lines.push(`"enums": ${named(enums, wrapped)}`);
	return `{\n${lines.join(',\n')}\n}\n`;
}

/** Fields that hold one thing per line. */
const LISTS = new Set(['pathParameters', 'query', 'fields']);
const WIDTH = 100;

function named<T>(record: Record<string, T>, write: (value: T) => string): string {
	const lines = Object.entries(record).map(([name, value]) => `${quote(name)}: ${write(value)}`);
	return lines.length > 0 ? `{\n${lines.join(',\n')}\n}` : '{}';
}

/** One thing: what is short on one line, what is a list one line per element. */
function block(thing: object): string {
	const lines: string[] = [];
	let line: string[] = [];
	const close = () => {
		if (line.length > 0) lines.push(line.join(', '));
		line = [];
	};
	for (const [key, value] of Object.entries(thing)) {
		const list = LISTS.has(key) && Array.isArray(value) && value.length > 0;
		const text = `${quote(key)}: ${list ? rows(value) : key === 'variants' ? forks(value) : inline(value)}`;
		if (list || key === 'variants' || text.length > WIDTH) close();
		line.push(text);
		if (list || key === 'variants' || line.join(', ').length > WIDTH) close();
	}
	close();
	return lines.length === 1 ? `{${lines[0]}}` : `{${lines.join(',\n ')}}`;
}

function rows(values: unknown[]): string {
	return `[\n${values.map((value) => `  ${inline(value)}`).join(',\n')}]`;
}

function forks({ on, of }: { on: string; of: Record<string, unknown> }): string {
	const targets = Object.entries(of).map(
		([value, target]) => `  ${quote(value)}: ${inline(target)}`,
	);
	return `{"on": ${quote(on)}, "of": {\n${targets.join(',\n')}}}`;
}

function wrapped(values: unknown[]): string {
	const lines = [''];
	for (const text of values.map(inline)) {
		const last = lines.at(-1)!;
		if (last !== '' && last.length + text.length > WIDTH) lines.push(text);
		else lines[lines.length - 1] = last === '' ? text : `${last},${text}`;
	}
	return `[${lines.join(',\n  ')}]`;
}

function inline(value: unknown): string {
	return JSON.stringify(value);
}

function quote(text: string): string {
	return JSON.stringify(text);
}
