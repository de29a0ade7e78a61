/**
 * A backup server for tests of the report, by what the specifications of its API revisions say:
 * which fields a record has, which parameters a list knows, and no more. It shares no code with the
 * package; what a revision lacks is dropped, so that a test may hold the truth in one shape.
 */
import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';

import type { VeeamClient, VeeamRequest } from '../../nodes/shared/http/types';

export const REVISIONS = ['1.2-rev1', '1.3-rev0', '1.3-rev1', '1.3-rev2'] as const;
export type Revision = (typeof REVISIONS)[number];

/** VBR 12.0: it lacks so much that it has tests of its own. */
export const OLDEST = '1.1-rev0';

/** What its lists answer, by its own specification: the others are missing altogether. */
const OLDEST_FIELDS: Record<string, string> = {
	jobs: 'id name type description status lastRun lastResult nextRun workload repositoryId repositoryName objectsCount sessionId',
	sessions:
		'id name activityId sessionType creationTime endTime state progressPercent result resourceId resourceReference parentSessionId usn',
	repositories: 'id name type description hostId hostName path capacityGB freeGB usedSpaceGB',
	backups: 'id jobId policyTag name platformName platformId creationTime repositoryId',
	objects: 'id name type platformName platformId restorePointsCount',
	points: 'id name platformName platformId creationTime backupId allowedOperations',
	servers: 'id name description type credentialsId',
	scaleOut: 'id name description tag performanceTier placementPolicy capacityTier archiveTier',
};

/** Its lists by path, where the path is another. */
const OLDEST_LISTS: Record<string, string> = {
	'/objectRestorePoints': 'points',
	'/restorePoints': '',
};

/** Single things that came later. */
const OLDEST_LACKS = ['/license', '/inventory', '/inventory/{hostname}'];

/** Fields of records, by the revision that brought them; `until` names those that went. */
const FIELDS: Record<string, { base: string; since?: Partial<Record<Revision, string>> }> = {
	jobs: {
		base: 'id name type description status lastRun lastResult nextRun workload repositoryId repositoryName objectsCount sessionId',
		since: {
			'1.3-rev0':
				'nextRunPolicy highPriority progressPercent sessionProgress runAfterJob backupCopyMode isStorageSnapshot',
			'1.3-rev2': 'targetName',
		},
	},
	sessions: {
		base: 'id name jobId sessionType creationTime endTime state progressPercent result resourceId usn platformName platformId',
		since: {
			'1.3-rev0': 'initiatedBy',
			'1.3-rev1': 'relatedSessionId',
			'1.3-rev2': 'algorithm progress originalSessionId retryInfo',
		},
	},
	tasks: { base: 'id type sessionId sessionType creationTime endTime name result progress' },
	replicas: {
		base: 'id type jobId policyUniqueId name platformName platformId creationTime state',
	},
	scaleOut: {
		base: 'id name description uniqueId performanceTier placementPolicy capacityTier archiveTier',
	},
	inventory: { base: 'platform size hostName name type objectId urn' },
	repositories: {
		base: 'id name type description hostId hostName path capacityGB freeGB usedSpaceGB isOnline',
		since: { '1.3-rev0': 'isOutOfDate scaleOutRepositoryDetails' },
	},
	backups: {
		base: 'id jobId policyUniqueId name platformName platformId creationTime repositoryId',
		since: { '1.3-rev0': 'repositoryName jobType' },
	},
	objects: {
		base: 'id name type platformName platformId restorePointsCount',
		since: { '1.3-rev0': 'lastRunFailed', '1.3-rev2': 'backupId size' },
	},
	points: {
		base: 'id name platformName platformId creationTime backupId type sessionId allowedOperations malwareStatus backupFileId',
		since: { '1.3-rev0': 'guestOsFamily originalSize', '1.3-rev2': 'tag snapshotType gfsPeriods' },
	},
	malware: {
		base: 'id type detectionTimeUtc machine state details source severity createdBy engine',
		since: { '1.3-rev0': 'creationTimeUtc' },
	},
	practices: { base: 'id bestPractice status note' },
	requests: {
		base: 'id name description state creationTime createdBy expirationTime processedBy processedTime',
	},
	servers: { base: 'id name description type status' },
	proxies: { base: 'id name description type hostId hostName isDisabled isOnline isOutOfDate' },
};

/** The platforms whose backup objects name the machine itself (`objectId`), by revision. */
const WITH_OBJECT_ID: Partial<Record<Revision, string>> = {
	'1.2-rev1': 'VMware CloudDirector',
	'1.3-rev2': 'HyperV Nutanix Proxmox',
};

