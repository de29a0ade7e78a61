/** `npm run goldens`: writes the files below test/goldens anew, to be reviewed as a diff. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(
	process.execPath,
	[
		'--experimental-vm-modules',
		'--disable-warning=ExperimentalWarning',
		'node_modules/jest/bin/jest.js',
		'--selectProjects=unit',
		'--testPathPatterns=test/unit/goldens',
		'--runInBand',
	],
	{
		cwd: fileURLToPath(new URL('..', import.meta.url)),
		env: { ...process.env, GOLDENS: 'write' },
		stdio: 'inherit',
	},
);
process.exitCode = status ?? 1;
