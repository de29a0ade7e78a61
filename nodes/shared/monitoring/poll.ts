import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { connect } from '../http';
import { UserFacingFailure, operationError } from '../http/errors';
import type { ClientSettings } from '../http/settings';
import type { VeeamClient } from '../http/types';
import { toItem } from './items';
import { readTriggerState, writeTriggerState, type TriggerState } from './triggerState';
import { listOf, numberOf } from './options';
import { checkRequirement } from './requires';
import { hostOf, reachableAgain, serverReachability } from './serverReachability';
import { PollRun } from './pollRun';
import { failed, isNew, unreached, type PollFailure } from './pollFailures';
import type { Notification, EventDefinition, TriggerProduct } from './types';
import { createPollContext, Deadline, type CommonOptions } from './pollContext';

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

/** Triggers whose poll is under way: n8n does not keep two from overlapping. */
const busy = new Set<string>();

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
	const isTest = context.getMode() === 'manual';
	if (!isTest) {
		if (busy.has(trigger)) return null;
		busy.add(trigger);
	}
	try {
		const client = await connect(context, 0, product.adapter, { ...SETTINGS, ...settings });
		const setup = { context, client, product, now: settings.now ?? (() => Date.now()) };
		const events = pickedEvents(context, product);
		for (const event of events) checkRequirement(context, product, client, event);
		const items = isTest ? await test(setup, events) : await watchAll(setup, events);
		return items.length > 0 ? [context.helpers.returnJsonArray(items)] : null;
	} finally {
		if (!isTest) busy.delete(trigger);
	}
}

export interface PollSetup {
	context: IPollFunctions;
	client: VeeamClient;
	product: TriggerProduct;
	now: () => number;
}

function pickedEvents(context: IPollFunctions, { events }: TriggerProduct): EventDefinition[] {
	const values = listOf(context.getNodeParameter('events', []));
	const picked = values.map((value) => {
		const event = events.find((one) => one.value === value);
		if (event) return event;
		throw new NodeOperationError(context.getNode(), `The event "${value}" does not exist`, {
			description:
				'Choose events from the list. It may come from a newer version of this package: update the package then.',
		});
	});
	if (picked.length > 0) return picked;
	throw new NodeOperationError(context.getNode(), 'No event is picked', {
		description: 'Choose at least one under Events.',
	});
}

function commonOptions(context: IPollFunctions): CommonOptions {
	const { emitCurrentProblems, reminderHours, maxItems } = context.getNodeParameter(
		'options',
		{},
	) as IDataObject;
	return {
		emitCurrentProblems: emitCurrentProblems === true,
		reminderHours: Math.max(0, numberOf(reminderHours) ?? 0),
		maxItems: Math.max(1, numberOf(maxItems) ?? 500),
	};
}

const budget = (context: IPollFunctions): number =>
	// Older n8n does not say.
	Math.min((context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? Infinity, LONGEST_POLL);

/** What a manual test shows. */
async function test(setup: PollSetup, events: EventDefinition[]): Promise<IDataObject[]> {
	const { context, client, product, now } = setup;
	const deadline = new Deadline(budget(context), now);
	const common = { ...commonOptions(context), reminderHours: 0 };
	const items: IDataObject[] = [];
	for (const event of events) {
		const { adapter } = product;
		const pollContext = createPollContext({
			...setup,
			adapter,
			event,
			common,
			remainingItems: 1,
			deadline,
		});
		const notification = await event.sample(pollContext);
		if (notification)
			items.push(
				toItem(adapter, hostOf(client.origin), event, notification, pollContext.serverNow()),
			);
	}
	if (items.length > 0) return items;
	throw new NodeOperationError(context.getNode(), 'The server has nothing to show yet', {
		description: `Nothing on ${client.origin} fits the picked events and their filters. Loosen the filters, or activate the workflow: it starts when something happens.`,
		level: 'warning',
	});
}

async function watchAll(setup: PollSetup, events: EventDefinition[]): Promise<IDataObject[]> {
	const { context, client, product, now } = setup;
	const memory = readTriggerState(context, hostOf(client.origin));
	if ((memory.pausedUntil ?? 0) > now()) return [];
	const round = new PollRun(
		setup,
		memory,
		commonOptions(context),
		new Deadline(budget(context), now),
	);
	for (const event of inTurn(events, memory)) if (!(await round.ask(event))) break;

	const items = round.items();
	const setback = pollFailureOf(setup, memory, events, round);
	if (!setback) {
		if (memory.unreachableSince !== undefined) {
			const { displayName } = product.adapter;
			const again = reachableAgain(client.origin, displayName, memory, now());
			items.unshift(item(setup, again));
		}
		for (const name of ['failedPolls', 'raisedAt', 'pausedUntil', 'unreachableSince'] as const)
			delete memory[name];
		const picked = Object.entries(memory.events).filter(([value]) =>
			events.some((event) => event.value === value),
		);
		memory.events = Object.fromEntries(picked);
	}
	if (setback?.notification) items.push(item(setup, setback.notification));
	// Nothing of a trigger that has never worked counts as told.
	if (setback?.error && isNew(memory)) memory.events = {};
	writeTriggerState(context, memory);
	// What there is to tell goes out, and the error comes again; but a trigger that has never worked
	// must not seem to.
	if (setback?.error && (items.length === 0 || isNew(memory)))
		throw legible(context, setback.error);
	return items;
}

function pollFailureOf(
	setup: PollSetup,
	memory: TriggerState,
	events: EventDefinition[],
	{ unreachable, errors, asked }: PollRun,
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
