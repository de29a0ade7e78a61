import type { IDataObject } from 'n8n-workflow';

import {
	eventStreamEvent,
	type EventStream,
	type EventStreamState,
} from '../../../nodes/shared/monitoring/eventStream';
import type { Condition } from '../../../nodes/shared/monitoring/incidents';
import {
	onePage,
	snapshotEvent,
	type SnapshotDiff,
} from '../../../nodes/shared/monitoring/snapshotDiff';
import type { Notification, EventDefinition } from '../../../nodes/shared/monitoring/types';
import { readTime } from '../../../nodes/shared/common/time';
import type { CommonOptions, PollContext } from '../../../nodes/shared/monitoring/pollContext';

export interface Circumstances {
	options?: IDataObject;
	common?: Partial<CommonOptions>;
	remainingItems?: number;
	/** Milliseconds since 1970 */
	now?: number;
	/** The settings have changed, and when the event was read last by the server's clock. */
	edited?: Pick<PollContext, 'settingsChanged' | 'since' | 'optionsBefore'>;
	/** How many times `isLate` says no first. */
	late?: () => boolean;
}

/** What an event gets during a poll, without a server. */
export const watchOf = ({
	options = {},
	common,
	remainingItems = 500,
	now,
	edited = {},
	late,
}: Circumstances): PollContext => ({
	...edited,
	client: undefined as never,
	adapter: undefined as never,
	common: {
		emitCurrentProblems: false,
		reminderHours: 0,
		maxItems: 500,
		beginsAnew: false,
		...common,
	},
	options,
	remainingItems,
	now: () => now ?? Date.parse('2026-01-10T12:00:00Z'),
	list: () => Promise.reject(new Error('No server here')),
	serverNow: () => now ?? Date.parse('2026-01-10T12:00:00Z'),
	isExpired: late ?? (() => false),
	pages: () => {
		throw new Error('No server here');
	},
	get: () => Promise.reject(new Error('No server here')),
});

/** Polls an event again and again, as the trigger does; the memory goes through JSON in between. */
export class Poller {
	memory: unknown;
	saved = 'null';

	constructor(
		private readonly event: EventDefinition,
		private readonly circumstances: () => Circumstances = () => ({}),
	) {}

	async poll(more: Circumstances = {}): Promise<Notification[]> {
		const { notifications, memory } = await this.event.poll(
			watchOf({ ...this.circumstances(), ...more }),
			this.memory,
		);
		this.memory = JSON.parse(JSON.stringify(memory)) as unknown;
		return notifications;
	}

	/** Back to an earlier memory, as after n8n was killed. */
	back(memory: unknown): void {
		this.memory = memory;
	}
}

export interface Session extends IDataObject {
	id: string;
	endTime: string | null;
	state: string;
}

/** Sessions of a server that a test changes; filtered by end time as a server would. */
export class Sessions {
	list: Session[] = [];
	/** Times asked for. */
	readonly asked: Array<string | undefined> = [];
	pageSize = 1000;
	oldestFirst = true;
	/** Called before each page. */
	before: (page: number) => void = () => {};

	end(id: string, endTime: string): void {
		this.list = this.list.filter((session) => session.id !== id);
		this.list.push({ id, endTime, state: 'Stopped' });
	}

	run(id: string): void {
		this.list.push({ id, endTime: null, state: 'Working' });
	}

	event(
		emit?: EventStream<IDataObject>['emit'],
		isWatched?: EventStream<IDataObject>['isWatched'],
	): EventDefinition {
		return eventStreamEvent<IDataObject>(
			{ value: 'test', name: 'Test', description: '' },
			{
				newest: () => Promise.resolve(this.sorted().reverse().slice(0, 5)),
				since: (_, after) => this.pages(after),
				oldestFirst: this.oldestFirst,
				id: ({ id }) => String(id),
				time: ({ endTime }) => endTime,
				isOver: ({ state }) => state === 'Stopped',
				begin: () => ({}),
				...(isWatched
					? {
							isWatched,
							isRemembered: (context, record) => isWatched(context, record, {}) === true,
						}
					: {}),
				emit:
					emit ??
					(async (context, record) =>
						(await (isWatched?.(context, record, {}) ?? true)) ? [notification(record)] : []),
			},
		);
	}

	private sorted(): Session[] {
		return this.list
			.filter(({ endTime }) => endTime !== null)
			.sort((a, b) => String(a.endTime).localeCompare(String(b.endTime)));
	}

	private async *pages(after: string | undefined) {
		this.asked.push(after);
		const from = readTime(after) ?? 0;
		const found = this.sorted().filter(({ endTime }) => (readTime(endTime) ?? 0) >= from);
		for (let at = 0, page = 0; at < found.length; at += this.pageSize, page++) {
			this.before(page);
			yield await Promise.resolve({ items: found.slice(at, at + this.pageSize) });
		}
	}
}

const notification = (record: IDataObject): Notification => ({
	transition: 'finished',
	severity: 'info',
	object: { id: String(record.id), name: String(record.id), type: 'Session' },
	condition: 'finished',
	occurrence: String(record.id),
	previous: null,
	current: null,
	message: `${String(record.id)} ended`,
	record,
});

export const idsOf = (notifications: Notification[]): string[] =>
	notifications.map(({ object }) => object.id);

/** Objects of a server that a test changes. */
export class Things {
	list: Array<{ id: string; value: number }> = [];

	event(conditions: Condition[], more: Partial<SnapshotDiff> = {}): EventDefinition {
		return snapshotEvent(
			{ value: 'test', name: 'Test', description: '' },
			{
				type: 'Thing',
				pages: (_, from) => onePage(this.list, from),
				object: ({ id }) => ({ id: String(id), name: `Thing ${String(id)}` }),
				conditions,
				...more,
			},
		);
	}

	set(id: string, value: number): void {
		this.list = [...this.list.filter((thing) => thing.id !== id), { id, value }];
	}
}

export const cursorOf = (memory: unknown): string | undefined =>
	(memory as EventStreamState<unknown>).cursor;
