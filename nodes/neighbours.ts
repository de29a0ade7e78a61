import type { Neighbour } from './shared/credential/whoAnswers';
import { basePath, PROBE_PATH as VB365_PROBE, VB365 } from './VeeamBackupMicrosoft365/api/identity';
import { VBR, VERSION_HEADER } from './VeeamBackupReplication/api/identity';
import {
	BASE_PATH,
	PROBE_PATH as VSPC_PROBE,
	VSPC,
} from './VeeamServiceProviderConsole/api/identity';

const NOBODY_HAS = '/thereIsNoSuchPath';

const own = ({ displayName }: { displayName: string }) => ({
	displayName,
	advice: `${displayName} has nodes and a credential of its own.`,
});

const oldest = ({ versions }: { versions: ReadonlyArray<{ version: string }> }): string =>
	versions.at(-1)?.version ?? '';

/**
 * What may answer where one of the products is expected: the others, by paths of their specifications,
 * and what else listens beside them.
 */
export const NEIGHBOURS: readonly Neighbour[] = [
	{
		...own(VBR),
		// Needs no token.
		path: '/api/v1/serverTime',
		control: `/api/v1${NOBODY_HAS}`,
		headers: { [VERSION_HEADER]: oldest(VBR) },
	},
	{
		...own(VB365),
		// A server knows the versions before its own.
		path: `${basePath(oldest(VB365))}${VB365_PROBE}`,
		control: `${basePath(oldest(VB365))}${NOBODY_HAS}`,
	},
	{
		...own(VSPC),
		path: `${BASE_PATH}${VSPC_PROBE}`,
		control: `${BASE_PATH}${NOBODY_HAS}`,
	},
	{
		displayName: 'Veeam Backup Enterprise Manager',
		// Its REST API (9398) describes itself here; its web interface (9443) by its title.
		path: '/api/',
		headers: { Accept: '*/*' },
		isKnownBy: ({ text }) => /Enterprise\s?Manager/i.test(String(text).slice(0, 20_000)),
		advice: 'The API of Enterprise Manager is another one, which this package does not use.',
	},
	{
		displayName: 'Veeam Backup Enterprise Manager',
		path: '/',
		headers: { Accept: 'text/html' },
		isKnownBy: ({ text }) => /Enterprise\s?Manager/i.test(String(text).slice(0, 20_000)),
		advice: 'The API of Enterprise Manager is another one, which this package does not use.',
	},
	{
		displayName: 'n8n',
		path: '/',
		headers: { Accept: 'text/html' },
		isKnownBy: ({ text }) => /<title>\s*n8n\b/i.test(String(text).slice(0, 20_000)),
	},
];
