/** The repositories section, as an administrator works with it, against a simulated server. */
import { startBench, type Bench } from './backupReplication.support';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const byId = (mode: 'id' | 'list', value: unknown) => ({ __rl: true, mode, value: String(value) });
const states = { resource: 'repository', operation: 'getManyRepositoryStates', returnAll: true };

it('lists the states of all repositories, simplified to what a person looks at first', async () => {
	const { items } = await bench.run(states);
	expect(items).toHaveLength(11);
	expect(items[0]).toEqual({
		json: {
			id: expect.any(String),
			name: 'Default Backup Repository',
			type: 'WinLocal',
			hostName: expect.any(String),
			path: 'C:\\Backup',
			capacityGB: 199.4,
			freeGB: 11.2,
			usedSpaceGB: 171.8,
			isOnline: true,
			isOutOfDate: false,
		},
		pairedItem: { item: 0 },
	});
});

it('gives isOutOfDate as a boolean although the server sends text', async () => {
	const { items } = await bench.run({ ...states, filters: { nameFilter: 'Linux Repository' } });
	expect(items.map(({ json }) => json.isOutOfDate)).toEqual([true]);
});

it('filters states by what the user picked, and stops at the limit', async () => {
	const filtered = await bench.run({ ...states, filters: { isOnlineFilter: false } });
	expect(filtered.items.map(({ json }) => json.name)).toEqual(['NAS Repository']);
	const limited = await bench.run({ ...states, returnAll: false, limit: 3 });
	expect(limited.items).toHaveLength(3);
});

it('lets a person choose a repository by name, and gets it', async () => {
	const get = { resource: 'repository', operation: 'getRepository' };
	const { results } = await bench.pick('repositoryId', get, 'main');
	expect(results.map(({ name }) => name)).toEqual(['Main Repository']);
	const { items } = await bench.run({ ...get, repositoryId: byId('list', results[0]!.value) });
	expect(items[0]!.json).toMatchObject({ name: 'Main Repository', type: 'WinLocal' });
});

it('adds a repository, waits for its session, edits and deletes it', async () => {
	await bench.simulator.control.speed(600);
	const { results } = await bench.pick('managedServerId', {
		resource: 'managedServer',
		operation: 'getServer',
	});
	const created = await bench.run({
		resource: 'repository',
		operation: 'createRepository',
		repositoryType: 'WinLocal',
		name: 'New Repository',
		description: 'From a test',
		hostId: byId('list', results[0]!.value),
		fieldsToSet: { mappingMode: 'defineBelow', value: { 'repository.path': 'E:\\New' } },
		additionalFields: {},
		waitForCompletion: true,
	});
	expect(created.items).toMatchObject([{ json: { state: 'Stopped', result: 'Success' } }]);

	const list = async () =>
		(
			await bench.run({
				resource: 'repository',
				operation: 'getManyRepositories',
				returnAll: true,
				simplify: false,
				filters: { nameFilter: 'New*' },
			})
		).items.map(({ json }) => json);
	const [repository] = await list();
	expect(repository).toMatchObject({ name: 'New Repository', description: 'From a test' });

	await bench.run({
		resource: 'repository',
		operation: 'updateRepository',
		repositoryId: byId('id', repository!.id),
		bodyMode: 'json',
		bodyJson: JSON.stringify({ ...repository, description: 'Edited' }),
		waitForCompletion: true,
	});
	expect(await list()).toMatchObject([{ description: 'Edited' }]);

	const deleted = await bench.run({
		resource: 'repository',
		operation: 'deleteRepository',
		repositoryId: byId('id', repository!.id),
		waitForCompletion: true,
	});
	expect(deleted.items).toMatchObject([{ json: { deleted: true } }]);
	expect(await list()).toEqual([]);
});

it('seals an extent of a scale-out repository and puts one into maintenance mode', async () => {
	await bench.simulator.control.speed(600);
	const all = await bench.run({
		resource: 'scaleOutRepository',
		operation: 'getManySobrs',
		returnAll: true,
		simplify: false,
	});
	const sobr = all.items[0]!.json as {
		id: string;
		performanceTier: { performanceExtents: Array<{ id: string; status?: string[] }> };
	};
	const extent = sobr.performanceTier.performanceExtents[0]!.id;
	const status = async () => {
		const { items } = await bench.run({
			resource: 'scaleOutRepository',
			operation: 'getSobr',
			scaleOutRepositoryId: byId('id', sobr.id),
			simplify: false,
		});
		const { performanceTier } = items[0]!.json as unknown as typeof sobr;
		return performanceTier.performanceExtents.find(({ id }) => id === extent)!.status;
	};
	const change = async (operation: string) =>
		await bench.run({
			resource: 'scaleOutRepository',
			operation,
			scaleOutRepositoryId: byId('id', sobr.id),
			repositoryIds: [extent],
			waitForCompletion: true,
		});

	expect(await status()).toEqual(['Normal']);
	await change('enableExtentSealedMode');
	expect(await status()).toEqual(['Sealed']);
	await change('disableExtentSealedMode');
	await change('enableExtentMaintenanceMode');
	expect(await status()).toEqual(['Maintenance']);
	await change('disableExtentMaintenanceMode');
	expect(await status()).toEqual(['Normal']);
});

it('rescans repositories and returns the session at once', async () => {
	const { items } = await bench.run(states);
	const rescan = await bench.run({
		resource: 'repository',
		operation: 'rescanRepositories',
		repositoryIds: [items[0]!.json.id as string],
	});
	expect(rescan.items).toMatchObject([
		{ json: { state: expect.stringMatching(/Starting|Working/) } },
	]);
});
