import type { Operation } from '../../nodes/shared/catalogue/types';
import type { User } from '../foundation/product';

/** What an access token stands for. */
export interface Vb365User extends User {
	/** Whether calls need an antiforgery token besides. */
	antiforgery?: boolean;
}

export interface Vb365Account extends User {
	password: string;
}

/** Known to every simulated server; none of these opens anything else. */
export const VB365_ACCOUNTS: readonly Vb365Account[] = [
	{ name: 'admin', password: 'veeam-demo', role: 'Administrator' },
	{ name: 'operator', password: 'veeam-demo', role: 'Restore Operator' },
];

/** Applications that may log in with an assertion signed by their certificate. */
export const VB365_APPLICATIONS: readonly string[] = ['6d1a0000-0000-4000-a000-000000000365'];

/** The account for `admin`, `VBO01\admin` or `admin@example.lab`. */
export function accountNamed(name: string): Vb365Account | undefined {
	const bare = name.replace(/^.*\\/, '').replace(/@.*$/, '').toLowerCase();
	return VB365_ACCOUNTS.find((account) => account.name === bare);
}

/** A restore operator sees the organization it restores for, and restores. */
const OF_OPERATORS =
	/^\/(Organization(\/|$)|RestoreSessions|RestorePortalSettings|ServiceInstance)/i;

/** Whether a role may make a call. An administrator may make every one. */
export function mayCall(user: User, { path }: Operation): boolean {
	return user.role === 'Administrator' || OF_OPERATORS.test(path);
}
