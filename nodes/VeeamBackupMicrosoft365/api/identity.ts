import type { ConnectionRules } from '../../shared/credential/types';
import { asNeighbour } from '../../shared/credential/whoAnswers';

/** What the credential, the login and the adapter know of the product. */
export const VB365: ConnectionRules = {
	displayName: 'Veeam Backup for Microsoft 365',
	host: 'backup365.example.com',
	defaultPort: 4443,
	version: { pattern: /^v\d+$/i, example: 'v8' },
	versions: [
		{ version: 'v8', release: '8' },
		{ version: 'v7', release: '7' },
		{ version: 'v6', release: '6' },
	],
	olderVersions: [
		{ version: 'v5', release: '5' },
		{ version: 'v4', release: '4' },
	],
};

/** A read that every account which may log in may make: a small one, in every version. */
export const PROBE_PATH = '/Jobs';

const VERSIONED = /^\/v\d+\//i;

/** The version is the first segment of every path; a path that brings its own keeps it. */
export const basePath = (version: string, path = ''): string =>
	VERSIONED.test(path) ? '' : `/${version.toLowerCase()}`;

/** Found by the oldest version: a server knows those before its own. */
export const NEIGHBOUR = asNeighbour(
	VB365,
	basePath(VB365.versions.at(-1)?.version ?? ''),
	PROBE_PATH,
);
