import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { fromFile } from '../../shared/catalogue/stored';
import { isRead } from '../../shared/http/attempt';
import { asList } from '../../shared/http/pages';
import type { ProductAdapter } from '../../shared/http/types';
import { deferred } from './asyncActions';
import {
	BASE_PATH,
	identityOf,
	PROBE_PATH,
	REQUEST_ID_HEADER,
	VERSION_HEADER,
	VSPC,
} from './identity';
import operations from './operations.json';
import { readError } from './errors';
import { login } from './login';

/** How Veeam Service Provider Console differs from the other products on the wire. */
export const adapter: ProductAdapter = {
	...VSPC,
	login,
	credentialType: 'veeamServiceProviderConsoleApi',
	catalogue: () => fromFile(operations),
	// A path from the API reference has it already.
	basePath: (_version, path = '') => (path.startsWith(`${BASE_PATH}/`) ? '' : BASE_PATH),
	headers: ({ version }, { method }) => ({
		[VERSION_HEADER]: version,
		// One for all tries of a change: the server does it once, however often it is told to.
		...(isRead(method) ? {} : { [REQUEST_ID_HEADER]: randomUUID() }),
	}),
	probe: { method: 'GET', path: PROBE_PATH },
	paging: {
		offset: 'offset',
		limit: 'limit',
		// The most the server takes.
		pageSize: 500,
		items: (body) =>
			asList(Array.isArray(body) ? body : (body as IDataObject | undefined)?.data, totalOf(body)),
		total: totalOf,
		key: identityOf,
	},
	itemEnvelope: 'data',
	normaliseItem: liftEmbedded,
	deferred,
	// Work goes on behind an async action, and that is waited for before there is an answer.
	follow: () => undefined,
	readError: (status, body, _headers, connection) => readError(status, body, connection),
	// Every change carries a request ID.
	writesAreIdempotent: true,
};

/**
 * What `expand` brought along, as fields of the item: they come in `_embedded`. A field of the
 * item's own keeps its name.
 */
function liftEmbedded(item: IDataObject): IDataObject {
	const { _embedded: embedded, ...own } = item;
	if (typeof embedded !== 'object' || embedded === null) return item;
	return { ...(embedded as IDataObject), ...own };
}

function totalOf(body: unknown): number | undefined {
	const { pagingInfo } = ((body as IDataObject | undefined)?.meta ?? {}) as IDataObject;
	const { total } = (pagingInfo ?? {}) as IDataObject;
	return typeof total === 'number' ? total : undefined;
}
