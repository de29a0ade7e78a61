import { randomUUID } from 'node:crypto';
import { iso } from '../foundation/clock';
import { derived, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import { numberFor, uuidFor } from '../foundation/random';
import type { Estate } from './estate';
import { repositoryId } from './estate/infrastructure';
import { ORGANIZATIONS, type Organization } from './estate/organizations';
import { chosen } from './pages';
import { at } from './versions';

const REPOSITORY = '/BackupRepositories/{repositoryId}';

/** The organizations whose backups lie in a repository. */
function organizationsIn(estate: Estate, id: string): Organization[] {
	const indexes = [...estate.plans.values()]
		.filter(({ repository }) => repositoryId(repository) === id.toLowerCase())
		.map(({ organization }) => organization);
	return [...new Set(indexes)].flatMap((index) => ORGANIZATIONS[index] ?? []);
}

function usedSpace(organization: Organization, repository: Item): Item {
	const bytes = numberFor(`${organization.id}/${String(repository.id)}`, 5, 900) * 1_073_741_824;
	const isObjectStorage = repository.objectStorage !== undefined;
	return {
		usedSpaceBytes: isObjectStorage ? 0 : bytes,
		localCacheUsedSpaceBytes: isObjectStorage ? 4_653_056 : 0,
		objectStorageUsedSpaceBytes: isObjectStorage ? bytes : 0,
	};
}

export function repositoryCollections(estate: Estate): Record<string, CollectionMaker> {
	const dataOf =
		(make: (organization: Organization, common: Item) => Item[], key?: string): CollectionMaker =>
		({ repositoryId: id = '' }) =>
			derived(() => {
				const time = iso(estate.now - 3 * 3_600_000);
				return organizationsIn(estate, id).flatMap((organization) =>
					make(organization, {
						repositoryId: id,
						organizationId: organization.id,
						backedUpOrganizationId: uuidFor(`backed/${organization.name}`),
						backedUpTime: time,
						isDeleted: false,
						_links: {},
					}),
				);
			}, key);
	const protectedUsers = ({ id }: Organization) =>
		estate.users
			.get(id)
			?.list()
			.filter((user) => estate.protectedUsers.has(String(user.id))) ?? [];
	return {
		[at('/BackupRepositories')]: () => ({
			key: 'id',
			list: () => estate.repositories.list(),
			get: (id: string) => estate.repositories.get(id),
			put: (record: Item) => {
				const states = {
					isOutOfSync: false,
					isOutOfOrder: false,
					isOutdated: false,
					isLongTerm: false,
				};
				const isKnown = estate.repositories.get(String(record.id)) !== undefined;
				estate.repositories.put(isKnown ? record : { ...record, ...states });
			},
			remove: (id: string) => estate.repositories.remove(id),
		}),
		[at(`${REPOSITORY}/backedupOrganizations`)]: dataOf((organization, { repositoryId: id }) => {
			const repository = estate.repositories.get(String(id)) ?? {};
			return [
				{ name: organization.name, id: organization.id, ...usedSpace(organization, repository) },
			];
		}),
		[at(`${REPOSITORY}/OrganizationData`)]: dataOf(
			(organization, common) => [
				{
					...common,
					displayName: organization.officeName,
					msid: uuidFor(`tenant/${organization.name}`),
				},
			],
			'organizationId',
		),
		[at(`${REPOSITORY}/UserData`)]: dataOf((organization, common) =>
			protectedUsers(organization).map((user) => ({
				...common,
				itemType: 'User',
				mailboxBackedUpTime: common.backedUpTime,
				oneDriveBackedUpTime: common.backedUpTime,
				isMailboxBackedUp: true,
				isOneDriveBackedUp: true,
				isArchiveBackedUp: false,
				isPersonalSiteBackedUp: false,
				accountType: 'User',
				id: user.id,
				accountId: user.id,
				displayName: user.displayName,
				email: user.name,
			})),
		),
		[at(`${REPOSITORY}/MailboxData`)]: dataOf((organization, common) =>
			protectedUsers(organization).map((user) => ({
				...common,
				itemType: 'Mailbox',
				isArchive: false,
				id: uuidFor(`mailbox/${String(user.name)}`),
				displayName: user.displayName,
				email: user.name,
			})),
		),
		[at('/Organizations/{organizationId}/usedRepositories')]: ({ organizationId = '' }) =>
			derived(() => usedRepositories(estate, organizationId), 'repositoryId'),
		[at('/RepositorySynchronizeSessions')]: () =>
			derived(() => [...estate.syncs.values()].reverse().map((sync) => syncRecord(estate, sync))),
		[at('/RepositoryOwnerChangeSessions')]: () =>
			derived(() =>
				[...estate.ownerChanges.values()].reverse().map((one) => changeRecord(estate, one)),
			),
		[at('/Proxies')]: () => estate.proxies,
		[at('/ProxyPools')]: () => estate.proxyPools,
		[at('/ProxyPools/{poolId}/proxies')]: ({ poolId }) => ({
			key: 'id',
			list: () => estate.proxies.list().filter((proxy) => proxy.proxyPoolId === poolId),
			get: (id: string) => estate.proxies.get(id),
			put: ({ proxyId }: Item) => {
				const proxy = estate.proxies.get(String(proxyId));
				if (proxy) estate.proxies.put({ ...proxy, proxyPoolId: poolId });
			},
			remove: (id: string) => {
				const proxy = estate.proxies.get(id);
				if (proxy) estate.proxies.put({ ...proxy, proxyPoolId: null });
			},
		}),
	};
}

/** The items a query asks for; repositories of an organization are those it uses. */
export function chosenByUse(estate: Estate, items: Item[], call: Call): Item[] {
	const { organizationId, ...query } = call.query;
	if (call.operation.path !== '/BackupRepositories' || !organizationId) return chosen(items, call);
	const used = usedRepositories(estate, String(organizationId));
	const kept = items.filter(({ id }) => used.some((one) => one.repositoryId === id));
	return chosen(kept, { ...call, query });
}

function usedRepositories(estate: Estate, organizationId: string): Item[] {
	const index = ORGANIZATIONS.findIndex(({ id }) => id === organizationId.toLowerCase());
	const organization = ORGANIZATIONS[index];
	if (!organization) return [];
	const plans = [...estate.plans.values()].filter((plan) => plan.organization === index);
	const ids = [...new Set(plans.map(({ repository }) => repositoryId(repository)))];
	return ids.flatMap((id) => {
		const repository = estate.repositories.get(id);
		if (!repository) return [];
		return [
			{
				repositoryId: id,
				...usedSpace(organization, repository),
				isAvailable: repository.isOutOfOrder !== true,
				details: String(repository.outOfOrderReason ?? ''),
				protectedObjectsCount: plans.length,
				_links: { backupRepository: { href: `/~/backuprepositories/${id}` } },
			},
		];
	});
}

type Sync = { id: string; repositoryId: string; started: number; stopped?: boolean };

function progress(estate: Estate, started: number): number {
	const takes = estate.world.settings.sessionSeconds * 1000;
	return Math.min(100, Math.floor((100 * (estate.now - started)) / Math.max(1, takes)));
}

function syncRecord(
	estate: Estate,
	{ id, repositoryId: repository, started, stopped }: Sync,
): Item {
	const percent = progress(estate, started);
	const over = stopped || percent >= 100;
	return {
		id,
		repositoryId: repository,
		state: over ? 'None' : 'Synchronizing',
		progressPercent: percent,
		error: '',
		_links: { self: { href: `/~/RepositorySynchronizeSessions/${id}` } },
	};
}

type OwnerChange = Item & { started: number; stopped?: number };

function changeRecord(estate: Estate, { started, stopped, ...rest }: OwnerChange): Item {
	const record: Item = { ...rest };
	delete record.done;
	const over = progress(estate, started) >= 100;
	const takes = estate.world.settings.sessionSeconds * 1000;
	return {
		...record,
		status: stopped ? 'Failed' : over ? 'Succeeded' : 'Running',
		startTime: iso(started),
		endTime: stopped ? iso(stopped) : over ? iso(started + takes) : null,
		details: stopped ? 'Stopped by user' : '',
	};
}

export function repositoryHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	const maintenance =
		(maintenanceModeState: string) =>
		({ params }: Call): Answer => {
			const proxy = estate.proxies.get(params.proxyId ?? '');
			if (proxy) estate.proxies.put({ ...proxy, maintenanceModeState });
			return {};
		};
	return {
		[`POST ${REPOSITORY}/Sync`]: ({ params }) => {
			const sync = {
				id: randomUUID(),
				repositoryId: params.repositoryId ?? '',
				started: estate.now,
			};
			estate.syncs.set(sync.id, sync);
			return { body: syncRecord(estate, sync) };
		},
		[`POST ${REPOSITORY}/changeOwner`]: ({ params, query }) => {
			const toOwnerId = query.proxyId ?? query.poolId;
			if (!toOwnerId) {
				throw new Refused({
					because: 'invalid',
					problems: [{ where: 'query', what: 'needs proxyId or poolId' }],
				});
			}
			const change: OwnerChange = {
				id: randomUUID(),
				started: estate.now,
				waitForSessionsTimeout: query.waitForSessionsTimeout ?? null,
				forceStopSessions: String(query.forceStopSessions) === 'true',
				forceStopSessionsTimeout: query.forceStopSessionsTimeout ?? null,
				fromOwnerId: estate.repositories.get(params.repositoryId ?? '')?.proxyId,
				toOwnerId,
				repositoryIds: [params.repositoryId],
			};
			estate.ownerChanges.set(String(change.id), change);
			return { body: changeRecord(estate, change) };
		},
		'POST /RepositorySynchronizeSessions/{sessionId}/StopSynchronize': ({ params }) => {
			const sync = estate.syncs.get(params.sessionId ?? '');
			if (sync) sync.stopped = true;
			return {};
		},
		'POST /RepositoryOwnerChangeSessions/{sessionId}/Stop': ({ params }) => {
			const change = estate.ownerChanges.get(params.sessionId ?? '');
			if (change && !change.done) change.stopped = estate.now;
			return {};
		},
		'POST /Proxies/{proxyId}/maintenance/enable': maintenance('Enabled'),
		'POST /Proxies/{proxyId}/maintenance/disable': maintenance('Disabled'),
		'POST /Proxies/{proxyId}/Remove': ({ params }) => {
			estate.proxies.remove(params.proxyId ?? '');
			return {};
		},
	};
}
