import type { ApiVersion } from '../../nodes/shared/catalogue/types';

/** What of the contract differs between products. */
export interface Product {
	/** In the names of the specifications: `vbr`. */
	key: string;
	displayName: string;
	/** Name of the node's class; the credential's has `Api` after it. */
	className: string;
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
