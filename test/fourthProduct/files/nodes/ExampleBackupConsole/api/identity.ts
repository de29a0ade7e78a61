import type { ConnectionRules } from '../../shared/credential/types';
import { asNeighbour } from '../../shared/credential/whoAnswers';

export const EXAMPLE: ConnectionRules = {
	displayName: 'Example Backup Console',
	host: 'console.example.com',
	defaultPort: 9999,
	version: { pattern: /^\d+\.\d+$/, example: '1.0' },
	versions: [{ version: '1.0', release: '1.0' }],
};

export const PROBE_PATH = '/api/about';

export const NEIGHBOUR = asNeighbour(EXAMPLE, '/api', '/about');
