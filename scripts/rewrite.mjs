/**
 * `npm run goldens`, `npm run schemas`: writes files anew that a test compares with what the code does
 * today, to be reviewed as a diff.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** By the first argument: the test, and the variable that has it write. */
const WRITERS = {
	goldens: { project: 'unit', test: 'test/unit/goldens', variable: 'GOLDENS' },
	schemas: { project: 'integration', test: 'test/integration/schemas', variable: 'SCHEMAS' },
};

const writer = WRITERS[process.argv[2]];
if (!writer) throw new Error(`Say which: ${Object.keys(WRITERS).join(', ')}`);
const { status } = spawnSync(
	process.execPath,
	[
		'--experimental-vm-modules',
		'--disable-warning=ExperimentalWarning',
		'node_modules/jest/bin/jest.js',
		`--selectProjects=${writer.project}`,
		`--testPathPatterns=${writer.test}`,
		'--runInBand',
	],
	{
		cwd: fileURLToPath(new URL('..', import.meta.url)),
		env: { ...process.env, [writer.variable]: 'write' },
		stdio: 'inherit',
	},
);
process.exitCode = status ?? 1;
