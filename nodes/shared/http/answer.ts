import type { UserFacingError } from './types';

/** Header names in lower case, several values joined. */
export function readHeaders(headers: unknown): Record<string, string> {
	const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
	return Object.fromEntries(
		entries
			.filter(([, value]) => value !== undefined && value !== null)
			.map(([name, value]) => [
				name.toLowerCase(),
				Array.isArray(value) ? value.join(', ') : String(value),
			]),
	);
}

/** Parsed JSON, the text where it is none, undefined where empty. */
export function readBody(text: unknown): unknown {
	if (typeof text !== 'string') return text ?? undefined;
	const trimmed = text.replace(/^\uFEFF/, '').trim();
	if (trimmed === '') return undefined;
	try {
		return JSON.parse(trimmed);
	} catch {
		return text;
	}
}

/** A web page or XML: nothing the three APIs answer where JSON is due. */
export const isUnexpectedContent = (body: unknown): boolean =>
	typeof body === 'string' && body.trimStart().startsWith('<');

/** What to say when something else than the product answers. */
export function unexpectedContent(
	origin: string,
	{
		displayName,
		defaultPort,
		answersUnknownPathsWithPage,
	}: { displayName: string; defaultPort: number; answersUnknownPathsWithPage?: boolean },
	status?: number,
): UserFacingError {
	const { host } = new URL(origin);
	return {
		message: `${host} answered with a web page${status === undefined ? '' : ` (HTTP ${status})`}, not as the REST API of ${displayName} does.`,
		description: [
			...(answersUnknownPathsWithPage
				? [
						'The server answers with its own web page where it does not know a path: check the path, and whether this version of the server has the operation.',
					]
				: []),
			`Something else may ${answersUnknownPathsWithPage ? 'also ' : ''}listen there, such as a proxy or another product. Check the server URL and the port in the credential (${defaultPort} by default).`,
		].join(' '),
	};
}

/** What to say of a redirect. The rest of a foreign address is left out: it may hold a secret. */
export function redirected(origin: string, location: string | undefined): UserFacingError {
	let target = 'elsewhere';
	try {
		const url = new URL(location ?? '', `${origin}/`);
		target = url.origin === origin ? url.pathname : `another server, ${url.origin}`;
	} catch {
		// The server's Location is no URL: "elsewhere" says all there is to say.
	}
	return {
		message: `The server redirects the request to ${target}.`,
		description:
			'The APIs of Veeam do not redirect: a proxy or another product may stand there. Nothing was sent on. Check the server URL in the credential.',
	};
}
