import { randomUUID } from 'node:crypto';
import { derived, Stored, type Collection, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';
import { Refused, type Answer, type Call } from '../foundation/product';
import type { Estate } from './estate';
import { page } from './pages';
import { logItems, processedObjects, sessionRecord } from './runs';
import { at } from './versions';

/** A list of jobs: what is put gets the facts of a job that has never run. */
function jobList(estate: Estate, all: Stored, facts: Item = {}): Collection {
	const mine = (job: Item) => Object.entries(facts).every(([name, value]) => job[name] === value);
	return {
		key: 'id',
		list: () =>
			all
				.list()
				.filter(mine)
				.map((job) => estate.withLastRun(job)),
		get: (id) => {
			const job = all.get(id);
			return job && estate.withLastRun(job);
		},
		put: (record) => {
			const known = all.get(String(record.id));
			const fresh = {
				isEnabled: true,
				lastRun: null,
				nextRun: null,
				lastBackup: null,
				lastStatus: 'Stopped',
			};
			all.put({ ...(known ? {} : fresh), ...record, ...(known ? {} : { ...fresh, ...facts }) });
			estate.events.add('JobUpdate', record.id, {
				jobType: all === estate.copyJobs ? 'Copy' : 'Backup',
			});
		},
		remove: (id) => {
			all.remove(id);
			estate.events.add('JobDelete', id, { jobType: all === estate.copyJobs ? 'Copy' : 'Backup' });
		},
	};
}

export function jobCollections(estate: Estate): Record<string, CollectionMaker> {
	const log: CollectionMaker = ({ sessionId = '' }) => {
		const run = estate.run(sessionId);
		return derived(() => (run ? logItems(run, estate.now) : []));
	};
	return {
		[at('/Jobs')]: () => jobList(estate, estate.jobs),
		[at('/CopyJobs')]: () => jobList(estate, estate.copyJobs),
		[at('/Organizations/{organizationId}/Jobs')]: ({ organizationId }) =>
			jobList(estate, estate.jobs, { organizationId }),
		[at('/Jobs/{jobId}/SelectedItems')]: ({ jobId = '' }) => itemsOf(estate, jobId),
		[at('/JobSessions')]: () => ({
			key: 'id',
			list: () => estate.sessions(),
			get: (id: string) => {
				const run = estate.run(id);
				return run && sessionRecord(run, estate.now);
			},
		}),
		[at('/Jobs/{jobId}/JobSessions')]: ({ jobId }) =>
			derived(() => estate.sessions((run) => run.jobId === jobId)),
		[at('/JobSessions/{sessionId}/LogItems')]: log,
		[at('/JobSessions/{sessionId}/ProcessedObjects')]: ({ sessionId = '' }) => {
			const run = estate.run(sessionId);
			return derived(() => (run ? processedObjects(run, estate.now) : []));
		},
		[at('/RestorePoints')]: () => ({
			key: 'id',
			list: () =>
				[...estate.restorePoints.list()].sort((a, b) =>
					String(b.backupTime).localeCompare(String(a.backupTime)),
				),
			get: (id: string) => estate.restorePoints.get(id),
		}),
	};
}

function itemsOf(estate: Estate, jobId: string): Stored {
	const items = estate.selectedItems.get(jobId.toLowerCase()) ?? new Stored();
	estate.selectedItems.set(jobId.toLowerCase(), items);
	return items;
}

export function jobHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	const job = ({ params }: Call): Item => {
		const id = params.jobId ?? params.id ?? '';
		const found = estate.jobs.get(id) ?? estate.copyJobs.get(id);
		if (!found) throw new Refused({ because: 'notFound', what: 'Job', id });
		return found;
	};
	const start = (call: Call): Answer => {
		const found = job(call);
		if (estate.running(String(found.id))) {
			throw new Refused({
				because: 'conflict',
				what: `Job '${String(found.name)}' is running already`,
			});
		}
		const run = estate.start(found, (call.body as Item | undefined)?.full === true);
		return call.returns.kind === 'nothing' ? {} : { body: sessionRecord(run, estate.now) };
	};
	const stop = (call: Call): Answer => {
		const found = job(call);
		const run = estate.running(String(found.id));
		if (!run) {
			throw new Refused({
				because: 'conflict',
				what: `Job '${String(found.name)}' is not running`,
			});
		}
		estate.stop(run);
		return {};
	};
	const switched =
		(isEnabled: boolean) =>
		(call: Call): Answer => {
			const found = job(call);
			const isCopy = estate.copyJobs.get(String(found.id)) !== undefined;
			(isCopy ? estate.copyJobs : estate.jobs).put({ ...found, isEnabled });
			estate.events.add('JobUpdate', found.id, { jobType: isCopy ? 'Copy' : 'Backup' });
			return {};
		};
	const actions = { start, stop, enable: switched(true), disable: switched(false) };
	const actionHandlers = Object.entries(actions).flatMap(([name, handle]) => [
		[`POST /Jobs/{jobId}/${name}`, handle] as const,
		[`POST /CopyJobs/{id}/${name}`, handle] as const,
	]);
	return {
		...Object.fromEntries(actionHandlers),
		'GET /CopyJobs/{id}/BackupJob': (call) => {
			const backup = estate.jobs.get(String(job(call).backupJobId)) ?? estate.jobs.list()[0];
			return { body: backup && estate.withLastRun(backup) };
		},
		'GET /Jobs/{jobId}/CopyJob': (call) => {
			const own = estate.copyJobs.list().find(({ backupJobId }) => backupJobId === job(call).id);
			const copy = own ?? estate.copyJobs.list()[0];
			return { body: copy && estate.withLastRun(copy) };
		},
		'GET /Events': ({ query }) => feed(estate, query),
		'GET /JobSessions/Changes': (call) =>
			changes(estate, call, 'JobSessionUpdate', (id) => {
				const run = estate.run(id);
				return run && sessionRecord(run, estate.now);
			}),
		'GET /RestorePoints/Changes': (call) =>
			changes(estate, call, 'RestorePointUpdate', (id) => estate.restorePoints.get(id)),
	};
}

