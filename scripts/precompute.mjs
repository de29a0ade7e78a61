/**
 * Part of `npm run build`: replaces each dist/nodes/<Node>/properties.js by what it computes, so that
 * n8n reads a node's description instead of building it at every start.
 */
import { globSync, writeFileSync } from 'node:fs';
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