const fieldsOf = (kind: string, revision: Revision | typeof OLDEST): string[] => {
	if (revision === OLDEST) return (OLDEST_FIELDS[kind] ?? '').split(' ');
	const { base, since = {} } = FIELDS[kind]!;
	const upTo = REVISIONS.slice(0, REVISIONS.indexOf(revision) + 1);
	return [base, ...upTo.flatMap((one) => since[one] ?? [])].join(' ').split(' ');
};

export interface BackupServer {
	jobs?: IDataObject[];
	sessions?: IDataObject[];
	tasks?: IDataObject[];
	repositories?: IDataObject[];
	backups?: IDataObject[];
	/** With `backupId`, and `objectId` or not. */
	objects?: IDataObject[];
	/** With `backupObjectId`, which is filtered by and never answered. */
	points?: IDataObject[];
	malware?: IDataObject[];
	practices?: IDataObject[];
	/** Of four-eyes authorization. */
	requests?: IDataObject[];
	servers?: IDataObject[];
	proxies?: IDataObject[];
	replicas?: IDataObject[];
	/** Scale-out repositories; the status of extents is one text in 1.2-rev1, a list since. */
	scaleOut?: IDataObject[];
	/** Machines and other objects of virtualization servers, each with its `hostName`. */
	inventory?: IDataObject[];
	/** As `/serverInfo` answers it. */
	info?: IDataObject;
	/** Whole jobs, as `/jobs` and `/jobs/{id}` answer them: as they are, by the test's own schema. */
	details?: IDataObject[];
	/** As `/configBackup` answers it. */
	configBackup?: unknown;
	license?: IDataObject;
	/** Status by path (`/sessions`) that is answered in place of a list. */
	refused?: Record<string, number>;
	/** Items the server gives at once at most. */
	pageMaximum?: number;
	/** Milliseconds that the server's clock is ahead. */
	ahead?: number;
}

const LISTS: Record<string, keyof BackupServer & keyof typeof FIELDS> = {
	'/jobs/states': 'jobs',
	'/sessions': 'sessions',
	'/taskSessions': 'tasks',
	'/backupInfrastructure/repositories/states': 'repositories',
	'/backups': 'backups',
	'/backupObjects': 'objects',
	'/restorePoints': 'points',
	'/malwareDetection/events': 'malware',
	'/securityAnalyzer/bestPractices': 'practices',
	'/authorization/events': 'requests',
	'/backupInfrastructure/managedServers': 'servers',
	'/backupInfrastructure/proxies/states': 'proxies',
	'/replicas': 'replicas',
	'/backupInfrastructure/scaleOutRepositories': 'scaleOut',
};

const ms = (text: unknown): number => Date.parse(String(text));

/** What a list filters by, as its parameters are named. */
const FILTERS: Record<string, (item: IDataObject, value: string) => boolean> = {
	endedAfterFilter: ({ endTime }, value) => ms(endTime) >= ms(value),
	endedBeforeFilter: ({ endTime }, value) => ms(endTime) <= ms(value),
	createdAfterFilter: ({ creationTime }, value) => ms(creationTime) >= ms(value),
	createdBeforeFilter: ({ creationTime }, value) => ms(creationTime) <= ms(value),
	resultFilter: ({ result }, value) =>
		value.split(',').includes(String((result as IDataObject | null)?.result)),
	stateFilter: ({ state }, value) => value.split(',').includes(String(state)),
	typeFilter: ({ sessionType }, value) => value.split(',').includes(String(sessionType)),
	jobIdFilter: ({ jobId }, value) => jobId === value,
	backupObjectIdFilter: ({ backupObjectId }, value) => backupObjectId === value,
	detectedAfterTimeUtcFilter: ({ detectionTimeUtc }, value) => ms(detectionTimeUtc) >= ms(value),
	createdAfterTimeUtcFilter: ({ creationTimeUtc }, value) => ms(creationTimeUtc) >= ms(value),
};

const ORDERS: Record<string, string> = {
	EndTime: 'endTime',
	CreationTime: 'creationTime',
	CreationTimeUtc: 'creationTimeUtc',
	DetectionTimeUtc: 'detectionTimeUtc',
};

/** Lists that 1.2-rev1 filters by one value only. */
const SINGLE_IN_OLDEST = ['typeFilter', 'resultFilter', 'stateFilter'];

const refusal = (status: number): NodeApiError =>
	new NodeApiError(
		{ name: 'Veeam' } as INode,
		{},
		{ message: 'Refused', httpCode: String(status) },
	);

