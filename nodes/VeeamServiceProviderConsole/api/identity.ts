import type { ConnectionRules } from '../../shared/credential/connection';

/** What the credential, the login and the adapter know of the product. */
export const VSPC: ConnectionRules = {
	displayName: 'Veeam Service Provider Console',
	defaultPort: 1280,
	version: { pattern: /^\d+\.\d+(\.\d+)?$/, example: '3.6.1' },
};

/** Start of every path; the catalogue's paths go on from here. */
export const BASE_PATH = '/api/v3';

/** A read that any role may make: the user's own record. */
export const PROBE_PATH = '/users/me';

/** The version whose values and fields the server answers with. */
export const VERSION_HEADER = 'X-Client-Version';

/** A UUID by which the server knows a repetition of a request, for five minutes. */
export const REQUEST_ID_HEADER = 'X-Request-id';
