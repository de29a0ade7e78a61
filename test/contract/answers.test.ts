import { VSPC_API_KEYS } from '../../simulator';
import { connected as connectedVbr } from '../unit/simulator/client';
import { connected as connectedMicrosoft365 } from '../unit/simulator/vb365.client';
import { connected as connectedVspc } from '../unit/simulator/vspc.client';
import { describeAnswers } from './answers';

/** Nothing may change between two reads of the same. */
const AT_REST = { speed: 0, settings: { downloadBytes: 100 } };

describeAnswers({
	key: 'vbr',
	className: 'VeeamBackupReplication',
	basePath: () => '',
	headers: (version) => ({ 'x-api-version': version }),
	listField: 'data',
	idFields: ['id'],
	connected: () => connectedVbr(AT_REST),
	credential: { authentication: 'password', username: '.\\admin', password: 'veeam-demo' },
	laidOut: ({ result, ...session }) =>
		// A session's result is an object: its parts come as fields of their own.
		typeof result === 'object' && result !== null
			? { ...session, ...result }
			: { ...session, ...(result === undefined ? {} : { result }) },
});

describeAnswers({
	key: 'vb365',
	className: 'VeeamBackupMicrosoft365',
	basePath: (version) => `/${version}`,
	headers: () => ({}),
	listField: 'results',
	idFields: ['id'],
	connected: () => connectedMicrosoft365(AT_REST),
	credential: { authentication: 'password', username: '.\\admin', password: 'veeam-demo' },
	laidOut: (record) => {
		// A repository that an organization uses has its id in its link alone before v8.
		const { backupRepository } = (record._links ?? {}) as Record<string, { href?: string }>;
		if (!('usedSpaceBytes' in record) || !backupRepository?.href) return record;
		return { repositoryId: backupRepository.href.split('/').at(-1), ...record };
	},
});

describeAnswers({
	key: 'vspc',
	className: 'VeeamServiceProviderConsole',
	basePath: () => '/api/v3',
	headers: (version) => ({ 'X-Client-Version': version }),
	listField: 'data',
	idFields: ['instanceUid', 'id'],
	connected: () => connectedVspc(AT_REST),
	credential: { authentication: 'apiKey', apiKey: VSPC_API_KEYS.full },
});
