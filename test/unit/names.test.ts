import { overlay } from '../../nodes/VeeamBackupReplication/overlay';
import type { ProductOverlay } from '../../nodes/shared/form/overlay';
import { labelOf, nameOperations, valueLabel } from '../../nodes/shared/form/operationNames';
import { allBindings } from '../../nodes/shared/binding/parameterBinding';
import { pickersOf } from '../../nodes/shared/form/pickers';
import {
	lowerCase,
	plural,
	titleCase,
	withArticle,
	tokenize,
} from '../../nodes/shared/common/casing';
import { catalogue } from './description.support';

const named = nameOperations(catalogue, overlay);
const operationsOf = (resource: string) =>
	named.filter((one) => one.resource === resource).map(({ name, action }) => `${name}: ${action}`);
const find = (id: string) => catalogue.operations.find((operation) => operation.id === id)!;

describe('words of an identifier', () => {
	it.each([
		['vmId', 'VM ID'],
		['freeSpaceGB', 'Free Space (GB)'],
		['validityPeriodHours', 'Validity Period (Hours)'],
		['createdAfterTimeUtc', 'Created After Time (UTC)'],
		['hyperVBackup', 'Hyper-V Backup'],
		['enableIndexingOfVMs', 'Enable Indexing of VMs'],
		['NFSPath', 'NFS Path'],
		['allowedIPs', 'Allowed IPs'],
		['entraIdTenant', 'Entra ID Tenant'],
		['restoreTo', 'Restore To'],
		['SANSMBShare', 'SAN SMB Share'],
	])('%s reads %s', (identifier, label) => {
		expect(titleCase(identifier, overlay.spellings)).toBe(label);
	});

	it('come apart at capitals, but plurals of acronyms stay whole', () => {
		expect(tokenize('excludeVMsFromNFSShare')).toEqual(['exclude', 'vms', 'from', 'nfs', 'share']);
	});

	it('turn into a sentence without losing names', () => {
		expect(lowerCase('Get Many VM Disks of a Hyper-V Host in Entra ID', overlay.spellings)).toBe(
			'get many VM disks of a Hyper-V host in Entra ID',
		);
	});

	it.each([
		['repository', 'a repository'],
		['encryption password', 'an encryption password'],
		['SMB share', 'an SMB share'],
		['KMS server', 'a KMS server'],
		['unstructured data server', 'an unstructured data server'],
		['user', 'a user'],
	])('%s gets its article: %s', (noun, phrase) => {
		expect(withArticle(noun)).toBe(phrase);
	});

	it('have a plural, once', () => {
		expect(['repository', 'proxy', 'WAN accelerator', 'settings', 'status'].map(plural)).toEqual([
			'repositories',
			'proxies',
			'WAN accelerators',
			'settings',
			'statuses',
		]);
	});
});

