import { UserFacingFailure } from './errors';

/** Half a character: `encodeURIComponent` throws on it. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Line breaks, tabs and other characters nobody sees. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * Fills the `{placeholders}` of a path with encoded values, so that no value can lead to another
 * path: slashes, question marks and the like are encoded; `.`, `..`, nothing and control characters
 * are refused, because no encoding makes them safe on every server.
 *
 * @throws UserFacingFailure naming the field
 */
export function fillPath(path: string, values: Record<string, string> = {}): string {
	const filled = path.replace(/\{([^{}]+)\}/g, (_placeholder, field: string) =>
		encodeSegment(field, values[field]),
	);
	refuseTraps(filled);
	return filled;
}

function encodeSegment(field: string, value: string | undefined): string {
	const text = value === undefined || value === null ? '' : String(value);
	if (text.trim() === '')
		throw new UserFacingFailure({
			message: `"${field}" is empty.`,
			description:
				'Choose one from the list or give its ID. If it comes from an expression, the item has no such field.',
		});
	const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
	if (text === '.' || text === '..')
		throw new UserFacingFailure({
			message: `"${field}" is ${shown}, which is not an ID.`,
			description: 'Give the ID of an object. Nothing has been sent.',
		});
	if (CONTROL.test(text) || LONE_SURROGATE.test(text))
		throw new UserFacingFailure({
			message: `"${field}" contains a control character: ${shown}.`,
			description: 'Remove line breaks, tabs and the like from the ID. Nothing has been sent.',
		});
	return encodeURIComponent(text);
}

/** What a path given as a whole (API Request) may not contain. */
function refuseTraps(path: string): void {
	if (!path.startsWith('/'))
		throw new UserFacingFailure({
			message: `The path does not start with a slash: "${path}".`,
			description: 'Give the path as the API reference has it.',
		});
	const segments = path.split(/[?#]/)[0]?.split(/[/\\]/) ?? [];
	if (segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
		throw new UserFacingFailure({
			message: `The path contains "." or "..": "${path}".`,
			description: 'Write the path out in full. Nothing has been sent.',
		});
}
