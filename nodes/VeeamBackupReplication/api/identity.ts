import type { ConnectionRules } from '../../shared/credential/types';
import { asNeighbour } from '../../shared/credential/whoAnswers';

/** What the credential, the login and the adapter know of the product. */
export const VBR: ConnectionRules = {
	displayName: 'Veeam Backup & Replication',
	host: 'backup.example.com',
	defaultPort: 9419,
	version: { pattern: /^\d+\.\d+-rev\d+$/, example: '1.3-rev1' },
	// Builds: Veeam's help center, REST API reference, "Versioning".
	versions: [
		{ version: '1.3-rev2', release: '13.1', build: '13.1.0.411' },
		{ version: '1.3-rev1', release: '13.0.1', build: '13.0.1.180' },
		{ version: '1.3-rev0', release: '13.0', build: '13.0.0.4967' },
		{ version: '1.2-rev1', release: '12.3.1', build: '12.3.1.1139' },
		{ version: '1.2-rev0', release: '12.3', build: '12.3.0.310', unverified: true },
		{ version: '1.1-rev2', release: '12.2', build: '12.2.0.334', unverified: true },
		{ version: '1.1-rev1', release: '12.1', build: '12.1.0.2131', unverified: true },
		{ version: '1.1-rev0', release: '12.0', build: '12.0.0.1420' },
	],
	olderVersions: [
		{ version: '1.0-rev2', release: '11a' },
		{ version: '1.0-rev1', release: '11' },
	],
};

/**
 * A read that any role may make. Not serverInfo: it needs the Backup Administrator role.
 */
export const PROBE_PATH = '/api/v1/jobs/states';

/** Says which API revision a request is meant for. Due on every call, the login included. */
export const VERSION_HEADER = 'x-api-version';

/** Found by a read that needs no token. */
export const NEIGHBOUR = asNeighbour(VBR, '/api/v1', '/serverTime', {
	[VERSION_HEADER]: VBR.versions.at(-1)?.version ?? '',
});
