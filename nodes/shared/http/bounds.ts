import { sleep } from 'n8n-workflow';

/**
 * What bounds an answer in time and in size, whatever the server does. The timeouts of n8n's helpers
 * do not: they count silence alone, and a server that sends a blank now and then is never silent;
 * they have no limit of size, and unpack what is packed to the end.
 */

/** The code of a request whose time is up although the server went on sending. */
export const OVERDUE = 'OVERDUE';

/** The code of an answer that is larger than it may be. */
export const TOO_LARGE = 'TOO_LARGE';

/** What an answer must bring, in bytes a second on average: less is a server that drips. */
const SLOWEST = 100;

/** What a timer of Node.js can count, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

const coded = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * Gives work so many milliseconds, and goes on without it when they are over. `broken` is
 * raised then, whether or not the work heeds it.
 *
 * @throws an error with the code `OVERDUE`
 */
export async function within<T>(
	milliseconds: number,
	broken: AbortController,
	work: () => Promise<T>,
): Promise<T> {
	const timer = AbortSignal.timeout(Math.min(Math.ceil(milliseconds), LONGEST_TIMER));
	let expire: () => void = () => {};
	const expired = new Promise<never>((_resolve, reject) => {
		expire = () => {
			reject(coded(OVERDUE));
			broken.abort();
		};
		timer.addEventListener('abort', expire, { once: true });
	});
	try {
		return await Promise.race([work(), expired]);
	} finally {
		timer.removeEventListener('abort', expire);
	}
}

/** As Node.js has streams: as much of it as is used. */
export interface ReadableStream {
	emit(event: string | symbol, ...values: unknown[]): boolean;
}

export interface StallWatch {
	/** Nothing, or next to nothing, came for too long; the answer was broken off. */
	stalled: boolean;
	/** Whoever reads is done: stop watching. */
	end(): void;
}

/**
 * Breaks an answer off that brings next to nothing for so long.
 *
 * Only looks on. A listener for data would start the stream before it is read, and a stream that was
 * paused by `pause()` stays so where n8n reads by `on('data')`, as it does to keep binary data in
 * memory or in the database.
 *
 * @param abandon breaks the answer off
 */
export function watchForStall(
	stream: ReadableStream,
	milliseconds: number,
	abandon: () => void,
): StallWatch {
	let ended = false;
	const watch: StallWatch = { stalled: false, end: () => (ended = true) };
	const enough = (milliseconds / 1000) * SLOWEST;
	let since = Date.now();
	let brought = 0;
	const emit = stream.emit.bind(stream);
	stream.emit = (event, ...values) => {
		if (event === 'data') brought += (values[0] as Buffer).length;
		if (brought >= enough) {
			since = Date.now();
			brought = 0;
		}
		return emit(event, ...values);
	};
	void (async () => {
		while (!ended && !watch.stalled) {
			await sleep(Math.min(1000, milliseconds / 4));
			watch.stalled = !ended && Date.now() - since > milliseconds;
		}
		if (watch.stalled) abandon();
	})();
	return watch;
}

/**
 * The text of an answer, of at most so many bytes once unpacked.
 *
 * @param body a stream, or what a helper has read already
 * @throws an error with the code `TOO_LARGE`; nothing more is read then
 */
export async function readText(body: unknown, largest: number): Promise<unknown> {
	const text = Buffer.isBuffer(body) ? body.toString() : body;
	if (typeof text === 'string' && text.length > largest) throw coded(TOO_LARGE);
	if (!isStream(text)) return text;
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of text) {
		size += chunk.length;
		if (size > largest) throw coded(TOO_LARGE);
		chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
	}
	return Buffer.concat(chunks).toString();
}

export const isStream = (body: unknown): body is AsyncIterable<Buffer> & ReadableStream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
