/** How the servers speak, by the specifications: for tests that judge without the adapters. */
import { PRODUCTS, type ProductKey, type RegisteredProduct } from '../../nodes/products';
import type { ProductAdapter } from '../../nodes/shared/http/types';

export interface Wire {
	/** Start of every path, which the catalogue leaves out. */
	basePath(version: string): string;
	/** That say which version is meant. */
	headers(version: string): Record<string, string>;
	/** Of a list's answer: the field with its records. */
	listField: string;
	/** Fields of a record that may hold its id. */
	idFields: string[];
	/** Query parameter: how many records come before the page. */
	skip: string;
	/** A list, as the catalogue calls it … */
	path: string;
	/** … a version that has it … */
	version: string;
	/** … and an answer of it. */
	page(items: unknown[], total: unknown, from?: number, limit?: number): unknown;
}

export const WIRE: Record<ProductKey, Wire> = {
	vbr: {
		basePath: () => '',
		headers: (version) => ({ 'x-api-version': version }),
		listField: 'data',
		idFields: ['id'],
		skip: 'skip',
		path: '/api/v1/sessions',
		version: '1.3-rev1',
		page: (data, total) => ({ data, pagination: { total, count: data.length } }),
	},
	vb365: {
		basePath: (version) => `/${version}`,
		headers: () => ({}),
		listField: 'results',
		idFields: ['id'],
		skip: 'offset',
		path: '/JobSessions',
		version: 'v8',
		page: (results, totalCount, offset, limit) => ({ results, offset, limit, totalCount }),
	},
	vspc: {
		basePath: () => '/api/v3',
		headers: (version) => ({ 'X-Client-Version': version }),
		listField: 'data',
		idFields: ['instanceUid', 'id'],
		skip: 'offset',
		path: '/infrastructure/backupServers/jobs',
		version: '3.6.1',
		page: (data, total) => ({ data, meta: { pagingInfo: { total, count: data.length } } }),
	},
};

/** Every product with what is said of it here, for `describe.each`: `$name` is what Veeam calls it. */
export const PRODUCTS_ON_THE_WIRE: Array<
	RegisteredProduct & Wire & { name: string; adapter: ProductAdapter }
> = PRODUCTS.map((registered) => ({
	...registered,
	...WIRE[registered.key],
	adapter: registered.product.adapter,
	name: registered.product.adapter.displayName,
}));

/** What a credential of each product has for a login by password, beside what the simulator gives it. */
export const PASSWORDS: Record<ProductKey, Record<string, string>> = {
	vbr: {},
	vb365: {},
	vspc: { authentication: 'password', apiKey: '', username: 'admin', password: 'veeam-demo' },
};

/** The version that a request asks for: in a header, or at the beginning of its path. */
export const askedOf = ({
	path,
	headers,
}: {
	path: string;
	headers: Record<string, unknown>;
}): unknown =>
	headers['x-api-version'] ?? headers['x-client-version'] ?? /^\/(v\d+)\//i.exec(path)?.[1];
