import { randomUUID } from 'node:crypto';
import type { Item } from '../foundation/listQuery';
import { Refused } from '../foundation/product';

/** What happened, in order, with tokens that say how far a client has read. */
export class ChangeFeed {
	private events: Item[] = [];
	/** Tokens of an earlier epoch are outdated. */
	private epoch = randomUUID().slice(0, 8);

	add(eventType: string, id: unknown, rest: Item = {}): void {
		this.events.push({ eventType, id, eTag: this.events.length + 1, ...rest });
	}

	/** Makes every token handed out so far outdated, as a server does that has cleaned up. */
	expire(): void {
		this.epoch = randomUUID().slice(0, 8);
		this.events = [];
	}

	/**
	 * The events after a token, of which `latest` is the end of the feed.
	 *
	 * @param fits which events count; the others are passed over
	 */
	after(
		from: string,
		limit: number,
		fits: (event: Item) => boolean = () => true,
	): { nextChangeToken: string; events: Item[] } {
		let position = this.position(from);
		const events: Item[] = [];
		while (position < this.events.length && events.length < limit) {
			const event = this.events[position++] as Item;
			if (fits(event)) events.push(event);
		}
		return { nextChangeToken: this.token(position), events };
	}

	private position(from: string): number {
		if (from.toLowerCase() === 'latest') return this.events.length;
		if (from === '') return 0;
		const [epoch, position] = Buffer.from(from, 'base64url').toString().split(':');
		if (epoch === this.epoch && /^\d+$/.test(position ?? '')) return Number(position);
		throw new Refused({
			because: 'refused',
			status: 400,
			code: 'OutdatedChangeToken',
			what: 'The change token is outdated',
		});
	}

	private token(position: number): string {
		return Buffer.from(`${this.epoch}:${position}`).toString('base64url');
	}
}
