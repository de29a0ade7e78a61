import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../demo/paths';

/** Code blocks below a heading of a page. */
export function blocks(file: string, heading: string): string[] {
	const page = readFileSync(join(PROJECT_FOLDER, file), 'utf8');
	const section = page.split(/^## /m).find((part) => part.startsWith(heading));
	if (!section) throw new Error(`${file} has no section "${heading}"`);
	return [...section.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
}
