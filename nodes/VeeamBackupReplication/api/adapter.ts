import type { IDataObject } from 'n8n-workflow';

import { fromFile } from '../../shared/catalogue/stored';
import { asList } from '../../shared/http/pages';
import type { ProductAdapter } from '../../shared/http/types';
import { PROBE_PATH, VBR, VERSION_HEADER } from './identity';
import { follow } from './waiters';
import operations from './operations.json';
import { readError } from './errors';
import { login } from './login';

/** How Veeam Backup & Replication differs from the other products on the wire. */
export const adapter: ProductAdapter = {
	...VBR,
	login,
	credentialType: 'veeamBackupReplicationApi',
	catalogue: () => fromFile(operations),
	// The catalogue's paths begin with /api/v1; the revision travels in a header.
	basePath: () => '',
	headers: ({ version }) => ({ [VERSION_HEADER]: version }),
	probe: { method: 'GET', path: PROBE_PATH, query: { limit: 1 } },
	paging: {
		offset: 'skip',
		limit: 'limit',
		// 200 by default and no maximum stated; each page is a new TLS handshake.
		pageSize: 1000,
		largestPage: 10_000,
		items: findItems,
		total: totalOf,
	},
	normaliseItem,
	follow,
	readError: (status, body, _headers, { version }) => readError(status, body, version),
	// No key by which the server would know a repetition.
	writesAreIdempotent: false,
};

/** `{data}` mostly, `{records}` of logs, `{items}` of browsers, or the array itself. */
function findItems(body: unknown): IDataObject[] | undefined {
	if (Array.isArray(body)) return body as IDataObject[];
	if (typeof body !== 'object' || body === null) return undefined;
	const { data, records, items } = body as IDataObject;
	const list = [data, records, items].find((one) => Array.isArray(one)) ?? data;
	return asList(list, totalOf(body));
}

function totalOf(body: unknown): number | undefined {
	const { total } = ((body as IDataObject | undefined)?.pagination ?? {}) as IDataObject;
	return typeof total === 'number' ? total : undefined;
}

/** States of repositories: booleans by specification, "true" and "false" on some servers. */
const BOOLEANS = ['isOnline', 'isOutOfDate'];

function normaliseItem(item: IDataObject): IDataObject {
	const wrong = BOOLEANS.filter((name) => typeof item[name] === 'string');
	if (wrong.length === 0) return item;
	const repaired = { ...item };
	for (const name of wrong) {
		const word = String(item[name]).toLowerCase();
		if (word === 'true' || word === 'false') repaired[name] = word === 'true';
	}
	return repaired;
}
