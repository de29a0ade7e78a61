import { BackupServer } from '../transport.support';
import { answering, ID, run, sent } from './support';

/** The section "Backup Repositories" of the reference, to its last parameter. */

let server: BackupServer;
beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => server.reset());

const REPOSITORY = ID(4);
const repositoryId = { mode: 'id', value: REPOSITORY };
const bodyOf = (index = 0) => JSON.parse(String(server.calls[index]?.body)) as unknown;

/** Every plain parameter of adding and editing, as the editor has them. */
const settings = {
	objectStorageEncryptionEnabled: true,
	encryptionKeyId: { __rl: true, mode: 'id', value: ID(11) },
	name: 'Archive',
	description: 'All mail',
	path: 'C:\\Cache',
	retentionPeriodType: 'Yearly',
	dailyRetentionPeriod: 30,
	monthlyRetentionPeriod: 12,
	yearlyRetentionPeriod: 'Years7',
	retentionFrequencyType: 'Daily',
	dailyTime: '20:00:00',
	dailyType: 'Workdays',
	monthlyTime: '21:00:00',
	monthlyDaynumber: 'Last',
	monthlyDayofweek: 'Sunday',
	proxyId: { __rl: true, mode: 'id', value: ID(12) },
	proxyPoolId: { __rl: true, mode: 'id', value: ID(13) },
	ignoreProxyPoolApplianceAccessValidation: true,
	organizationId: { __rl: true, mode: 'id', value: ID(14) },
	attachUsedRepository: true,
};

const plain = Object.fromEntries(
	Object.entries(settings).map(([name, value]) => [
		name,
		typeof value === 'object' ? value.value : value,
	]),
);

const common = {
	accountId: ID(21),
	sizeLimitEnabled: true,
	sizeLimitGB: 1024,
	enableImmutability: true,
	enableImmutabilityGovernanceMode: false,
	immutabilityPeriodDays: 30,
};

const STORAGES = {
	'S3 compatible': {
		...common,
		type: 'AmazonS3Compatible',
		amazonBucketS3Compatible: {
			servicePoint: 'https://s3.example.com',
			customRegionId: 'eu',
			name: 'bucket',
			trustServerCertificate: true,
		},
		s3Folder: 'mail',
	},
	'Amazon S3': {
		...common,
		type: 'AmazonS3Glacier',
		amazonBucketS3Aws: { regionType: 'Global', regionId: 'eu-central-1', name: 'bucket' },
		s3Folder: 'mail',
		glacierDeepArchiveEnabled: true,
		glacierInstantRetrievalEnabled: false,
		standardIaStorageClassEnabled: false,
		oneZoneIaStorageClassEnabled: false,
		useArchiverAppliance: true,
		amazonArchiverAppliance: { instanceTypeName: 'c5.2xlarge', appliancePort: 443 },
	},
	Azure: {
		...common,
		type: 'AzureBlobArchive',
		azureContainer: { name: 'container', regionType: 'Global' },
		azureFolder: 'mail',
		azureServiceAccount: { id: ID(22), type: 'Azure' },
		azureSubscription: { subscriptionId: ID(23), displayName: 'Production' },
		azureArchiverAppliance: { virtualMachineSizeName: 'Standard_F4s_v2', appliancePort: 443 },
	},
};

/** As v8 answers it (RESTBackupRepository). */
const repository = {
	...{ id: REPOSITORY, name: 'Mail', description: 'Before', path: 'D:\\Before' },
	...{ capacityBytes: 1_000, freeSpaceBytes: 400, isLongTerm: false, isOutdated: false },
	...{ isOutOfSync: false, isOutOfOrder: false, objectStorageEncryptionEnabled: false },
	...{ retentionType: 'ItemLevel', retentionPeriodType: 'Monthly', monthlyRetentionPeriod: 6 },
	...{ retentionFrequencyType: 'Monthly', monthlyTime: '20:00:00', proxyId: ID(9) },
};

/** Every parameter of editing but one. */
const changed = Object.fromEntries(Object.entries(plain).filter(([name]) => name !== 'path'));

