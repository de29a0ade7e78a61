import type { Answer } from '../foundation/product';

/** The version whose facts a client asks for: `3.6.1` or `3.6.1.1234`; the newest where none. */
export function versionOf(asked: unknown, supported: readonly string[]): string | Answer {
	const newest = supported[supported.length - 1] ?? '';
	if (asked === undefined) return newest;
	const known = [...supported]
		.sort((a, b) => b.length - a.length)
		.find((one) => String(asked) === one || String(asked).startsWith(`${one}.`));
	if (known) return known;
	const message = `X-Client-Version ${String(asked)} is not supported; known are ${supported.join(', ')}`;
	return { status: 400, body: { errors: [{ message, type: 'logical', code: 107 }] } };
}
