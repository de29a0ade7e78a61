import type { Editor } from './editor';

/** An everyday action of each node; the first node is n8n's own, to compare with. */
const ACTIONS: Array<[node: string, action: string]> = [
	['Notion', 'Get many database pages'],
	['Veeam Backup & Replication', 'Get many jobs'],
	['Veeam Backup for Microsoft 365', 'Get many backup jobs'],
	['Veeam Service Provider Console', 'Get many companies'],
];
const ROUNDS = 4;

/** Milliseconds, one of each round. */
interface Waits {
	/** From the click on a node until its actions are listed. */
	panel: number[];
	/** From the click on an action until its form is open. */
	form: number[];
}

/** What a person waits for in the editor. Printed, never asserted: it depends on the machine. */
export function timingTests(given: () => { editor: Editor }): void {
	it('finds "Start a job" from an empty canvas by mouse', async () => {
		const { editor } = given();
		await editor.newWorkflowAfresh();
		const began = performance.now();
		await editor.at('canvas-add-button').click();
		await editor.openNode('Veeam Backup & Replication');
		await editor.openActions();
		const screens = await editor.scrollTo('Start a job');
		await editor.picture('start-a-job-listed');
		await editor.action('Start a job').click();
		await editor.at('ndv').waitFor();
		const seconds = (performance.now() - began) / 1000;
		await editor.picture('start-a-job-found');
		say(`"Start a job" from an empty canvas: ${seconds.toFixed(1)} s, on screen ${screens}`);

		expect(await editor.chosen('resource')).toBe('Job');
		expect(await editor.chosen('operation')).toBe('Start');
	});

	it("lists the actions of each node and opens a form, next to one of n8n's own", async () => {
		const { editor } = given();
		const waits = new Map<string, Waits>(ACTIONS.map(([node]) => [node, { panel: [], form: [] }]));
		await editor.newWorkflowAfresh();
		await editor.addFirst('Trigger manually');
		for (let round = 0; round < ROUNDS; round++)
			for (const [node, action] of ACTIONS) {
				const { panel, form } = await editor.timeAction(node, action);
				waits.get(node)!.panel.push(panel);
				waits.get(node)!.form.push(form);
			}
		for (const line of tableOf(waits)) say(line);

		// A second node of a name has a number at its end.
		const names = (await editor.nodeNames()).map((name) => name.replace(/\d+$/, ''));
		for (const [, action] of ACTIONS)
			expect(names.filter((name) => name === action)).toHaveLength(ROUNDS);
		// Sixteen forms: seconds on a quiet machine, minutes on a busy one.
	}, 480_000);
}

/** One line for each node: medians, and how they compare with the yardstick's. */
function tableOf(waits: Map<string, Waits>): string[] {
	const [yardstick] = [...waits.values()] as [Waits];
	const compared = (values: number[], others: number[]): string =>
		`${median(values).toFixed(0)} ms (${(median(values) / median(others)).toFixed(2)} x)`;
	return [...waits].map(
		([node, { panel, form }]) =>
			`${node.padEnd(32)} panel ${compared(panel, yardstick.panel).padEnd(18)} form ${compared(form, yardstick.form)}`,
	);
}

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** Straight to the terminal: jest would add a stack trace to every line. */
const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
