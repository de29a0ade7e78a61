import type { IDataObject, INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { SESSION } from '../credential/sessionText';
import { connect } from '../http';
import { UserFacingFailure, apiError, operationError } from '../http/errors';
import type { ClientSettings } from '../http/settings';
import { toItem } from './items';
import { copyOf, outageIsOver, writeTriggerState, type TriggerState } from './triggerState';
import { pauseBefore } from './pause';
import type { PollSetup } from './pollSetup';
import { hostOf, reachableAgain, serverReachability } from './serverReachability';
import { PollRun, type PollResult } from './pollRun';
import { failed, isNew, unreached, type PollFailure } from './pollFailures';
import { EXAMPLE, type Notification, type EventDefinition, type TriggerProduct } from './types';
import { closeTakenOut, pickedEvents } from './pickedEvents';
import { commonOptions, createPollContext } from './pollContext';
import { Deadline, inTime } from './deadline';
import { lackingDefaults, notInVersion } from './requires';
import { holds, lock, unlock } from './pollLock';
import { stateBefore } from './stateBefore';
import { dropState, keepState, loginDigest, refusedLogin } from './processMemory';

/**
 * The longest a poll takes, in milliseconds: below the minute after which n8n polls again, and below
 * the 45 s after which its scheduler gives up.
 */
const LONGEST_POLL = 36_000;

/** Little patience: the next poll is a repetition. */
const SETTINGS: Partial<ClientSettings> = {
	readTimeout: 20,
	repeats: 1,
	pauseBudget: 4,
	longestPause: 4,
};

/**
 * What a poll may take beyond its time before it is broken off, in milliseconds: a login that hangs
 * heeds no deadline.
 */
const GRACE = 4_000;

/**
 * One poll: asks each picked event what happened since the last one.
 *
 * A manual test gives the latest notification of each event and leaves the memory alone. An event that
 * fails keeps its memory, so that the next poll catches up; the others go on.
 *
 * @returns null where nothing happened
 * @throws NodeApiError or NodeOperationError where no event could be read; n8n runs the error
 * workflow then
 */
export async function poll(
	context: IPollFunctions,
	product: TriggerProduct,
	settings: Partial<ClientSettings> = {},
): Promise<INodeExecutionData[][] | null> {
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const now = settings.now ?? (() => Date.now());
	const isTest = context.getMode() === 'manual';
	const longest = budget(context) + GRACE;
	const own = isTest ? undefined : lock(trigger, now(), longest);
	if (!isTest && !own) return null;
	try {
		const deadline = new Deadline(budget(context), now);
		const connected = await connect(context, 0, product.adapter, { ...SETTINGS, ...settings });
		const client = inTime(connected, deadline);
		const setup = { context, client, product, now, deadline, trigger };
		const { events, refusal } = pickedEvents(setup);
		if (refusal) {
			const farewells = own ? closeTakenOut(setup, events) : [];
			if (farewells.length === 0) throw refusal;
			return [context.helpers.returnJsonArray(farewells)];
		}
		const items = own
			? await watchAll(setup, events, { longest, counts: () => holds(trigger, own) })
			: await test(setup, events);
		return items.length > 0 ? [context.helpers.returnJsonArray(items)] : null;
	} finally {
		if (own) unlock(trigger, own);
	}
}

const budget = (context: IPollFunctions): number =>
	// Older n8n does not say.
	Math.min((context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? Infinity, LONGEST_POLL);

/** What a manual test shows. */
async function test(setup: PollSetup, events: EventDefinition[]): Promise<IDataObject[]> {
	const { context, client, product } = setup;
	const common = { ...commonOptions(context), reminderHours: 0 };
	const items: IDataObject[] = [];
	const hints: IDataObject[] = [];
	for (const event of events) {
		const { adapter } = product;
		const pollContext = createPollContext({
			...setup,
			adapter,
			event,
			common,
			remainingItems: 1,
		});
		const { options, serverNow } = pollContext;
		const lacking = lackingDefaults(event, options, adapter.catalogue(), client.version);
		if (lacking.length > 0) {
			const hint = notInVersion(event, lacking, client, 'test');
			hints.push(toItem(adapter, hostOf(client.origin), event, asTest(hint), serverNow()));
		}
		const notification = await event.sample(pollContext);
		if (notification)
			items.push(
				toItem(
					adapter,
					hostOf(client.origin),
					event,
					asTest(notification),
					pollContext.serverNow(),
				),
			);
	}
	// A trigger that runs says nothing of them: whoever sets it up is to know.
	if (items.length > 0) return [...items, ...hints];
	throw new NodeOperationError(context.getNode(), 'The server has nothing to show yet', {
		description: `Nothing on ${client.origin} fits the picked events and their filters. Relax the filters, or activate the workflow: it starts when something happens.`,
		level: 'warning',
	});
}

/**
 * Whoever gets a mail of it is to see that nothing happened just now: a real record is marked as a test;
 * what is made up begins with "Example" already.
 */
const asTest = (notification: Notification): Notification =>
	notification.message.startsWith(EXAMPLE)
		? notification
		: { ...notification, message: `Test: ${notification.message}` };

/** Bounds of one poll. */
interface Bounds {
	/** Milliseconds after which it is broken off. */
	longest: number;
	/** No other poll took over meanwhile: what it found still counts. */
	counts: () => boolean;
}

async function watchAll(
	setup: PollSetup,
	events: EventDefinition[],
	{ longest, counts }: Bounds,
): Promise<IDataObject[]> {
	const { context, now, trigger } = setup;
	const begun = stateBefore(setup);
	if (!begun) return [];
	const { saved, before, anew } = begun;
	if ((before.pausedUntil ?? 0) > now() && !(await isCorrected(setup))) return [];
	const memory = copyOf(before);
	memory.begun ??= now();
	const common = commonOptions(context);
	const run = new PollRun(setup, memory, common);
	const reason = anew ?? (common.beginsAnew ? pauseBefore(context, memory, now()) : undefined);
	run.leave(setup.product.events.filter((event) => !events.includes(event)));
	if (reason) run.beginAnew(reason, events);
	memory.polledAt = now();
	const hung = await withLimit(longest, context.getNode(), async () => {
		for (const event of inTurn(events, memory)) if (!(await run.ask(event))) break;
	});
	if (!counts()) return [];
	// What a poll that hangs has found so far may still change under our hands: it is found again.
	const { items, error, state } = hung
		? outcomeOf(setup, copyOf(before), events, { items: [], unreachable: hung })
		: outcomeOf(setup, memory, events, { ...run.result(), items: run.items() });
	// Not one whose user has just taken out the only event that was read: what that closes goes out.
	const isFirst = isNew(before) && isNew(state);
	const raised = error && (items.length === 0 || isFirst) ? error : undefined;
	// Nothing of a trigger that has never worked counts as emitted.
	if (raised && isFirst) {
		state.events = {};
		state.polledAt = before.polledAt;
	}
	const written = writeTriggerState(context, state);
	const wasSilent = items.length === 0;
	// A trigger that has never worked is asked anew whenever it is activated.
	const isNothing = saved.stamp === undefined && raised !== undefined && isFirst;
	const refused = written.pausedUntil === undefined ? undefined : await digestOf(setup);
	if (!(raised ?? wasSilent)) dropState(trigger, saved, now());
	else if (!isNothing) keepState(trigger, saved, written, refused);
	// What there is to emit goes out, and the error comes again; but a trigger that has never worked
	// must not seem to.
	if (raised) throw legible(context, raised);
	return items;
}

/** The values of the credential are others than those that were refused. */
async function isCorrected(setup: PollSetup): Promise<boolean> {
	const refused = refusedLogin(setup.trigger);
	return refused !== undefined && refused !== (await digestOf(setup));
}

async function digestOf({ context, product }: PollSetup): Promise<string> {
	const values = await context.getCredentials(product.adapter.credentialType);
	// The session of an earlier login says nothing of whether the next one is accepted.
	return loginDigest({ ...values, [SESSION]: undefined });
}

/** @returns an error where the work takes longer; it goes on then, but nobody waits for it */
async function withLimit(
	milliseconds: number,
	node: INode,
	work: () => Promise<void>,
): Promise<Error | undefined> {
	const limit = AbortSignal.timeout(milliseconds);
	const late = new Promise<Error>((resolve) =>
		limit.addEventListener('abort', () =>
			resolve(
				apiError(
					node,
					{
						message: `The poll took longer than ${Math.round(milliseconds / 1000)} seconds and was broken off.`,
						description:
							'The server or a proxy in between hangs. Look at the server, or pick fewer events.',
					},
					{ transient: true },
				),
			),
		),
	);
	return (await Promise.race([work(), late])) ?? undefined;
}

/** What a poll comes to, in items and in what is remembered. */
function outcomeOf(
	setup: PollSetup,
	memory: TriggerState,
	events: EventDefinition[],
	found: Partial<PollResult> & { items: IDataObject[] },
): { items: IDataObject[]; error?: Error; state: TriggerState } {
	const { client, product, now } = setup;
	const { items } = found;
	const failure = pollFailureOf(setup, memory, events, found);
	if (!failure) {
		if (memory.unreachableSince !== undefined) {
			const { displayName } = product.adapter;
			const again = reachableAgain(client.origin, displayName, memory, now());
			items.unshift(item(setup, again));
			outageIsOver(memory, serverReachability.value);
		}
		for (const name of ['failedPolls', 'raisedAt', 'pausedUntil', 'unreachableSince'] as const)
			delete memory[name];
		const known = Object.entries(memory.events).filter(
			([value]) =>
				events.some((event) => event.value === value) ||
				// What it has to close comes with the next poll.
				product.events.some((event) => event.value === value),
		);
		memory.events = Object.fromEntries(known);
	}
	if (failure?.notification) items.push(item(setup, failure.notification));
	return { items, state: memory, ...(failure?.error ? { error: failure.error } : {}) };
}

function pollFailureOf(
	setup: PollSetup,
	memory: TriggerState,
	events: EventDefinition[],
	{ unreachable, errors = [], asked }: Partial<PollResult>,
): PollFailure | undefined {
	if (unreachable) return unreached(setup, memory, events, unreachable);
	const [error] = errors;
	return error && errors.length === asked ? failed(setup, memory, error) : undefined;
}

/** What was raised where no node was at hand. */
const legible = (context: IPollFunctions, error: Error): Error =>
	error instanceof UserFacingFailure ? operationError(context.getNode(), error) : error;

const item = ({ client, product, now }: PollSetup, notification: Notification) =>
	toItem(product.adapter, hostOf(client.origin), serverReachability, notification, now());

/** The event that had to stop last time comes first: none waits for ever. */
function inTurn(events: EventDefinition[], { first }: TriggerState): EventDefinition[] {
	const index = Math.max(
		0,
		events.findIndex(({ value }) => value === first),
	);
	return [...events.slice(index), ...events.slice(0, index)];
}
