import { derived, type Collection, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import { API, at } from './api';
import type { Estate } from './estate';
import { taskSessionId, type ObjectOutcome, type Work } from './work';
import {
	sessionLog,
	sessionRecord,
	taskRecord,
	taskSessionLog,
	taskSessionRecord,
} from './workViews';

/** Sessions, task sessions, their logs, and tasks: all follow from the work book. */
export function sessionCollections(estate: Estate): Record<string, CollectionMaker> {
	const now = () => estate.world.clock.now();
	const sessions = (type?: string): Collection => ({
		key: 'id',
		list: () => {
			const time = now();
			const works = estate.work.list('session');
			const wanted = type ? works.filter((work) => work.type === type) : works;
			return wanted.map((work) => sessionRecord(work, time));
		},
		get: (id) => {
			const work = estate.work.get(id);
			return work?.as === 'session' ? sessionRecord(work, now()) : undefined;
		},
	});
	const tasks: Collection = {
		key: 'id',
		list: () => estate.work.list('task').map((work) => taskRecord(work, now())),
		get: (id) => {
			const work = estate.work.get(id);
			return work?.as === 'task' ? taskRecord(work, now()) : undefined;
		},
	};
	const taskSessions: Collection = {
		key: 'id',
		list: () => {
			const time = now();
			return estate.work.list('session').flatMap((work) => ofSession(work, time));
		},
		get: (id) => {
			const found = taskSession(estate, id);
			return found && taskSessionRecord(found.work, found.object, now());
		},
	};
	return {
		[at('/sessions')]: () => sessions(),
		[at('/automation/sessions')]: () => sessions('Automation'),
		[at('/sessions/{id}/taskSessions')]: ({ id }) =>
			derived(() => onWork(estate, id, (work) => ofSession(work, now()))),
		[at('/sessions/{id}/logs')]: ({ id }) =>
			derived(() => onWork(estate, id, (work) => sessionLog(work, now()))),
		[at('/automation/sessions/{id}/logs')]: ({ id }) =>
			derived(() => onWork(estate, id, (work) => sessionLog(work, now()))),
		[at('/taskSessions')]: () => taskSessions,
		[at('/taskSessions/{id}/logs')]: ({ id }) =>
			derived(() => {
				const found = taskSession(estate, id ?? '');
				return found ? taskSessionLog(found.work, found.object, now()) : [];
			}),
		[at('/tasks')]: () => tasks,
	};
}

function ofSession(work: Work, now: number): Item[] {
	return work.objects.map((object) => taskSessionRecord(work, object, now));
}

function onWork(estate: Estate, id: string | undefined, read: (work: Work) => Item[]): Item[] {
	const work = estate.work.get(id ?? '');
	return work ? read(work) : [];
}

function taskSession(
	estate: Estate,
	id: string,
): { work: Work; object: ObjectOutcome } | undefined {
	const wanted = id.toLowerCase();
	for (const work of estate.work.list('session')) {
		for (const object of work.objects) {
			if (taskSessionId(work, object) === wanted) return { work, object };
		}
	}
	return undefined;
}

/** Stopping of sessions and tasks. */
export function sessionHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	const stop = ({ params }: Call): Answer => {
		const work = estate.work.get(params.id ?? '');
		if (!work) throw new Refused({ because: 'notFound', what: 'Session', id: params.id ?? '' });
		estate.work.stop(work, true);
		return {};
	};
	return {
		[`POST ${API}/sessions/{id}/stop`]: stop,
		[`POST ${API}/automation/sessions/{id}/stop`]: stop,
		[`POST ${API}/tasks/{id}/stop`]: stop,
	};
}
