import type { IDataObject } from 'n8n-workflow';

import type { ConnectionRules } from '../../shared/credential/types';
import { asNeighbour } from '../../shared/credential/whoAnswers';

/** What the credential, the login and the adapter know of the product. */
export const VSPC: ConnectionRules = {
	displayName: 'Veeam Service Provider Console',
	host: 'vspc.example.com',
	defaultPort: 1280,
	version: { pattern: /^\d+\.\d+(\.\d+)?$/, example: '3.6.1' },
	versions: [
		{ version: '3.6.1', release: '9.1' },
		{ version: '3.6', release: '9.0' },
		{ version: '3.5.1', release: '8.1' },
	],
	// Veeam's help center, REST API reference, "Versioning".
	olderVersions: [
		{ version: '3.5', release: '8.1' },
		{ version: '3.4', release: '8.0' },
		{ version: '3.3', release: '7.0' },
		{ version: '3.2', release: '6.0' },
		{ version: '3.1', release: '5.0' },
		{ version: '3.0', release: '4.0' },
	],
	answersUnknownPathsWithPage: true,
};

/** Start of every path; the catalogue's paths go on from here. */
export const BASE_PATH = '/api/v3';

/** A read that any role may make: the user's own record. */
export const PROBE_PATH = '/users/me';

/** The version whose values and fields the server answers with. */
export const VERSION_HEADER = 'X-Client-Version';

/** What answers where another product is expected. */
export const NEIGHBOUR = asNeighbour(VSPC, BASE_PATH, PROBE_PATH);

/** Field of most objects that holds their id. */
export const ID_FIELD = 'instanceUid';

/** A UUID by which the server knows a repetition of a request, for five minutes. */
export const REQUEST_ID_HEADER = 'X-Request-id';

/** Fields that say whose an object is: ids given by a managed server repeat from server to server. */
const OWNERS = [
	'backupServerUid',
	'vb365ServerUid',
	'siteUid',
	'applianceUid',
	'organizationUid',
	'vb365OrganizationUid',
] as const;

/**
 * What tells a record of a list from all others. `uniqueUid` is the console's own id; `instanceUid`
 * of a job, repository or protected machine is the one of its server, and cloned or migrated servers
 * have it in common: there the owner belongs to it.
 *
 * @returns undefined where the record has no id
 */
export function identityOf(record: IDataObject): string | undefined {
	const { uniqueUid, instanceUid } = record;
	if (typeof uniqueUid === 'string' && uniqueUid !== '') return uniqueUid;
	if (typeof instanceUid !== 'string' || instanceUid === '') return undefined;
	const owners = OWNERS.map((name) => record[name]).filter((id) => typeof id === 'string');
	return [instanceUid, ...owners].join('/');
}
