import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import type { Estate } from './estate';
import { isStopped, openRestore, restoreEvent, type Restore, type RestoreEvent } from './restores';
import { restoreOf } from './restoring';

const READABLE_WHEN_STOPPED =
	/\/(Stop|Events.*|Statistics)$|^\/RestoreSessions\/\{restoreSessionId\}$/;

/** Stands around calls inside restore sessions: only open ones can be looked into. */
export function insideRestore(estate: Estate, call: Call, next: () => Answer): Answer {
	const { path, method } = call.operation;
	const restore = restoreOf(estate, call.params);
	if (isStopped(restore, estate.now) && !READABLE_WHEN_STOPPED.test(path)) {
		throw new Refused({ because: 'conflict', what: 'The restore session is stopped' });
	}
	const answer = next();
	if (/\/Statistics$/.test(path)) return { ...answer, body: statistics(restore, estate.now) };
	if (method !== 'POST' || /\/(Stop|search\w*)$/i.test(path)) return answer;
	if (call.returns.fields?.sessionId) return restored(estate, call, restore, answer);
	const { now } = estate;
	restore.events.push(restoreEvent(path, { started: now, ends: now }));
	if (!answer.file) return answer;
	const name = `${restore.organizationName}.${extensionOf(path)}`;
	return { ...answer, file: { ...answer.file, name } };
}

function extensionOf(path: string): string {
	if (/exportToPst/i.test(path)) return 'pst';
	return /Versions|items\/\{|posts\/\{/.test(path) ? 'msg' : 'zip';
}

/**
 * A restore. Up to v7 its answer comes when it has ended, and counts; v8 answers at once with the
 * session in which it goes on. Restores of operators always do, in a session of their own.
 */
function restored(estate: Estate, call: Call, restore: Restore, answer: Answer): Answer {
	const { path } = call.operation;
	const { now } = estate;
	const { status, reason } = estate.nextOutcome(`Restore ${path}`);
	const message = status === 'Success' ? '' : (reason ?? 'The item cannot be restored');
	const isOperators = /operatorRestore$/i.test(path);
	const isAsync = isOperators || call.version === 'v8';
	const ends = isAsync ? now + estate.world.settings.sessionSeconds * 1000 : now;
	const event = restoreEvent(path, { type: 'Restore', started: now, ends, status, message });
	if (!isAsync) {
		restore.events.push(event);
		return { ...answer, body: counted(answer.body as Item, event) };
	}
	const session = isOperators ? ownSession(estate, restore, ends) : restore;
	session.events.push(event);
	return { ...answer, body: { sessionId: session.id } };
}

function ownSession(estate: Estate, restore: Restore, ends: number): Restore {
	const session = { ...openRestore(restore), created: estate.now, stopped: ends };
	estate.restores.set(session.id, session);
	estate.events.add('RestoreSessionUpdate', session.id);
	return session;
}

/** The figures of a restore of one item. */
function counted(body: Item, { status, message }: RestoreEvent): Item {
	const good = status === 'Failed' ? 0 : 1;
	const counts = Object.keys(body).map((name): [string, unknown] => {
		if (/^(total|restored|created)\w*Count$/.test(name))
			return [name, /^total/.test(name) ? 1 : good];
		if (/^failedItemsCount$/.test(name)) return [name, 1 - good];
		if (/Count$/.test(name)) return [name, 0];
		if (/^(restoreIssues|exceptions|warnings)$/.test(name)) return [name, message ? [message] : []];
		if (name === 'status') return [name, status];
		return [name, /^(error|details|cannotContinueError)$/.test(name) ? message : body[name]];
	});
	return Object.fromEntries(counts.filter(([name]) => name !== 'sessionId')) as Item;
}

/** What the restores of a session have come to. */
function statistics({ events }: Restore, now: number): Item {
	const ended = events.filter(({ type, ends }) => type === 'Restore' && ends <= now);
	const messages = (status: string) =>
		ended.filter((event) => event.status === status).map(({ message }) => message);
	const errors = messages('Failed');
	return {
		totalItemsCount: ended.length,
		restoredItemsCount: ended.length - errors.length,
		failedItemsCount: errors.length,
		skippedItemsCount: 0,
		warnings: messages('Warning'),
		errors,
		items: [],
	};
}
