/**
 * Part of `npm run build`: spares n8n's start. Replaces each dist/nodes/<Node>/properties.js by what it
 * computes, so that n8n reads a node's description instead of building it, and has the catalogues
 * (api/operations.json) read when something first asks for them.
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

const files = globSync('nodes/*/properties.js', { cwd: DIST });
if (files.length === 0) throw new Error('There are no properties to compute: did tsc run?');
for (const file of files) {
	const json = JSON.stringify(require(`${DIST}${file}`).properties());
	writeFileSync(
		`${DIST}${file}`,
		`"use strict";\nexports.properties = () => JSON.parse(${JSON.stringify(json)});\n`,
	);
	console.log(`${file}: ${Math.round(json.length / 1024)} KB computed`);
}

/** How TypeScript writes `import operations from '…/operations.json'`. */
const CATALOGUE =
	/^(?:const|var) (\w+) = __importDefault\((require\("[^"]*operations\.json"\))\);$/m;

const readers = globSync('nodes/**/*.js', { cwd: DIST }).filter((file) => {
	const code = readFileSync(`${DIST}${file}`, 'utf8');
	if (/overlay.index\.js$/.test(file) || !CATALOGUE.test(code)) return false;
	writeFileSync(
		`${DIST}${file}`,
		code.replace(CATALOGUE, 'const $1 = { get default() { return $2; } };'),
	);
	return true;
});
if (readers.length < files.length)
	throw new Error(
		`Only ${readers.join(', ')} read a catalogue: has the way it is imported changed?`,
	);
console.log(`catalogues are read on first use by ${readers.join(', ')}`);

// As n8n does at its start: every node is loaded and made once. No catalogue may be read by then.
const { n8n } = JSON.parse(readFileSync(`${DIST}../package.json`, 'utf8'));
const start = `
	for (const file of ${JSON.stringify([...n8n.nodes, ...n8n.credentials])}) {
		const [Type] = Object.values(require('./' + file));
		new Type();
	}
	const read = Object.keys(require.cache).filter((file) => /api.operations\\.json$/.test(file));
	if (read.length > 0) throw new Error('Read at the start of n8n: ' + read.join(', '));
`;
execFileSync(process.execPath, ['-e', start], { cwd: `${DIST}..`, stdio: 'inherit' });
