import type { Neighbour } from './shared/credential/whoAnswers';
import { NEIGHBOUR as vb365 } from './VeeamBackupMicrosoft365/api/identity';
import { NEIGHBOUR as vbr } from './VeeamBackupReplication/api/identity';
import { NEIGHBOUR as vspc } from './VeeamServiceProviderConsole/api/identity';

/**
 * What may answer where one of the products is expected: the others, and what else listens beside them.
 * They are named here and not taken from products.ts, because each login needs this list: the registry
 * loads every node with its catalogue. A test holds the two against each other.
 */
export const NEIGHBOURS: readonly Neighbour[] = [
	vbr,
	vb365,
	vspc,
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
