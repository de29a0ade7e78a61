const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Files that take one to four minutes. On a fresh machine jest knows no durations and begins with what
 * is long to read; one of these begun last keeps one processor busy while the other has nothing left.
 */
const LONGEST = [
	'contract/vspc',
	'integration/everyPicker',
	'integration/hostile',
	'unit/fieldsToSet',
	'unit/olderN8n',
	'unit/campaign',
	'unit/regularExpressions',
	'unit/updates',
	'unit/report/forms',
	'contract/vbrFirst',
	'contract/answers',
	'integration/triggerReliability',
	'integration/triggerDeadline',
].map((name) => join(__dirname, '..', `${name}.test.ts`));

const gone = LONGEST.filter((path) => !existsSync(path));
if (gone.length > 0)
	throw new Error(`longestFirst.cjs names what is not there: ${gone.join(', ')}`);

/** The longest files first, the others as jest has them. */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		const rank = ({ path }) => (LONGEST.includes(path) ? LONGEST.indexOf(path) : LONGEST.length);
		return super.sort(tests).sort((a, b) => rank(a) - rank(b));
	}
};
