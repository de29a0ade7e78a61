import type { IDataObject } from 'n8n-workflow';

import { numberOf } from '../../shared/monitoring/options';
import { readTime } from '../../shared/common/time';
import { spaceOf, worstFirst } from '../../shared/report/collect';
import { BYTES_OF_GB, byStatus, assessLicense } from '../../shared/report/assess';
import type {
	ReportFinding,
	ReportLicense,
	ReportOptions,
	ReportRepository,
} from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { textOf } from '../model/lookups';
import { same } from '../api/read';

export const readRepositories = async (reader: PageReader): Promise<IDataObject[]> =>
	await reader.list({ method: 'GET', path: '/BackupRepositories', label: 'Repositories' });

/**
 * Repositories with their object storage in them, as v8 gives them: v6 and v7 list it apart.
 *
 * @param records changed in place
 */
export async function addObjectStorage(reader: PageReader, records: IDataObject[]): Promise<void> {
	const apart = records.filter((record) => !record.objectStorage && record.objectStorageId);
	if (apart.length === 0) return;
	const path = '/objectstoragerepositories';
	const storages = await reader.list({ method: 'GET', path, label: 'Object Storage' });
	const byId = new Map(storages.map((storage) => [String(storage.id), storage]));
	for (const record of apart) record.objectStorage = byId.get(String(record.objectStorageId));
}

/** Space of repositories; object storage has some only where a limit is set (v8). */
export const repositoriesOf = (
	records: IDataObject[],
	{ lowPercent }: ReportOptions,
): ReportRepository[] =>
	records
		.map((record): ReportRepository => {
			const { capacityGB, freeGB } = spaceIn(record);
			const space = spaceOf(capacityGB, freeGB, undefined, lowPercent);
			return {
				id: String(record.id),
				name: textOf(record.name) ?? String(record.id),
				...space,
				// One that cannot be used is as bad as one that is full.
				...(record.isOutOfOrder === true ? { status: 'bad' as const } : {}),
			};
		})
		.sort(worstFirst);

function spaceIn({ capacityBytes, freeSpaceBytes, objectStorage }: IDataObject) {
	const { sizeLimitEnabled, sizeLimitGB, freeSpaceBytes: left } = objectOf(objectStorage);
	const gigabytes = (bytes: unknown) => {
		const number = numberOf(bytes);
		return number === undefined ? undefined : number / BYTES_OF_GB;
	};
	return sizeLimitEnabled === true && numberOf(sizeLimitGB) !== undefined
		? { capacityGB: numberOf(sizeLimitGB), freeGB: gigabytes(left) }
		: { capacityGB: gigabytes(capacityBytes), freeGB: gigabytes(freeSpaceBytes) };
}

const objectOf = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null ? (value as IDataObject) : {};

/** Repositories that are not as they should be, whatever space they have. */
export const repositoryFindings = (records: IDataObject[]): ReportFinding[] =>
	records
		.flatMap((record) => {
			const named = textOf(record.name) ?? String(record.id);
			const why = textOf(record.outOfOrderReason);
			const found: Array<[wrong: unknown, ReportFinding['status'], text: string]> = [
				[record.isOutOfOrder, 'bad', `is invalid and cannot be used${why ? `: ${why}` : ''}`],
				[record.isOutOfSync, 'warning', 'is out of sync with its object storage'],
				[record.isOutdated, 'warning', 'is out of date and has to be upgraded'],
			];
			return found
				.filter(([wrong]) => wrong === true)
				.map(([, status, text]) => ({
					source: 'Backup repository',
					text: `${named} ${text}`,
					status,
				}));
		})
		.sort(byStatus);

/** Backup proxies that are offline; one in maintenance mode is so on purpose. */
export async function readProxies(reader: PageReader): Promise<ReportFinding[]> {
	const proxies = await reader.list({ method: 'GET', path: '/Proxies', label: 'Proxies' });
	return proxies
		.filter(({ status }) => same(status, 'Offline'))
		.map(({ hostName, fqdn, id, maintenanceModeState: mode }) => {
			const isMaintained = textOf(mode) !== undefined && !same(mode, 'Disabled');
			return {
				source: 'Backup proxy',
				text: `${textOf(hostName) ?? textOf(fqdn) ?? String(id)} is offline${isMaintained ? ' (maintenance mode)' : ''}`,
				status: isMaintained ? ('warning' as const) : ('bad' as const),
			};
		})
		.sort(byStatus);
}

/** v6 and earlier have another word for the expiry. */
export async function readLicense(
	reader: PageReader,
	expiresInDays: number,
	now: () => number,
): Promise<ReportLicense[]> {
	const license = await reader.get('/License');
	const name = [textOf(license.package), textOf(license.type)].filter(Boolean).join(', ');
	return [
		assessLicense(
			{
				name: name || 'License',
				state: textOf(license.status) ?? '',
				used: numberOf(license.usedNumber),
				total: numberOf(license.totalNumber),
				unit: 'users',
			},
			readTime(license.licenseExpires) ?? readTime(license.expirationDate),
			{ now: now(), expiresInDays },
		),
	];
}
