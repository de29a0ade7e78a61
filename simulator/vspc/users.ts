import type { Operation } from '../../nodes/shared/catalogue/types';
import type { User } from '../foundation/product';

/** What an access token or an API key stands for. */
export interface VspcUser extends User {
	/** Whether it may only read. */
	readOnly?: boolean;
}

export interface VspcAccount extends VspcUser {
	password: string;
	/** Asked for a code after the password: a client without a person cannot log in. */
	mfa?: true;
}

/** Known to every simulated server; none of these opens anything else. */
export const VSPC_ACCOUNTS: readonly VspcAccount[] = [
	{ name: 'admin', password: 'veeam-demo', role: 'PortalAdministrator' },
	{ name: 'operator', password: 'veeam-demo', role: 'PortalReadonlyOperator', readOnly: true },
	{ name: 'mfa', password: 'veeam-demo', role: 'PortalAdministrator', mfa: true },
];

/** API keys, which never expire. */
export const VSPC_API_KEYS = {
	full: 'simulated-api-key-of-a-portal-administrator',
	readOnly: 'simulated-read-only-api-key',
} as const;

/** The code that the authenticator of the account `mfa` shows. */
export const VSPC_MFA_CODE = '123456';

export function keyUser(token: string): VspcUser | undefined {
	if (token === VSPC_API_KEYS.full) return { name: 'admin', role: 'PortalAdministrator' };
	if (token !== VSPC_API_KEYS.readOnly) return undefined;
	return { name: 'admin', role: 'PortalAdministrator', readOnly: true };
}

/** The account for `admin`, `VSPC01\admin` or `admin@example.lab`. */
export function accountNamed(name: string): VspcAccount | undefined {
	const bare = name.replace(/^.*\\/, '').replace(/@.*$/, '').toLowerCase();
	return VSPC_ACCOUNTS.find((account) => account.name === bare);
}

/** Whether a user may make a call: one that may only read must not write. */
export function mayCall(user: User, { method }: Operation): boolean {
	return method === 'GET' || !(user as VspcUser).readOnly;
}
