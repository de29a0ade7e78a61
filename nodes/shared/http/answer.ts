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

/** The title of a web page, in quotation marks; '' where it has none. Looks at its beginning alone. */
export function titleOf(page: unknown): string {
	const start = typeof page === 'string' ? page.slice(0, 4_000) : '';
	const from = start.search(/<title[\s>]/i);
	if (from === -1) return '';
	const opened = start.indexOf('>', from);
	const end = start.toLowerCase().indexOf('</title', opened);
	if (opened === -1 || end === -1) return '';
	const title = start
		.slice(opened + 1, end)
		.split(/\s/)
		.filter(Boolean)
		.join(' ');
	return title === '' ? '' : ` "${title.slice(0, 80)}"`;
}

/**
 * What to say when something else than the product answers.
 *
 * @param page what came, for its title
 * @param known the product has answered here before: a page then stands for a path it does not know
 */
export function unexpectedContent(
	origin: string,
	{
		displayName,
		defaultPort,
		answersUnknownPathsWithPage,
	}: { displayName: string; defaultPort: number; answersUnknownPathsWithPage?: boolean },
	page: unknown,
	status?: number,
	known = false,
): UserFacingError {
	const { host } = new URL(origin);
	const said = `with a web page${titleOf(page)}${status === undefined ? '' : ` (HTTP ${status})`}`;
	// Its own page, by the title: the product is there, and the path is not.
	const isThere =
		known || (answersUnknownPathsWithPage === true && titleOf(page).includes(displayName));
	const unknownPath = answersUnknownPathsWithPage && isThere;
	return {
		message:
			isThere || (status ?? 0) >= 500
				? `${host} answered ${said}, not as the REST API of ${displayName} does.`
				: `This is not the REST API of ${displayName}: ${host} answered ${said}.`,
		description: [
			...(unknownPath
				? [
						'The server answers with its own web page where it does not know a path: check the path, and whether this version of the server has the operation.',
					]
				: []),
			`Something else may ${unknownPath ? 'also ' : ''}listen there, such as a proxy or another product. Check the server URL and the port in the credential (${defaultPort} by default).`,
		].join(' '),
	};
}

/** What to say where a server lacks what every version of the product has. */
export function somethingElse(
	origin: string,
	{ displayName, defaultPort }: { displayName: string; defaultPort: number },
	status: number,
): UserFacingError {
	return {
		message: `This is not the REST API of ${displayName}: something else answers at ${new URL(origin).host} (HTTP ${status}).`,
		description: `${displayName} listens on port ${defaultPort} by default: check the server URL and the port in the credential.`,
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