/** @param version that the credential asks for, where the server knows it and no specification says it */
export function backupServer(
	given: Revision | typeof OLDEST,
	server: BackupServer,
	version: string = given,
): VeeamClient & { asked: VeeamRequest[] } {
	const asked: VeeamRequest[] = [];
	const { pageMaximum = Infinity, ahead = 0, refused = {} } = server;
	const isOldest = given === OLDEST;
	// What both have is taken from the next one.
	const revision: Revision = isOldest ? '1.2-rev1' : given;

	function shaped(kind: string, item: IDataObject): IDataObject {
		const fields = fieldsOf(kind, given);
		const record = Object.fromEntries(
			Object.entries(item).filter(([name]) => fields.includes(name)),
		);
		const platforms = REVISIONS.slice(0, REVISIONS.indexOf(revision) + 1)
			.map((one) => WITH_OBJECT_ID[one] ?? '')
			.join(' ')
			.split(' ');
		if (kind === 'scaleOut' && revision === '1.2-rev1') withOneStatus(record);
		if (!isOldest && kind === 'objects' && platforms.includes(String(item.platformName)))
			record.objectId = item.objectId;
		return record;
	}

	function answer(request: VeeamRequest): unknown {
		asked.push(request);
		const path = request.path.replace('/api/v1', '');
		const status = refused[path];
		if (status !== undefined) throw refusal(status);
		if (isOldest && OLDEST_LACKS.includes(path)) throw refusal(404);
		if (path === '/license') return licenseOf(server.license ?? {}, revision);
		if (path === '/configBackup') return server.configBackup;
		if (path === '/serverInfo') return infoOf(server.info ?? {}, revision);
		if (path === '/serverTime') return timeOf(Date.now() + ahead, revision);
		if (path === '/inventory' || path === '/inventory/{hostname}')
			return inventoryOf(request, server.inventory ?? [], pageMaximum);
		if (path === '/jobs/{id}') {
			const found = server.details?.find(({ id }) => id === request.pathParameters?.id);
			if (!found) throw refusal(404);
			return found;
		}
		const { skip = 0, limit = 200, orderColumn, orderAsc, ...filters } = request.query ?? {};
		let kind: string | undefined = (isOldest ? OLDEST_LISTS[path] : undefined) ?? LISTS[path];
		if (isOldest && !(kind !== undefined && kind in OLDEST_FIELDS)) kind = undefined;
		let all =
			kind === undefined || (kind === 'proxies' && revision === '1.2-rev1')
				? undefined
				: ((server[kind as 'jobs'] ?? []) as IDataObject[]);
		if (path === '/jobs') [kind, all] = ['details', server.details ?? []];
		if (path === '/backups/{id}/objects') {
			const id = request.pathParameters?.id;
			const backup = (server.backups ?? []).find((one) => one.id === id);
			if (!backup) throw refusal(404);
			if (backup.platformName === 'UnstructuredData') throw refusal(400);
			kind = 'objects';
			all = (server.objects ?? []).filter(({ backupId }) => backupId === id);
		}
		if (path.endsWith('/logs')) return { totalRecords: 0, records: [] };
		if (all === undefined || kind === undefined) throw refusal(404);
		for (const [name, value] of Object.entries(filters)) {
			const filter = FILTERS[name];
			if (!filter) throw new Error(`The list ${path} was asked for by ${name}`);
			if (name === 'createdAfterTimeUtcFilter' && REVISIONS.indexOf(revision) < 2)
				throw new Error(`${revision} does not know ${name}`);
			if (
				Array.isArray(value) &&
				value.length > 1 &&
				SINGLE_IN_OLDEST.includes(name) &&
				(revision === '1.2-rev1' || (name === 'stateFilter' && path === '/sessions'))
			)
				throw new Error(`${revision} takes one value as ${name}`);
			all = all.filter((item) => filter(item, String(value)));
		}
		const column = ORDERS[String(orderColumn)];
		if (column)
			all = [...all].sort(
				(a, b) => (ms(a[column]) - ms(b[column])) * (orderAsc === false ? -1 : 1),
			);
		// Before 1.3-rev1 the objects of a backup have no `skip` and no `limit`: they come all at once.
		const isWhole = path === '/backups/{id}/objects' && REVISIONS.indexOf(revision) < 2;
		const size = isWhole ? all.length : Math.min(Number(limit), pageMaximum);
		const unpaged = path === '/securityAnalyzer/bestPractices';
		const page = unpaged ? all : all.slice(Number(skip), Number(skip) + size);
		const shape = (item: IDataObject) => (kind === 'details' ? item : shaped(kind, item));
		if (unpaged) return { items: page.map(shape) };
		return {
			data: page.map(shape),
			pagination: {
				...{ total: all.length, count: page.length },
				...{ skip: Number(skip), limit: size },
			},
		};
	}

	const unexpected = async () => await Promise.reject(new Error('Not expected of a report'));
	const itemsOf = (body: unknown): IDataObject[] => {
		const { data, records, items } = body as Record<string, IDataObject[] | undefined>;
		return data ?? records ?? items ?? [];
	};
	return {
		version,
		origin: 'https://server.example:9419',
		asked,
		request: async (request) => {
			const body = await Promise.resolve(answer(request));
			return {
				status: 200,
				headers: { date: new Date(Date.now() + ahead).toUTCString() },
				body: JSON.parse(JSON.stringify(body)) as unknown,
			};
		},
		list: async (request, { limit = Infinity, pageSize = 1_000, pageIn = 'query' } = {}) => {
			if (pageIn === 'none') return itemsOf(await Promise.resolve(answer(request)));
			const start = Number(request.query?.skip ?? 0);
			const items: IDataObject[] = [];
			while (items.length < limit) {
				const body = answer({
					...request,
					query: { ...request.query, skip: start + items.length, limit: pageSize },
				});
				const page = itemsOf(body);
				items.push(...page);
				// As the client does: the server has said how many there are.
				const { pagination } = body as { pagination?: { total: number } };
				if (page.length === 0 || start + items.length >= (pagination?.total ?? Infinity)) break;
			}
			return items.slice(0, limit);
		},
		preview: ({ method, path }) => ({ method, url: path, headers: {} }),
		download: unexpected,
		wait: unexpected as () => Promise<IDataObject>,
	};
}

