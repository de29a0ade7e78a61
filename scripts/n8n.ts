/**
 * Part of `npm test`: puts n8n into its cache once, before stages that run beside each other want it. With
 * `older` the versions that the compatibility stage runs; one that cannot be had here is named with the reason.
 */
import { DemoError } from '../demo/DemoError';
import { installN8n } from '../demo/installN8n';
import { olderRecipes } from './n8nRecipes';
import { SKIPPED } from './skipped';

const say = (line: string) => console.log(line);

async function installOlder(): Promise<void> {
	for (const { version, folder } of olderRecipes())
		await installN8n(say, undefined, folder).catch((error: unknown) => {
			// Anything else is a fault of ours.
			if (!(error instanceof DemoError)) throw error;
			const reason = error.text.replace(/\s+/g, ' ');
			console.log(`${SKIPPED} n8n ${version} does not install here: ${reason}`);
		});
}

async function main(): Promise<void> {
	if (process.argv[2] === 'older') await installOlder();
	else await installN8n(say);
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
