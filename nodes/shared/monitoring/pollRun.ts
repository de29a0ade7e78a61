import type { IDataObject } from 'n8n-workflow';

import { UserFacingFailure } from '../http/errors';
import type { Short } from '../http/pageWalk';
import type { UserFacingError } from '../http/types';
import {
	isDue,
	isLoginFailure,
	isSlow,
	isUnreachable,
	noLongerPicked,
	readableAgain,
	unreadable,
	watchedInPart,
} from './eventFailures';
import { toItem } from './items';
import { optionsOf, readOptions, setOptions, settingsOf } from './options';
import { lackingChoices, notInVersion } from './requires';
import { outageId, outageIsOver, type EventState, type TriggerState } from './triggerState';
import type { PollSetup } from './pollSetup';
import { beganAnew, beginningAnew, type BeginningAnew } from './pause';
import { hostOf } from './serverReachability';
import type { Notification, EventDefinition } from './types';
import { createPollContext, type CommonOptions, type PollContext } from './pollContext';

/** What the events of one poll came to. */
export interface PollResult {
	/** How many events were read, or failed to be. */
	asked: number;
	/** Why events could not be read. */
	errors: Error[];
	/** Why the server could not be reached, where no event could be read. */
	unreachable?: Error;
}

/** Polls in a row in which an event came no further, or not to the end, though there was more to read. */
const STALLED_POLLS = 3;

const STANDSTILL: UserFacingError = {
	message: `Reading what is new takes longer than a poll may take: there was no progress in ${STALLED_POLLS} polls in a row.`,
	description: 'Narrow the event by its filters, or look at why the server is slow.',
};

const shortList = ({ total, ended }: Short): UserFacingError => ({
	message: `The server says that there are ${total} items, and gives ${ended}, ${STALLED_POLLS} polls in a row.`,
	description:
		'What it keeps back is not watched. The account of the credential may not see all of it, or the server or a proxy in between counts or cuts wrongly.',
});

/** By what it is counted how often an event was taken out, and all that it knew with it. */
const timesLeft = ({ value }: Pick<EventDefinition, 'value'>): string => `${value}/left`;

/** By what it is counted how often choices were said to be lacking. */
const lackingOf = ({ value }: EventDefinition): string => `${value}/lacking`;

/** One poll's way through its events. */
export class PollRun {
	private asked = 0;
	private readonly errors: Error[] = [];
	/** Events for which the server was not there, or not in time. */
	private readonly away: Array<{ event: EventDefinition; known: EventState; error: Error }> = [];
	private succeeded = 0;
	private readonly emitted: Array<{
		event: Pick<EventDefinition, 'value'>;
		notification: Notification;
		at: number;
	}> = [];

	/** @param memory is changed, event by event */
	constructor(
		private readonly setup: PollSetup,
		private readonly memory: TriggerState,
		private readonly common: CommonOptions,
	) {}

