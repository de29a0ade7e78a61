import { describeContract } from './contract';

describeContract({
	key: 'vbr',
	displayName: 'Veeam Backup & Replication',
	className: 'VeeamBackupReplication',
	login: /^\/api\/oauth2\/(token|logout)$/,
	probe: '/jobs/states',
	basePath: () => '',
	versionHeader: 'x-api-version',
});