function feed(estate: Estate, { from, limit = 30 }: Item): Answer {
	const { events, nextChangeToken } = estate.events.after(String(from), Number(limit));
	return {
		body: {
			nextChangeToken,
			limit: Number(limit),
			setId: uuidFor(`changes${String(from)}`),
			results: events,
			_links: {},
		},
	};
}

/** The changed records themselves, as v7 lists them. */
function changes(
	estate: Estate,
	{ query: { from = '', limit = 30, jobType } }: Call,
	eventType: string,
	read: (id: string) => Item | undefined,
): Answer {
	const fits = (event: Item) =>
		event.eventType === eventType && (jobType === undefined || event.jobType === jobType);
	const { events, nextChangeToken } = estate.events.after(String(from), Number(limit), fits);
	const results = events.flatMap(({ id }) => read(String(id)) ?? []);
	return {
		body: {
			nextChangeToken,
			limit: Number(limit),
			setId: uuidFor(`changes${String(from)}`),
			results,
			_links: {},
		},
	};
}

/** Lists that are changed by lists: what is posted is added, what is named is removed. */
export function listEdits(path: string): Record<string, (call: Call) => Answer> {
	return {
		[`POST ${path}`]: (call) => {
			const collection = call.collections.at(path, call.params, call.version);
			for (const item of [call.body].flat() as Item[]) {
				collection.put?.({ ...item, [collection.key]: item[collection.key] ?? randomUUID() });
			}
			const body = call.returns.kind === 'nothing' ? undefined : call.body;
			return { body };
		},
		[`DELETE ${path}`]: (call) => {
			const collection = call.collections.at(path, call.params, call.version);
			for (const id of namedIds(call)) collection.remove?.(id);
			return {};
		},
		[`POST ${path}/remove`]: (call) => {
			const collection = call.collections.at(path, call.params, call.version);
			for (const id of namedIds(call)) collection.remove?.(id);
			return {};
		},
	};
}

function namedIds({ query, body }: Call): string[] {
	const inQuery = [query.ids ?? []].flat().flatMap((ids) => String(ids).split(','));
	const list = Array.isArray(body) ? body : ((body as Item | undefined)?.ids ?? []);
	const inBody = [list]
		.flat()
		.map((one) =>
			typeof one === 'object' && one !== null
				? String((one as Item).id ?? (one as Item).proxyId)
				: String(one),
		);
	return [...inQuery, ...inBody];
}

/** A page of given items; they are chosen already. */
export function pageOf(
	items: Item[],
	call: Call,
	slice: (items: Item[], query: Item) => Item[],
): Answer {
	return { body: page(slice(items, call.query), items.length, call.query, call) };
}
