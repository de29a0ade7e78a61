import { randomUUID } from 'node:crypto';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import type { Stored } from '../foundation/collections';
import type { Estate } from './estate';
import { runJob } from './jobs';
import type { ToldOutcome } from './outcomes';
import type { Work } from './work';
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
			const { retry, ...told } = outcome as { retry?: Work['retry'] } & ToldOutcome;
			if (Object.keys(told).length) estate().outcomes.tell({ ...told, match: String(record.name) });
			const work = runJob(estate(), record, 'Scheduler', retry);
			if (outcome.atOnce) {
				work.startingFor = 0;
				work.workingFor = 0;
				estate().work.settle();
			}
			return sessionRecord(work, estate().world.clock.now());
		},
		'POST /works': (_, { sessionType, name, initiatedBy }) => {
			const work = estate().work.start({
				...{ as: 'session', startingFor: 0, workingFor: Infinity, type: String(sessionType) },
				...{ name: String(name), initiatedBy: String(initiatedBy) },
			});
			return sessionRecord(work, estate().world.clock.now());
		},
		'PATCH /jobs/:job/state': ({ job = '' }, changes) => {
			const record = named(estate().jobs, job);
			const after = { ...estate().jobStates.get(String(record.id)), ...changes };
			estate().jobStates.set(String(record.id), after);
			return after;
		},
		'PATCH /jobs/:job': ({ job = '' }, changes) => {
			const after = { ...named(estate().jobs, job), ...changes };
			estate().jobs.put(after);
			return after;
		},
		'DELETE /jobs/:job': ({ job = '' }) => {
			estate().jobs.remove(String(named(estate().jobs, job).id));
			return {};
		},
		'POST /malwareEvents': (_, event) => add(estate(), '/malwareDetection/events', event),
		'POST /authorizationEvents': (_, event) => add(estate(), '/authorization/events', event),
		'POST /outcomes': (_, outcome) => {
			estate().outcomes.tell(outcome as ToldOutcome);
			return {};
		},
		'POST /sessions': (_, { count }) => ({ total: estate().addSessions(Number(count)) }),
	};
}

/** One more record like the first, but for what is given; recorded now. */
function add({ stored, world }: Estate, path: string, given: Item): Item {
	const collection = stored[path] as Stored;
	const now = iso(world.clock.now());
	const times = path.startsWith('/malware')
		? { creationTimeUtc: now, detectionTimeUtc: now }
		: { creationTime: now, state: 'Pending', processedBy: undefined, processedTime: undefined };
	const record = { ...collection.list()[0], ...times, id: randomUUID(), ...given };
	collection.put(record);
	return record;
}

function named(collection: Stored, nameOrId: string): Item {
	const wanted = nameOrId.toLowerCase();
	const found =
		collection.get(nameOrId) ??
		collection.list().find(({ name }) => String(name).toLowerCase() === wanted);
	if (!found) throw new Error(`Nothing here is called ${nameOrId}`);
	return found;
}
