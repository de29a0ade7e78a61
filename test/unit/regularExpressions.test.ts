/**
 * No regular expression of the package backtracks: what servers, users and n8n hand in is hostile, and a
 * minute in one expression is a minute in which n8n does nothing else. All of them are run, not only those
 * that are known to see foreign text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const LENGTH = 100_000;
/** A linear expression takes under 10 ms for such a text: a hundredth of it. */
const MILLISECONDS = 1_000;

/** Expressions that are put together at run time, by where they stand, and why they are not run here. */
const BUILT: Record<string, string> = {
	'nodes/shared/report/news.ts': 'a number of any characters; sees what the report itself stored',
	'nodes/shared/form/readOverlay.ts': "sees the catalogue's names only",
	'nodes/shared/form/pickers.ts': "sees the catalogue's names and paths only",
	'nodes/shared/form/operationNames.ts': "sees the catalogue's names only",
	'nodes/shared/common/casing.ts': 'alternatives of fixed words, without repetition',
};

interface Found {
	file: string;
	text: string;
}

/** Every literal, and the files in which one is built. */
function expressions(): { literals: Found[]; built: string[] } {
	const literals: Found[] = [];
	const built = new Set<string>();
	for (const folder of ['nodes', 'credentials'])
		for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
			if (!name.endsWith('.ts')) continue;
			const file = `${folder}/${name.replaceAll('\\', '/')}`;
			const code = readFileSync(join(ROOT, file), 'utf8');
			const visit = (node: ts.Node): void => {
				if (ts.isRegularExpressionLiteral(node)) literals.push({ file, text: node.text });
				if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') built.add(file);
				ts.forEachChild(node, visit);
			};
			visit(ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true));
		}
	return { literals, built: [...built].sort() };
}

function expressionOf(text: string): RegExp {
	const end = text.lastIndexOf('/');
	return new RegExp(text.slice(1, end), text.slice(end + 1).replace('y', ''));
}

/** Long repetitions of what the expression itself looks for, with an end that it does not. */
function* worstCases(source: string): Generator<string> {
	const classes: Record<string, string> = {
		s: ' ',
		w: 'a',
		d: '7',
		n: '\n',
		t: '\t',
		b: '',
		S: 'a',
		W: '-',
		D: 'a',
	};
	const plain = source
		.replace(/\\u\{?([0-9a-f]{2,6})\}?/gi, (_, hex: string) =>
			String.fromCodePoint(parseInt(hex, 16)),
		)
		.replace(/\\([a-zA-Z])/g, (_, letter: string) => classes[letter] ?? '')
		.replace(/\(\?[:=!<]+/g, '');
	const characters = [...new Set([...plain.replace(/[[\](){}|^$*+?\\]/g, ''), 'a', ' ', '.', '-'])];
	const runs = plain.match(/[^[\](){}|^$*+?\\]{2,}/g) ?? [];
	const units = [
		...characters,
		...characters.slice(0, 8).flatMap((one) => characters.slice(0, 8).map((two) => one + two)),
		...runs,
		...runs.flatMap((run) => characters.slice(0, 6).map((one) => run + one)),
	];
	for (const unit of new Set(units)) {
		const long = unit.repeat(Math.ceil(LENGTH / unit.length));
		yield `${long}\u0000`;
		yield `${runs[0] ?? ''}${long}\u0000\n`;
	}
}

const sandbox = createContext({});
const script = new Script(
	'for (const text of texts) { expression.lastIndex = 0; text.search(expression); }',
);

/** The shortest unit of a text that keeps an expression busy for too long; nothing where none does. */
function slowOn(expression: RegExp): string | undefined {
	const texts = [...worstCases(expression.source)];
	// What all together do not exceed, none does; a limit for each one takes longer than most searches.
	if (!isSlow(expression, texts, MILLISECONDS / 10)) return undefined;
	for (const text of texts) {
		// A busy machine takes the processor away now and then; one that backtracks is slow each time.
		if (Array.from({ length: TRIES }).every(() => isSlow(expression, [text])))
			return JSON.stringify(text.slice(0, 12));
	}
	return undefined;
}

const TRIES = 5;

function isSlow(expression: RegExp, texts: string[], timeout = MILLISECONDS): boolean {
	Object.assign(sandbox, { expression, texts });
	try {
		script.runInContext(sandbox, { timeout });
		return false;
	} catch {
		return true;
	}
}

describe('the regular expressions of the package', () => {
	const { literals, built } = expressions();

	it('are written down, but for those whose reason is known', () => {
		expect(literals.length).toBeGreaterThan(100);
		expect(built).toEqual(Object.keys(BUILT).sort());
	});

	it('take no more than a second for 100,000 characters of the worst kind', () => {
		const slow = [...new Map(literals.map((one) => [one.text, one])).values()].flatMap(
			({ file, text }) => {
				const unit = slowOn(expressionOf(text));
				return unit === undefined ? [] : [`${file}: ${text} on ${unit}…`];
			},
		);
		expect(slow).toEqual([]);
	}, 300_000);

	it('would be found out if one of them backtracked', () => {
		expect(slowOn(/(a+)+$/)).toBeDefined();
		expect(slowOn(/\s+$/)).toBeDefined();
		expect(slowOn(/^[a-z]+\s*$/)).toBeUndefined();
	}, 60_000);
});
