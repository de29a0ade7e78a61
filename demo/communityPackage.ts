import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { extract } from 'tar';
import { DemoError } from './DemoError';
import { npm } from './npm';
import { PROJECT_FOLDER } from './paths';
import type { N8nApi } from './n8nApi';

/** What n8n has to know of a package it did not install by itself. */
export interface CommunityPackage {
	name: string;
	version: string;
	author: { name: string; email: string };
}

/** n8n's own list of community packages. */
interface Ledger {
	name?: string;
	private?: boolean;
	dependencies?: Record<string, string>;
}

/**
 * Builds this checkout where it has changed, packs it, and puts what the archive holds where n8n keeps community
 * packages: so the demo and the tests run what npm would publish, not the working folder.
 * @param userFolder `N8N_USER_FOLDER`
 */
export async function installCommunityPackage(
	userFolder: string,
	log: string,
	signal?: AbortSignal,
): Promise<CommunityPackage> {
	const work = join(userFolder, 'pack');
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work, { recursive: true });
	try {
		await extract({ file: await packPackage(work, log, signal), cwd: work });
		return moveIntoPlace(work, join(userFolder, '.n8n', 'nodes'));
	} finally {
		rmSync(work, { recursive: true, force: true, maxRetries: 5 });
	}
}

/**
 * Builds this checkout where it has changed, and packs it as npm would publish it.
 * @param folder takes the archive, and holds no other
 * @returns path of the archive
 */
export async function packPackage(
	folder: string,
	log: string,
	signal?: AbortSignal,
): Promise<string> {
	if (!buildIsFresh()) await npm(['run', 'build'], { cwd: PROJECT_FOLDER, log, signal });
	await npm(['pack', '--pack-destination', folder, '--ignore-scripts'], {
		cwd: PROJECT_FOLDER,
		log,
		signal,
	});
	const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (!archive) throw new DemoError('npm pack wrote no archive.', `What it said: ${log}`);
	return join(folder, archive);
}

const SOURCES = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];

/** Whether everything built is younger than everything it is built from: saves half the start. */
function buildIsFresh(): boolean {
	const sources = SOURCES.flatMap((name) => filesIn(join(PROJECT_FOLDER, name)));
	// Icons are copied with their age.
	const built = filesIn(join(PROJECT_FOLDER, 'dist')).filter((file) => file.endsWith('.js'));
	const age = (file: string) => statSync(file).mtimeMs;
	return built.length > 0 && Math.max(...sources.map(age)) < Math.min(...built.map(age));
}

function filesIn(path: string): string[] {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

function moveIntoPlace(work: string, nodesFolder: string): CommunityPackage {
	const ownManifest = readJson(join(work, 'package', 'package.json')) as CommunityPackage;
	const target = join(nodesFolder, 'node_modules', ownManifest.name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(join(nodesFolder, 'node_modules'), { recursive: true });
	renameSync(join(work, 'package'), target);
	// In the form in which n8n writes it.
	const ledger = join(nodesFolder, 'package.json');
	const installed: Ledger = existsSync(ledger)
		? (readJson(ledger) as Ledger)
		: { name: 'installed-nodes', private: true };
	const dependencies = { ...installed.dependencies, [ownManifest.name]: ownManifest.version };
	writeFileSync(ledger, JSON.stringify({ ...installed, dependencies }, null, 2));
	return ownManifest;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Enters the package in n8n's database as n8n's installer does, so that Settings > Community nodes
 * lists it. n8n's installer itself only takes packages from the public registry (another one needs
 * a licence), where a package under development is not.
 * @param api logged in: n8n says itself which nodes it has loaded from the package
 */
export async function registerCommunityPackage(
	userFolder: string,
	api: N8nApi,
	{ name, version, author }: CommunityPackage,
): Promise<void> {
	const nodes = (await api.nodeTypes()).filter(
		// `…Tool` is n8n's own double of a node for AI agents.
		(node) => node.name.startsWith(`${name}.`) && !node.name.endsWith('Tool'),
	);
	if (nodes.length === 0) throw new DemoError(`n8n did not load the package ${name}.`);
	const now = `strftime('%Y-%m-%d %H:%M:%f', 'now')`;
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'));
	try {
		database.exec('PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE');
		database.prepare('DELETE FROM installed_nodes WHERE package = ?').run(name);
		database
			.prepare(
				`INSERT INTO installed_packages
				(packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt)
				VALUES (?, ?, ?, ?, ${now}, ${now}) ON CONFLICT (packageName) DO UPDATE SET
				installedVersion = excluded.installedVersion, updatedAt = excluded.updatedAt`,
			)
			.run(name, version, author.name, author.email);
		const insert = database.prepare(
			'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
		);
		for (const node of nodes) {
			insert.run(node.displayName, node.name, [node.version].flat().at(-1)!, name);
		}
		database.exec('COMMIT');
	} finally {
		database.close();
	}
}
