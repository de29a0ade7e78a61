import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { extract } from 'tar';

/** May be required by what is published; n8n brings all of them (n8n's no-restricted-imports). */
const ALLOWED_IMPORTS = ['n8n-workflow', 'lodash', 'luxon', 'moment', 'p-limit', 'zod', 'crypto'];

/**
 * Packs the package as `npm publish` would and unpacks it.
 * @returns {Promise<string>} the folder that holds package.json
 */
export async function unpackTarball(root, into) {
	const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', into];
	const npm = process.env.npm_execpath;
	const output = npm
		? execFileSync(process.execPath, [npm, ...args], { cwd: root, encoding: 'utf8' })
		: execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell: true });
	const [{ filename }] = Object.values(JSON.parse(output));
	await extract({ file: join(into, filename), cwd: into });
	return join(into, 'package');
}

function filesBelow(folder) {
	return readdirSync(folder, { recursive: true })
		.filter((file) => statSync(join(folder, file)).isFile())
		.map((file) => file.split(sep).join('/'));
}

function importsOf(code) {
	const names = [...code.matchAll(/\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g)];
	return names.map((match) => match[1]).filter((name) => !name.startsWith('.'));
}

/** Finds what n8n would stumble over in the files of `n8n.nodes` and `n8n.credentials`. */
function loadFinding(unpacked, file, require) {
	const path = join(unpacked, file);
	if (!existsSync(path)) return `package.json names ${file}, which the tarball lacks`;
	const className = file.split('/').at(-1).split('.')[0];
	let Class;
	try {
		Class = require(path)[className];
	} catch (error) {
		return `${file} cannot be loaded: ${error.message}`;
	}
	if (typeof Class !== 'function') return `${file} exports no class ${className}`;

	const type = new Class();
	const icon = type.description?.icon ?? type.icon;
	for (const themed of typeof icon === 'string' ? [icon] : Object.values(icon ?? {})) {
		const iconFile = join(path, '..', themed.replace(/^file:/, ''));
		if (!existsSync(iconFile)) return `${file} has the icon ${themed}, which the tarball lacks`;
	}
	return undefined;
}

/**
 * Checks that n8n can load an unpacked tarball and that nothing travels that should not.
 * @returns {Promise<string[]>} findings, one line each
 */
export async function checkTarball(unpacked, root) {
	const findings = [];
	const files = filesBelow(unpacked);
	const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));

	for (const file of files.filter((name) => !name.startsWith('node_modules/'))) {
		if (/(^|\/)(test|tests|__tests__|simulator|demo|scripts)\/|\.(test|spec)\./.test(file)) {
			findings.push(`tarball: ${file} is not for users`);
		}
		// What answers hold, and the registry: the development's own, and half of the catalogue's size.
		if (/(^|\/)(answers\.json|products\.js)$/.test(file))
			findings.push(`tarball: ${file} is read by tests and scripts only`);
		if (file.endsWith('.d.ts'))
			findings.push(`tarball: ${file} is for nobody: types of a node are not imported`);
		if (!file.endsWith('.js')) continue;
		for (const name of importsOf(readFileSync(join(unpacked, file), 'utf8'))) {
			const base = name.split('/')[0];
			if (!ALLOWED_IMPORTS.includes(base)) findings.push(`tarball: ${file} imports ${name}`);
		}
	}
	for (const needed of ['README.md', 'LICENSE.md', 'package.json']) {
		if (!files.includes(needed)) findings.push(`tarball: ${needed} is missing`);
	}

	// As in n8n's own folder: the modules that n8n brings are found above the package.
	symlinkSync(join(root, 'node_modules'), join(unpacked, 'node_modules'), 'junction');
	const require = createRequire(join(unpacked, 'package.json'));
	for (const file of [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])]) {
		const finding = loadFinding(unpacked, file, require);
		if (finding) findings.push(`tarball: ${finding}`);
	}
	for (const source of sourcesToRegister(root)) {
		const registered = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
		if (!registered.includes(source)) findings.push(`package.json does not name ${source}`);
	}
	return findings;
}

/** Every node and credential of the source, as package.json must name it. */
function sourcesToRegister(root) {
	return ['nodes', 'credentials']
		.flatMap((folder) => filesBelow(join(root, folder)).map((file) => `${folder}/${file}`))
		.filter((file) => /\.(node|credentials)\.ts$/.test(file))
		.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
}
