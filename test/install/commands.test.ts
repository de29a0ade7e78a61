import { spawn, spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packPackage } from '../../demo/communityPackage';
import { PROJECT_FOLDER } from '../../demo/paths';
import { blocks } from './docs';
import { startRegistry, type LocalRegistry } from './registry';

/** The commands of docs/install.md, run as they stand there, against a registry of this machine. */

const onWindows = process.platform === 'win32';
const suite = onWindows ? describe.skip : describe;

const onPath = (name: string, skip: (file: string) => boolean = () => false): string | undefined =>
	(process.env.PATH ?? '')
		.split(delimiter)
		.map((folder) => join(folder, name))
		.find((file) => existsSync(file) && !skip(realpathSync(file)));

/** npm's own script, whichever npm that is. */
function npmScript(): string {
	const given = process.env.npm_execpath;
	return given && /npm-cli\.c?js$/.test(given) ? given : realpathSync(onPath('npm')!);
}

const majorOf = (node: string) =>
	spawnSync(node, ['-p', 'process.versions.node.split(".")[0]'], {
		encoding: 'utf8',
	}).stdout.trim();

/** The Node that runs this, and the machine's own where that is another. */
const NODES = [
	process.execPath,
	onPath(
		'node',
		(file) => file === realpathSync(process.execPath) || file.includes('node_modules'),
	),
]
	.filter((node) => node !== undefined)
	.map((node) => ({ node, major: majorOf(node) }));

suite('The commands of the docs', () => {
	const work = mkdtempSync(join(tmpdir(), 'n8n-nodes-veeam-install-'));
	let archive: string;
	let manifest: { name: string; version: string };
	let registry: LocalRegistry;

	beforeAll(async () => {
		manifest = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as {
			name: string;
			version: string;
		};
		archive = await packPackage(work, join(work, 'pack.log'));
		registry = await startRegistry([{ archive, manifest }]);
	}, 300_000);
	afterAll(async () => {
		await registry?.close();
		rmSync(work, { recursive: true, force: true, maxRetries: 5 });
	});

	jest.setTimeout(300_000);

	/** A machine with this Node and npm and no compiler: a home, a path with nothing else. */
	function machine(name: string, node: string, registryUrl: string) {
		const home = join(work, name);
		const bin = join(home, 'bin');
		mkdirSync(bin, { recursive: true });
		for (const tool of ['sh', 'mkdir', 'env', 'uname']) symlinkSync(onPath(tool)!, join(bin, tool));
		symlinkSync(node, join(bin, 'node'));
		writeFileSync(join(bin, 'npm'), `#!${join(bin, 'sh')}\nexec node ${npmScript()} "$@"\n`);
		chmodSync(join(bin, 'npm'), 0o755);
		const run = async (script: string) => {
			const began = Date.now();
			const child = spawn(join(bin, 'sh'), ['-e', '-c', script], {
				cwd: home,
				env: {
					...{ HOME: home, PATH: bin, npm_config_registry: registryUrl },
					npm_config_cache: join(home, '.npm'),
					npm_config_update_notifier: 'false',
				},
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			let output = '';
			for (const stream of [child.stdout, child.stderr])
				stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
			const code = await new Promise((done) => child.once('close', done));
			return { code, output, seconds: (Date.now() - began) / 1000 };
		};
		return { home, run, nodes: join(home, '.n8n', 'nodes') };
	}

	it('pack a tarball of the size that the docs give', () => {
		const docs = readFileSync(join(PROJECT_FOLDER, 'docs', 'install.md'), 'utf8');
		expect(docs).toContain(`.tgz\` (${(statSync(archive).size / 1e6).toFixed(1)} MB)`);
	});

	/** What is there afterwards: the package alone, which loads with the Node of that machine. */
	function expectInstalled(nodes: string, seconds: number, what: string) {
		const modules = join(nodes, 'node_modules');
		expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual([manifest.name]);
		const installed = join(modules, manifest.name);
		const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
		expect(files.filter((file) => file.endsWith('.d.ts'))).toEqual([]);
		const sizes = files
			.map((file) => statSync(join(installed, file)))
			.filter((one) => one.isFile());
		const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
		expect(bytes).toBeLessThan(8e6);
		expect(statSync(archive).size).toBeLessThan(800_000);
		const { n8n } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[] };
		};
		for (const file of n8n.nodes) expect(existsSync(join(installed, file))).toBe(true);
		process.stderr.write(`  ${what}: ${(bytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} s\n`);
	}

	for (const { node, major } of NODES) {
		it(`on the command line, with Node ${major} and without a compiler`, async () => {
			const { run, nodes } = machine(`npm-${major}`, node, registry.url);
			const [commands] = blocks('docs/install.md', 'On the command line');
			expect(commands).toContain('--omit=peer');
			const { code, output, seconds } = await run(commands!);
			expect([code, output]).toEqual([0, expect.stringContaining('added 1 package')]);
			expectInstalled(nodes, seconds, `npm, Node ${major}`);
			expect(registry.asked.filter((path) => path.includes('not-there'))).toEqual([]);
		});
	}

	it('the README has the same commands', () => {
		const [inReadme] = blocks('README.md', 'Install');
		expect(inReadme).toBe(blocks('docs/install.md', 'On the command line')[0]);
	});

	it('with Docker: what runs inside the container', async () => {
		const { run, nodes } = machine('docker', NODES[0]!.node, registry.url);
		const [commands] = blocks('docs/install.md', 'With Docker');
		const inside = /^docker exec -it n8n sh -c "(.+)"$/m.exec(commands!)![1]!;
		const { code, output, seconds } = await run(inside);
		expect([code, output]).toEqual([0, expect.stringContaining('added 1 package')]);
		expectInstalled(nodes, seconds, 'Docker');
	});

	it('from a file: packed where there is a registry, installed where there is none', async () => {
		const [pack, install] = blocks('docs/install.md', 'From a file');
		const outside = machine('with-registry', NODES[0]!.node, registry.url);
		expect(await outside.run(pack!)).toMatchObject({ code: 0 });
		const file = `${manifest.name}-${manifest.version}.tgz`;
		const inside = machine('without-registry', NODES[0]!.node, 'http://127.0.0.1:1');
		mkdirSync(inside.nodes, { recursive: true });
		writeFileSync(join(inside.nodes, file), readFileSync(join(outside.home, file)));
		const { code, output, seconds } = await inside.run(install!);
		expect([code, output]).toEqual([0, expect.stringContaining('added 1 package')]);
		expectInstalled(inside.nodes, seconds, 'file');
	});

	it('the environment variables name a version that exists', () => {
		const [variables] = blocks('docs/install.md', 'By environment variables');
		const listed = /^N8N_COMMUNITY_PACKAGES=(.+)$/m.exec(variables!)![1]!;
		expect(JSON.parse(listed)).toEqual([{ name: manifest.name, version: manifest.version }]);
	});
});
