import { returnsFor } from '../../nodes/shared/catalogue/read';
import { catalogueFiles } from '../foundation/catalogueFiles';
import {
	Refused,
	type Answer,
	type Call,
	type Product,
	type ProductFactory,
} from '../foundation/product';
import { vb365Control } from './control';
import { Estate } from './estate';
import { insideRestore } from './insideRestore';
import { jobCollections, jobHandlers, listEdits } from './jobs';
import { loginRoutes } from './login';
import { asOlder } from './older';
import { linked, page, slice } from './pages';
import { protectionCollections, singles } from './protection';
import { refused } from './refusals';
import { chosenByUse, repositoryCollections, repositoryHandlers } from './repositories';
import { restoreCollections, restoreHandlers } from './restoring';
import { mayCall, type Vb365User } from './users';
import { askedVersion, factsOf, PREFIXES, VERSIONS } from './versions';

export const VB365_DEFAULT_PORT = 4443;

/** Lists that take and lose entries by lists of them. */
const EDITED_LISTS = [
	'/Jobs/{jobId}/SelectedItems',
	'/Jobs/{jobId}/ExcludedItems',
	'/ProxyPools/{poolId}/proxies',
	'/RbacRoles/{roleId}/operators',
	'/RbacRoles/{roleId}/selectedItems',
	'/RbacRoles/{roleId}/excludedItems',
	'/Organizations/{organizationId}/AuditItems',
	'/Organizations/{organizationId}/BackupApplications',
];

/** Veeam Backup for Microsoft 365 on a simulated world. */
export const vb365: ProductFactory = (world) => {
	const estate = new Estate(world);
	return {
		...catalogueFiles('VeeamBackupMicrosoft365'),
		prefixes: PREFIXES,
		versions: VERSIONS,
		aliases: {},
		values: [
			[/version$/i, () => '13.0.0.1000'],
			[/user(name)?$|createdBy|initiatedBy|owner/i, () => 'VBO01\\admin'],
			[/bytes/i, (seed) => String(seed.length * 1_048_576)],
		],
		pageLayout: { items: 'results', total: 'totalCount' },
		collections: {
			...protectionCollections(estate),
			...jobCollections(estate),
			...repositoryCollections(estate),
			...restoreCollections(estate),
		},
		singles: singles(estate),
		handlers: {
			...Object.assign({}, ...EDITED_LISTS.map(listEdits)),
			...jobHandlers(estate),
			...repositoryHandlers(estate),
			...restoreHandlers(estate),
		},
		login: loginRoutes(world),
		control: vb365Control(() => estate),
		versionOf: (_headers, path) => {
			const asked = askedVersion(path) ?? '';
			return world.settings.supportedVersions.includes(asked)
				? factsOf(asked)
				: refused({ because: 'noSuchPath', path: path.split('?')[0] ?? '' });
		},
		// v4 knows no pages: its lists are bare arrays.
		returnsOf: (operation, version, prefix) => {
			const returns = returnsFor(operation, version);
			const isList = returns.kind === 'page' || returns.kind === 'list';
			return prefix === '/v4' && isList ? { ...returns, kind: 'list', items: '' } : returns;
		},
		mayCall,
		choose: (items, call) => chosenByUse(estate, items, call),
		slice,
		page: (items, total, query, _returns, call) => page(items, total, query, call),
		around: (call, next) => {
			demandAntiforgery(call);
			const isInside = call.operation.path.startsWith('/RestoreSessions/{restoreSessionId}');
			const answer = isInside ? insideRestore(estate, call, next) : named(call, next());
			return { ...answer, body: linked(asOlder(answer.body, call), call) };
		},
		startWork: (call) => {
			// Restores: `insideRestore` answers with their session.
			if (call.returns.fields?.sessionId) return {};
			throw new Refused({ because: 'internal', what: `${call.operation.id} starts nothing here` });
		},
		refuse: refused,
		settle: () => estate.settle(),
	} satisfies Product;
};

/** Reports are named as what they are. */
function named({ operation }: Call, answer: Answer): Answer {
	const report = /^\/Reports\/Generate(\w+)$/.exec(operation.path)?.[1];
	return answer.file && report
		? { ...answer, file: { ...answer.file, name: `${report}.pdf` } }
		: answer;
}

/** A token that was not asked for with `disable_antiforgery_token` is not enough by itself. */
function demandAntiforgery({ user, headers }: Call): void {
	if (!(user as Vb365User | undefined)?.antiforgery || headers['x-antiforgery-token']) return;
	throw new Refused({
		because: 'refused',
		status: 400,
		code: 'HttpError',
		what: 'The required antiforgery token is not present. Log in with disable_antiforgery_token=true',
	});
}
