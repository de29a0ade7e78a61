import type { Operation } from '../../nodes/shared/catalogue/types';
import type { User } from '../foundation/product';
import { API } from './api';

export interface Account extends User {
	password: string;
	/** Such accounts cannot use the REST API. */
	mfa?: true;
}

/** Known to every simulated server; none of these opens anything else. */
export const ACCOUNTS: readonly Account[] = [
	{ name: 'admin', password: 'veeam-demo', role: 'Backup Administrator' },
	{ name: 'operator', password: 'veeam-demo', role: 'Restore Operator' },
	{ name: 'security', password: 'veeam-demo', role: 'Security Administrator' },
	{ name: 'viewer', password: 'veeam-demo', role: 'Backup Viewer' },
	{ name: 'mfa', password: 'veeam-demo', role: 'Backup Administrator', mfa: true },
];

/** The account for `admin`, `VBR01\admin`, `.\admin` or `admin@example.lab`. */
export function accountNamed(name: string): Account | undefined {
	const bare = name.replace(/^.*\\/, '').replace(/@.*$/, '').toLowerCase();
	return ACCOUNTS.find((account) => account.name === bare);
}

/** What reading needs more than the viewer's role, from the role lists of the specification. */
const PROTECTED = [
	/^(serverInfo|services|license|securityAnalyzer|trafficRules|generalOptions|security)\b/,
	/^(globalExclusions|configBackup|deployment|credentials|cloudCredentials|encryptionPasswords)\b/,
	/^(kmsServers|replicas|replicaPoints|dataIntegration|backupBrowser|authorization|exportlogs)\b/,
	/^(adDomains|recoveryMedia|diskManagement|agents|malwareDetection\/yaraRules)\b/,
	/^inventory\/(vmware|activeDirectory|platforms)\b/,
	/^backupInfrastructure\/(helperApplianceTemplates|mountServers|wanAccelerators)\b/,
	/^restore\/(?!instantRecovery\/(vSphere|vmware|hyperV))/,
	/\/(accessPermissions|volumes|moveCopySessions|createRecoveryMedia)$/,
];

/** Writes a viewer may make: they only read. */
const READING_WRITES = /\/(details|networkInfo)$|^acl$/;

const EXTRA: Record<string, { reads: RegExp; writes: RegExp }> = {
	'Backup Viewer': { reads: /^$/, writes: /^$/ },
	'Security Administrator': {
		reads:
			/^(securityAnalyzer|authorization|credentials|cloudCredentials|encryptionPasswords|kmsServers)\b/,
		writes: /^securityAnalyzer\b/,
	},
	'Restore Operator': {
		reads:
			/^(credentials|replicas|replicaPoints|dataIntegration|backupBrowser|agents|restore|recoveryMedia|diskManagement|backupInfrastructure\/(mountServers|wanAccelerators))\b/,
		writes: /^(restore|backupBrowser|dataIntegration|failover|failback|sessions|diskManagement)\b/,
	},
};

/** Whether a role may make a call. An administrator may make every one. */
export function mayCall(user: User, operation: Operation): boolean {
	const extra = EXTRA[user.role];
	if (!extra) return true;
	const path = operation.path.replace(`${API}/`, '');
	if (operation.method !== 'GET') return READING_WRITES.test(path) || extra.writes.test(path);
	return extra.reads.test(path) || !PROTECTED.some((pattern) => pattern.test(path));
}
