import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new folder outside the checkout, which is gone when the test file has ended (see tidy.ts). */
export function temporaryFolder(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), `n8n-nodes-veeam-${name}-`));
	made.push(folder);
	return folder;
}

export function removeTemporaryFolders(): void {
	for (const folder of made.splice(0))
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