describe('the names of Backup & Replication', () => {
	it('sort every operation under a resource that a person can scan', () => {
		const resources = new Set(named.map(({ resource }) => resource));
		expect(named).toHaveLength(catalogue.operations.length);
		expect(resources.size).toBeGreaterThanOrEqual(55);
		expect(resources.size).toBeLessThanOrEqual(75);
		for (const resource of resources)
			expect([resource, operationsOf(resource).length <= 30]).toEqual([resource, true]);
	});

	it('call repositories as the console does', () => {
		expect(operationsOf('repository')).toEqual([
			'Create: Create a repository',
			'Delete: Delete a repository',
			'Get: Get a repository',
			'Get Access Permissions: Get the repository access permissions',
			'Get Many: Get many repositories',
			'Get Many States: Get many repository states',
			'Rescan: Rescan repositories',
			'Update: Update a repository',
			'Update Access Permissions: Update the repository access permissions',
		]);
	});

	it('call scale-out repositories as the console does', () => {
		expect(operationsOf('scaleOutRepository')).toEqual([
			'Create: Create a scale-out repository',
			'Delete: Delete a scale-out repository',
			'Disable Maintenance Mode: Disable maintenance mode of scale-out repository extents',
			'Disable Sealed Mode: Disable sealed mode of scale-out repository extents',
			'Enable Maintenance Mode: Enable maintenance mode of scale-out repository extents',
			'Enable Sealed Mode: Enable sealed mode of scale-out repository extents',
			'Evacuate Backups: Evacuate backups from a scale-out repository extent',
			'Get: Get a scale-out repository',
			'Get Access Permissions: Get the scale-out repository access permissions',
			'Get Many: Get many scale-out repositories',
			'Update: Update a scale-out repository',
			'Update Access Permissions: Update the scale-out repository access permissions',
		]);
	});

	it('call jobs as the console does', () => {
		expect(operationsOf('job')).toEqual([
			'Apply Policy Configuration: Apply the policy configuration',
			'Clear Backup Cache: Clear the backup cache',
			'Clone: Clone a job',
			'Create: Create a job',
			'Delete: Delete a job',
			'Disable: Disable a job',
			'Enable: Enable a job',
			'Get: Get a job',
			'Get Many: Get many jobs',
			'Get Many States: Get many job states',
			'Quick Backup Agent Machine: Run a quick backup of an agent machine',
			'Quick Backup Hyper-V VM: Run a quick backup of a Hyper-V VM',
			'Quick Backup vSphere VM: Run a quick backup of a vSphere VM',
			'Retry: Retry a job',
			'Start: Start a job',
			'Stop: Stop a job',
			'Update: Update a job',
		]);
	});

	it('mark what is deprecated', () => {
		expect(named.filter(({ name }) => name.endsWith('(Deprecated)'))).toHaveLength(
			catalogue.operations.filter(({ deprecated }) => deprecated).length,
		);
	});

	it('label fields and values without noise', () => {
		const label = (id: string, apiName: string) => labelOf(overlay, find(id), apiName);
		expect(label('getManyJobs', 'nameFilter')).toBe('Name');
		expect(label('getManyJobs', 'orderAsc')).toBe('Order Ascending');
		expect(label('updateJob', 'isDisabled')).toBe('Disabled');
		expect(
			['WinLocal', 'SANNFSShare', 'AmazonEC2', 'VSphereBackup'].map((value) =>
				valueLabel(overlay, value),
			),
		).toEqual(['Windows Local', 'SAN NFS Share', 'Amazon EC2', 'vSphere Backup']);
	});

	it('fail loudly on a path that no resource claims', () => {
		const lacking: ProductOverlay = {
			...overlay,
			resources: { job: { name: 'Job', paths: ['jobs'] } },
		};
		expect(() => nameOperations(catalogue, lacking)).toThrow(
			/No resource claims .*: add it to the overlay's resources/,
		);
	});

	it('fail loudly where two operations of a resource are called alike', () => {
		const same: ProductOverlay = {
			...overlay,
			operations: { ...overlay.operations, startJob: { name: 'Stop' } },
		};
		expect(() => nameOperations(catalogue, same)).toThrow(
			'Two operations are called alike: "Stop" of job',
		);
	});
});

describe('lists to choose from', () => {
	const pickerOf = (id: string, parameter: string) => {
		const picker = pickersOf(catalogue, overlay, find(id)).get(parameter);
		return picker && [picker.list.id, picker.idField, picker.labelFields[0], picker.outer];
	};

	it.each([
		['startJob', 'jobId', ['getManyJobs', 'id', 'name', []]],
		['getRepository', 'repositoryId', ['getManyRepositories', 'id', 'name', []]],
		[
			'getEncryptionPassword',
			'encryptionPasswordId',
			['getManyEncryptionPasswords', 'id', 'hint', []],
		],
		[
			'stopFlrMount',
			'sessionId',
			['getManyFlrBrowseSessions', 'sessionId', 'sourceProperties.machineName', []],
		],
		['revokeSocketLicense', 'hostId', ['getLicensedSockets', 'hostId', 'name', []]],
		['getInventoryObjects', 'hostname', ['getManyServers', 'name', 'name', []]],
		[
			'getBackupFile',
			'backupFileId',
			['getManyBackupFiles', 'id', 'name', [{ apiName: 'id', parameter: 'backupId' }]],
		],
	])('%s picks %s', (id, parameter, expected) => {
		expect(pickerOf(id, parameter)).toEqual(expected);
	});

	it('serve most ids in paths', () => {
		const inPaths = catalogue.operations.flatMap((operation) => {
			const pickers = pickersOf(catalogue, overlay, operation);
			return [...operation.path.matchAll(/\{\w+\}/g)].map((_, index) => {
				const binding = allBindings(catalogue, operation)[index]!;
				return pickers.has(binding.name);
			});
		});
		const picked = inPaths.filter(Boolean).length;
		expect(inPaths.length).toBeGreaterThan(300);
		expect(picked / inPaths.length).toBeGreaterThan(0.85);
	});

	it('never lack the field they take the id from', () => {
		for (const operation of catalogue.operations)
			for (const { list, idField } of pickersOf(catalogue, overlay, operation).values())
				expect([list.id, Object.keys(list.returns.fields ?? {})]).toEqual([
					list.id,
					expect.arrayContaining([idField]),
				]);
	});
});
