import { PRODUCTS } from '../../nodes/products';
import type { OperationOverlay, ProductOverlay } from '../../nodes/shared/form/overlay';
import { nameOperations, namesByRule } from '../../nodes/shared/form/operationNames';
import { overlayFaults } from '../../scripts/catalogue/overlayFaults';
import { catalogue, overlay, ownOperations } from './description.support';

describe.each(PRODUCTS)('the overlay of $key', ({ product }) => {
	it('has no entry that names nothing, and none that says what the rules say', () => {
		expect(
			overlayFaults(product.adapter.catalogue(), product.overlay, product.ownOperations),
		).toEqual([]);
	});

	it('is needed: every name and action that it gives is another than the rule has', () => {
		const byRule = namesByRule(product.adapter.catalogue(), product.overlay);
		const given = Object.entries(product.overlay.operations).flatMap(([id, entry]) =>
			(['name', 'action'] as const)
				.filter((key) => entry[key] !== undefined)
				.map((key) => ({ id, key, written: entry[key], rule: byRule.get(id)?.[key] })),
		);
		expect(given.length).toBeGreaterThan(200);
		expect(given.filter(({ written, rule }) => written === rule)).toEqual([]);
	});
});

/** Entries that are there for nothing, each with what is found of it. */
const OPERATIONS: Array<[id: string, OperationOverlay, fault: string]> = [
	['noSuchOperation', { name: 'Do' }, 'noSuchOperation names nothing'],
	['getRepository', { name: 'Get' }, 'getRepository.name says what the rule says'],
	['getProxy', { action: 'Get a proxy' }, 'getProxy.action says what the rule says'],
	['getManyJobs', { labels: { noField: 'Here' } }, 'getManyJobs, noField names nothing'],
	['getManyProxies', { labels: { nameFilter: 'Name' } }, 'getManyProxies, nameFilter says what'],
	[
		'getManyServers',
		{ hints: { nameFilter: overlay.hints.nameFilter! } },
		'getManyServers, hint of nameFilter says what',
	],
];

const useless: ProductOverlay = {
	...overlay,
	operations: {
		...overlay.operations,
		...Object.fromEntries(OPERATIONS.map(([id, entry]) => [id, entry])),
	},
	everyday: [...overlay.everyday, 'noSuchOperation'],
	resources: { ...overlay.resources, thing: { name: 'Thing', paths: ['no/such/path'] } },
	labels: { ...overlay.labels, noField: 'Other', description: 'Description' },
	hints: { ...overlay.hints, noField: 'Help' },
	values: { ...overlay.values, NoValue: 'Value', Backup: 'Backup' },
	spellings: { ...overlay.spellings, zzyzx: 'Zzyzx' },
	serverOwned: [/^noField$/],
	everydayFields: [...(overlay.everydayFields ?? []), /^schedule\.noField$/],
	pickers: [
		...overlay.pickers,
		{ parameters: ['jobId'], list: 'no/such/list' },
		{ parameters: ['noField'], list: 'jobs' },
		{ parameters: ['jobId'], under: 'jobs', list: 'jobs', idField: 'id' },
		{ parameters: ['proxyId'], list: 'backupInfrastructure/proxies' },
		{ list: 'credentials', idField: 'id' },
		{ list: 'backupInfrastructure/proxies', labelField: 'name' },
	],
};

it('the check of an overlay finds every kind of entry that is there for nothing', () => {
	const expected = [
		...OPERATIONS.map(([, , fault]) => `operations.json: ${fault}`),
		'everyday.json: noSuchOperation names nothing',
		'resources.json: thing, path "no/such/path" names nothing',
		'fields.json: labels.noField names nothing',
		'fields.json: hints.noField names nothing',
		'fields.json: values.NoValue names nothing',
		'fields.json: labels.description says what the rule says',
		'fields.json: values.Backup says what the rule says',
		'fields.json: serverOwned ^noField$ names nothing',
		'fields.json: everydayFields ^schedule\\.noField$ names nothing',
		'fields.json: spellings.zzyzx names nothing',
		'pickers.json: list "no/such/list" names nothing',
		'pickers.json: noField names nothing',
		'pickers.json: jobId under jobs says what the rule says: "jobs"',
		'pickers.json: proxyId says what the rule says',
		'pickers.json: idField of "credentials" says what the rule says: "id"',
		'pickers.json: labelField of "backupInfrastructure/proxies" says what the rule says',
	];
	const found = overlayFaults(catalogue, useless, ownOperations);
	expect(expected.filter((start) => !found.some((fault) => fault.startsWith(start)))).toEqual([]);
	expect(found.filter((fault) => !expected.some((start) => fault.startsWith(start)))).toEqual([]);
	expect(found).toHaveLength(expected.length);
});

describe('the rules of names', () => {
	const names = new Map(
		nameOperations(catalogue, overlay).map(({ operation, name, action }) => [
			operation.id,
			`${name}: ${action}`,
		]),
	);

	it.each([
		// Read and updated at one path without an id: settings.
		['getConfigBackup', 'Get Settings: Get the configuration backup settings'],
		['updateEmailSettings', 'Update Settings: Update the email notification settings'],
		// What is unmounted has mount points.
		['getManyVSphereRecoveryMounts', 'Get Many Mount Points: '],
		['getVSphereRecoveryMount', 'Get Mount Point: '],
		['vSphereRecoveryMount', 'Start: Start an instant recovery to vSphere'],
		['vSphereRecoveryUnmount', 'Stop: Stop an instant recovery to vSphere'],
		// A process begins.
		['azureRecoverySwitchover', 'Start Switchover: '],
		// What is exported and imported stands before the verb.
		['exportJobs', 'Export Jobs: Export jobs'],
		['importRepositories', 'Import Repositories: Import repositories'],
	])('%s -> %s', (id, expected) => {
		expect(overlay.operations[id]?.name).toBeUndefined();
		expect(names.get(id)).toMatch(new RegExp(`^${expected}`));
	});
});
