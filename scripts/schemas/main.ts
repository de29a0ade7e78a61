/**
 * `npm run schemas`: writes `nodes/<Node>/__schema__`, from which n8n shows an operation's fields
 * before its first run. A test says when they are out of date.
 */
import './sourceFirst';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatePreviews } from './generate';
import { PREVIEWED } from './operations';

async function main(): Promise<void> {
	const nodes = join(__dirname, '..', '..', 'nodes');
	const files = await generatePreviews();
	for (const { folder } of PREVIEWED)
		rmSync(join(nodes, folder, '__schema__'), { recursive: true, force: true });
	for (const [path, text] of files) {
		mkdirSync(dirname(join(nodes, path)), { recursive: true });
		writeFileSync(join(nodes, path), text);
	}
	console.log(`${files.size} previews written`);
}

main().then(
	// n8n-core keeps timers of its own.
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
