import { never, type SpecificationRules } from '../../../scripts/catalogue/specificationRules';
import { VBR } from './identity';

/** How its OpenAPI files are read: for `npm run catalogue` alone, not shipped. */
export const specification: SpecificationRules = {
	key: 'vbr',
	displayName: VBR.displayName,
	recognises: (document) => /Backup (&|and) Replication/i.test(document.info.title),
	version: (document) => document.info.version,
	prefix: never,
	ownedHeaders: ['x-api-version'],
	leftToCredential: ['POST /api/oauth2/token', 'POST /api/oauth2/logout'],
	paging: { offset: 'skip', limit: 'limit' },
	lists: [
		{ items: 'data', marks: ['pagination'] },
		{ items: 'records', marks: ['totalRecords'] },
		{ items: 'items', marks: ['pagination'] },
	],
	// 1.3-rev1 and 1.3-rev2 capitalise the grant types; servers take the lower case of OAuth 2.
	misspelt: { ELoginGrantType: (value) => value.toLowerCase() },
	work: {
		session: /^SessionModel$/,
		sessions: /^SessionsResult$/,
		task: /^TaskModel$/,
	},
};
