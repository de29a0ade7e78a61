import { fromFile } from '../../shared/catalogue/stored';
import { asList } from '../../shared/http/pages';
import type { ProductAdapter } from '../../shared/http/types';
import { EXAMPLE, PROBE_PATH } from './identity';
import { login, readError } from './login';
import operations from './operations.json';

const listOf = (body: unknown) => (body ?? {}) as { items?: unknown; total?: number };

export const adapter: ProductAdapter = {
	...EXAMPLE,
	login,
	credentialType: 'exampleBackupConsoleApi',
	catalogue: () => fromFile(operations),
	basePath: () => '',
	headers: () => ({}),
	probe: { method: 'GET', path: PROBE_PATH },
	paging: {
		offset: 'offset',
		limit: 'limit',
		pageSize: 100,
		items: (body) => asList(listOf(body).items, listOf(body).total),
		total: (body) => listOf(body).total,
	},
	follow: () => undefined,
	readError: (status, body) => readError(status, body),
	writesAreIdempotent: false,
};