describe('a backup repository', () => {
	it.each(Object.entries(STORAGES))(
		'is added in %s object storage with every parameter',
		async (_kind, objectStorage) => {
			server.handle = () => ({ status: 201, body: { id: REPOSITORY, name: 'Archive' } });
			const { json } = await run(server, 'addBackupRepository', {
				retentionType: 'ItemLevel',
				additionalFields: settings,
				fieldsToSet: { objectStorage: JSON.stringify(objectStorage) },
			});
			expect(json).toEqual([{ id: REPOSITORY, name: 'Archive' }]);
			expect(sent(server)).toEqual(['POST /v8/BackupRepositories']);
			expect(bodyOf()).toEqual({ ...plain, retentionType: 'ItemLevel', objectStorage });
		},
	);

	it('is edited, removed and listed with every filter', async () => {
		server.handle = answering({
			[`GET /v8/BackupRepositories/${REPOSITORY}`]: repository,
			[`PUT /v8/BackupRepositories/${REPOSITORY}`]: () => ({ status: 204 }),
			[`DELETE /v8/BackupRepositories/${REPOSITORY}`]: () => ({ status: 204 }),
			'GET /v8/BackupRepositories': { offset: 0, limit: 50, results: [{ id: REPOSITORY }] },
		});
		const edited = await run(server, 'editBackupRepositorySettings', {
			repositoryId,
			fieldsToChange: {
				mappingMode: 'defineBelow',
				value: { ...changed, retentionType: 'SnapshotBased' },
			},
		});
		expect(edited.json).toEqual([{ success: true }]);
		// The first call reads the repository. What nobody changed goes back as it came, and what the
		// server answers but does not take (space, states) stays behind.
		expect(bodyOf(1)).toEqual({
			...{ ...changed, id: REPOSITORY, path: repository.path },
			retentionType: 'SnapshotBased',
		});
		expect((await run(server, 'removeBackupRepository', { repositoryId })).json).toEqual([
			{ deleted: true },
		]);
		const { json } = await run(server, 'getBackupRepositories', {
			simplify: false,
			filters: {
				proxyId: settings.proxyId,
				proxyPoolId: settings.proxyPoolId,
				organizationId: settings.organizationId,
				longTerm: true,
			},
		});
		expect(json).toEqual([{ id: REPOSITORY }]);
		expect(sent(server).at(-1)).toBe(
			`GET /v8/BackupRepositories?proxyId=${ID(12)}&proxyPoolId=${ID(13)}&organizationId=${ID(14)}&longTerm=true&offset=0&limit=50`,
		);
	});

	it('names its organizations, opens a restore session and changes its owner', async () => {
		server.handle = answering({
			[`GET /v8/BackupRepositories/${REPOSITORY}/backedupOrganizations`]: {
				offset: 0,
				limit: 50,
				results: [{ id: 'contoso', name: 'contoso.com', usedSpaceBytes: 5 }],
			},
			[`POST /v8/BackupRepositories/${REPOSITORY}/explore`]: () => ({
				status: 201,
				body: { id: ID(30), state: 'Working' },
			}),
			[`POST /v8/BackupRepositories/${REPOSITORY}/changeOwner`]: { id: ID(31), status: 'Waiting' },
		});
		expect((await run(server, 'getBackedUpOrganizations', { repositoryId })).json).toEqual([
			{ id: 'contoso', name: 'contoso.com', usedSpaceGB: 0.000001 },
		]);
		await run(server, 'createRestoreSessionForBackupRepository', {
			repositoryId,
			organizationId: { mode: 'id', value: ID(14) },
			additionalFields: {
				dateTime: '2026-01-31T22:00:00Z',
				type: 'Vesp',
				showDeleted: true,
				showAllVersions: true,
			},
		});
		expect(bodyOf(1)).toEqual({
			dateTime: '2026-01-31T22:00:00Z',
			type: 'Vesp',
			showDeleted: true,
			showAllVersions: true,
		});
		await run(server, 'changeOwnerForBackupRepositoryByRepositoryId', {
			repositoryId,
			filters: {
				proxyId: settings.proxyId,
				poolId: settings.proxyPoolId,
				includeAllRelatedRepositories: true,
				waitForSessionsTimeout: 60,
				forceStopSessions: true,
				forceStopSessionsTimeout: 10,
			},
		});
		expect(sent(server).slice(1)).toEqual([
			`POST /v8/BackupRepositories/${REPOSITORY}/explore?organizationId=${ID(14)}`,
			`POST /v8/BackupRepositories/${REPOSITORY}/changeOwner?proxyId=${ID(12)}&poolId=${ID(13)}&includeAllRelatedRepositories=true&waitForSessionsTimeout=60&forceStopSessions=true&forceStopSessionsTimeout=10`,
		]);
	});
});
