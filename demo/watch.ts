import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { installCommunityPackage } from './communityPackage';
import type { Say } from './installN8n';
import type { RunningN8n } from './n8n';
import { PROJECT_FOLDER } from './paths';

/** What a node is made of. */
const WATCHED = ['nodes', 'credentials', 'icons'];

/** An editor writes a file in several steps, git many files one after the other. */
const QUIET = 500;

export interface Development {
	/** n8n has ended because it is being started again. */
	readonly restarting: boolean;
	stop(): void;
}

/**
 * Builds and installs the package again, and starts n8n again, whenever a source has changed. A build
 * that fails leaves n8n as it is; the next change tries again.
 *
 * @param log file that takes what the build says
 */
export function rebuildOnChange(
	n8n: RunningN8n,
	userFolder: string,
	log: string,
	say: Say,
): Development {
	let restarting = false;
	let changed = false;
	let working = false;
	let timer: NodeJS.Timeout | undefined;

	const work = async () => {
		if (working) return;
		working = true;
		try {
			while (changed) {
				changed = false;
				say('Something changed: building');
				await installCommunityPackage(userFolder, log);
				restarting = true;
				await n8n.kill();
				await n8n.start();
				restarting = false;
				say("n8n runs with it: reload the editor's page");
			}
		} catch (error) {
			restarting = false;
			say(`It does not build: ${(error as Error).message} (all of it: ${log})`);
		} finally {
			working = false;
		}
	};
	const watchers: FSWatcher[] = WATCHED.map((folder) =>
		watch(join(PROJECT_FOLDER, folder), { recursive: true }, () => {
			changed = true;
			clearTimeout(timer);
			timer = setTimeout(() => void work(), QUIET);
		}),
	);
	return {
		get restarting() {
			return restarting;
		},
		stop() {
			clearTimeout(timer);
			for (const watcher of watchers) watcher.close();
		},
	};
}
