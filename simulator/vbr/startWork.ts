import type { Item } from '../foundation/listQuery';
import type { Answer, Call } from '../foundation/product';
import type { Estate } from './estate';
import type { Work } from './work';
import { sessionRecord, taskRecord } from './workViews';
import { workType } from './workKinds';

/** How long work stays in `Starting`, of its whole time. */
const STARTING_SHARE = 0.2;

export interface WorkWish {
	name?: string;
	resource?: Item;
	whenDone?: () => void;
	whenOver?: (work: Work) => void;
	/** Stays `Working` until it is stopped. */
	mount?: boolean;
	/** Further facts, over the usual ones. */
	facts?: Partial<Work>;
}

/** Starts what an operation sets going; how it ends is as a control call told, or well. */
export function begin(estate: Estate, call: Call, wish: WorkWish = {}): Work {
	const { operation, returns, user } = call;
	const as = returns.kind === 'task' ? 'task' : 'session';
	const name = wish.name ?? nameOf(call, wish.resource);
	const { outcome } = estate.outcomes.take(name);
	const total = estate.world.settings.sessionSeconds * 1000;
	return estate.work.start({
		as,
		name,
		type: workType(operation, as),
		startingFor: total * STARTING_SHARE,
		workingFor: wish.mount && outcome.result !== 'Failed' ? Infinity : total * (1 - STARTING_SHARE),
		initiatedBy: `VBR01\\${user?.name ?? 'System'}`,
		resourceId: wish.resource?.id as string | undefined,
		...outcome,
		whenDone: wish.whenDone,
		whenOver: wish.whenOver,
		...wish.facts,
	});
}

function nameOf({ operation }: Call, resource: Item | undefined): string {
	const name = resource?.name ?? resource?.username;
	return name ? `${operation.title}: ${String(name)}` : operation.title;
}

/** The answer that shows started work: a session, a list of them, or a task. */
export function workAnswer(estate: Estate, call: Call, works: Work[]): Answer {
	const now = estate.world.clock.now();
	const records = works.map((work) =>
		work.as === 'task' ? taskRecord(work, now) : sessionRecord(work, now),
	);
	if (call.returns.kind !== 'sessions') return { body: records[0] };
	const pagination = { total: records.length, count: records.length, skip: 0, limit: 200 };
	return { body: { [call.returns.items || 'data']: records, pagination } };
}

/** One session for each object that a body names, as the calls do that answer with a list. */
export function objectsIn(body: unknown): Array<string | undefined> {
	const lists = Object.values((body ?? {}) as Item).filter((value) => Array.isArray(value));
	const first = lists[0] as unknown[] | undefined;
	if (!first?.length) return [undefined];
	return first.map((entry) => {
		const record = (typeof entry === 'object' && entry !== null ? entry : { id: entry }) as Item;
		const id =
			record.id ??
			record.restorePointId ??
			record.objectRestorePointId ??
			record.replicaPointId ??
			record.backupId;
		return typeof id === 'string' ? id : undefined;
	});
}
