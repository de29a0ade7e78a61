import { describeContract } from './contract';

describeContract({
	key: 'vb365',
	displayName: 'Veeam Backup for Microsoft 365',
	className: 'VeeamBackupMicrosoft365',
	login: /^\/v\d+\/token(\/logout)?$/,
	probe: '/Jobs',
	basePath: (version) => `/${version}`,
	continuation: 'setId',
});
