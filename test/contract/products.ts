import type { ProductKey } from '../../nodes/products';
import { PRODUCTS } from '../../scripts/catalogue/products';
import type { ApiVersion } from '../../nodes/shared/catalogue/types';

/** What of the contract differs between products, told from the specifications and not from our code. */
interface Facts {
	/** Left to the credential: getting and returning tokens. */
	login: RegExp;
	/** End of the path of the small read that goes before an upload. */
	probe: string;
	/** Comes before the paths of the catalogue. */
	basePath: (version: ApiVersion) => string;
	/** Header that carries the version, in lower case; undefined where the path does. */
	versionHeader?: string;
	/** Query parameter that the server's first page gives and the next ones repeat. */
	continuation?: string;
}

const FACTS: Record<ProductKey, Facts> = {
	vbr: {
		login: /^\/api\/oauth2\/(token|logout)$/,
		probe: '/jobs/states',
		basePath: () => '',
		versionHeader: 'x-api-version',
	},
	vb365: {
		login: /^\/v\d+\/token(\/logout)?$/,
		probe: '/Jobs',
		basePath: (version) => `/${version}`,
		continuation: 'setId',
	},
	vspc: {
		login: /^\/api\/v3\/token$/,
		probe: '/users/me',
		basePath: () => '/api/v3',
		versionHeader: 'x-client-version',
	},
};

export interface Product extends Facts {
	/** In the names of the specifications: `vbr`. */
	key: ProductKey;
	displayName: string;
	/** Name of the node's class, and of its folder; the credential's has `Api` after it. */
	className: string;
}

export function contractOf(key: ProductKey): Product {
	const { displayName, folder } = PRODUCTS.find((product) => product.key === key)!;
	return { key, displayName, className: folder, ...FACTS[key] };
}
