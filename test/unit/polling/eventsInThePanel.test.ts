/**
 * What users see of the events: their order in the field, their texts in n8n's panel, and the subtitle of
 * the node on the canvas, by n8n's own expressions.
 */
import { Workflow, type INode, type INodePropertyOptions } from 'n8n-workflow';

import { PRODUCTS } from '../../../nodes/products';

/** First those that nearly everybody wants: what ended, what is full or down, what did not happen. */
const FIRST: Record<string, string[]> = {
	vbr: ['sessionFinished', 'repositoryStateChanged', 'jobMissedRun', 'malwareEvent'],
	vb365: ['jobSessionFinished', 'repositoryStateChanged', 'license'],
	vspc: ['jobFinished', 'alarm', 'repositoryStateChanged', 'agentStateChanged'],
};

describe.each(PRODUCTS.map(({ key, TriggerNode }) => [key, new TriggerNode()] as const))(
	'the trigger of %s',
	(key, trigger) => {
		const { description } = trigger;
		// n8n makes the panel's entries of the field with this label (useActionsGeneration.ts).
		const field = description.properties.find(
			({ displayName }) => displayName.toLowerCase() === 'events',
		);
		const options = (field?.options ?? []) as INodePropertyOptions[];

		it('has its events in the order of use, the server itself at the end', () => {
			const values = options.map(({ value }) => value);
			expect(values.slice(0, FIRST[key]!.length)).toEqual(FIRST[key]);
			expect(values[values.length - 1]).toBe('serverReachability');
		});

		it('has a text of its own for each in the panel', () => {
			const actions = options.map(({ action }) => action ?? '');
			expect(new Set(actions).size).toBe(options.length);
			for (const action of actions) {
				// n8n's own triggers read so: "On issue created".
				expect(action).toMatch(/^On [a-z][^.]*$/);
				expect(action.length).toBeLessThanOrEqual(60);
				expect(action).not.toMatch(/\b(state|event)s? changed\b/i);
			}
		});

		const subtitleOf = (events: unknown): unknown => {
			const node: INode = {
				...{ id: 'trigger', name: 'Trigger', type: description.name, typeVersion: 1 },
				...{ position: [0, 0], parameters: { events: events as string[] } },
			};
			const nodeTypes = {
				getByName: () => trigger,
				getByNameAndVersion: () => trigger,
				getKnownTypes: () => ({}),
			};
			const workflow = new Workflow({
				...{ id: 'w', nodes: [node], connections: {}, active: false, nodeTypes },
			});
			return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'manual', {});
		};

		it('shows the picked events under its name', () => {
			const [first, second] = options;
			const said = String(subtitleOf([first!.value, second!.value]));
			const words = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
			expect(words(said)).toContain(words(first!.name));
			expect(words(said)).toContain(words(second!.name));
			expect(String(subtitleOf([]))).not.toMatch(/undefined|null|\[object/);
			expect(said).not.toMatch(/undefined|null|\[object/);
		});
	},
);
