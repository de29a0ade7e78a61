import { iso } from '../foundation/clock';
import { randomUUID } from 'node:crypto';
import { derived, Stored, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import { API, at } from './api';
import type { Estate } from './estate';
import { begin } from './startWork';
import { endOf, phaseOf, type Work } from './work';

const TENANT = '/backupBrowser/entraIdTenant/{sessionId}';
const BROWSING = '/inventory/unstructuredDataServers';

/** Work that goes on inside what is mounted: restores of Entra ID items, browsing of file servers. */
export function insideMounts(estate: Estate): {
	collections: Record<string, CollectionMaker>;
	handlers: Record<string, (call: Call) => Answer>;
} {
	const browsing = new Stored([], 'sessionId');
	const restore = (call: Call): Answer => {
		const parentId = call.params.sessionId ?? '';
		const work = begin(estate, call, { facts: { as: 'itemRestore', parentId } });
		return { body: itemRestore(estate, work) };
	};
	return {
		collections: {
			[at(`${TENANT}/restoreSessions`)]: ({ sessionId }) =>
				derived(() =>
					estate.work
						.list('itemRestore')
						.filter(({ parentId }) => parentId === sessionId)
						.map((work) => itemRestore(estate, work)),
				),
			[at(`${BROWSING}/sessions`)]: () => browsing,
		},
		handlers: {
			[`POST ${API}${TENANT}/restoreItems`]: restore,
			[`POST ${API}${TENANT}/restoreItemAttributes`]: restore,
			[`POST ${API}${TENANT}/restoreSessions/{restoreSessionId}/stop`]: ({ params }) => {
				const id = params.restoreSessionId ?? '';
				const work = estate.work.get(id);
				if (!work) throw new Refused({ because: 'notFound', what: 'Restore session', id });
				estate.work.stop(work, true);
				return {};
			},
			[`POST ${API}${BROWSING}/{id}/startBrowse`]: ({ params }) => {
				const session: Item = {
					sessionId: randomUUID(),
					serverId: params.id,
					serverName: 'nas01.example.lab',
					timeout: 15,
					pathSeparator: '\\',
					rootPath: '\\\\nas01.example.lab',
				};
				browsing.put(session);
				return { body: session };
			},
			[`POST ${API}${BROWSING}/sessions/{id}/stop`]: ({ params }) => {
				const id = params.id ?? '';
				const session = browsing.get(id);
				if (!session) throw new Refused({ because: 'notFound', what: 'Browse session', id });
				browsing.remove(id);
				return { body: session };
			},
		},
	};
}

/** A restore of Entra ID items, as its own list shows it. */
function itemRestore(estate: Estate, work: Work): Item {
	const over = phaseOf(work, estate.world.clock.now()) === 'Stopped';
	const ended = work.stopped?.canceled ? 'Canceled' : work.result;
	return {
		id: work.id,
		name: work.name,
		creationTime: iso(work.created),
		endTime: over ? iso(endOf(work)) : null,
		state: over ? ended : 'Running',
		reason: over ? work.message : '',
		parentSessionId: work.parentId,
	};
}
