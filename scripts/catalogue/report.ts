import path from 'node:path';

import type { Built } from './build';
import type { Figure } from './measure';

/** What was read and kept of each file, as lines for the terminal. */
export function report({ catalogue, measures }: Built, bytes: number): string {
	const lines = measures.flatMap(({ file, version, notes, measure }) => [
		`${path.basename(file)} (${version})`,
		row('operations', measure.operations),
		row('parameters', measure.parameters),
		row('body fields', measure.bodyFields),
		row('enum values', measure.enumValues),
		...notes.map((note) => `  note: ${note}`),
	]);
	const { operations, types, enums, versions } = catalogue;
	lines.push(
		`${catalogue.product}: ${operations.length} operations, ${Object.keys(types).length} types, ` +
			`${Object.keys(enums).length} enums over ${versions.length} versions, ` +
			`${(bytes / 1024).toFixed(0)} KB`,
	);
	return lines.join('\n');
}

function row(name: string, { read, kept, without }: Figure): string {
	const rest = Object.entries(without).map(([why, count]) => `, ${count} ${why}`);
	return `  ${name.padEnd(12)} ${String(read).padStart(5)} read, ${String(kept).padStart(5)} kept${rest.join('')}`;
}
