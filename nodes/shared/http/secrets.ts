/**
 * What keeps secrets, stack traces and floods out of every text that a user sees.
 */

import { mapSecrets } from '../common/secretNames';

/** The most that is read of one text of a server's error, before anything looks at it. */
export const LONGEST_TEXT = 2000;

/** The most of a text that a user is shown; it may quote several texts of the server. */
const LONGEST_SHOWN = 3 * LONGEST_TEXT;

/** Stands where a text was cut. */
const CUT = '…';

const HIDDEN = '*****';

/** Entries of a list and fields of an object of an error that are read. */
const MOST_ENTRIES = 50;

export const cutText = (text: string, longest = LONGEST_TEXT): string =>
	text.length > longest ? `${text.slice(0, longest)}${CUT}` : text;

/** An error answer with its texts cut, its lists shortened and nothing nested deeper than anyone reads. */
export function cutTexts(value: unknown, depth = 6): unknown {
	if (typeof value === 'string') return cutText(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth === 0) return undefined;
	if (Array.isArray(value))
		return value.slice(0, MOST_ENTRIES).map((entry) => cutTexts(entry, depth - 1));
	return Object.fromEntries(
		Object.entries(value)
			.slice(0, MOST_ENTRIES)
			.map(([name, entry]) => [cutText(name), cutTexts(entry, depth - 1)]),
	);
}

/** The same without these secrets, where a server quotes what it was sent. */
export function cleanTexts(value: unknown, secrets: readonly string[]): unknown {
	const cleaned = (one: unknown): unknown => {
		if (typeof one === 'string') return clean(one, secrets);
		if (Array.isArray(one)) return one.map(cleaned);
		if (typeof one !== 'object' || one === null) return one;
		return Object.fromEntries(
			Object.entries(one).map(([name, entry]) => [clean(name, secrets), cleaned(entry)]),
		);
	};
	return cleaned(cutTexts(value));
}

/** Takes secrets and stack traces out of a text, and cuts it to what a person reads. */
export function clean(text: string, secrets: readonly string[] = []): string {
	let cleaned = cutText(text, LONGEST_SHOWN);
	for (const form of secrets.flatMap(formsOf)) {
		cleaned = cleaned.split(form).join(HIDDEN);
		cleaned = withoutBeginning(cleaned, form);
	}
	return cleaned
		.replace(/\b(Bearer|Basic)\s+[\w\-.~+/=]{8,}/gi, `$1 ${HIDDEN}`)
		.replace(
			/((?:\b\w{1,60}_token|password|client_secret)["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi,
			`$1${HIDDEN}`,
		)
		.split(/\r?\n/)
		.filter((line) => !isTrace(line.trimStart()))
		.join('\n')
		.trim();
}

/** A line of a stack trace, of .NET or of JavaScript. */
const isTrace = (line: string): boolean =>
	line.startsWith('--- End of ') || (/^at\s+\S/.test(line) && /[(:]/.test(line));

/** A text may have been cut in the middle of a secret. */
function withoutBeginning(text: string, secret: string): string {
	let cleaned = text;
	let at = cleaned.indexOf(CUT);
	for (let places = 0; at >= 0 && places < 20; places++) {
		for (let length = Math.min(secret.length - 1, at); length >= 3; length--)
			if (cleaned.startsWith(secret.slice(0, length), at - length)) {
				cleaned = `${cleaned.slice(0, at - length)}${HIDDEN}${cleaned.slice(at)}`;
				at += HIDDEN.length - length;
				break;
			}
		at = cleaned.indexOf(CUT, at + 1);
	}
	return cleaned;
}

/**
 * A secret as a server may quote it back: as it is, URL-, form-, JSON-, HTML- and base64-encoded.
 * The longest first, so that no part of one is left.
 */
function formsOf(secret: string): string[] {
	const percent = encodeURIComponent(secret);
	const strict = percent.replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	const json = JSON.stringify(secret).slice(1, -1);
	const forms = [
		secret,
		...[percent, strict].flatMap((form) => [form, lowerHex(form)]),
		...[new URLSearchParams({ '': secret }).toString().slice(1)].flatMap((form) => [
			form,
			lowerHex(form),
		]),
		json,
		json.replace(/\//g, '\\/'),
		json.replace(/[^\x20-\x7e]/g, unicodeEscape),
		json.replace(/[^\x20-\x7e]|[<>&'+]/g, unicodeEscape),
		...['&#39;', '&#x27;', '&apos;'].map((quote) => htmlEscaped(secret, quote)),
		...base64Of(secret),
	];
	return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

const lowerHex = (text: string): string =>
	text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

const unicodeEscape = (character: string): string =>
	`\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const htmlEscaped = (text: string, quote: string): string =>
	text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, quote);

/** Base64, wherever in the encoded text the secret stands (as in `user:password`): what is its alone. */
function base64Of(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2]
		.flatMap((before) => {
			const whole = Buffer.concat([Buffer.alloc(before), bytes]);
			const first = Math.ceil((before * 8) / 6);
			const last = Math.floor((whole.length * 8) / 6);
			const text = whole.toString('base64').slice(first, last);
			return [text, text.replace(/\+/g, '-').replace(/\//g, '_')];
		})
		.filter((text) => text.length >= 5);
}

/**
 * The secrets of a credential: every value under a name that sounds like one, and the token inside
 * a stored session. Shorter than four characters is left out: it would blank ordinary words.
 */
export function secretsOf(credential: Record<string, unknown>): string[] {
	const secrets = Object.entries(credential)
		.filter(([name]) => /pass|token|secret|key/i.test(name))
		.map(([, value]) => value)
		.filter((value): value is string => typeof value === 'string');
	return secrets
		.flatMap((value) => [value, innerToken(value), value.replace(/^Bearer\s+/i, '').trim()])
		.filter((value): value is string => value !== undefined && value.length >= 4)
		.filter((value, index, all) => all.indexOf(value) === index)
		.sort((a, b) => b.length - a.length);
}

/** The secrets that a request itself carries, at any depth: a server may quote in its error what it was sent. */
export function secretsIn(sent: unknown): string[] {
	const secrets: string[] = [];
	mapSecrets(sent, (secret) => {
		if (typeof secret === 'string' && secret.length >= 4) secrets.push(secret);
	});
	return secrets;
}

function innerToken(value: string): string | undefined {
	return /"token"\s*:\s*"([^"]+)"/.exec(value)?.[1];
}
