import { Readable } from 'node:stream';

const CHUNK = 64 * 1024;

/** So many bytes, made as they are read; byte n is n modulo 251, so that a reader can check them. */
export function bytes(count: number): Readable {
	return Readable.from(
		(function* () {
			for (let sent = 0; sent < count; sent += CHUNK) {
				const chunk = Buffer.alloc(Math.min(CHUNK, count - sent));
				for (let index = 0; index < chunk.length; index++) chunk[index] = (sent + index) % 251;
				yield chunk;
			}
		})(),
		{ objectMode: false },
	);
}
