/** Loads every node of the built package as n8n does, and prints what that costs (see start.ts). */
const fs = require('node:fs');
const { createRequire } = require('node:module');
const { join, relative } = require('node:path');

const root = process.argv[2];
const load = createRequire(join(root, 'package.json'));
const { n8n } = load('./package.json');

const files = [];
const read = fs.readFileSync;
fs.readFileSync = function (file, ...more) {
	if (/dist.+\.json$/.test(String(file))) files.push(relative(root, String(file)));
	return read.call(this, file, ...more);
};

load('n8n-workflow');
load('luxon');
global.gc();
const before = process.memoryUsage();
const began = performance.now();
// Kept, as n8n keeps them.
const loaded = [...n8n.nodes, ...n8n.credentials].map((file) => {
	const [Type] = Object.values(load(`./${file}`));
	return new Type();
});
const milliseconds = performance.now() - began;
const { rss } = process.memoryUsage();
global.gc();
console.log(
	JSON.stringify({
		milliseconds,
		rssMegabytes: (rss - before.rss) / 1e6,
		heapMegabytes: (process.memoryUsage().heapUsed - before.heapUsed) / 1e6,
		files: loaded.length > 0 ? files : [],
	}),
);
