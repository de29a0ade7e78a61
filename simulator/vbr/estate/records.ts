import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';
import { ACCOUNTS } from '../users';
import { repositoryId } from './repositories';
import { BACKUP_SERVER } from './servers';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function credentials(now: number): Item[] {
	const known = [
		['VBR01\\backupadmin', 'Standard', 'Windows servers'],
		['root', 'Linux', 'Linux repositories'],
		['administrator@vsphere.local', 'Standard', 'vCenter'],
	];
	return known.map(([username, type, description], index) => ({
		id: uuidFor(`credentials/${username}`),
		username,
		description,
		type,
		creationTime: iso(now - (400 - index) * DAY),
		uniqueId: '',
	}));
}

export function users(): Item[] {
	return ACCOUNTS.map(({ name, role, mfa }) => ({
		id: uuidFor(`user/${name}`),
		name: `VBR01\\${name}`,
		type: 'InternalUser',
		roles: [{ id: uuidFor(`role/${role}`), name: role }],
		isServiceAccount: false,
		mfaEnabled: mfa ?? false,
	}));
}

/** By the path that reads them. */
export function rolesOfUsers(): Record<string, Item> {
	return Object.fromEntries(
		users().map(({ id, roles }) => [`/security/users/${String(id)}/roles`, { roles }]),
	);
}

export function malwareEvents(now: number): Item[] {
	const known: Array<
		[machine: string, type: string, severity: string, hours: number, details: string]
	> = [
		['fs01', 'EncryptedData', 'Suspicious', 5, 'Unusually many encrypted blocks'],
		['app01', 'MalwareExtensions', 'Infected', 28, 'Files with the extension .locked'],
		['web01', 'DeletedUsefulFiles', 'Informative', 60, 'Many documents were deleted'],
	];
	return known.map(([machine, type, severity, hours, details]) => ({
		id: uuidFor(`malware/${machine}`),
		type,
		// The scan ran a while before the event was recorded.
		detectionTimeUtc: iso(now - (hours + 1) * HOUR),
		creationTimeUtc: iso(now - hours * HOUR),
		machine: {
			displayName: machine,
			uuid: uuidFor(`machine/${machine}`),
			backupObjectId: uuidFor(`object/${machine}`),
		},
		state: 'Created',
		details,
		source: 'InternalVeeamDetector',
		severity,
		createdBy: 'System',
		engine: 'Inline scan',
	}));
}

export function authorizationEvents(now: number): Item[] {
	const known: Array<[name: string, state: string, hours: number]> = [
		['Delete backup', 'Pending', 2],
		['Remove repository', 'Approved', 50],
		['Disable multi-factor authentication', 'Rejected', 75],
	];
	return known.map(([name, state, hours]) => ({
		id: uuidFor(`authorization/${name}`),
		name,
		description: `${name} needs a second approval`,
		state,
		creationTime: iso(now - hours * HOUR),
		createdBy: 'VBR01\\operator',
		expirationTime: iso(now - hours * HOUR + 7 * DAY),
		...(state !== 'Pending' && {
			processedBy: 'VBR01\\security',
			processedTime: iso(now - (hours - 1) * HOUR),
		}),
	}));
}

export function bestPractices(): Item[] {
	const known: Array<[practice: string, status: string]> = [
		['RemoteDesktopServiceDisabled', 'Violation'],
		['WinRmServiceDisabled', 'OK'],
		['BackupServerInProductionDomain', 'Suppressed'],
		['MfaEnabled', 'Violation'],
		['ImmutableMediaPresence', 'OK'],
		['ConfigurationBackupEncrypted', 'UnableToCheck'],
	];
	return known.map(([bestPractice, status]) => ({
		id: uuidFor(`practice/${bestPractice}`),
		bestPractice,
		status,
		note: '',
	}));
}

export function protectionGroups(): Item[] {
	const known: Array<[name: string, type: string, isDisabled: boolean]> = [
		['Branch Servers', 'IndividualComputers', false],
		['Laptops', 'ADObjects', false],
		['Manually Added', 'ManuallyAdded', true],
	];
	return known.map(([name, type, isDisabled]) => ({
		id: uuidFor(`group/${name}`),
		name,
		description: '',
		type,
		isDisabled,
		computers: [],
	}));
}

/** Settings of which there is one, by path below the API's. */
export function singles(now: number): Record<string, Item> {
	return {
		'/serverInfo': {
			vbrId: uuidFor('vbr01'),
			name: BACKUP_SERVER.name,
			buildVersion: '13.1.0.411',
			patches: [],
			databaseVendor: 'PostgreSql',
			sqlServerVersion: '15.5',
			platform: 'Windows',
		},
		'/license': {
			status: 'Valid',
			type: 'Subscription',
			edition: 'EnterprisePlus',
			licensedTo: 'Example Ltd',
			expirationDate: iso(now + 41 * DAY),
			supportExpirationDate: iso(now + 41 * DAY),
			supportId: '00000001',
			autoUpdateEnabled: true,
			freeAgentInstanceConsumptionEnabled: true,
			cloudConnect: 'Disabled',
			instanceLicenseSummary: {
				licensedInstancesNumber: 100,
				usedInstancesNumber: 83,
				newInstancesNumber: 2,
				rentalInstancesNumber: 0,
				package: 'Suite',
				expirationDate: iso(now + 41 * DAY),
				workload: [],
			},
			// Licensed by instances alone.
			socketLicenseSummary: undefined,
			capacityLicenseSummary: undefined,
		},
		'/generalOptions': {
			notifications: {
				storageSpaceThresholdEnabled: true,
				storageSpaceThreshold: 10,
				datastoreSpaceThresholdEnabled: true,
				datastoreSpaceThreshold: 10,
			},
		},
		'/configBackup': {
			isEnabled: true,
			backupRepositoryId: repositoryId('Main Repository'),
			restorePointsToKeep: 10,
			notifications: { SNMPEnabled: false },
			schedule: { isEnabled: true, daily: { dailyKind: 'Everyday', localTime: '10:00 AM' } },
			lastSuccessfulBackup: {
				lastSuccessfulTime: iso(now - 20 * HOUR),
				sessionId: uuidFor('session/config'),
			},
			encryption: { isEnabled: true, passwordId: uuidFor('encryption/main') },
		},
	};
}
