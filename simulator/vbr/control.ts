import type { Item } from '../foundation/listQuery';
import type { Stored } from '../foundation/collections';
import type { Estate } from './estate';
import { runJob } from './jobs';
import type { ToldOutcome } from './outcomes';
import { sessionRecord } from './workViews';

type Control = (params: Record<string, string>, body: Item) => unknown;

/** Control calls that speak of repositories, jobs and sessions. Names or ids, in any case. */
export function vbrControl(estate: () => Estate): Record<string, Control> {
	return {
		'PATCH /repositories/:repository': ({ repository = '' }, changes) => {
			const record = named(estate().repositories, repository);
			const before = estate().repositoryStates.get(String(record.id));
			const after = { ...before, ...changes };
			estate().repositoryStates.set(String(record.id), after);
			return { ...record, ...after };
		},
		'PATCH /proxies/:proxy': ({ proxy = '' }, changes) => {
			const record = named(estate().proxies, proxy);
			const after = { ...estate().proxyStates.get(String(record.id)), ...changes };
			estate().proxyStates.set(String(record.id), after);
			return { ...record, ...after };
		},
		'POST /jobs/:job/run': ({ job = '' }, outcome) => {
			const record = named(estate().jobs, job);
			if (Object.keys(outcome).length) {
				estate().outcomes.tell({ ...(outcome as ToldOutcome), match: String(record.name) });
			}
			const work = runJob(estate(), record, 'Scheduler');
			if (outcome.atOnce) {
				work.startingFor = 0;
				work.workingFor = 0;
				estate().work.settle();
			}
			return sessionRecord(work, estate().world.clock.now());
		},
		'POST /outcomes': (_, outcome) => {
			estate().outcomes.tell(outcome as ToldOutcome);
			return {};
		},
		'POST /sessions': (_, { count }) => ({ total: estate().addSessions(Number(count)) }),
	};
}

function named(collection: Stored, nameOrId: string): Item {
	const wanted = nameOrId.toLowerCase();
	const found =
		collection.get(nameOrId) ??
		collection.list().find(({ name }) => String(name).toLowerCase() === wanted);
	if (!found) throw new Error(`Nothing here is called ${nameOrId}`);
	return found;
}
