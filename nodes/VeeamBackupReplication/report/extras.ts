import type { IDataObject } from 'n8n-workflow';

import { HOUR, readTime } from '../../shared/common/time';
import { byStatus, iso } from '../../shared/report/assess';
import type { Sections } from '../../shared/report/collect';
import type {
	ReportActivity,
	ReportComponent,
	ReportConfigBackup,
	ReportExtras,
	ReportServerFacts,
	ReportVerification,
} from '../../shared/report/extraModel';
import type { PageReader } from '../../shared/report/pageReader';
import { inWords, standingIn } from '../model/catalogueFacts';
import {
	configBackupIn,
	deciding as decidingOfConfigBackup,
	isEnabled,
	lastSuccess,
	PATH as CONFIG_BACKUP,
} from '../model/configBackup';
import { resultOf } from '../model/failureReasons';
import {
	BACKUP_OBJECTS,
	coverageOf,
	HOSTS,
	PATH as INVENTORY,
	readInventory,
} from '../model/inventory';
import {
	decidingOf as decidingOfServers,
	isUnavailable,
	PATH as SERVERS,
} from '../model/managedServers';
import { deciding as decidingOfProxies, PATH as PROXIES, proxyOf } from '../model/proxies';
import { deciding as decidingOfReplicas, PATH as REPLICAS, replicaOf } from '../model/replicas';
import { PATH as SERVER_INFO, serverInfoIn } from '../model/serverInfo';
import {
	deciding as decidingOfSessions,
	endOf,
	isOver,
	isResult,
	isUnread,
	jobKeyOf,
	knownTypes,
	readSessionsOf,
	runResultOf,
} from '../model/sessions';
import {
	ACTIVITY_TYPES,
	isDeletion,
	isReplication,
	jobNameOf,
	kindOf,
	REPLICATION_TYPES,
	SURE_BACKUP_TYPES,
} from '../model/sessionTypes';
import { nameOf, textOf } from '../model/text';
import { whereOffered } from './offered';

/** Milliseconds since 1970, by the server's clock. */
export interface Times {
	from: number;
	now: number;
	rpoHours: number;
}

/** What the server says of itself to a Backup Administrator: 1 request. */
export const readServer = async (
	reader: PageReader,
	sections: Sections,
): Promise<ReportServerFacts | undefined> =>
	await sections.head('Server', async () => ({
		...serverInfoIn(await reader.getHead(SERVER_INFO)),
		apiVersion: reader.client.version,
	}));

/**
 * Sections that are read where they are chosen, with at most so many requests each: machines
 * in no backup 2 and one for each of at most 20 servers of the inventory, SureBackup and replicas 2,
 * configuration backup 1, proxies and servers 2, restores and deletions 1. Longer lists take more pages.
 */
export async function readExtras(
	reader: PageReader,
	sections: Sections,
	times: Times,
	server: ReportServerFacts | undefined,
): Promise<ReportExtras> {
	const about = server && sections.wants('about') ? [server] : undefined;
	const infrastructure = await readInfrastructure(reader, sections, times);
	const configBackup = await sections.of('configBackup', 'Configuration backup', async () => {
		const settings = configBackupIn(await reader.get(CONFIG_BACKUP));
		sections.unread('configBackup', 'Configuration backup', [settings], {
			...{ deciding: decidingOfConfigBackup, now: times.now },
		});
		return [configBackupRow(settings, times)];
	});
	const verifications = await readVerifications(reader, sections, times);
	const activities = await readActivities(reader, sections, times);
	const notBackedUp = await readNotBackedUp(reader, sections);
	return {
		...(about && { about }),
		...(infrastructure && { infrastructure }),
		...(configBackup && { configBackup }),
		...(verifications && { verifications }),
		...(activities && { activities }),
		...(notBackedUp && { notBackedUp }),
	};
}

