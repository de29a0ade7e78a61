import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../../shared/common/time';
import { assessLicense, byStatus, supportOf } from '../../shared/report/assess';
import { spaceOf as assessSpace, worstFirst, type Sections } from '../../shared/report/collect';
import type {
	ReportFinding,
	ReportLicense,
	ReportOptions,
	ReportRepository,
} from '../../shared/report/model';
import type { Stored } from '../../shared/report/growth';
import type { Speech } from '../../shared/report/speech';
import type { PageReader } from '../../shared/report/pageReader';
import { deciding as decidingOfLicense, LICENSE, licenseOf } from '../model/licenses';
import {
	deciding as decidingOfProxies,
	isInMaintenance,
	isOffline,
	PROXIES,
	proxyName,
} from '../model/proxies';
import {
	decidingOfSpace,
	decidingOfState,
	knowsRepositoryState,
	needsObjectStorage,
	OBJECT_STORAGE,
	REPOSITORIES,
	repositoryName,
	spaceOf,
	stateOf,
	usedIn,
	withObjectStorage,
} from '../model/repositories';

/** @returns the repositories with their object storage; undefined where they may not be read */
export async function readRepositories(
	reader: PageReader,
	sections: Sections,
): Promise<IDataObject[] | undefined> {
	const { version } = reader.client;
	const records = await sections.of(
		['repositories', 'findings', 'growth'],
		'Repositories',
		async () => await reader.list({ method: 'GET', path: REPOSITORIES, label: 'Repositories' }),
	);
	if (!records) return undefined;
	const about = repositoryName;
	sections.unread('findings', 'Repositories', records, {
		...{ deciding: decidingOfState(version), about, now: reader.now() },
	});
	if (!knowsRepositoryState(version))
		sections.notOffered('findings', sections.speech.say('repositoryStatesMissing', { version }));
	const unread = (all: IDataObject[]) =>
		sections.unread('repositories', 'Repositories', all, {
			...{ deciding: decidingOfSpace, about, now: reader.now() },
		});
	if (!records.some(needsObjectStorage)) {
		unread(records);
		return records;
	}
	const storages = await sections.of(
		['repositories', 'growth'],
		'Object storage',
		async () => await reader.list({ method: 'GET', path: OBJECT_STORAGE, label: 'Object Storage' }),
	);
	const joined = withObjectStorage(records, storages ?? []);
	unread(joined);
	return joined;
}

/** Space of repositories; object storage has some only where a limit is set. */
export const repositoriesOf = (
	records: IDataObject[],
	{ lowPercent }: ReportOptions,
): ReportRepository[] =>
	records
		.map((record): ReportRepository => {
			const { capacityGB, freeGB } = spaceOf(record) ?? {};
			return {
				id: String(record.id),
				name: repositoryName(record),
				...assessSpace(capacityGB, freeGB, undefined, lowPercent),
				// One that cannot be used is as bad as one that is full.
				...(stateOf(record).isInvalid === true ? { status: 'bad', trouble: 'Invalid' } : {}),
			};
		})
		.sort(worstFirst);

/** What the repositories hold: on object storage what is counted there, else what the disk lacks. */
export const storedIn = (records: IDataObject[]): Stored[] =>
	records.map((record) => ({
		id: String(record.id),
		name: repositoryName(record),
		usedGB: usedIn(record),
	}));

/** Repositories that are not as they should be, whatever space they have. */
export const repositoryFindings = (records: IDataObject[], speech: Speech): ReportFinding[] =>
	records
		.flatMap((record) => {
			const { isInvalid, invalidReason: why, isOutOfSync, isOutOfDate } = stateOf(record);
			const name = repositoryName(record);
			const invalid = speech.say('repositoryInvalid', { name });
			const found: Array<[wrong: unknown, ReportFinding['status'], text: string]> = [
				[
					isInvalid,
					'bad',
					why ? speech.say('withDetails', { text: invalid, details: String(why) }) : invalid,
				],
				[isOutOfSync, 'warning', speech.say('repositoryOutOfSync', { name })],
				[isOutOfDate, 'warning', speech.say('repositoryOutOfDate', { name })],
			];
			return found
				.filter(([wrong]) => wrong === true)
				.map(([, status, text]) => ({
					source: 'Backup repository',
					text,
					status,
				}));
		})
		.sort(byStatus);

/** Backup proxies that are offline; one in maintenance mode is so on purpose. */
export async function readProxies(
	reader: PageReader,
	sections: Sections,
): Promise<ReportFinding[]> {
	const { speech } = sections;
	const proxies = await reader.list({ method: 'GET', path: PROXIES, label: 'Proxies' });
	sections.unread('findings', 'Proxies', proxies, {
		...{ deciding: decidingOfProxies, about: proxyName, now: reader.now() },
	});
	return proxies
		.filter((proxy) => isOffline(proxy) === true)
		.map((proxy) => {
			const isMaintained = isInMaintenance(proxy) === true;
			return {
				source: 'Backup proxy',
				text: speech.say(isMaintained ? 'proxyOfflineMaintenance' : 'proxyOffline', {
					name: proxyName(proxy),
				}),
				status: isMaintained ? ('warning' as const) : ('bad' as const),
			};
		})
		.sort(byStatus);
}

/** @throws UserFacingFailure where the answer is no license */
export async function readLicense(
	reader: PageReader,
	sections: Sections,
	expiresInDays: number,
	now: () => number,
): Promise<ReportLicense[]> {
	const license = licenseOf(await reader.get(LICENSE));
	const { name, status, expirationDate, supportEnds, usedUsers, licensedUsers } = license;
	sections.unread('licenses', 'License', [license.record], {
		...{ deciding: decidingOfLicense, now: now() },
	});
	return [
		{
			...assessLicense(
				{ name, state: status, used: usedUsers, total: licensedUsers, unit: 'users' },
				readTime(expirationDate),
				{ now: now(), expiresInDays },
			),
			...supportOf(readTime(supportEnds)),
		},
	];
}
