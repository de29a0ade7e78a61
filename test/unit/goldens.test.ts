/**
 * What saved workflows and tickets depend on, in readable files below test/goldens. A change of one
 * of them is a decision: `npm run goldens` writes them anew, and the diff is reviewed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PRODUCTS } from '../../nodes/products';
import { SIMULATORS } from '../../simulator/simulators';
import { fieldsText, operationsText } from '../goldens/forms';
import { NOW, recordedRun } from '../goldens/recordedRun';

const GOLDENS = PRODUCTS.map(({ key, Node, TriggerNode, Credential }) => ({
	product: key,
	Node,
	Trigger: TriggerNode,
	Credential,
	...SIMULATORS[key],
}));

/** Everything but the date goes on. */
const REAL = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

const WRITE = process.env.GOLDENS === 'write';

/** Lines that are gone (-) and lines that are new (+), without regard to order. */
function compare(name: string, now: string): void {
	const file = join(__dirname, '..', 'goldens', name);
	if (WRITE) {
		writeFileSync(file, now);
		return;
	}
	const then = readFileSync(file, 'utf8').replace(/\r\n/g, '\n');
	if (then === now) return;
	const [old, fresh] = [then.split('\n'), now.split('\n')];
	const gone = old.filter((one) => !fresh.includes(one)).map((one) => `- ${one}`);
	const added = fresh.filter((one) => !old.includes(one)).map((one) => `+ ${one}`);
	throw new Error(
		`test/goldens/${name} has changed. Where that is meant, run: npm run goldens\n` +
			[...gone, ...added].slice(0, 40).join('\n'),
	);
}

describe.each(GOLDENS)('what users of $product depend on', (golden) => {
	const { product, Node, Trigger, Credential } = golden;

	it('operations and their parameters', () => {
		compare(`${product}.operations.txt`, operationsText(Node));
	});

	it('events of the trigger, their fields and options', () => {
		compare(`${product}.trigger.txt`, fieldsText(new Trigger().description.properties));
	});

	it('fields of the credential', () => {
		compare(`${product}.credential.txt`, fieldsText(new Credential().properties));
	});

	it('incident keys, event ids and the stored state of a recorded run', async () => {
		jest.useFakeTimers({ now: NOW, doNotFake: [...REAL] });
		const simulator = await golden.start();
		try {
			const run = await recordedRun(Trigger, Credential, golden.credential, simulator);
			compare(`${product}.run.txt`, run.items);
			compare(`${product}.state.json`, run.state);
		} finally {
			jest.useRealTimers();
			await simulator.close();
		}
	});
});
