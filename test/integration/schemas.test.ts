/** The previews that n8n shows before an operation has run, against what the operations put out. */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { generatePreviews } from '../schemas/previews';

jest.setTimeout(180_000);

const NODES = join(__dirname, '..', '..', 'nodes');

/** For `npm run schemas`. */
function write(files: Map<string, string>): void {
	for (const folder of globSync('*/__schema__', { cwd: NODES }))
		rmSync(join(NODES, folder), { recursive: true });
	for (const [path, text] of files) {
		mkdirSync(dirname(join(NODES, path)), { recursive: true });
		writeFileSync(join(NODES, path), text);
	}
}

it('the output previews are what `npm run schemas` writes today', async () => {
	const generated = await generatePreviews();
	if (process.env.SCHEMAS === 'write') write(generated);
	const paths = globSync('*/__schema__/**/*.json', { cwd: NODES });
	const committed = new Map(
		paths.map((path) => [
			path.replaceAll('\\', '/'),
			readFileSync(join(NODES, path), 'utf8').replaceAll('\r\n', '\n'),
		]),
	);

	expect(generated.size).toBeGreaterThanOrEqual(40);
	expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(generated));
});

it('the output previews hold types and no values', () => {
	const known = new Set(['array', 'boolean', 'null', 'number', 'object', 'string']);
	const check = (schema: Record<string, unknown>) => {
		const { type, properties = {}, items, version = 1, ...more } = schema;
		expect([known.has(String(type)), version, more]).toEqual([true, 1, {}]);
		for (const inner of Object.values(properties as object))
			check(inner as Record<string, unknown>);
		if (items) check(items as Record<string, unknown>);
	};
	for (const path of globSync('*/__schema__/**/*.json', { cwd: NODES }))
		check(JSON.parse(readFileSync(join(NODES, path), 'utf8')) as Record<string, unknown>);
});
