/** What a stand-in for an outside service received, in the order in which it came. */
export class Inbox<T> {
	readonly items: T[] = [];

	private readonly listeners = new Set<() => void>();

	/** @param what one of the items, for the error of a wait: `mail` */
	constructor(private readonly what: string) {}

	add(item: T): void {
		this.items.push(item);
		this.listeners.forEach((listener) => listener());
	}

	clear(): void {
		this.items.length = 0;
	}

	/**
	 * Waits until an item has come that fits, also looking at those already there.
	 * @param timeout milliseconds
	 * @throws Error when none has come by then, with the number of others
	 */
	async waitFor(fits: (item: T) => boolean, timeout = 30_000): Promise<T> {
		return await new Promise((done, fail) => {
			const look = () => {
				const found = this.items.find(fits);
				if (found === undefined) return;
				this.listeners.delete(look);
				clearTimeout(timer);
				done(found);
			};
			const timer = setTimeout(() => {
				this.listeners.delete(look);
				fail(
					new Error(
						`No such ${this.what} within ${timeout} ms; ${this.items.length} others are there.`,
					),
				);
			}, timeout);
			this.listeners.add(look);
			look();
		});
	}
}
