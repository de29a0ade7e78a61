import { begin } from './streamBaseline';
import { StreamPoll } from './streamPoll';
import { copyOf, isOver, type EventStream, type EventStreamState } from './streamTypes';
import { readTime } from '../common/time';
import type { PollContext } from './pollContext';
import type { EventDefinition, Farewells, Notification } from './types';

export { asManyAs, LOOK_BACK } from './streamTypes';
export type { EventStream, EventStreamState, Reading } from './streamTypes';

/** So many former settings are remembered where a user edits them faster than everything is read. */
const MOST_FORMER = 20;

type Described = Omit<EventDefinition, 'poll' | 'sample'>;

/** An event that emits every record once. */
export function eventStreamEvent<Own>(
	described: Described,
	stream: EventStream<Own>,
): EventDefinition {
	return {
		...described,
		adoptsMemory: true,
		poll: async (pollContext, kept) => {
			// A copy: a poll that fails half-way leaves the memory as it was.
			const state = kept === undefined ? undefined : copyOf(kept as EventStreamState<Own>);
			// What was left of an event that was taken out is no state to go on from.
			const known = state?.own === undefined ? undefined : state;
			if (known?.cursor === undefined) return await (await begin(pollContext, stream, known)).run();
			if (pollContext.settingsChanged) adoptSettings(pollContext, known);
			return await new StreamPoll(pollContext, stream, known).run();
		},
		...(stream.leave
			? { leave: (memory: unknown, most: number) => leave(stream, memory, most) }
			: {}),
		beginAnew: (memory) => {
			const { own, seen, recent, farewells } = memory as EventStreamState<Own> & Left;
			return farewells ? { farewells } : { own, seen, recent };
		},
		sample: async (pollContext) => {
			const records = (await stream.newest(pollContext)).filter((record) => isOver(stream, record));
			for (const record of records.slice(0, 20)) {
				const [notification] = (await stream.emit(pollContext, record, stream.begin())) ?? [];
				if (notification) return notification;
			}
			return undefined;
		},
	};
}

/** The user edited the settings: nothing of what is known is lost, and all is read once with the new ones. */
function adoptSettings<Own>(pollContext: PollContext, memory: EventStreamState<Own>): void {
	memory.adopting = true;
	const local = readTime(memory.cursor) ?? 0;
	const { since: until = local, optionsBefore: options = {} } = pollContext;
	const former = memory.before ?? [];
	const last = former[former.length - 1];
	const isSame = last && JSON.stringify(last.options) === JSON.stringify(options);
	memory.before = [...(isSame ? former.slice(0, -1) : former), { options, until, local }];
	// The oldest say what is history.
	if (memory.before.length > MOST_FORMER) memory.before.splice(-2, 1);
	delete memory.looked;
	delete memory.looking;
	delete memory.lap;
	delete memory.leftOut;
}

/** What is left to close of an event that was taken out. */
interface Left {
	farewells?: Notification[];
}

/** Closes what is open, as many as there is room for; what is left waits as it is. */
function leave<Own>(stream: EventStream<Own>, memory: unknown, most: number): Farewells {
	const { farewells } = (memory ?? {}) as Left;
	const own = () => stream.leave?.(copyOf(memory as EventStreamState<Own>).own) ?? [];
	const all = farewells ?? own();
	const left = all.slice(most);
	return {
		notifications: all.slice(0, most),
		...(left.length > 0 ? { memory: { farewells: left } } : {}),
	};
}
