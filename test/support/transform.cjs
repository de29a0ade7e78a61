const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');

/** Everything but the file itself that the outcome depends on. */
const COMMON = [
	...['tsconfig.json', 'test/tsconfig.jest.json', 'test/support/transform.cjs'].map((file) =>
		readFileSync(join(ROOT, file), 'utf8'),
	),
	...['ts-jest', 'typescript'].map((name) => require(`${name}/package.json`).version),
];

/**
 * ts-jest, with two differences: what one stage has translated is there for the next one (ts-jest's own
 * key has the name of the jest project in it), and TypeScript is loaded only where something has to be
 * translated.
 */
module.exports = {
	createTransformer(options) {
		let inner;
		return {
			getCacheKey: (source, path, { instrument, supportsStaticESM }) =>
				createHash('sha1')
					.update(
						JSON.stringify([COMMON, options, path, Boolean(instrument), supportsStaticESM, source]),
					)
					.digest('hex'),
			process(...given) {
				inner ??= require('ts-jest').default.createTransformer(options);
				return inner.process(...given);
			},
		};
	},
};
