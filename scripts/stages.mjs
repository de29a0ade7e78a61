/**
 * What `npm test` runs. `check` stages are one command that passes or fails as a whole; `jest` stages are
 * a project of jest.config.cjs and count their tests; those `withN8n` start a real n8n and take one test file
 * at a time. What is `together` and follows each other is run two at a time: checks use one processor each,
 * and a real n8n is mostly waited for; there the longest come first. What is in the `background` begins at its
 * place and runs on beside all that follows; what `yields` has low priority, for the processors that others leave
 * idle. Those that `need` one wait for its end. What is `alone` waits for everything before it: it prints timings.
 * `workers` is for those that wait in their tests: for the end of a poll, for a server that is silent.
 * One with `byName` runs where it was asked for by name, with `inCi` in CI too, and says so otherwise.
 */
export const STAGES = [
	{ name: 'build', title: 'Build', check: ['npm', 'run', '--silent', 'build'] },
	{
		name: 'n8n',
		title: 'n8n is in its cache',
		check: ['node', '--import', 'tsx', 'scripts/n8n.ts'],
		// It is downloaded, unpacked and partly compiled: minutes, the first time.
		minutes: 40,
		background: true,
	},
	{
		name: 'older-n8n',
		title: 'Older versions of n8n are in their cache',
		check: ['node', '--import', 'tsx', 'scripts/n8n.ts', 'older'],
		minutes: 60,
		background: true,
		needs: 'n8n',
		byName: 'run by name and in CI: npm test -- compatibility',
		inCi: true,
	},
	{ name: 'lint', title: 'Lint', check: ['npm', 'run', '--silent', 'lint'], together: 'checks' },
	{
		name: 'typecheck',
		title: 'Types',
		check: ['npm', 'run', '--silent', 'typecheck'],
		together: 'checks',
	},
	{
		name: 'scan',
		title: "n8n's package scan, source and tarball",
		check: ['npm', 'run', '--silent', 'scan'],
		together: 'checks',
	},
	{
		name: 'catalogue',
		title: "Catalogue against Veeam's specifications",
		check: ['npm', 'run', '--silent', 'catalogue:check'],
		together: 'checks',
	},
	{ name: 'unit', title: 'Unit', minutes: 25 },
	{
		name: 'contract',
		title: "Contract: every operation against Veeam's specification",
		minutes: 40,
		background: true,
		yields: true,
	},
	{
		name: 'integration',
		title: "Integration: n8n-core's contexts and the simulator",
		minutes: 30,
		workers: 3,
	},
	{
		name: 'e2e',
		title: 'End to end: a real n8n',
		minutes: 30,
		withN8n: true,
		needs: 'n8n',
		together: 'n8n',
	},
	{
		name: 'queue',
		title: 'Queue mode: main, two workers',
		minutes: 30,
		withN8n: true,
		needs: 'n8n',
		together: 'n8n',
	},
	{
		name: 'install',
		title: 'Install: the commands of the docs',
		minutes: 30,
		withN8n: true,
		needs: 'n8n',
		together: 'n8n',
	},
	{
		name: 'compatibility',
		title: 'Compatibility: older n8n',
		minutes: 60,
		withN8n: true,
		needs: 'older-n8n',
		together: 'n8n',
		// Each version is an installation of minutes and 1.5 to 2 GB.
		byName: 'run by name and in CI: npm test -- compatibility',
		inCi: true,
	},
	{
		name: 'scheduler',
		title: "n8n's scheduler: triggers in each of its modes",
		minutes: 30,
		withN8n: true,
		needs: 'n8n',
		together: 'n8n',
		// Three starts of n8n, and minutes of polls in each.
		byName: 'run by name only: npm test -- scheduler',
	},
	{
		name: 'browser',
		title: 'Browser: the editor in Chromium',
		minutes: 30,
		withN8n: true,
		needs: 'n8n',
		alone: true,
	},
];

/**
 * A check that has nothing to work on (the specifications are not there) prints a line starting
 * with this, says why, and exits with 0.
 */
export const SKIPPED = 'SKIPPED:';
