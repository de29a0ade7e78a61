/**
 * docs/architecture.md says which files a value passes on its way from the form to the server and back.
 * Here it goes that way, watched: the files are entered in that order, and none is entered again by one
 * that it called. An event's own file is asked by every step: it says which list, which words.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { watchNodes, type Walk } from '../support/recordedWalk';
import type * as Nodes from '../support/executeNode';
import type * as Bench from './bench.support';
import type * as Trigger from '../support/pollNode';
import type * as Products from '../../nodes/products';

jest.setTimeout(120_000);

// Before anything of nodes/ is loaded: `import` would load it earlier.
const nodes = watchNodes();
const { benchOf } = jest.requireActual<typeof Bench>('./bench.support');
const { resourceMapping } = jest.requireActual<typeof Nodes>('../support/executeNode');
const { ActiveTrigger } = jest.requireActual<typeof Trigger>('../support/pollNode');
const { PRODUCTS } = jest.requireActual<typeof Products>('../../nodes/products');

const { Node, TriggerNode } = PRODUCTS.find(({ key }) => key === 'vbr')!;

/** Title -> files, as the docs list them. */
const documented = (() => {
	const text = readFileSync(join(__dirname, '..', '..', 'docs', 'architecture.md'), 'utf8');
	const section = text.split(/^## /m).find((part) => part.startsWith('How data walks'))!;
	const lists = section.split(/^\*\*/m).slice(1);
	return new Map(
		lists.map((list) => {
			let folder = '';
			const files = [...list.matchAll(/`([\w/-]+\.ts)`/g)].map(([, file]) => {
				const path = file!.includes('/') ? file! : join(folder, file!);
				folder = dirname(path);
				return path;
			});
			return [list.split('**')[0]!, files];
		}),
	);
})();

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const mapped = (value: IDataObject) =>
	({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] }) as never;

let bench: Awaited<ReturnType<typeof benchOf<'vbr'>>>;
beforeAll(async () => (bench = await benchOf('vbr')));
afterAll(async () => await bench.close());

const first = async (resource: string, operation: string) =>
	byId((await bench.json({ resource, operation, limit: 1 }))[0]!.id);

/** The form opens: n8n asks for the fields that it offers. */
const open = async (parameters: INodeParameters): Promise<Walk> => {
	const setup = { node: new Node(), credentials: bench.credentials, parameters };
	return await nodes.record(
		async () => await resourceMapping({ ...setup, method: 'fieldsToChange' }),
	);
};

const execute = async (parameters: INodeParameters): Promise<Walk> =>
	await nodes.record(async () => await bench.run(parameters));

const newRepository = {
	...{ resource: 'repository', operation: 'createRepository', repositoryType: 'S3Compatible' },
	...{
		name: 'Objects',
		fieldsToSet: mapped({
			'account.regionId': 'eu-1',
			'account.servicePoint': 'https://objects.example.test',
			'account.credentialsId': '4b1d6a3e-8f57-4e0a-9f1c-0c3d2e7a5b61',
			'bucket.bucketName': 'backups',
			'bucket.folderName': 'main',
		}),
	},
};
const changedJob = async () => ({
	...{ resource: 'job', operation: 'updateJob', jobId: await first('job', 'getManyJobs') },
	fieldsToChange: mapped({ 'schedule.daily.localTime': '21:15' }),
});

const WALKS: Record<string, () => Promise<Walk>> = {
	'`Limit` and a path id': async () => {
		const backupObjectId = await first('backupObject', 'getManyBackupObjects');
		const parameters = {
			...{ resource: 'backupObject', operation: 'getBackupRestorePoints' },
			...{ backupObjectId, limit: 1 },
		};
		return await execute(parameters);
	},
	'A finished session': async () => {
		const trigger = new ActiveTrigger({
			node: new TriggerNode(),
			credentials: bench.credentials,
			parameters: { events: ['sessionFinished'] },
		});
		await trigger.activate();
		await bench.simulator.control.runJob('Backup - Exchange', { result: 'Failed', atOnce: true });
		return await nodes.record(async () => await trigger.poll());
	},
	'A field inside a new object, when the form opens': async () => await open(newRepository),
	'A field inside a new object, when it is sent': async () => await execute(newRepository),
	'One changed field, when the form opens': async () => await open(await changedJob()),
	'One changed field, when it is sent': async () => await execute(await changedJob()),
};

it('goes every way that is described', () =>
	expect([...documented.keys()]).toEqual(Object.keys(WALKS)));

it.each(Object.keys(WALKS))('%s: the files in the order of the docs, none twice', async (title) => {
	const { entered, back } = await WALKS[title]!();
	const files = documented.get(title)!;
	expect(entered.filter((file) => files.includes(file))).toEqual(files);
	expect(back.filter(({ to }) => files.includes(to) && !to.includes('/triggers/'))).toEqual([]);
});
