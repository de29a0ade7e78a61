/** What may import what, and that nothing imports itself on a detour. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const FILES = globSync('{nodes,credentials,scripts,simulator,demo,test}/**/*.ts', {
	cwd: ROOT,
	exclude: (name) => name === 'node_modules',
}).map((file) => file.replaceAll('\\', '/'));
const KNOWN = new Set(FILES);

interface Import {
	from: string;
	/** As it is written. */
	specifier: string;
	/** The file of ours that is meant; undefined for packages and JSON. */
	to?: string;
	/** It is gone when the code runs. */
	typeOnly: boolean;
}

const SOURCES = new Map(
	FILES.map((file) => [
		file,
		ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true),
	]),
);

function meant(from: string, specifier: string): string | undefined {
	if (!specifier.startsWith('.')) return undefined;
	const path = join(dirname(from), specifier).replaceAll('\\', '/');
	return [`${path}.ts`, `${path}/index.ts`, path.replace(/\.js$/, '.ts'), path].find((one) =>
		KNOWN.has(one),
	);
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
	if (ts.isExportDeclaration(node)) return node.isTypeOnly;
	const { importClause: clause } = node;
	if (!clause) return false;
	if (clause.isTypeOnly) return true;
	const { namedBindings: names } = clause;
	return (
		!clause.name &&
		names !== undefined &&
		ts.isNamedImports(names) &&
		names.elements.every((element) => element.isTypeOnly)
	);
}

const IMPORTS: Import[] = [...SOURCES].flatMap(([from, source]) => {
	const found: Import[] = [];
	const add = (specifier: string, typeOnly: boolean) =>
		found.push({ from, specifier, to: meant(from, specifier), typeOnly });
	const visit = (node: ts.Node): void => {
		if (
			(ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
			node.moduleSpecifier &&
			ts.isStringLiteral(node.moduleSpecifier)
		)
			add(node.moduleSpecifier.text, isTypeOnly(node));
		if (
			ts.isCallExpression(node) &&
			node.expression.kind === ts.SyntaxKind.ImportKeyword &&
			node.arguments[0] &&
			ts.isStringLiteral(node.arguments[0])
		)
			add(node.arguments[0].text, false);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
});

const shown = ({ from, specifier }: Import) => `${from}: ${specifier}`;

/** Files that reach themselves over imports, those of types as well, circle by circle. */
function circles(): string[][] {
	const next = new Map<string, string[]>();
	for (const { from, to } of IMPORTS)
		if (to !== undefined) next.set(from, [...(next.get(from) ?? []), to]);
	const state = new Map<string, 'open' | 'done'>();
	const found: string[][] = [];
	const walk = (file: string, trail: string[]): void => {
		if (state.get(file) === 'done') return;
		if (state.get(file) === 'open') {
			found.push([...trail.slice(trail.indexOf(file)), file]);
			return;
		}
		state.set(file, 'open');
		for (const one of next.get(file) ?? []) walk(one, [...trail, file]);
		state.set(file, 'done');
	};
	for (const file of FILES) walk(file, []);
	return found;
}

it('imports are read at all: files, packages and JSON', () => {
	expect(FILES.length).toBeGreaterThan(500);
	expect(IMPORTS.filter(({ to }) => to !== undefined).length).toBeGreaterThan(2_000);
	const lost = IMPORTS.filter(
		({ from, specifier, to }) =>
			specifier.startsWith('.') &&
			to === undefined &&
			!/\.(json|mjs|cjs)$/.test(specifier) &&
			!from.startsWith('test/'),
	);
	expect(lost.map(shown)).toEqual([]);
});

it('no import leads back to its file', () => {
	expect(circles()).toEqual([]);
});

it('nothing outside test/ imports from it', () => {
	const wrong = IMPORTS.filter(
		({ from, to }) => !from.startsWith('test/') && to?.startsWith('test/'),
	);
	expect(wrong.map(shown)).toEqual([]);
});

it('what ships imports only what ships', () => {
	const ships = (file: string) => /^(nodes|credentials)\//.test(file) && !DEVELOPMENT.test(file);
	const wrong = IMPORTS.filter(
		({ from, to, typeOnly }) => ships(from) && to !== undefined && !typeOnly && !ships(to),
	);
	expect(wrong.map(shown)).toEqual([]);
});
/** Left out of the build, see tsconfig.json. */
const DEVELOPMENT = /^nodes\/(products|\w+\/api\/specification)\.ts$/;

describe('nodes/shared/', () => {
	const SHARED = 'nodes/shared/';

	it('imports nothing of a product', () => {
		const wrong = IMPORTS.filter(
			({ from, to }) => from.startsWith(SHARED) && to !== undefined && !to.startsWith(SHARED),
		);
		expect(wrong.map(shown)).toEqual([]);
	});

	it('names no product, and nothing that only one of them has, outside of comments', () => {
		const word = /vbr|vb365|vspc|microsoft365|backupReplication|serviceProvider|instanceUid/i;
		const found: string[] = [];
		for (const [file, source] of SOURCES) {
			if (!file.startsWith(SHARED)) continue;
			const visit = (node: ts.Node): void => {
				const isText =
					ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
				const text = isText || ts.isRegularExpressionLiteral(node) ? node.text : '';
				if (word.test(text)) found.push(`${file}: ${text}`);
				ts.forEachChild(node, visit);
			};
			visit(source);
		}
		expect(found).toEqual([]);
	});
});

it('`triggers/` and `report/` of a product know the server only through its `model/` and `api/`', () => {
	const wrong = IMPORTS.filter(({ from, to }) => {
		const [, product, part] = /^nodes\/(Veeam\w+)\/(triggers|report)\//.exec(from) ?? [];
		if (product === undefined || to === undefined) return false;
		const other = part === 'triggers' ? 'report' : 'triggers';
		return to.startsWith(`nodes/${product}/${other}/`);
	});
	expect(wrong.map(shown)).toEqual([]);
});

it('what tsx runs imports a node as `.node.js`: `.node` would be the JSON beside it', () => {
	const byTsx = /^(nodes|scripts|simulator|demo|test\/(bench|campaign|screenshots))\//;
	const wrong = IMPORTS.filter(
		({ from, specifier }) => byTsx.test(from) && specifier.endsWith('.node'),
	);
	expect(wrong.map(shown)).toEqual([]);
});
