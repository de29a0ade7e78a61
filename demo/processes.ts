import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER } from './paths';

/** Whether a process of that id exists, whoever owns it. */
export function processIsAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** A Node program that ends when it is told to and also when its parent is gone. */
export interface GuardedProcess {
	child: ChildProcess;
	/** Resolves with the exit code when it has ended, whatever the reason. */
	ended: Promise<number | null>;
	/** Asks it to end and waits; ends it by force after that many milliseconds. */
	stop(patience?: number): Promise<void>;
	/** Ends it at once, without a chance to put anything in order, and waits for that. */
	kill(): Promise<void>;
}

/**
 * Starts a Node script with the same Node, under guard.cjs: the channel between the two closes
 * when this process ends in any way (Ctrl-C, a crash, a closed terminal), and the script ends too.
 * It writes to the file `log` itself: a pipe to a parent that is gone would break its shutdown.
 * `preload` are further scripts that run in it first.
 */
export function startGuarded(
	script: string,
	parameters: string[],
	options: { cwd: string; env: NodeJS.ProcessEnv; log: string; preload?: string[] },
): GuardedProcess {
	const log = openSync(options.log, 'a');
	const preload = [join(DEMO_FOLDER, 'guard.cjs'), ...(options.preload ?? [])];
	const child = spawn(
		process.execPath,
		[...preload.flatMap((file) => ['--require', file]), script, ...parameters],
		{
			cwd: options.cwd,
			env: options.env,
			stdio: ['ignore', log, log, 'ipc'],
			windowsHide: true,
		},
	);
	closeSync(log);
	const ended = new Promise<number | null>((done) => {
		child.once('exit', done);
		child.once('error', () => done(null));
	});
	const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
	return {
		child,
		ended,
		async stop(patience = 10_000) {
			if (hasEnded()) return;
			if (child.connected) child.send('stop');
			const force = setTimeout(() => killTree(child), patience);
			await ended;
			clearTimeout(force);
		},
		async kill() {
			if (hasEnded()) return;
			killTree(child);
			await ended;
		},
	};
}

function killTree(child: ChildProcess) {
	if (process.platform === 'win32' && child.pid) {
		// Windows ends only the process itself, not what it started.
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true });
	} else {
		child.kill('SIGKILL');
	}
}
