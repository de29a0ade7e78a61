import { catalogueFiles } from '../foundation/catalogueFiles';
import type { CollectionMaker, Stored } from '../foundation/collections';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import type { Answer, Call, Product, ProductFactory, World } from '../foundation/product';
import { API, at } from './api';
import { bigEstateControl } from './bigEstate';
import { vbrControl } from './control';
import { Estate } from './estate';
import { insideMounts } from './insideMounts';
import { inventoryHandlers } from './inventory';
import { jobCollections, jobHandlers } from './jobs';
import { loginRoutes } from './login';
import { Mounts } from './mounts';
import { refused } from './refusals';
import { repositoryCollections, repositoryHandlers } from './repositories';
import { OTHER_NAMES, revisionOf } from './revisions';
import { serverCertificate } from './serverCertificate';
import { sessionCollections, sessionHandlers } from './sessions';
import { begin, objectsIn, workAnswer } from './startWork';
import { mayCall } from './users';

export const DEFAULT_PORT = 9419;
const DEFAULT_LIMIT = 200;

/** What a filter means where its name is not the field's. */
const ALIASES: Record<string, string[]> = {
	created: ['creationTime', 'creationTimeUtc'],
	ended: ['endTime'],
	detected: ['detectionTimeUtc'],
	processed: ['processedTime'],
	type: ['sessionType', 'platformType'],
	capacity: ['capacityGB'],
	freeSpace: ['freeGB'],
	usedSpace: ['usedSpaceGB'],
	sobrId: ['scaleOutRepositoryDetails.scaleOutRepositoryId'],
	sobrMembership: ['scaleOutRepositoryDetails.membership'],
	sobrExtentType: ['scaleOutRepositoryDetails.extentType'],
	isHighPriorityJob: ['highPriority'],
	mountId: ['id'],
	state: ['mountState'],
};

/** Veeam Backup & Replication on a simulated world. */
export const vbr: ProductFactory = (world) => {
	const estate = new Estate(world);
	const mounts = new Mounts(estate, catalogueFiles('VeeamBackupReplication').catalogue);
	const inside = insideMounts(estate);
	return {
		...catalogueFiles('VeeamBackupReplication'),
		otherNames: OTHER_NAMES,
		aliases: ALIASES,
		collections: {
			...backupCollections(estate),
			...sessionCollections(estate),
			...jobCollections(estate),
			...repositoryCollections(estate),
			...mounts.collections(),
			...inside.collections,
		},
		singles: Object.fromEntries(
			Object.entries(estate.singles).map(([path, record]) => [`${API}${path}`, record]),
		),
		handlers: {
			...serviceHandlers(world, estate.stored['/security/users']!),
			...sessionHandlers(estate),
			...jobHandlers(estate),
			...repositoryHandlers(estate),
			...inventoryHandlers(estate),
			...mounts.handlers(),
			...inside.handlers,
		},
		login: loginRoutes(world),
		control: { ...vbrControl(() => estate), ...bigEstateControl(() => estate) },
		versionOf: (headers) => revisionOf(headers['x-api-version'], world.settings.supportedVersions),
		mayCall,
		slice: (items, { skip, limit }) => {
			const from = Number(skip ?? 0);
			return items.slice(from, from + Number(limit ?? DEFAULT_LIMIT));
		},
		page,
		startWork: (call, resource, whenDone) => {
			const several = call.returns.kind === 'sessions' ? objectsIn(call.body) : [undefined];
			const works = several.map((id) =>
				begin(estate, call, { resource: resource ?? (id ? { id } : undefined), whenDone }),
			);
			return workAnswer(estate, call, works);
		},
		refuse: refused,
		settle: () => estate.work.settle(),
	} satisfies Product;
};

/** `{data, pagination}`; logs are `{records, totalRecords}`, other lists `{items}` or an array. */
function page(
	items: Item[],
	total: number,
	query: Item,
	{ items: field = 'data' }: Call['returns'],
): unknown {
	if (field === '') return items;
	if (field === 'records') return { totalRecords: total, records: items };
	if (field !== 'data') return { [field]: items };
	const { skip, limit } = query;
	return {
		data: items,
		pagination: {
			total,
			count: items.length,
			skip: Number(skip ?? 0),
			limit: Number(limit ?? DEFAULT_LIMIT),
		},
	};
}

function backupCollections(estate: Estate): Record<string, CollectionMaker> {
	const { backups, backupObjects, restorePoints, stored } = estate;
	const under = (all: typeof backups, field: string, id: string | undefined) => ({
		key: 'id',
		list: () => all.list().filter((record) => record[field] === id?.toLowerCase()),
		get: (wanted: string) => all.get(wanted),
		remove: (wanted: string) => all.remove(wanted),
	});
	return {
		[at('/backups')]: () => backups,
		[at('/backupObjects')]: () => backupObjects,
		[at('/restorePoints')]: () => restorePoints,
		[at('/objectRestorePoints')]: () => restorePoints,
		[at('/backups/{id}/objects')]: ({ id }) => under(backupObjects, 'backupId', id),
		[at('/backupObjects/{id}/restorePoints')]: ({ id }) =>
			under(restorePoints, 'backupObjectId', id),
		...Object.fromEntries(
			Object.entries(stored).map(([path, collection]) => [at(path), () => collection]),
		),
	};
}

function serviceHandlers(world: World, accounts: Stored): Record<string, (call: Call) => Answer> {
	return {
		[`GET ${API}/serverTime`]: () => ({
			body: {
				serverTime: iso(world.clock.now()),
				timeZone: '(UTC) Coordinated Universal Time',
				ianaTimeZoneId: 'Etc/UTC',
			},
		}),
		[`POST ${API}/security/users/{id}/changeServiceAccountMode`]: ({ params, body }) => {
			const user = accounts.get(params.id ?? '');
			const changed = { ...user, isServiceAccount: (body as Item).isServiceAccountEnable };
			accounts.put(changed);
			return { body: changed };
		},
		[`GET ${API}/serverCertificate`]: () => ({ body: serverCertificate(world.certificate) }),
	};
}
