import { randomUUID } from 'node:crypto';
import { derived, type CollectionMaker } from '../foundation/collections';
import { matchesPattern } from '../foundation/faults';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call, type World } from '../foundation/product';
import { uuidFor } from '../foundation/random';
import { refused } from './refusals';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How long a request id makes a call idempotent, and how long results are kept. */
const REPEATED_FOR = 5 * 60_000;
const KEPT_WHEN_GOOD = 5 * 60_000;
const KEPT_WHEN_FAILED = 60 * 60_000;

/** Which calls are answered with 202, and how they end. */
export interface AsyncRule {
	/** Any method where left out. */
	method?: string;
	/** Path below `/api/v3` with `*` for anything. Default: any. */
	path?: string;
	/** Simulated seconds until it is over. Default 3. */
	seconds?: number;
	/** Default `succeed`. */
	result?: 'succeed' | 'failed';
	/** Of the failure. */
	message?: string;
	/** How many calls. Default: all. */
	times?: number;
}

interface Action {
	id: string;
	call: Call;
	ends: number;
	rule: AsyncRule;
	carryOut: () => Answer;
	status: 'running' | 'succeed' | 'failed' | 'canceled';
	result?: Answer;
}

interface Repeatable {
	key: string;
	until: number;
	answer: () => Answer;
}

/** Answers that come later (202), and calls that are carried out once however often they are sent. */
export class AsyncActions {
	private rules: AsyncRule[] = [];
	private readonly actions = new Map<string, Action>();
	private readonly repeated = new Map<string, Repeatable>();

	constructor(
		private readonly world: World,
		private readonly prefix: string,
	) {}

	addRule(rule: AsyncRule): void {
		this.rules.push({ ...rule });
	}

	clearRules(): void {
		this.rules = [];
	}

	/** Carries a call out: once per request id, at once or later. */
	around(call: Call, carryOut: () => Answer): Answer {
		const requestId = call.headers['x-request-id'];
		if (requestId === undefined) return this.started(call, randomUUID(), carryOut);
		const id = String(requestId).toLowerCase();
		if (!UUID.test(id)) {
			throw new Refused({
				because: 'invalid',
				problems: [{ where: 'header.X-Request-id', what: 'is not a UUID' }],
			});
		}
		const now = this.world.clock.now();
		const key = `${call.operation.method} ${call.path}`;
		const known = this.repeated.get(id);
		if (known && known.until > now) {
			if (known.key === key) return known.answer();
			throw new Refused({ because: 'conflict', what: 'The request id belongs to another request' });
		}
		const answer = remembered(() => this.started(call, id, carryOut));
		this.repeated.set(id, { key, until: now + REPEATED_FOR, answer });
		return answer();
	}

	private started(call: Call, id: string, carryOut: () => Answer): Answer {
		const rule = this.ruleFor(call);
		if (!rule) return carryOut();
		const ends = this.world.clock.now() + (rule.seconds ?? 3) * 1000;
		this.actions.set(id, { id, call, ends, rule, carryOut, status: 'running' });
		const location = `https://${String(call.headers.host)}${this.prefix}/asyncActions/${id}`;
		return { status: 202, headers: { location } };
	}

	private ruleFor({ operation, path }: Call): AsyncRule | undefined {
		if (!operation.returns.status?.includes(202)) return undefined;
		const rule = this.rules.find(
			(one) =>
				(one.times ?? Infinity) > 0 &&
				(!one.method || one.method.toUpperCase() === operation.method) &&
				matchesPattern(path, one.path ?? '*'),
		);
		if (rule?.times !== undefined) rule.times--;
		return rule;
	}

	/** Ends what is due and forgets what is old. */
	settle(): void {
		const now = this.world.clock.now();
		for (const action of this.actions.values()) {
			if (action.status === 'running' && action.ends <= now) this.end(action);
			const kept = action.status === 'failed' ? KEPT_WHEN_FAILED : KEPT_WHEN_GOOD;
			if (action.ends + kept < now) this.actions.delete(action.id);
		}
	}

	private end(action: Action): void {
		const { rule } = action;
		action.result =
			rule.result === 'failed'
				? refused({ because: 'conflict', what: rule.message ?? 'The operation has failed' })
				: caught(action.carryOut);
		action.status = (action.result.status ?? 200) < 400 ? 'succeed' : 'failed';
	}

	collections(): Record<string, CollectionMaker> {
		return {
			'/asyncActions': () => derived(() => [...this.actions.values()].map(recordOf)),
		};
	}

	handlers(): Record<string, (call: Call) => Answer> {
		const action = ({ params }: Call): Action => {
			const id = params.actionId ?? '';
			const found = this.actions.get(id.toLowerCase());
			if (!found) throw new Refused({ because: 'notFound', what: 'Async action', id });
			return found;
		};
		return {
			'GET /asyncActions/config': () => ({ body: { resultRetentionTime: KEPT_WHEN_GOOD / 1000 } }),
			'DELETE /asyncActions/{actionId}': (call) => {
				const found = action(call);
				if (found.status === 'running') found.status = 'canceled';
				return {};
			},
			'PUT /asyncActions/{actionId}/requestData': (call) => ({ body: recordOf(action(call)) }),
			'GET /asyncActions/{actionId}/result': (call) => {
				const { result, status } = action(call);
				if (result) return result;
				throw new Refused({ because: 'conflict', what: `The async action is ${status}` });
			},
			'DELETE /asyncActions/{actionId}/result': (call) => {
				this.actions.delete(action(call).id);
				return {};
			},
		};
	}
}

function recordOf({ id, call, status }: Action): Item {
	return {
		id,
		initiatorUid: uuidFor(`vspc/user/${call.user?.name}`),
		actionName: call.operation.title,
		status,
		queryParameters: call.query,
		requestBody: call.body === undefined ? null : JSON.stringify(call.body),
	};
}

/** A call's answer, refusals included. */
function caught(carryOut: () => Answer): Answer {
	try {
		return carryOut();
	} catch (error) {
		if (error instanceof Refused) return refused(error.refusal);
		throw error;
	}
}

/** The same answer, however often it is asked for. */
function remembered(make: () => Answer): () => Answer {
	let known: Answer | undefined;
	return () => (known ??= caught(make));
}