/** Proxies that are offline, out of date or disabled, and servers that cannot be reached. */
async function readInfrastructure(
	reader: PageReader,
	sections: Sections,
	{ now }: Times,
): Promise<ReportComponent[] | undefined> {
	const { speech } = sections;
	if (!sections.wants('infrastructure')) return undefined;
	const proxies = await whereOffered(
		reader,
		sections,
		{
			...{ section: 'infrastructure', what: 'Proxies', operation: `GET ${PROXIES}` },
			note: speech.say('proxiesMissing', { version: reader.client.version }),
		},
		async () => {
			const list = await reader.read({ method: 'GET', path: PROXIES });
			const items = sections.itemsOf('infrastructure', 'Proxies', list);
			sections.unread('infrastructure', 'Proxies', items, {
				...{ deciding: decidingOfProxies, about: nameOf, now },
			});
			return items.flatMap(proxyRow);
		},
	);
	const servers = await sections.of('infrastructure', 'Managed servers', async () => {
		const list = await reader.read({ method: 'GET', path: SERVERS });
		const items = sections.itemsOf('infrastructure', 'Managed servers', list);
		sections.unread('infrastructure', 'Managed servers', items, {
			...{ deciding: decidingOfServers(reader), about: nameOf, now },
		});
		// A version without the status says nothing of any server.
		if (items.length > 0 && items.every((record) => isUnavailable(record) === undefined))
			sections.notOffered(
				'infrastructure',
				speech.say('serversMissing', { version: reader.client.version }),
			);
		return items
			.filter((record) => isUnavailable(record) === true)
			.map(
				(record): ReportComponent => ({
					...{ id: textOf(record.id), name: nameOf(record), kind: 'server' },
					...{ state: 'unavailable', status: 'bad' },
				}),
			);
	});
	// Without proxies in its API, servers are all there is.
	if (!proxies && !servers && standingIn(reader, `GET ${PROXIES}`) !== 'unknown') return undefined;
	return [...(proxies ?? []), ...(servers ?? [])].sort(
		(a, b) => byStatus(a, b) || a.name.localeCompare(b.name),
	);
}

/** One that somebody disabled is named, and nothing is wrong with it. */
function proxyRow(record: Parameters<typeof proxyOf>[0]): ReportComponent[] {
	const { id, name, isDisabled, isOnline, isOutOfDate } = proxyOf(record);
	const row = (state: ReportComponent['state'], status: ReportComponent['status']) => [
		{ id, name, kind: 'proxy' as const, state, status },
	];
	if (isDisabled === true) return row('disabled', 'good');
	if (isOnline === false) return row('offline', 'bad');
	return isOutOfDate === true ? row('outOfDate', 'warning') : [];
}

/** Overdue: it has not succeeded within the RPO. */
function configBackupRow(record: IDataObject, { now, rpoHours }: Times): ReportConfigBackup {
	const success = readTime(lastSuccess(record));
	const state =
		isEnabled(record) === false
			? 'disabled'
			: success === undefined
				? 'never'
				: now - success > rpoHours * HOUR
					? 'overdue'
					: 'enabled';
	return {
		state,
		status: state === 'enabled' ? 'good' : 'warning',
		...(success === undefined ? {} : { lastSuccess: iso(success) }),
	};
}

/** The last run of each SureBackup and replication job in the period, and replicas that are not ready. */
async function readVerifications(
	reader: PageReader,
	sections: Sections,
	{ from, now }: Times,
): Promise<ReportVerification[] | undefined> {
	const { speech } = sections;
	const { version } = reader.client;
	const types = knownTypes(reader.client, [...SURE_BACKUP_TYPES, ...REPLICATION_TYPES]);
	// Without types of their own these runs are among all others.
	if (types.length === 0)
		sections.notOffered('verifications', speech.say('verificationsMissing', { version }));
	const runs =
		types.length === 0
			? undefined
			: await sections.of('verifications', 'SureBackup sessions', async () => {
					const list = await readSessionsOf(reader, types, { endedAfterFilter: iso(from) });
					const items = sections.itemsOf('verifications', 'SureBackup sessions', list);
					const unread = items.filter((one) => isUnread(one, now));
					sections.unread('verifications', 'SureBackup sessions', unread, {
						...{ deciding: decidingOfSessions, about: jobNameOf, now },
					});
					return runRows(items.filter((one) => !unread.includes(one)));
				});
	const replicas = await whereOffered(
		reader,
		sections,
		{
			...{ section: 'verifications', what: 'Replicas', operation: `GET ${REPLICAS}` },
			note: speech.say('replicasMissing', { version }),
		},
		async () => {
			const list = await reader.read({ method: 'GET', path: REPLICAS });
			const items = sections.itemsOf('verifications', 'Replicas', list);
			sections.unread('verifications', 'Replicas', items, {
				...{ deciding: decidingOfReplicas, about: nameOf, now },
			});
			return items.map(replicaOf);
		},
	);
	if (!runs && !replicas) return undefined;
	if (replicas && replicas.length > 0)
		sections.notes.push(
			speech.say('replicasReady', {
				n: replicas.filter(({ isUsual }) => isUsual).length,
				total: replicas.length,
			}),
		);
	const rows = (replicas ?? [])
		.filter(({ isUsual, state }) => !isUsual && state !== '')
		.map(
			({ id, name, state, isFailed }): ReportVerification => ({
				...{ id, name, kind: 'replica', state: inWords(state), status: isFailed ? 'bad' : 'good' },
			}),
		);
	return [...(runs ?? []), ...rows].sort((a, b) => byStatus(a, b) || a.name.localeCompare(b.name));
}

