/**
 * `npm run release -- 0.2.0`: writes the version, commits and tags it. What npm gets is made and
 * published by .github/workflows/publish.yml when the tag is pushed. Stops before it changes anything
 * where the tree is not clean or the changelog says nothing about the version.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
const fileOf = (name) => new URL(`../${name}`, import.meta.url);

function refuse(message) {
	console.error(message);
	process.exit(1);
}

const [version] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ''))
	refuse('Say which version: npm run release -- 0.2.0');
if (git('status', '--porcelain')) refuse('There are changes that are not committed.');
if (git('tag', '--list', `v${version}`)) refuse(`The tag v${version} exists.`);

const changelog = readFileSync(fileOf('CHANGELOG.md'), 'utf8');
const heading = `## [${version}]`;
if (!changelog.includes(heading)) refuse(`CHANGELOG.md has no section "${heading}".`);
const today = new Date().toISOString().slice(0, 10);
writeFileSync(
	fileOf('CHANGELOG.md'),
	changelog.replace(`${heading} - unreleased`, `${heading} - ${today}`),
);

for (const name of ['package.json', 'package-lock.json']) {
	const manifest = JSON.parse(readFileSync(fileOf(name), 'utf8'));
	manifest.version = version;
	if (manifest.packages) manifest.packages[''].version = version;
	const indent = name === 'package.json' || readFileSync(fileOf(name), 'utf8').includes('\n\t"');
	writeFileSync(fileOf(name), `${JSON.stringify(manifest, null, indent ? '\t' : 2)}\n`);
}

git('add', 'CHANGELOG.md', 'package.json', 'package-lock.json');
git('commit', '--quiet', '--message', `Version ${version}`);
git('tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
console.log(`Version ${version} is committed and tagged. To publish it: git push --follow-tags`);
