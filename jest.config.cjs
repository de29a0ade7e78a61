/**
 * One project for each kind of proof; `npm test -- unit` runs one of them (see scripts/test.mjs).
 * Transpiles only: types are checked by `npm run typecheck`, once and not per worker.
 */
const project = (name, extra = {}) => ({
	displayName: name,
	// Of all of them: the cache of what is translated has it in its path.
	id: 'n8n-nodes-veeam',
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	// A test runs in a context of its own, where V8 looks a global up by a detour: what loops took twice as
	// long. Given to each module as variables, they are at hand. Not `Date`, which fake timers replace, and not
	// `Set` and `Boolean`, after which asn1js names classes of its own.
	sandboxInjectedGlobals: [
		...['Array', 'Intl', 'JSON', 'Map', 'Math', 'Number', 'Object', 'RegExp', 'String', 'WeakMap'],
		...['isNaN', 'parseFloat', 'parseInt'],
	],
	setupFiles: ['<rootDir>/test/support/environment.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts', '<rootDir>/test/support/tidy.ts'],
	transform: {
		'^.+\\.ts$': [
			'<rootDir>/test/support/transform.cjs',
			{ tsconfig: '<rootDir>/test/tsconfig.jest.json', diagnostics: false },
		],
	},
	// `….node.js` is the class in `….node.ts`, see nodes/products.ts.
	moduleNameMapper: { '^(\\.{1,2}/.*\\.node)\\.js$': '$1.ts' },
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/artifacts/',
		'<rootDir>/.cache/',
		'<rootDir>/test/compatibility/n8n/',
	],
	...extra,
});

module.exports = {
	testSequencer: '<rootDir>/test/support/longestFirst.cjs',
	projects: [
		project('unit'),
		project('integration'),
		project('contract'),
		project('install'),
		project('e2e'),
		project('compatibility'),
		project('queue'),
		project('scheduler'),
		project('browser'),
	],
};
