import {
	never,
	pathsStartWith,
	schemaNames,
	type SpecificationRules,
} from '../../../scripts/catalogue/specificationRules';
import { VB365 } from './identity';

/** How its OpenAPI files are read: for `npm run catalogue` alone, not shipped. */
export const specification: SpecificationRules = {
	key: 'vb365',
	displayName: VB365.displayName,
	// The v6 file is titled "API v6": its paths and schema names tell.
	recognises: (document) =>
		/Microsoft (Office )?365/i.test(document.info.title) ||
		(pathsStartWith(document, /^\/v\d+\//) &&
			schemaNames(document).some((name) => /^RESTOrganization/i.test(name))),
	version: (document) =>
		/^\/(v\d+)\//.exec(Object.keys(document.paths)[0] ?? '')?.[1] ?? document.info.version,
	prefix: /^\/v\d+(?=\/)/,
	ownedHeaders: [],
	leftToCredential: ['POST /token', 'POST /token/logout'],
	paging: { offset: 'offset', limit: 'limit' },
	lists: [{ items: 'results', marks: ['offset', 'limit', 'setId', 'totalCount', '_links'] }],
	feedMark: 'nextChangeToken',
	// Operation ids are a class and often no more than "Get"; titles say it in words.
	idsFrom: 'title',
	work: {
		// The restore responses (v8) hold the id of the session that restores.
		session:
			/^REST((Job|Restore|RepositorySynchronize|BackupRepositoryOwnerChange)Session|AsyncRestoreResponse|OperatorRestoreResponse|(Teams)?OperatorRestoreSessionResponse)$/,
		sessions: never,
		task: never,
	},
};
