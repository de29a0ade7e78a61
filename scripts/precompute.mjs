/**
 * Part of `npm run build`: spares n8n's start, which loads every node of every package. Replaces the modules
 * `properties.js` of each node by what they compute, so that n8n reads a description instead of building it;
 * has a node's own modules read when one of their functions is first called, so that nodes which nobody uses
 * cost no memory; and has the catalogues (api/operations.json) read when something first asks for them.
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As Node calls it, which follows links. */
const DIST = realpathSync(fileURLToPath(new URL('../dist/', import.meta.url))) + sep;
const requireHere = createRequire(import.meta.url);

const files = globSync(['nodes/*/properties.js', 'nodes/*/triggers/properties.js'], { cwd: DIST });
if (files.length === 0) throw new Error('There are no properties to compute: did tsc run?');
for (const file of files) {
	const json = JSON.stringify(requireHere(`${DIST}${file}`).properties());
	writeFileSync(
		`${DIST}${file}`,
		`"use strict";\nexports.properties = () => JSON.parse(${JSON.stringify(json)});\n`,
	);
	console.log(`${file}: ${Math.round(json.length / 1024)} KB computed`);
}

/**
 * The import of a module that is read when it is first used, and then kept: while n8n installs an update, it
 * drops all modules of the package, and what is at work goes on with those that it has.
 *
 * @param reading the call of `require`
 * @param members what stands for each export, given the call that has the module
 */
const lateImport = (name, reading, members) =>
	`const ${name} = (() => { let read; const load = () => (read ??= ${reading}); return { ${members('load()')} }; })();`;

/** How TypeScript writes `import { … } from './…'`. */
const OWN_MODULE = /^const (\w+) = (require\("(\.[^"]+)"\));$/gm;

for (const file of globSync('nodes/*/*.node.js', { cwd: DIST })) {
	const code = readFileSync(`${DIST}${file}`, 'utf8');
	const late = code.replace(OWN_MODULE, (_, name, reading, path) => {
		const exported = requireHere(join(DIST, dirname(file), path));
		const uses = code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'));
		const members = [...new Set([...uses].map(([, member]) => member))].map((member) =>
			typeof exported[member] === 'function'
				? (loaded) => `${member}(...given) { return ${loaded}.${member}.apply(this, given); }`
				: (loaded) => `get ${member}() { return ${loaded}.${member}; }`,
		);
		return lateImport(name, reading, (loaded) =>
			members.map((written) => written(loaded)).join(', '),
		);
	});
	if (late === code)
		throw new Error(`${file} imports no module: has the way they are imported changed?`);
	writeFileSync(`${DIST}${file}`, late);
}

/** How TypeScript writes `import operations from '…/operations.json'`. */
const CATALOGUE =
	/^(?:const|var) (\w+) = __importDefault\((require\("[^"]*operations\.json"\))\);$/m;

const readers = globSync('nodes/**/*.js', { cwd: DIST }).filter((file) => {
	const code = readFileSync(`${DIST}${file}`, 'utf8');
	if (/overlay.index\.js$/.test(file) || !CATALOGUE.test(code)) return false;
	writeFileSync(
		`${DIST}${file}`,
		code.replace(CATALOGUE, (_, name, reading) =>
			lateImport(name, reading, (loaded) => `get default() { return ${loaded}; }`),
		),
	);
	return true;
});
// Each product has one at least.
if (readers.length < globSync('nodes/*/properties.js', { cwd: DIST }).length)
	throw new Error(
		`Only ${readers.join(', ')} read a catalogue: has the way it is imported changed?`,
	);
console.log(`catalogues are read on first use by ${readers.join(', ')}`);

// As n8n does at its start: every node is loaded and made once, and asked for the names of its methods. What
// only an execution or a poll takes may not be read by then.
const LATE = ['api/operations.json', 'overlay/index.js', 'product.js', 'triggers/index.js'];
const { n8n } = JSON.parse(readFileSync(`${DIST}../package.json`, 'utf8'));
const start = `
	for (const file of ${JSON.stringify([...n8n.nodes, ...n8n.credentials])}) {
		const [Type] = Object.values(require('./' + file));
		Object.keys(new Type().methods?.loadOptions ?? {});
	}
	console.log(JSON.stringify(Object.keys(require.cache)));
`;
const read = JSON.parse(
	execFileSync(process.execPath, ['-e', start], { cwd: `${DIST}..`, encoding: 'utf8' }),
)
	.filter((file) => file.startsWith(DIST))
	.map((file) => relative(DIST, file).split(sep).join('/'));
if (read.length === 0) throw new Error(`No file of ${DIST} is read at the start of n8n`);
const early = read.filter((file) =>
	LATE.some((late) => file.startsWith('nodes/') && file.endsWith(`/${late}`)),
);
if (early.length > 0) throw new Error(`Read at the start of n8n: ${early.join(', ')}`);
const all = globSync('**/*.{js,json}', { cwd: DIST }).length;
console.log(`${read.length} of ${all} files are read at the start of n8n`);
