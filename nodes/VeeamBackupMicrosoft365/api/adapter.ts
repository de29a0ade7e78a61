import type { IDataObject } from 'n8n-workflow';

import { fromFile } from '../../shared/catalogue/stored';
import { asList } from '../../shared/http/pages';
import type { ProductAdapter } from '../../shared/http/types';
import { basePath, PROBE_PATH, VB365 } from './identity';
import { follow } from './waiters';
import operations from './operations.json';
import { readError } from './errors';
import { login } from './login';
import { snapshotRunningWork, startedJob } from './runningWork';

/** How Veeam Backup for Microsoft 365 differs from the other products on the wire. */
export const adapter: ProductAdapter = {
	...VB365,
	login,
	credentialType: 'veeamBackupMicrosoft365Api',
	catalogue: () => fromFile(operations),
	basePath,
	headers: () => ({}),
	probe: { method: 'GET', path: PROBE_PATH, query: { limit: 1 } },
	paging: {
		offset: 'offset',
		limit: 'limit',
		// The stated maximum; each page is a new TLS handshake.
		pageSize: 10_000,
		items: (body) => {
			if (Array.isArray(body)) return body as IDataObject[];
			return asList(((body ?? {}) as IDataObject).results, total(body));
		},
		total,
		continuation: 'setId',
	},
	normaliseItem,
	snapshotRunningWork,
	startsSilently: (_client, { request }) => startedJob(request) !== undefined,
	follow,
	readError: (status, body, _headers, { version }) => readError(status, body, version),
	// No key by which the server would know a repetition.
	writesAreIdempotent: false,
	// The filter of job sessions has its own word for what the sessions call Success (v8).
	synonyms: [['Success', 'Succeeded']],
};

/**
 * `totalCount` in v6 and v7. v8 names no total, but a page with fewer items than its limit is the
 * last, unless it has a link to the next.
 */
function total(body: unknown): number | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	const { totalCount, offset, limit, results, _links } = body as IDataObject;
	if (typeof totalCount === 'number') return totalCount;
	if ((_links as IDataObject | undefined)?.next) return undefined;
	if (typeof limit !== 'number' || typeof offset !== 'number' || !Array.isArray(results))
		return undefined;
	return results.length < limit ? offset + results.length : undefined;
}

/**
 * Links of v4 and v5 name the server, those of later versions do not: the path is what a link is
 * used for. A repository that an organization uses has its id in its link alone before v8.
 */
function normaliseItem(item: IDataObject): IDataObject {
	const links = item._links;
	if (typeof links !== 'object' || links === null || Array.isArray(links)) return item;
	const hrefs = Object.entries(links as IDataObject).map(
		([name, link]) =>
			[name, link as IDataObject, String((link as IDataObject)?.href ?? '')] as const,
	);
	const repaired = { ...item };
	if (hrefs.some(([, , href]) => ABSOLUTE.test(href)))
		repaired._links = Object.fromEntries(
			hrefs.map(([name, link, href]) => [name, { ...link, href: href.replace(ABSOLUTE, '') }]),
		);
	const [, , repository] = hrefs.find(([name]) => name === 'backupRepository') ?? [];
	const id = repository?.split('/').at(-1);
	if (id && 'usedSpaceBytes' in item && item.repositoryId === undefined) repaired.repositoryId = id;
	return repaired;
}

const ABSOLUTE = /^https?:\/\/[^/?#]*/i;
