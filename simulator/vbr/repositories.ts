import type { Collection, CollectionMaker } from '../foundation/collections';
import { derived } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import { API, at } from './api';
import type { Estate } from './estate';
import { begin, workAnswer } from './startWork';

/** State of a repository that was added through the API. */
const NEW_STATE = {
	capacityGB: 1024,
	freeGB: 1024,
	usedSpaceGB: 0,
	isOnline: true,
	isOutOfDate: false,
};

export function repositoryCollections(estate: Estate): Record<string, CollectionMaker> {
	return {
		[at('/backupInfrastructure/repositories')]: () => withoutExtents(estate),
		[at('/backupInfrastructure/repositories/states')]: () => states(estate),
		[at('/backupInfrastructure/scaleOutRepositories')]: () => estate.scaleOut,
		[at('/backupInfrastructure/managedServers')]: () => estate.servers,
		[at('/backupInfrastructure/proxies')]: () => estate.proxies,
		[at('/backupInfrastructure/proxies/states')]: () =>
			derived(() =>
				estate.proxies.list().map(({ id, name, description, type }) => ({
					...{ id, name, description, type },
					...(estate.proxyStates.get(String(id)) ?? {
						isDisabled: false,
						isOnline: true,
						isOutOfDate: false,
					}),
				})),
			),
	};
}

/** `excludeExtents` is the one parameter here that is no filter by its name. */
function hidden(estate: Estate, query: Item, id: unknown): boolean {
	const excluded = String(query.excludeExtents).toLowerCase() === 'true';
	return excluded && 'scaleOutRepositoryDetails' in (estate.repositoryStates.get(String(id)) ?? {});
}

function withoutExtents(estate: Estate): Collection {
	const { repositories } = estate;
	return {
		key: 'id',
		list: (query) => repositories.list().filter(({ id }) => !hidden(estate, query, id)),
		get: (id) => repositories.get(id),
		put: (record) => repositories.put(record),
		remove: (id) => {
			repositories.remove(id);
			estate.repositoryStates.delete(id);
		},
	};
}

function states(estate: Estate): Collection {
	return derived((query) =>
		estate.repositories
			.list()
			.filter(({ id }) => !hidden(estate, query, id))
			.map(({ id, name, type, description }) => ({
				...{ id, name, type, description },
				...(estate.repositoryStates.get(String(id)) ?? NEW_STATE),
			})),
	);
}

type Status = 'Sealed' | 'Maintenance';

export function repositoryHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	const modes: Array<[verb: string, status: Status, on: boolean]> = [
		['enableSealedMode', 'Sealed', true],
		['disableSealedMode', 'Sealed', false],
		['enableMaintenanceMode', 'Maintenance', true],
		['disableMaintenanceMode', 'Maintenance', false],
	];
	const proxySwitch =
		(isDisabled: boolean) =>
		(call: Call): Answer => {
			const proxy = estate.proxies.get(call.params.id ?? '');
			if (!proxy)
				throw new Refused({ because: 'notFound', what: 'Proxy', id: call.params.id ?? '' });
			const state = estate.proxyStates.get(String(proxy.id));
			estate.proxyStates.set(String(proxy.id), {
				isOnline: true,
				isOutOfDate: false,
				...state,
				isDisabled,
			});
			return {};
		};
	return {
		[`POST ${API}/backupInfrastructure/repositories/rescan`]: (call) => rescan(estate, call),
		[`POST ${API}/backupInfrastructure/proxies/{id}/enable`]: (call) =>
			finish(estate, call, proxySwitch(false)),
		[`POST ${API}/backupInfrastructure/proxies/{id}/disable`]: (call) =>
			finish(estate, call, proxySwitch(true)),
		...Object.fromEntries(
			modes.map(([verb, status, on]) => [
				`POST ${API}/backupInfrastructure/scaleOutRepositories/{id}/${verb}`,
				(call: Call) => setMode(estate, call, status, on),
			]),
		),
	};
}

/** Does it at once where the operation answers with nothing, at the session's end where with one. */
function finish(estate: Estate, call: Call, apply: (call: Call) => Answer): Answer {
	const resource = estate.proxies.get(call.params.id ?? '');
	if (call.returns.kind !== 'session' || !resource) return apply(call);
	return workAnswer(estate, call, [
		begin(estate, call, { resource, whenDone: () => void apply(call) }),
	]);
}

/** A rescan finds repositories that are up to date, and leaves offline ones as they are. */
function rescan(estate: Estate, call: Call): Answer {
	const { repositoryIds } = call.body as { repositoryIds: string[] };
	const found = repositoryIds.map((id) => {
		const record = estate.repositories.get(id);
		if (!record) throw new Refused({ because: 'notFound', what: 'Repository', id });
		return record;
	});
	const whenDone = (): void => {
		for (const { id } of found) {
			const state = estate.repositoryStates.get(String(id));
			if (state && state.isOnline === true) state.isOutOfDate = false;
		}
	};
	return workAnswer(estate, call, [begin(estate, call, { resource: found[0], whenDone })]);
}

interface Extent {
	id: string;
	status: string[];
}

function setMode(estate: Estate, call: Call, status: Status, on: boolean): Answer {
	const id = call.params.id ?? '';
	const scaleOut = estate.scaleOut.get(id);
	if (!scaleOut) throw new Refused({ because: 'notFound', what: 'Scale-out repository', id });
	const { repositoryIds } = call.body as { repositoryIds: string[] };
	const extents = extentsOf(scaleOut);
	const chosen = repositoryIds.map((wanted) => {
		const extent = extents.find((one) => one.id === wanted.toLowerCase());
		if (!extent) throw new Refused({ because: 'notFound', what: 'Extent', id: wanted });
		return extent;
	});
	const whenDone = (): void => {
		for (const extent of chosen) {
			const others = extent.status.filter((one) => one !== status && one !== 'Normal');
			const now = on ? [...others, status] : others;
			extent.status = now.length ? now : ['Normal'];
		}
	};
	return workAnswer(estate, call, [begin(estate, call, { resource: scaleOut, whenDone })]);
}

function extentsOf(scaleOut: Item): Extent[] {
	const { performanceTier, capacityTier } = scaleOut as {
		performanceTier?: { performanceExtents?: Extent[] };
		capacityTier?: { extents?: Extent[] };
	};
	const extents = [
		...(performanceTier?.performanceExtents ?? []),
		...(capacityTier?.extents ?? []),
	];
	for (const extent of extents) extent.status ??= ['Normal'];
	return extents;
}
