import type { IDataObject } from 'n8n-workflow';

import { isDue, isLoginFailure, isUnreachable, readableAgain, unreadable } from './eventFailures';
import { toItem } from './items';
import { fingerprint } from './keys';
import type { EventState, TriggerState } from './triggerState';
import type { PollSetup } from './poll';
import { hostOf } from './serverReachability';
import type { Notification, EventDefinition } from './types';
import { createPollContext, type CommonOptions, type Deadline } from './pollContext';

/** One poll's way through its events. */
export class PollRun {
	/** How many events were read, or failed to be. */
	asked = 0;
	readonly errors: Error[] = [];
	/** Why the server could not be reached; nothing more is asked then. */
	unreachable: Error | undefined;
	private readonly emitted: Array<{
		event: EventDefinition;
		notification: Notification;
		at: number;
	}> = [];

	/** @param memory is changed, event by event */
	constructor(
		private readonly setup: PollSetup,
		private readonly memory: TriggerState,
		private readonly common: CommonOptions,
		private readonly deadline: Deadline,
	) {}

	/** @returns false where no more can be asked in this poll: it goes on with this event */
	async ask(event: EventDefinition): Promise<boolean> {
		const { memory, deadline, common } = this;
		const remainingItems = common.maxItems - this.emitted.length;
		delete memory.first;
		if (remainingItems <= 0 || deadline.isExpired()) {
			memory.first = event.value;
			return false;
		}
		const { product, now } = this.setup;
		const { adapter } = product;
		const pollContext = createPollContext({
			...this.setup,
			adapter,
			event,
			common,
			remainingItems,
			deadline,
		});
		const settings = fingerprint(JSON.stringify(pollContext.options));
		const kept = memory.events[event.value];
		// Changed settings begin anew, for this event alone.
		const known: EventState = kept?.settings === settings ? kept : { settings };
		this.asked++;
		try {
			const {
				notifications,
				memory: state,
				unfinished,
			} = await event.poll(pollContext, known.state);
			if (known.failure?.emitted !== undefined)
				this.emit(event, readableAgain(event, known.failure), now());
			for (const notification of notifications)
				this.emit(event, notification, pollContext.serverNow());
			memory.events[event.value] = { settings, state };
			if (!unfinished) return true;
			memory.first = event.value;
			return this.emitted.length < common.maxItems;
		} catch (error) {
			return this.note(event, known, error as Error);
		}
	}

	/** Keeps what was known: the next poll catches up. */
	private note(event: EventDefinition, known: EventState, error: Error): boolean {
		if (isUnreachable(error)) {
			this.unreachable = error;
			return false;
		}
		this.errors.push(error);
		// The other events would log in with the same wrong password, and lock the account out.
		if (isLoginFailure(error)) {
			this.asked = this.errors.length;
			return false;
		}
		const failure = { ...known.failure, polls: (known.failure?.polls ?? 0) + 1 };
		if (isDue(failure, error)) {
			failure.emitted = this.setup.now();
			this.emit(event, unreadable(event, error, failure.emitted), failure.emitted);
		}
		this.memory.events[event.value] = { ...known, failure };
		return true;
	}

	private emit(event: EventDefinition, notification: Notification, at: number): void {
		this.emitted.push({ event, notification, at });
	}

	/** In the order of the events; within one as it tells them. */
	items(): IDataObject[] {
		const { client, product } = this.setup;
		return this.emitted.map(({ event, notification, at }) =>
			toItem(product.adapter, hostOf(client.origin), event, notification, at),
		);
	}
}
