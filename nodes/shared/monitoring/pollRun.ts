import type { IDataObject } from 'n8n-workflow';

import { isDue, isLoginFailure, isUnreachable, readableAgain, unreadable } from './eventFailures';
import { toItem } from './items';
import { fingerprint } from './keys';
import type { EventMemory, Memory } from './triggerState';
import type { PollSetup } from './poll';
import { hostOf } from './serverReachability';
import type { Happening, TriggerEvent } from './types';
import { createWatch, type CommonOptions, type Deadline } from './pollContext';

/** One poll's way through its events. */
export class Round {
	/** How many events were read, or failed to be. */
	asked = 0;
	readonly errors: Error[] = [];
	/** Why the server could not be reached; nothing more is asked then. */
	unreachable: Error | undefined;
	private readonly told: Array<{ event: TriggerEvent; happening: Happening; at: number }> = [];

	/** @param memory is changed, event by event */
	constructor(
		private readonly setup: PollSetup,
		private readonly memory: Memory,
		private readonly common: CommonOptions,
		private readonly deadline: Deadline,
	) {}

	/** @returns false where no more can be asked in this poll: it goes on with this event */
	async ask(event: TriggerEvent): Promise<boolean> {
		const { memory, deadline, common } = this;
		const room = common.maxItems - this.told.length;
		delete memory.first;
		if (room <= 0 || deadline.isLate()) {
			memory.first = event.value;
			return false;
		}
		const { product, now } = this.setup;
		const { adapter } = product;
		const watch = createWatch({ ...this.setup, adapter, event, common, room, deadline });
		const settings = fingerprint(JSON.stringify(watch.options));
		const kept = memory.events[event.value];
		// Changed settings begin anew, for this event alone.
		const known: EventMemory = kept?.settings === settings ? kept : { settings };
		this.asked++;
		try {
			const { happenings, memory: state, unfinished } = await event.watch(watch, known.state);
			if (known.failure?.told !== undefined)
				this.tell(event, readableAgain(event, known.failure), now());
			for (const happening of happenings) this.tell(event, happening, watch.serverNow());
			memory.events[event.value] = { settings, state };
			if (!unfinished) return true;
			memory.first = event.value;
			return this.told.length < common.maxItems;
		} catch (error) {
			return this.note(event, known, error as Error);
		}
	}

	/** Keeps what was known: the next poll catches up. */
	private note(event: TriggerEvent, known: EventMemory, error: Error): boolean {
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
			failure.told = this.setup.now();
			this.tell(event, unreadable(event, error, failure.told), failure.told);
		}
		this.memory.events[event.value] = { ...known, failure };
		return true;
	}

	private tell(event: TriggerEvent, happening: Happening, at: number): void {
		this.told.push({ event, happening, at });
	}

	/** In the order of the events; within one as it tells them. */
	items(): IDataObject[] {
		const { client, product } = this.setup;
		return this.told.map(({ event, happening, at }) =>
			toItem(product.adapter, hostOf(client.origin), event, happening, at),
		);
	}
}
