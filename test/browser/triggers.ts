import type { DemoStack } from '../../demo/stack';
import { artifactsFolder } from '../e2e/stack';
import type { Editor } from './editor';

/** Each trigger: an event to begin with, another to add, and what the test shows of both. */
const TRIGGERS = [
	{
		product: 'Veeam Backup & Replication',
		first: { name: 'Session Finished', value: 'sessionFinished', label: 'Session' },
		added: {
			name: 'Repository State Changed',
			value: 'repositoryStateChanged',
			label: 'Repository',
		},
		fields: ['Conditions', 'Options'],
		messages: [
			/^Test: Backup Job "Backup - .+" (failed|finished with warnings):.+• /,
			/^Test: Repository ".+" is .+\.$/,
		],
	},
	{
		product: 'Veeam Backup for Microsoft 365',
		first: {
			name: 'Job Session Finished',
			value: 'jobSessionFinished',
			label: 'Job Session Finished',
		},
		added: { name: 'Proxy State Changed', value: 'proxyStateChanged', label: 'Proxy' },
		fields: ['Conditions'],
		messages: [/ (failed|finished with warnings):.+• /, /^.*[Pp]roxy .+/],
	},
	{
		product: 'Veeam Service Provider Console',
		first: { name: 'Alarm', value: 'alarm', label: 'Alarm' },
		added: { name: 'Job Finished', value: 'jobFinished', label: 'Job Finished' },
		fields: ['Results', 'Job Kinds', 'Options'],
		messages: [/^[A-Z].+: (Alarm ".+"|An alarm) on /, /^[A-Z].+ (failed|finished with warnings)/],
	},
];

/** A person adds a trigger, picks its events and tests it. */
export function triggerTests(given: () => { editor: Editor; stack: DemoStack }): void {
	it.each(TRIGGERS)(
		'$product: a trigger is added from the node panel, asks only for what its events need, and shows an item of each',
		async ({ product, first, added, fields, messages }) => {
			const { editor, stack } = given();
			const photograph = async (what: string) => {
				await editor.page.setViewportSize({ width: 1440, height: 2600 });
				const file = `trigger-${product.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${what}.png`;
				await editor.page.screenshot({ path: `${artifactsFolder('screenshots')}/${file}` });
				await editor.page.setViewportSize({ width: 1440, height: 900 });
			};
			await editor.newWorkflow();
			await editor.findNode(product);
			await editor.openTriggers();
			await editor.picture(`triggers ${product}`);
			await editor.addTrigger(first.name);
			await photograph('one-event');

			expect(await editor.picked('events')).toEqual([first.name]);
			expect(await editor.fieldsOf(first.label)).toEqual(
				expect.arrayContaining([expect.any(String), 'Options']),
			);
			expect(await editor.fieldsOf(added.label)).toEqual([]);
			await editor.pickAlso('events', added.name);
			expect(await editor.picked('events')).toEqual([first.name, added.name]);
			await photograph('two-events');
			expect(await editor.fieldsOf(added.label)).toEqual(fields);

			const { event, message } = await editor.execute();
			await editor.picture(`trigger ${product} tested`);
			expect(event).toEqual([first.value, added.value]);
			messages.forEach((expected, at) => expect(message![at]).toMatch(expected));

			const all = (await stack.api.nodeTypes()).find(
				({ displayName }) => displayName === `${product} Trigger`,
			)!.properties as Array<{ name: string; options: Array<{ name: string }> }>;
			for (const { name } of all.find(({ name: property }) => property === 'events')!.options)
				if (![first.name, added.name].includes(name)) await editor.pickAlso('events', name);
			await photograph('all-events');
		},
	);
}
