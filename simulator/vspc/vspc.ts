import { catalogueFiles } from '../foundation/catalogueFiles';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import {
	Refused,
	type Answer,
	type Call,
	type Product,
	type ProductFactory,
} from '../foundation/product';
import { actionHandlers } from './actions';
import { AsyncActions } from './asyncActions';
import { vspcControl } from './control';
import { expanded } from './embed';
import { Estate } from './estate';
import { listCollections } from './lists';
import { loginRoutes } from './login';
import { chosen, selected, slice } from './query';
import { refused } from './refusals';
import { keyUser, mayCall } from './users';
import { versionOf } from './versions';
import { watched } from './watched';

export const VSPC_DEFAULT_PORT = 1280;
const PREFIX = '/api/v3';

/** Veeam Service Provider Console on a simulated world. */
export const vspc: ProductFactory = (world) => {
	const estate = new Estate(world);
	const actions = new AsyncActions(world, PREFIX);
	const lists = listCollections(estate);
	const more = watched(estate, lists);
	return {
		...catalogueFiles('VeeamServiceProviderConsole'),
		prefixes: [PREFIX],
		idFields: ['instanceUid', 'id'],
		otherNames: {
			// The lists of one platform's jobs have a shorter word than the list of all.
			ProtectedComputerManagedByBackupServerBackupTargetType: { CloudRepository: ['Cloud'] },
		},
		aliases: {},
		values: [
			[/version$/i, () => '9.1.0.30345'],
			[/user(name)?$|createdBy|initiatedBy|owner/i, () => 'VSPC01\\admin'],
		],
		pageLayout: { items: 'data', total: 'meta.pagingInfo.total', count: 'meta.pagingInfo.count' },
		collections: { ...lists, ...more.collections, ...actions.collections() },
		singles: {
			'/about': {
				serverVersion: '9.1.0.30345',
				actualVawVersion: '13.0.1.203',
				windowsManagementAgentVersion: '9.1.0.30345',
			},
			'/licensing/console': {
				edition: 'EnterprisePlus',
				package: 'Suite',
				licenseeCompany: 'Example Hosting',
				status: 'Valid',
				expirationDate: iso(world.clock.now() + 41 * 86_400_000),
				supportExpirationDate: iso(world.clock.now() + 41 * 86_400_000),
				type: 'Rental',
			},
		},
		handlers: { ...actionHandlers(estate), ...actions.handlers() },
		login: loginRoutes(world, PREFIX),
		control: { ...vspcControl(estate, actions), ...more.control },
		versionOf: (headers) =>
			versionOf(headers['x-client-version'], world.settings.supportedVersions),
		keyUser,
		mayCall,
		choose: chosen,
		slice,
		page: (items, total, query, returns) => ({
			data: items,
			...(returns.kind === 'page' && {
				meta: { pagingInfo: { total, count: items.length, offset: Number(query.offset ?? 0) } },
			}),
		}),
		around: (call, next) => finished(estate, call, next()),
		isPartial: ({ query }) => query.select !== undefined,
		deferring: (call, next) => actions.around(call, next),
		startWork: (call) => {
			throw new Refused({ because: 'internal', what: `${call.operation.id} starts nothing here` });
		},
		refuse: refused,
		settle: () => {
			estate.settle();
			actions.settle();
		},
	} satisfies Product;
};

/** The envelope `{data, meta?, errors}`, with what a query expands and selects. */
function finished(estate: Estate, call: Call, answer: Answer): Answer {
	const { kind } = call.returns;
	// The result of an async action is the answer of its call, finished already.
	const isResult = /^\/asyncActions\/\{actionId\}\/result$/.test(call.operation.path);
	if (answer.file || kind === 'nothing' || kind === 'file' || isResult) return answer;
	const isList = kind === 'page' || kind === 'list';
	const { data, ...rest } = isList ? (answer.body as Item) : { data: answer.body };
	return {
		...answer,
		body: { data: selected(expanded(estate, data, call), call), ...rest, errors: null },
	};
}