/** An extent has one status there, no list. */
function withOneStatus(record: IDataObject): void {
	const { performanceExtents = [], ...tier } = (record.performanceTier ?? {}) as {
		performanceExtents?: IDataObject[];
	};
	record.performanceTier = {
		...tier,
		performanceExtents: performanceExtents.map(({ status, ...extent }) => ({
			...extent,
			status: Array.isArray(status) ? status[0] : status,
		})),
	} as IDataObject;
}

/** `platform` came with the Linux appliance. */
const infoOf = ({ platform, ...info }: IDataObject, revision: Revision): IDataObject =>
	revision === '1.2-rev1' || platform === undefined ? info : { ...info, platform };

/** The servers, or what is under one; by POST, with the page and one predicate in the body. */
function inventoryOf(request: VeeamRequest, all: IDataObject[], most: number): IDataObject {
	if (request.method !== 'POST') throw refusal(405);
	const { filter, pagination } = ((request.body as { value?: IDataObject } | undefined)?.value ??
		{}) as { filter?: IDataObject; pagination?: { skip?: number; limit?: number } };
	const hostname = request.pathParameters?.hostname;
	const hosts = [...new Set(all.map(({ hostName }) => hostName))].map((hostName) => ({
		...{ hostName, name: hostName, type: 'vCenterServer' },
		platform: all.find((one) => one.hostName === hostName)?.platform,
	}));
	const found = (
		hostname === undefined ? hosts : all.filter(({ hostName }) => hostName === hostname)
	).filter(
		({ type }) => filter === undefined || filter.property !== 'Type' || filter.value === type,
	);
	const { skip = 0, limit = 200 } = pagination ?? {};
	const fields = FIELDS.inventory!.base.split(' ');
	const page = found
		.slice(skip, skip + Math.min(limit, most))
		.map((one) =>
			Object.fromEntries(Object.entries(one).filter(([name]) => fields.includes(name))),
		);
	return { data: page, pagination: { total: found.length, count: page.length, skip, limit } };
}

const timeOf = (now: number, revision: Revision): IDataObject => ({
	serverTime: new Date(now).toISOString(),
	timeZone: '(UTC) Coordinated Universal Time',
	...(revision === '1.3-rev2' ? { ianaTimeZoneId: 'Etc/UTC' } : {}),
});

/** 1.3-rev2 moved the dates into the summaries. */
function licenseOf({ expirationDate, ...license }: IDataObject, revision: Revision): IDataObject {
	if (expirationDate === undefined) return license;
	if (revision !== '1.3-rev2') return { ...license, expirationDate };
	const dated = Object.entries(license).map(([name, value]) =>
		/^(instance|socket)LicenseSummary$/.test(name)
			? [name, { ...(value as IDataObject), expirationDate }]
			: [name, value],
	);
	return Object.fromEntries(dated) as IDataObject;
}
