import { never, type SpecificationRules } from '../../../scripts/catalogue/specificationRules';
import { EXAMPLE } from './identity';

export const specification: SpecificationRules = {
	key: 'example',
	displayName: EXAMPLE.displayName,
	recognises: ({ info }) => info.title.startsWith('Example Backup Console'),
	version: ({ info }) => info.version,
	prefix: never,
	ownedHeaders: [],
	leftToCredential: ['POST /api/token'],
	paging: { offset: 'offset', limit: 'limit' },
	lists: [{ items: 'items', marks: ['total'] }],
	work: { session: never, sessions: never, task: never },
};
