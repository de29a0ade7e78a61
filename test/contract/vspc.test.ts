import { describeContract } from './contract';

describeContract({
	key: 'vspc',
	displayName: 'Veeam Service Provider Console',
	className: 'VeeamServiceProviderConsole',
	login: /^\/api\/v3\/token$/,
	probe: '/users/me',
	basePath: () => '/api/v3',
	versionHeader: 'x-client-version',
});
