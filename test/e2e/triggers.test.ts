import type { DemoStack } from '../../demo/stack';
import { START_MINUTES, startTestStack } from './stack';
import { tenantExampleTests } from './tenantExamples';
import { triggerExampleTests } from './triggerExamples';
import { triggerLifeTests } from './triggerLife';

/** Published workflows with polling triggers: a real n8n, the packed package, simulated servers. */
describe('In a real n8n, a trigger', () => {
	let stack: DemoStack;

	beforeAll(async () => {
		stack = await startTestStack('triggers');
	}, START_MINUTES * 60_000);
	afterAll(async () => await stack?.stop(), 60_000);
	beforeEach(async () => {
		await stack.vbr.control.reset();
		await stack.vb365.control.reset();
		await stack.vspc.control.reset();
	});

	jest.setTimeout(180_000);

	describe('in a published workflow:', () => triggerLifeTests(() => stack));

	describe('in the example', () => {
		triggerExampleTests(() => stack);
		tenantExampleTests(() => stack);
	});
});
