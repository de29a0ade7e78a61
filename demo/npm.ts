import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { dirname, delimiter } from 'node:path';
import { DemoError } from './DemoError';

export interface NpmRun {
	cwd: string;
	/** File that takes everything npm prints. */
	log: string;
	env?: NodeJS.ProcessEnv;
	/** Ends npm when aborted. */
	signal?: AbortSignal;
}

/** What npm prints about a cause a person can remove, with that cause in words. */
const CAUSES: Array<[RegExp, string, string]> = [
	[
		/ENOSPC|no space left/i,
		'The disk is full.',
		'Free about 4 GB, or choose a folder on another disk with VEEAM_DEMO_CACHE.',
	],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i,
		'The npm registry cannot be reached.',
		'Check the network, the proxy settings (HTTPS_PROXY) and the registry (npm config get registry), then start again.',
	],
	[
		/E401|E403|ENEEDAUTH/,
		'The npm registry refused access.',
		'Log in to the registry, or set one that is open (npm config set registry …).',
	],
	[
		/E404|ETARGET|notarget/,
		'The npm registry lacks a package that n8n needs.',
		'A company registry may hold only part of the public one: set the public one for this run.',
	],
	[
		/node-gyp|gyp ERR|not found: make|MSBuild|find Python/i,
		'A part of n8n had to be compiled here and could not.',
		'Install a C++ compiler and Python 3 (Debian: build-essential python3, macOS: xcode-select --install, Windows: Visual Studio Build Tools), then start again.',
	],
	[
		/EACCES|EPERM/,
		'A folder could not be written.',
		'Choose another folder with VEEAM_DEMO_CACHE.',
	],
];

/**
 * The environment for an npm that works elsewhere than in this checkout: without what the npm that
 * started us says about this package, with the Node that runs us first on the path.
 */
function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const env: NodeJS.ProcessEnv = {};
	for (const [name, value] of Object.entries(process.env)) {
		const aboutThisPackage =
			/^npm_(package|lifecycle|command$|execpath$)/i.test(name) ||
			/^npm_config_(local_prefix|prefix|global_prefix|ignore_scripts|dry_run|workspaces?)$/i.test(
				name,
			);
		if (!aboutThisPackage) env[name] = value;
	}
	const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	env[path] = [dirname(process.execPath), env[path]].filter(Boolean).join(delimiter);
	return { ...env, ...extra };
}

/**
 * Runs npm to its end.
 * @returns what it printed on stdout
 * @throws DemoError that says why, and where the log is
 */
export async function npm(parameters: string[], run: NpmRun): Promise<string> {
	const script = process.env.npm_execpath;
	// Yarn and pnpm set the same variable; they do not take these parameters.
	const isNpm = script !== undefined && /npm-cli\.c?js$/.test(script);
	const onWindows = process.platform === 'win32';
	const [command, first] = isNpm ? [process.execPath, [script]] : ['npm', []];
	const child = spawn(command, [...first, ...parameters], {
		cwd: run.cwd,
		env: environment(run.env),
		// npm is a .cmd file on Windows, which only a shell starts; no parameter comes from outside.
		shell: !isNpm && onWindows,
		stdio: ['ignore', 'pipe', 'pipe'],
		windowsHide: true,
		signal: run.signal,
	});
	const log = createWriteStream(run.log, { flags: 'a' });
	let output = '';
	let recent = '';
	const keep = (chunk: Buffer) => {
		log.write(chunk);
		recent = (recent + chunk.toString()).slice(-20_000);
	};
	child.stdout.on('data', (chunk: Buffer) => {
		output += chunk.toString();
		keep(chunk);
	});
	child.stderr.on('data', keep);
	const code = await new Promise<number | null>((done, fail) => {
		child.once('error', fail);
		child.once('close', done);
	}).finally(() => log.end());
	if (code === 0) return output;
	const told = `npm ${parameters.slice(0, 2).join(' ')}`;
	const cause = installs(parameters) && CAUSES.find(([pattern]) => pattern.test(recent));
	if (cause) {
		const [, what, advice] = cause;
		throw new DemoError(
			`${told} failed. ${what}`,
			`${advice}\nEverything it said is in ${run.log}`,
		);
	}
	throw new DemoError(
		`${told} ended with code ${code}. The last it said (all of it is in ${run.log}):`,
		recent.trimEnd().split('\n').slice(-15).join('\n'),
	);
}

/** A build says many words; only what npm itself says about installing is looked through. */
const installs = ([command]: string[]) => ['view', 'install', 'rebuild'].includes(command!);