/** Machines that a gap names. */
const NAMED = 5;

const STATUS = { Success: 'good', Warning: 'warning', Failed: 'bad' } as const;

function runRows(sessions: Parameters<typeof isOver>[0][]): ReportVerification[] {
	const byJob = new Map<string, typeof sessions>();
	for (const session of sessions.filter(isOver)) {
		const key = jobKeyOf(session);
		byJob.set(key, [...(byJob.get(key) ?? []), session]);
	}
	return [...byJob].flatMap(([id, all]): ReportVerification[] => {
		const [last] = all.sort((a, b) => (endOf(b) ?? 0) - (endOf(a) ?? 0));
		const state = last && runResultOf(last);
		if (!last || !state) return [];
		const end = endOf(last);
		const { message } = resultOf(last);
		return [
			{
				...{ id, name: jobNameOf(last), state, status: STATUS[state] },
				kind: isReplication(last) ? 'replication' : 'sureBackup',
				failures: all.filter((one) => isResult(one, 'Failed')).length,
				...(end === undefined ? {} : { time: iso(end) }),
				...(message && state !== 'Success' ? { reason: message } : {}),
			},
		];
	});
}

/** What 1.1-rev0 has no sessions of. */
const FEW_RESTORES = ['DeleteBackup', 'FileLevelRestore'];

/** Who restored, failed over or deleted what: sessions that began in the period. */
async function readActivities(
	reader: PageReader,
	sections: Sections,
	{ from }: Times,
): Promise<ReportActivity[] | undefined> {
	const { speech } = sections;
	if (knownTypes(reader.client, FEW_RESTORES).length === 0)
		sections.notOffered(
			'activities',
			speech.say('activitiesMissing', { version: reader.client.version }),
		);
	return await sections.of('activities', 'Restore sessions', async () => {
		const list = await readSessionsOf(reader, ACTIVITY_TYPES, { createdAfterFilter: iso(from) });
		const items = sections.itemsOf('activities', 'Restore sessions', list);
		const rows = items.flatMap((session): ReportActivity[] => {
			const begun = readTime(session.creationTime);
			if (begun === undefined || begun < from) return [];
			const user = textOf(session.initiatedBy);
			const end = readTime(session.endTime);
			const { isCanceled } = resultOf(session);
			const state = isOver(session)
				? isCanceled
					? 'Canceled'
					: runResultOf(session)
				: end === undefined
					? 'Running'
					: undefined;
			return [
				{
					...{ kind: kindOf(session), name: jobNameOf(session), time: iso(begun) },
					...(user ? { user } : {}),
					...(end === undefined ? {} : { end: iso(end) }),
					...(state === undefined ? {} : { state }),
					isDeletion: isDeletion(session),
				},
			];
		});
		if (rows.length > 0 && rows.every(({ user }) => user === undefined))
			sections.notes.push(speech.say('usersUnknown'));
		return rows.sort((a, b) => b.time.localeCompare(a.time));
	});
}

/** Virtual machines of the inventory that no backup has. */
async function readNotBackedUp(
	reader: PageReader,
	sections: Sections,
): Promise<ReportExtras['notBackedUp']> {
	const { speech } = sections;
	const part = {
		...{ section: 'notBackedUp' as const, what: 'Inventory' as const },
		operation: `POST ${INVENTORY}/{hostname}`,
		note: speech.say('inventoryMissing', { version: reader.client.version }),
	};
	return await whereOffered(reader, sections, part, async () => {
		const inventory = await readInventory(reader);
		const backups = await reader.readShared(BACKUP_OBJECTS);
		// A machine whose backup was not read would be listed falsely.
		if (!backups.isWhole) {
			sections.cut('notBackedUp', speech.say('machinesMore'));
			return undefined;
		}
		if (!inventory.isWhole)
			sections.cut('notBackedUp', sections.about('Inventory', speech.say('cutMore')));
		if (inventory.leftOut > 0)
			sections.cut(
				'notBackedUp',
				speech.say('inventoryHostsLeft', { n: inventory.leftOut, most: HOSTS }),
			);
		const { missing, unsure, replicas } = coverageOf(inventory.machines, backups.items);
		if (unsure.length > 0)
			sections.cut(
				'notBackedUp',
				speech.say('machinesUnsure', {
					n: unsure.length,
					names: speech.list(unsure.slice(0, NAMED).map(({ name, host }) => `${name} (${host})`)),
				}),
			);
		if (replicas > 0) sections.notes.push(speech.say('replicasNotCounted', { n: replicas }));
		return missing
			.map(({ name, host, platform }) => ({ name, host, ...(platform ? { platform } : {}) }))
			.sort((a, b) => a.name.localeCompare(b.name) || a.host.localeCompare(b.host));
	});
}
