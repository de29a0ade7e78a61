/**
 * Names come from servers and from whoever may name a machine. Each form shows them as text: never
 * as markup, never as a mention, never as a formula.
 */

/** Control characters, line breaks, and marks that turn the direction of all that follows. */
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** One line of printable text. */
export const plain = (text: string): string =>
	text.replace(LONE_SURROGATE, '\ufffd').replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();

/** The first `max` characters; emoji and accents stay whole. */
export function cut(text: string, max: number): string {
	if (text.length <= max) return text;
	// A character has two of the text's units at the most; what comes behind those that are kept does not matter.
	const characters = [...text.slice(0, 2 * max + 2)];
	if (characters.length <= max) return text;
	// A joiner or an accent at the border belongs to what is cut off.
	const kept = characters.slice(0, max - 1).join('');
	return `${kept.replace(/(?<![\p{M}\u200d])[\p{M}\u200d]+$/u, '').trimEnd()}…`;
}

/** A name or message for a person: one line, cut, and its own direction kept to itself. */
export function shown(text: string, max: number): string {
	const short = cut(plain(text), max);
	return RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
}

const HTML: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** For HTML text and attribute values alike. */
export const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => HTML[sign] ?? '');

/**
 * For Slack's mrkdwn. Mentions and links need angle brackets; bold, italic, strike and code have no
 * escape, so their signs give way to others that look the same; an emoji code is broken up.
 */
export const mrkdwn = (text: string): string =>
	text
		.replace(/[&<>]/g, (sign) => HTML[sign] ?? '')
		.replaceAll('*', '∗')
		.replaceAll('~', '∼')
		.replaceAll('`', 'ˋ')
		.replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
		.replace(/:(?=[\w+'-]*[a-z][\w+'-]*:)/gi, ':\u200b');

/** NUL and other controls but tab and line ends, and marks that turn the direction of what follows. */
const INVISIBLE =
	/[^\P{Cc}\t\r\n]|[\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** What spreadsheets begin a formula with; Japanese ones take the full-width signs, too. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/u;

/**
 * A cell after RFC 4180. One that a spreadsheet would take for a formula begins with an apostrophe.
 * Numbers stay numbers.
 */
export function csvCell(value: string | number | undefined | null): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = value.replace(LONE_SURROGATE, '\ufffd').replace(INVISIBLE, '');
	const harmless = FORMULA.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
	return /[",\r\n\t']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
