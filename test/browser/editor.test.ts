import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { DemoStack } from '../../demo/stack';
import { artifactsFolder, START_MINUTES, startTestStack } from '../e2e/stack';
import { chromiumPath, startChromium } from './chromium';
import { creationTests } from './creating';
import { Editor } from './editor';
import { timingTests } from './timings';
import { triggerTests } from './triggers';

const chromium = chromiumPath();
if (!chromium) {
	console.warn(
		'Skipped: there is no Chromium or Chrome here. Install it, or say where it is with CHROMIUM_PATH.',
	);
}

/** A person builds a workflow: Chromium in the editor of a real n8n. */
(chromium ? describe : describe.skip)("In n8n's editor", () => {
	let stack: DemoStack;
	let browser: Browser;
	let editor: Editor;

	beforeAll(async () => {
		// Pictures of an earlier run would pass for this one's.
		rmSync(artifactsFolder('browser'), { recursive: true, force: true });
		stack = await startTestStack('browser');
		browser = await startChromium(chromium!);
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		editor = new Editor(page, stack.n8n.address, artifactsFolder('browser'));
		await editor.logIn();
	}, START_MINUTES * 60_000);
	afterAll(async () => {
		await browser?.close();
		await stack?.stop();
	}, 60_000);

	// Of a failed test above all: what a person would have seen.
	afterEach(async () => {
		await editor?.picture(`after ${expect.getState().currentTestName}`);
	});

	jest.setTimeout(240_000);

	it.each([
		'Veeam Backup & Replication',
		'Veeam Backup for Microsoft 365',
		'Veeam Service Provider Console',
	])(
		'the node panel lists the actions of %s that people come for, few enough to be quick',
		async (node) => {
			await editor.newWorkflow();
			await editor.findNode(node);
			await editor.picture(`actions ${node}`);

			const shown = await editor.page.getByText(/^Actions \(\d+\)$/).innerText();

			const { listed, offered } = await operations(stack, node);
			expect(shown).toBe(`Actions (${listed})`);
			expect(listed).toBeLessThan(offered / 5);
		},
	);

	it('an operation that the panel does not list is found in the form', async () => {
		await editor.newWorkflow();
		await editor.findNode('Veeam Backup & Replication');
		await editor.dragOntoCanvas('Find an operation that is not listed here');
		await editor.picture('not-listed');
		const words = editor.at('parameter-input-findWords').locator('input').first();
		await words.fill('replica get many');
		const found = await editor.execute();
		await editor.picture('found-operations');
		expect(found.action).toEqual(expect.arrayContaining(['Get many replicas']));

		await editor.choose('resource', 'Replica');
		expect(await editor.chosen('operation')).toBe('Get Many');
		await editor.picture('chosen-in-the-form');
	});

	it('an action is dragged onto the canvas and opens its form; executed, it puts out all repositories', async () => {
		await editor.newWorkflow();
		await editor.findNode('Veeam Backup & Replication');
		await editor.dragOntoCanvas('Get many repositories');
		await editor.picture('get-many');

		const output = await editor.execute();
		await editor.picture('get-many-executed');

		expect(output.name).toEqual(REPOSITORIES);
	});

	it('another operation takes its repository from a list that is searched on the server', async () => {
		await editor.choose('operation', 'Get');
		const found = await editor.searchList('repositoryId', 'nas');
		await editor.picture('from-list');
		expect(found).toEqual(['NAS Repository']);
		await editor.at('rlc-item').first().click();

		const output = await editor.execute();
		await editor.picture('get-executed');

		expect(output.name).toEqual(['NAS Repository']);
	});

	it('an id that no repository has is answered by what happened and what to do', async () => {
		await editor.chooseMode('repositoryId', 'By ID');
		await editor.fill('repositoryId', '00000000-1111-2222-3333-444444444444');

		const problem = await editor.executeInVain();
		await editor.picture('unknown-id');

		expect(problem).toEqual({
			message: 'The server knows no object with the ID 00000000-1111-2222-3333-444444444444.',
			description:
				'Check the ID: the object may have been deleted, or the ID may belong to another kind of object.',
		});
	});

	it('the credential can be tested from its form', async () => {
		await editor.at('credential-edit-button').click();
		await editor.page.getByText('Connection tested successfully').waitFor();
		await editor.picture('credential');
		await editor.closeCredential();
	});

	it('the daily time of a job is changed by mouse, without JSON, and nothing else changes', async () => {
		const { control } = stack.vbr;
		await editor.newWorkflow();
		await editor.findNode('Veeam Backup & Replication');
		await editor.dragOntoCanvas('Update a job');
		expect(await editor.searchList('jobId', 'file servers')).toEqual(['Backup - File Servers']);
		await editor.at('rlc-item').first().click();
		await editor.addField('Local Time (Daily, Schedule)');
		await editor.picture('update-job-present-value');
		expect(await editor.mappedValue()).toBe('22:00');

		await editor.typeMapped('21:15');
		await editor.execute();
		await editor.picture('update-job-executed');

		const sent = (await control.requests()).filter(({ path }) => /\/jobs\/[^/]+$/.test(path));
		const { body } = sent.at(-1) as unknown as { body: { schedule: { daily: object } } };
		expect(sent.at(-1)!.method).toBe('PUT');
		expect(body).toMatchObject({ name: 'Backup - File Servers', type: 'VSphereBackup' });
		expect(body.schedule.daily).toMatchObject({ isEnabled: true, localTime: '21:15' });
	});

	it('one switch of the notifications is changed by mouse, and all others stay as they are', async () => {
		const { control } = stack.vbr;
		await editor.newWorkflow();
		await editor.findNode('Veeam Backup & Replication');
		await editor.dragOntoCanvas('Find an operation that is not listed here');
		await editor.choose('resource', 'Backup Server');
		await editor.choose('operation', 'Get Notification Settings');
		const before = await editor.execute();
		expect(Object.keys(before).length).toBeGreaterThan(5);
		expect(before.storageSpaceThresholdEnabled).toEqual(['true']);

		await editor.choose('operation', 'Update Notification Settings');
		await editor.addField('Storage Space Threshold Enabled');
		await editor.switchMapped();
		await editor.picture('update-notifications');
		await editor.execute();
		await editor.picture('update-notifications-executed');
		await editor.choose('operation', 'Get Notification Settings');
		const after = await editor.execute();
		await editor.picture('notifications-afterwards');

		const changed = { ...before, storageSpaceThresholdEnabled: ['false'] };
		expect(after).toEqual(changed);
		const puts = (await control.requests()).filter(({ path }) => path.endsWith('/notifications'));
		const { method, body } = puts.filter((one) => one.method !== 'GET').at(-1) as unknown as {
			method: string;
			body: Record<string, unknown>;
		};
		expect(method).toBe('PUT');
		const sent = Object.entries(body).map(([name, value]) => [name, [String(value)]]);
		// The table has a column without a name at its end.
		const fields = Object.entries(changed).filter(([name]) => name !== '');
		expect(Object.fromEntries(sent)).toEqual(Object.fromEntries(fields));
	});

	it('the update of a repository is previewed by mouse: the output tells the difference, nothing is sent', async () => {
		const { control } = stack.vbr;
		await control.clearRequests();
		await editor.newWorkflow();
		await editor.findNode('Veeam Backup & Replication');
		await editor.dragOntoCanvas('Update a repository');
		expect(await editor.searchList('repositoryId', 'nas')).toEqual(['NAS Repository']);
		await editor.at('rlc-item').first().click();
		await editor.addField('Description');
		const present = await editor.mappedValue();
		await editor.typeMapped('Moved to rack 7');
		await editor.toggle('previewOnly');
		await editor.picture('preview-repository');

		const output = await editor.execute();
		await editor.picture('preview-repository-executed');

		expect(output).toMatchObject({ preview: ['true'], method: ['PUT'] });
		expect(output.url?.[0]).toMatch(/\/backupInfrastructure\/repositories\/[\w-]{36}$/);
		const [difference = ''] = output.changes ?? [];
		expect(present).not.toBe('');
		for (const told of ['description', present, 'Moved to rack 7'])
			expect(difference).toContain(told);
		expect((await control.requests()).map(({ method }) => method)).not.toContain('PUT');
	});

	it('Microsoft 365: an action is dragged and executed; another takes its organization from a list', async () => {
		await editor.newWorkflow();
		await editor.findNode('Veeam Backup for Microsoft 365');
		await editor.dragOntoCanvas('Get many organizations');
		await editor.picture('microsoft-organizations');
		expect((await editor.execute()).name).toEqual([
			'example.onmicrosoft.com',
			'branch.onmicrosoft.com',
		]);
		await editor.picture('microsoft-organizations-executed');

		await editor.choose('operation', 'Get');
		expect(await editor.searchList('organizationId', 'branch')).toEqual(['branch.onmicrosoft.com']);
		await editor.picture('microsoft-from-list');
		await editor.at('rlc-item').first().click();

		expect((await editor.execute()).name).toEqual(['branch.onmicrosoft.com']);
		await editor.picture('microsoft-organization-executed');
	});

	it('Service Provider Console: an action is dragged and executed; another takes its company from a list', async () => {
		await editor.newWorkflow();
		await editor.findNode('Veeam Service Provider Console');
		await editor.dragOntoCanvas('Get many companies');
		await editor.picture('provider-companies');
		expect((await editor.execute()).name).toEqual([
			'Acme Bakery',
			'Blue Harbor Logistics',
			'Cedar Clinic',
			'Delta Engineering',
			'Elm Street School',
			'Fjord Fisheries',
		]);
		await editor.picture('provider-companies-executed');

		await editor.choose('operation', 'Get');
		expect(await editor.searchList('companyUid', 'cedar')).toEqual(['Cedar Clinic']);
		await editor.picture('provider-from-list');
		await editor.at('rlc-item').first().click();

		expect((await editor.execute()).name).toEqual(['Cedar Clinic']);
		await editor.picture('provider-company-executed');
	});

	it('Service Provider Console: a condition is put together in the filter builder', async () => {
		await editor.newWorkflow();
		await editor.findNode('Veeam Service Provider Console');
		await editor.dragOntoCanvas('Get many companies');
		await editor.press('Add Condition');
		expect(await editor.searchList('property', 'name')).toEqual([
			'Name',
			'Username (Owner Credentials)',
		]);
		await editor.at('rlc-item').first().click();
		await editor.choose('operator', 'Contains');
		await editor.type('value', 'clinic');
		await editor.picture('provider-filter');

		expect((await editor.execute()).name).toEqual(['Cedar Clinic']);
		await editor.picture('provider-filter-executed');
	});

	creationTests(() => ({ editor, stack }));

	triggerTests(() => ({ editor, stack }));

	timingTests(() => ({ editor }));

	it('every example workflow opens with every node known and every credential set', async () => {
		for (const { id, name } of stack.examples) {
			await editor.open(id);
			await editor.picture(`example ${name}`);
			expect([name, await editor.nodesWithIssues()]).toEqual([name, 0]);
		}
		// Seventeen times a whole editor.
	}, 720_000);

	it('the daily repository report shows its steps in their order', async () => {
		await editor.open(stack.examples.find(({ name }) => name === 'Daily repository report')!.id);

		expect(await editor.nodeNames()).toEqual([
			'Every Morning at 7',
			'Get Repository Report',
			'Send Report',
		]);
	});
});

