import { never, type SpecificationRules } from '../../../scripts/catalogue/specificationRules';
import { VSPC } from './identity';

/** How its OpenAPI files are read: for `npm run catalogue` alone, not shipped. */
export const specification: SpecificationRules = {
	key: 'vspc',
	displayName: VSPC.displayName,
	recognises: (document) => /Service Provider Console/i.test(document.info.title),
	version: (document) => document.info.version,
	prefix: /^\/api\/v3(?=\/)/,
	ownedHeaders: ['x-request-id', 'x-client-version'],
	leftToCredential: ['POST /token'],
	paging: { offset: 'offset', limit: 'limit' },
	lists: [{ items: 'data', marks: ['meta', 'errors'] }],
	itemEnvelope: 'data',
	// One condition shows a field for all lists: the description has 300 KB for 988 operations.
	idVerbs: { list: 'list', jsonPatch: 'edit' },
	// Any call may answer 202 with an async action; the transport follows it by its status.
	work: { session: never, sessions: never, task: never },
};
