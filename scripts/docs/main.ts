/**
 * Writes what is generated into `docs/`: the pages of operations and the tables of events.
 * `npm run docs`; test/unit/docs.test.ts fails where it was forgotten.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { eventTables, packageTriggers } from './events';
import { operationsPage, operationsPath, packageNodes } from './operations';

/** The folder of the documents. */
export const DOCS = path.join(__dirname, '../../docs');

const TRIGGERS_PAGE = 'triggers.md';

/**
 * A page with tables between their marks, `<!-- events:start -->` and `<!-- events:end -->`.
 *
 * @throws where the page lacks them
 */
export function withTables(page: string, name: string, tables: string): string {
	const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
	const [before = '', rest] = page.split(start);
	const after = rest?.split(end)[1];
	if (after === undefined) throw new Error(`The page has no marks for ${name}.`);
	return `${before}${start}\n\n${tables}\n\n${end}${after}`;
}

export const readDoc = (file: string): string => readFileSync(path.join(DOCS, file), 'utf8');

/** Every generated page by its path below `docs/`, as the nodes are now. */
export function generatedPages(): Record<string, string> {
	const operations = packageNodes().map((node) => [operationsPath(node), operationsPage(node)]);
	const triggers = withTables(readDoc(TRIGGERS_PAGE), 'events', eventTables(packageTriggers()));
	return { ...Object.fromEntries(operations), [TRIGGERS_PAGE]: triggers };
}

if (require.main === module)
	for (const [file, text] of Object.entries(generatedPages())) {
		const target = path.join(DOCS, file);
		mkdirSync(path.dirname(target), { recursive: true });
		writeFileSync(target, text);
	}
