import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import ts from 'typescript';

import { PRODUCTS } from '../../nodes/products';

/** Words that a translation leaves behind; an editor says report, at least, if empty. */
const TRANSLATED =
	/\b(tells?|told)\b(?! apart)|\bso many\b|\bor less\b|\bwhere (it is )?empty\b|\bwhich to tell\b/i;

/** Every text of a property that a person reads, at any depth. */
function textsOf(property: INodeProperties): string[] {
	const { displayName, description, placeholder, hint, options = [] } = property;
	const inner = (options as Array<INodeProperties | INodePropertyOptions>).flatMap((option) =>
		'displayName' in option
			? textsOf(option as INodeProperties)
			: [option.name, option.description ?? '', (option as INodePropertyOptions).action ?? ''],
	);
	return [displayName, description ?? '', placeholder ?? '', hint ?? '', ...inner];
}

describe.each(PRODUCTS)('what users of $key read', ({ Node, TriggerNode, Credential }) => {
	it.each([
		['the action node', () => new Node().description.properties, 1000],
		['the trigger', () => new TriggerNode().description.properties, 50],
		['the credential', () => new Credential().properties, 20],
	])('in %s is written, not translated', (_, properties, atLeast) => {
		const texts = properties().flatMap(textsOf).filter(Boolean);
		expect(texts.length).toBeGreaterThan(atLeast);
		expect(texts.filter((text) => TRANSLATED.test(text))).toEqual([]);
	});
});

/** Words of our own that meant something to us alone, and those of a translation: none is for users. */
const PRIVATE = [
	TRANSLATED,
	/\b(door|wish(es)?|setbacks?|happenings?|legible|sampling|farewell)\b/i,
	/\bis no (url|id|version|field|list|number)\b/i,
	/\bmisspelt\b|\bwanted by\b|\bstands? against\b|\bgoes on at the server\b|\bmay:/i,
	/\b(does|do) not take the (token|key|password|access token|api key)\b/i,
];

/** Every text of some words in the code that ships: labels, messages, hints, notes. */
function textsInCode(): Array<{ file: string; text: string }> {
	const root = join(__dirname, '..', '..');
	return globSync('{nodes,credentials}/**/*.ts', { cwd: root }).flatMap((file) => {
		const code = readFileSync(join(root, file), 'utf8');
		const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
		const found: Array<{ file: string; text: string }> = [];
		const visit = (node: ts.Node): void => {
			const text = ts.isStringLiteralLike(node)
				? node.text
				: ts.isTemplateExpression(node)
					? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
					: '';
			const isImport = ts.isImportDeclaration(node.parent ?? node);
			if (!isImport && text.trim().split(/\s+/).length >= 3) found.push({ file, text });
			ts.forEachChild(node, visit);
		};
		visit(source);
		return found;
	});
}

describe('what errors, items and notes say', () => {
	const texts = textsInCode();

	it('is found: more than the forms hold', () => {
		expect(texts.length).toBeGreaterThan(800);
		expect(texts.map(({ text }) => text)).toContain('The server did not answer with a list.');
	});

	it('has no word that only we know, and none that was translated', () => {
		const found = texts.filter(({ text }) => PRIVATE.some((word) => word.test(text)));
		expect(found).toEqual([]);
	});
});
