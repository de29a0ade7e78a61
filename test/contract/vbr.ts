import type { Product } from './contract';

export const VBR: Product = {
	key: 'vbr',
	displayName: 'Veeam Backup & Replication',
	className: 'VeeamBackupReplication',
	login: /^\/api\/oauth2\/(token|logout)$/,
	probe: '/jobs/states',
	basePath: () => '',
	versionHeader: 'x-api-version',
};