	/** @returns false where no more can be asked in this poll: it goes on with this event */
	async ask(event: EventDefinition): Promise<boolean> {
		const { memory, common } = this;
		delete memory.first;
		// Taken out and picked again meanwhile: what was known ends first.
		const isLeft = memory.events[event.value]?.leaving !== true || this.leaveOne(event);
		const remainingItems = common.maxItems - this.emitted.length;
		if (!isLeft || remainingItems <= 0 || this.setup.deadline.isExpired()) {
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
		});
		const settings = settingsOf(this.setup.context, event);
		const known = this.knownOf(event, settings, pollContext);
		this.asked++;
		const begun = now();
		try {
			const {
				notifications,
				memory: state,
				unfinished,
			} = await event.poll(pollContext, known.state);
			this.succeeded++;
			const isStalled =
				unfinished === true &&
				notifications.length === 0 &&
				JSON.stringify(state) === JSON.stringify(known.state);
			const { short } = pollContext;
			if (known.failure?.emitted !== undefined && !isStalled && !short) {
				this.emit(event, readableAgain(event, known.failure, outageId(memory, event.value)), now());
				outageIsOver(memory, event.value);
			}
			for (const notification of notifications)
				this.emit(event, notification, pollContext.serverNow());
			const isOpenEnd = unfinished === true && known.readAt !== undefined;
			const readAt = isOpenEnd ? known.readAt : pollContext.serverNow() - (now() - begun);
			const set = setOptions(this.setup.context, event);
			memory.events[event.value] = {
				settings,
				...(Object.keys(set).length > 0 ? { set } : {}),
				...{ state, readAt },
			};
			this.noteLacking(event, known, pollContext);
			if (isStalled) this.noteStandStill(event, known, unreadable, STANDSTILL);
			else if (short) this.noteStandStill(event, known, watchedInPart, shortList(short));
			if (!unfinished) return true;
			memory.first = event.value;
			return this.emitted.length < common.maxItems;
		} catch (error) {
			return this.note(event, known, error as Error, pollContext.serverNow());
		}
	}

	/**
	 * What is known of an event. Changed settings start afresh what they changed, for it alone; they count
	 * as changed until the event was read with them.
	 */
	private knownOf(event: EventDefinition, settings: string, pollContext: PollContext): EventState {
		const kept = this.memory.events[event.value];
		if (!kept || kept.settings === settings) {
			if (kept?.since !== undefined) pollContext.since = kept.since;
			return kept ?? { settings };
		}
		if (!event.adoptsMemory || kept.state === undefined) return { settings };
		pollContext.settingsChanged = true;
		pollContext.optionsBefore = optionsOf(event, kept.set ?? {});
		if (kept.readAt !== undefined) pollContext.since = kept.readAt;
		return kept;
	}

	/** Events that the user took out close what they have reported: nobody else would. */
	leave(events: EventDefinition[]): void {
		for (const event of events) this.leaveOne(event);
	}

	/** Nothing can be watched: closes what is open of conditions that the user took out. */
	closeUnpicked(events: EventDefinition[]): void {
		const { memory, common, setup } = this;
		for (const event of events) {
			const known = memory.events[event.value];
			if (known?.state === undefined || known.leaving) continue;
			const options = readOptions(setup.context, event);
			const most = common.maxItems - this.emitted.length;
			const kept = event.closeUnpicked?.(known.state, options, most);
			if (!kept || kept.notifications.length === 0) continue;
			for (const notification of kept.notifications) this.emit(event, notification, setup.now());
			// Whatever is picked next differs from what is known.
			memory.events[event.value] = { ...known, settings: '', state: kept.memory };
		}
	}

	/** @returns false where there is no room for all of it: the next poll goes on */
	private leaveOne(event: EventDefinition): boolean {
		const { memory, common, setup } = this;
		const known = memory.events[event.value];
		if (!known) return true;
		const remainingItems = common.maxItems - this.emitted.length;
		const kept: EventState = { ...known, leaving: true };
		if (remainingItems <= 0) {
			memory.events[event.value] = kept;
			return false;
		}
		const { notifications, memory: state } =
			kept.state === undefined || !event.leave
				? { notifications: [] }
				: event.leave(kept.state, remainingItems);
		for (const notification of notifications) this.emit(event, notification, setup.now());
		if (kept.failure?.emitted !== undefined) {
			const occurrence = outageId(memory, event.value);
			this.emit(event, noLongerPicked(event, kept.failure, occurrence), setup.now());
			outageIsOver(memory, event.value);
			delete kept.failure;
		}
		if (state !== undefined) {
			memory.events[event.value] = { ...kept, state };
			return false;
		}
		delete memory.events[event.value];
		outageIsOver(memory, timesLeft(event));
		return true;
	}

	/** What the trigger knew does not go on: says so, and takes the present as it is. */
	beginAnew(reason: BeginningAnew, picked: EventDefinition[]): void {
		const { memory, setup } = this;
		let open = 0;
		for (const event of picked) {
			const known = memory.events[event.value];
			if (!known) continue;
			const { state, ...kept } = known;
			delete kept.since;
			if (state !== undefined) open += event.leave?.(state, Infinity).notifications.length ?? 0;
			const left = state === undefined ? undefined : event.beginAnew?.(state);
			memory.events[event.value] = { ...kept, ...(left === undefined ? {} : { state: left }) };
		}
		delete memory.first;
		const { client, product, now } = setup;
		const { displayName } = product.adapter;
		const at = { origin: client.origin, displayName, now: now() };
		this.emit(beganAnew, beginningAnew(reason, at, picked, open), now());
	}

	/** Says once what the user picked and the API version does not know. */
	private noteLacking(event: EventDefinition, known: EventState, pollContext: PollContext): void {
		const own = this.memory.events[event.value];
		const { client, product, now } = this.setup;
		const catalogue = product.adapter.catalogue();
		const lacking = lackingChoices(event, pollContext.options, catalogue, client.version);
		if (!own) return;
		const names = lacking.map(({ value }) => value).join();
		const said = lacking.length > 0 ? `${client.version}: ${names}` : undefined;
		if (said !== undefined) own.lacking = said;
		if (said === known.lacking) return;
		// No longer asked for: said again, it is said anew.
		if (known.lacking !== undefined) outageIsOver(this.memory, lackingOf(event));
		if (said === undefined) return;
		const occurrence = outageId(this.memory, lackingOf(event));
		this.emit(event, notInVersion(event, lacking, client, occurrence), now());
	}

	/** More is there to read, and nothing came of it: said when it was so three times in a row. */
	private noteStandStill(
		event: EventDefinition,
		known: EventState,
		notificationOf: typeof unreadable,
		reason: UserFacingError,
	): void {
		const own = this.memory.events[event.value];
		if (!own) return;
		own.stalled = (known.stalled ?? 0) + 1;
		if (known.failure) own.failure = known.failure;
		if (own.stalled < STALLED_POLLS || known.failure?.emitted !== undefined) return;
		const now = this.setup.now();
		own.failure = { polls: own.stalled, emitted: now };
		const occurrence = outageId(this.memory, event.value);
		this.emit(event, notificationOf(event, new UserFacingFailure(reason), now, occurrence), now);
	}

	/** Keeps what was known: the next poll catches up. */
	private note(event: EventDefinition, known: EventState, error: Error, at: number): boolean {
		const begun = known.state === undefined ? { ...known, since: known.since ?? at } : known;
		this.memory.events[event.value] = begun;
		if (isUnreachable(error)) {
			this.away.push({ event, known: begun, error });
			// Where nobody is, asking for the other events would only take their time.
			return isSlow(error);
		}
		this.errors.push(error);
		// The other events would log in with the same wrong password, and lock the account out.
		if (isLoginFailure(error)) {
			this.asked = this.errors.length;
			return false;
		}
		this.count(event, begun, error);
		return true;
	}

	/** One more poll in which an event could not be read; an item where it is time for one. */
	private count(event: EventDefinition, known: EventState, error: Error): void {
		const failure = { ...known.failure, polls: (known.failure?.polls ?? 0) + 1 };
		if (isDue(failure, error)) {
			failure.emitted = this.setup.now();
			const occurrence = outageId(this.memory, event.value);
			this.emit(event, unreadable(event, error, failure.emitted, occurrence), failure.emitted);
		}
		this.memory.events[event.value] = { ...known, failure };
	}

	/**
	 * What the poll came to; asked for once, before `items`. A server that answered one event is there:
	 * what it did not answer is the matter of that event alone.
	 */
	result(): PollResult {
		const { asked, errors, away, succeeded } = this;
		const [first] = away;
		if (first && succeeded + errors.length === 0)
			return { asked, errors, unreachable: first.error };
		for (const { event, known, error } of away) this.count(event, known, error);
		return { asked: asked - away.length, errors };
	}

	private emit(
		event: Pick<EventDefinition, 'value'>,
		notification: Notification,
		at: number,
	): void {
		// Whoever heard that a problem is closed, because the event was taken out, hears of it anew.
		const times = this.memory.outages?.[timesLeft(event)];
		const occurrence = `${notification.occurrence}${times ? `~${times}` : ''}`;
		this.emitted.push({ event, notification: { ...notification, occurrence }, at });
	}

	/** In the order of the events; within one as it emits them. */
	items(): IDataObject[] {
		const { client, product } = this.setup;
		return this.emitted.map(({ event, notification, at }) =>
			toItem(product.adapter, hostOf(client.origin), event, notification, at),
		);
	}
}
