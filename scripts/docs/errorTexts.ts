/**
 * The error texts that the package can give, read from its sources, with an ellipsis for what
 * differs. test/unit/docs.test.ts looks for each in docs/troubleshooting.md. `npx tsx scripts/docs/errorTexts.ts`
 * prints them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const NODES = path.join(__dirname, '../..', 'nodes');

/** Which argument is the message, by the name of what is called. */
const MESSAGE_AT: Record<string, number> = {
	ParameterError: 0,
	NodeOperationError: 1,
	refuse: 0,
	settled: 0,
};

/** Every text once, with the file it was found in first: `{ 'No event is picked': 'shared/…' }`. */
export function errorTexts(): Record<string, string> {
	const found: Record<string, string> = {};
	const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' });
	for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
		const text = readFileSync(path.join(NODES, file), 'utf8');
		// One that is the server's own says nothing here.
		for (const message of messagesIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest)))
			if (/[a-z]{3}/.test(message)) found[message] ??= file;
	}
	return found;
}

function messagesIn(source: ts.SourceFile): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isObjectLiteralExpression(node)) {
			const named = (name: string) =>
				node.properties.find(
					(property): property is ts.PropertyAssignment =>
						ts.isPropertyAssignment(property) && property.name.getText(source) === name,
				);
			// With a description it is an error; what a trigger tells has none.
			const message = named('message');
			if (message && named('description')) found.push(...textsOf(message.initializer));
		}
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
			const index = MESSAGE_AT[node.expression.getText(source)];
			const message = index === undefined ? undefined : node.arguments?.[index];
			if (message) found.push(...textsOf(message));
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found.map((text) => text.replace(/…+/g, '…').replace(/\.$/, ''));
}

/** What an expression can come to, as far as it stands there. */
function textsOf(node: ts.Expression): string[] {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isTemplateExpression(node))
		return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
	if (ts.isConditionalExpression(node))
		return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
	if (ts.isBinaryExpression(node)) return textsOf(node.right);
	return [];
}

if (require.main === module)
	for (const [text, file] of Object.entries(errorTexts())) console.log(`${text}\t${file}`);