const REPOSITORIES = [
	'Default Backup Repository',
	'Main Repository',
	'Hardened Repository',
	'NAS Repository',
	'Linux Repository',
	'Dedup Appliance',
	'Azure Archive Container',
	'S3 Offsite Bucket',
	'Extent 1',
	'Extent 2',
	'S3 Capacity Tier',
];

/** How many operations the panel of a node lists, and how many its form offers, by its description. */
async function operations(
	{ api }: DemoStack,
	displayName: string,
): Promise<{ listed: number; offered: number }> {
	interface Property {
		name: string;
		type: string;
		options?: Array<{ value: string }>;
		displayOptions?: { show?: { resource?: string[]; '@version'?: number[] } };
	}
	const node = (await api.nodeTypes()).find((type) => type.displayName === displayName);
	const properties = node!.properties as Property[];
	// n8n itself adds one to every resource, which it does not list among the actions.
	const count = (some: Property[]): number =>
		some.flatMap(({ options }) => options!).filter(({ value }) => value !== '__CUSTOM_API_CALL__')
			.length;
	const ofForm = properties.filter(({ name, type }) => name === 'operation' && type === 'options');
	const resources = properties.find(({ name }) => name === 'resource')!.options!;
	// What n8n lists of a resource is the first property of that name and of the node's version, whatever its type.
	const ofPanel = resources.flatMap(({ value }) => {
		const first = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' &&
				displayOptions?.show?.resource?.includes(value) &&
				!displayOptions.show['@version'],
		);
		return first ? [first] : [];
	});
	return { listed: count(ofPanel), offered: count(ofForm) };
}
