import { NodeOperationError, type IDataObject } from 'n8n-workflow';

import { listOf } from './options';
import { commonOptions } from './pollContext';
import { PollRun } from './pollRun';
import type { PollSetup } from './pollSetup';
import { dropState } from './processMemory';
import { checkRequirement } from './requires';
import { stateBefore } from './stateBefore';
import { copyOf, writeTriggerState } from './triggerState';
import type { EventDefinition } from './types';

/** The events that the user picked, and why they cannot be watched, where that is so. */
export function pickedEvents({ context, product, client }: PollSetup): {
	events: EventDefinition[];
	refusal?: Error;
} {
	const values = listOf(context.getNodeParameter('events', []));
	const events = values.flatMap((value) => product.events.filter((one) => one.value === value));
	try {
		for (const value of values) {
			if (events.some((one) => one.value === value)) continue;
			throw new NodeOperationError(context.getNode(), `The event "${value}" does not exist`, {
				description:
					'Choose events from the list. It may come from a newer version of this package: update the package then.',
			});
		}
		if (values.length === 0)
			throw new NodeOperationError(context.getNode(), 'No event is picked', {
				description: 'Choose at least one under Events.',
			});
		for (const event of events) checkRequirement(context, product, client, event);
		return { events };
	} catch (refusal) {
		return { events, refusal: refusal as Error };
	}
}

/**
 * What is picked cannot be watched: what the user took out is closed all the same, before that is raised
 * by the next poll.
 */
export function closeTakenOut(setup: PollSetup, events: EventDefinition[]): IDataObject[] {
	const { context, product, now, trigger } = setup;
	const begun = stateBefore(setup);
	if (!begun || begun.anew) return [];
	const memory = copyOf(begun.before);
	const run = new PollRun(setup, memory, commonOptions(context));
	run.leave(product.events.filter((event) => !events.includes(event)));
	run.closeUnpicked(events);
	const items = run.items();
	if (items.length === 0) return items;
	writeTriggerState(context, memory);
	dropState(trigger, begun.saved, now());
	return items;
}
