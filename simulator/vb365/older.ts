import type { Item } from '../foundation/listQuery';
import type { Call } from '../foundation/product';

/** Fields that a record has only from a version on, by the path it is read at. */
const NEWER: Array<[path: RegExp, since: 7 | 8, fields: string[]]> = [
	[/JobSessions(\/\{\w+\})?$/i, 8, ['jobId', 'jobSessionConfigType', 'eTag']],
	[
		/JobSessions(\/\{\w+\})?$/i,
		7,
		['repositoryId', 'mainSessionId', 'jobWillBeRetried', 'jobType'],
	],
	[
		/^\/BackupRepositories(\/\{\w+\})?$/i,
		8,
		[
			'isOutdated',
			'isIndexed',
			'isMigrationLocked',
			'isOutOfOrder',
			'outOfOrderReason',
			'objectStorage',
			'organizationId',
		],
	],
	[
		/^\/Proxies(\/\{\w+\})?$/i,
		8,
		[
			'maintenanceModeState',
			'operatingSystem',
			'proxyPoolId',
			'cpuUsagePercent',
			'memoryUsagePercent',
			'version',
			'serviceAccount',
			'role',
		],
	],
	[/^\/RestoreSessions(\/\{\w+\})?$/i, 8, ['eTag']],
];

/** Records as v6 and v7 have them: without what came later, under their older names. */
export function asOlder(body: unknown, { operation: { method, path }, version }: Call): unknown {
	const known = Number(version.slice(1));
	if (method !== 'GET' || !(known < 8)) return body;
	if (/^\/License$/i.test(path) && known < 7) return olderLicense(body as Item);
	if (/LogItems(\/\{\w+\})?$/i.test(path)) return each(body, olderLine);
	const gone = NEWER.flatMap(([pattern, since, fields]) =>
		known < since && pattern.test(path) ? fields : [],
	);
	return gone.length > 0 ? each(body, (record) => without(record, gone)) : body;
}

/** Of a page, a bare list or a single record. */
function each(body: unknown, change: (record: Item) => Item): unknown {
	if (Array.isArray(body)) return (body as Item[]).map(change);
	const { results } = (body ?? {}) as Item;
	if (Array.isArray(results))
		return { ...(body as Item), results: (results as Item[]).map(change) };
	return body === undefined || body === null ? body : change(body as Item);
}

const without = (record: Item, fields: string[]): Item =>
	Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));

/** One text, which begins with the line's type. */
const olderLine = ({ type, message, ...rest }: Item): Item => ({
	...rest,
	title: `[${String(type)}] ${String(message)}`,
});

function olderLicense({ licenseExpires, ...rest }: Item): Item {
	return {
		...without(rest, ['gracePeriodExpires', 'package']),
		expirationDate: licenseExpires,
		supportExpirationDate: licenseExpires,
	};
}
