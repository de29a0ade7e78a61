import type { QueryValue } from '../http/types';
import { ParameterError } from './parameterError';

/** Line breaks, tabs, NUL and other characters nobody sees: URL parsers drop some of them. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;
const ADVICE = 'Give the path as the API reference has it. Nothing has been sent.';

/**
 * Splits what a user typed or pasted for an API request into path and query. What could lead to
 * another object or another server is refused in the typed text, before any URL parser sees it:
 * parsers resolve `..`, drop control characters and guess at what is malformed.
 *
 * @param origin of the credential's server; an address that begins with it is taken for its path
 * @throws ParameterError saying what is wrong with the path
 */
export function splitRequestPath(
	typed: unknown,
	origin: string,
): { path: string; query: Record<string, QueryValue> } {
	const text = typeof typed === 'string' ? typed.trim() : '';
	const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
	const refuse = (what: string, how = ADVICE): never => {
		throw new ParameterError(`"Path" ${what}: ${shown}`, how);
	};
	if (text === '')
		throw new ParameterError('"Path" is empty', 'Give the path as the API reference has it.');
	if (CONTROL.test(text)) refuse('contains a line break, a tab or another control character');

	const local = withoutOrigin(text, origin);
	if (local === undefined)
		throw new ParameterError(
			`"Path" leads to another server: ${shown}`,
			`Requests go to the server of the credential, ${origin}, and to no other. Give the path alone, such as /api/v1/jobs.`,
		);
	const [, path = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(local) ?? [];
	if (path.includes('\\')) refuse('contains a backslash');
	if (/[{}]/.test(path))
		refuse(
			'contains a placeholder in braces',
			'Put the ID in its place: {{ $json.id }} in an expression. Nothing has been sent.',
		);
	for (const segment of path.split('/')) refuseTrap(segment, refuse);
	return {
		path: new URL(`${origin}${path.startsWith('/') ? '' : '/'}${path}`).pathname,
		query: readQuery(query),
	};
}

/** The path of an address on the server itself; undefined where the text leads elsewhere. */
function withoutOrigin(text: string, origin: string): string | undefined {
	const own = origin.replace(/\/$/, '');
	if (text.toLowerCase().startsWith(own.toLowerCase())) {
		const rest = text.slice(own.length);
		if (rest === '' || /^[/?#]/.test(rest)) return rest.startsWith('//') ? undefined : rest || '/';
	}
	// A scheme, an authority without one, or a username: `https:host`, `//host`, `\\host`.
	const elsewhere = /^[/\\]{2}|^[/\\]?[a-z][a-z0-9+.-]*:|^[^/?#]*@|^\/\\|^\\/i.test(text);
	return elsewhere ? undefined : text;
}

/** Refuses a segment that is `.` or `..` in any encoding, or hides a separator in one. */
function refuseTrap(segment: string, refuse: (what: string) => never): void {
	let plain = segment;
	// Servers behind proxies decode more than once.
	for (let round = 0; round < 5; round += 1) {
		const parts = plain.normalize('NFKC').split(/[/\\]/);
		if (parts.some((part) => /^\.{1,2}$/.test(part.replace(/;.*$/s, '').trim())))
			refuse('contains "." or ".."');
		if (CONTROL.test(plain)) refuse('contains an encoded control character');
		if (!plain.includes('%')) return;
		let decoded: string;
		try {
			decoded = decodeURIComponent(plain);
		} catch {
			// Only the typed text has to be well-formed: what it encodes may be any text.
			if (round === 0) refuse('contains a % that encodes nothing (write %25 for a percent sign)');
			return;
		}
		if (decoded === plain) return;
		plain = decoded;
	}
	refuse('is encoded too many times');
}

function readQuery(text: string): Record<string, QueryValue> {
	const parameters = new URLSearchParams(text);
	const query: Record<string, QueryValue> = {};
	for (const name of new Set(parameters.keys())) {
		const values = parameters.getAll(name);
		query[name] = values.length > 1 ? values : (values[0] ?? '');
	}
	return query;
}
