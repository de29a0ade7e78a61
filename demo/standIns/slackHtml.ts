import { escapeHtml } from './page';

/** A Slack message as its readers see it: Block Kit and mrkdwn as HTML, as far as messages here use it. */

/** Emoji codes that n8n's workflows send; others stay as they are written. */
const EMOJI: Record<string, string> = {
	large_green_circle: '🟢',
	large_yellow_circle: '🟡',
	red_circle: '🔴',
	white_circle: '⚪',
	new: '🆕',
	warning: '⚠️',
	x: '❌',
	white_check_mark: '✅',
	rotating_light: '🚨',
};

export const SLACK_STYLE = `.slack{border:1px solid #8886;border-radius:8px;padding:.6rem 1rem;max-width:44rem}
.slack h3{margin:.2rem 0;font-size:1.15rem}.slack p{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}.slack small{display:block;opacity:.7;white-space:pre-wrap}
.slack hr{border:0;border-top:1px solid #8886}.slack .fields{display:grid;grid-template-columns:1fr 1fr;gap:.3rem 1rem}
.slack code{background:#8882;padding:0 .2rem}.slack .bar{border-left:4px solid;padding-left:.8rem}`;

/**
 * Slack's markup as HTML. A text comes escaped in three signs (`&amp; &lt; &gt;`), and what stands in
 * angle brackets is a link or a mention.
 */
export function mrkdwnHtml(text: string): string {
	const parts = text.split(/(<[^<>]+>)/).map((part) => {
		const [, inner] = /^<([^<>]+)>$/.exec(part) ?? [];
		return inner === undefined ? styled(part) : linked(inner);
	});
	return parts.join('');
}

/** `&amp;` and the like are what Slack decodes: the page needs the same escaped once. */
const written = (text: string): string =>
	escapeHtml(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));

function linked(inner: string): string {
	const [target = '', label = target] = inner.split('|');
	if (/^[@#!]/.test(target)) return `<b>${written(label.replace(/^[!]/, '@'))}</b>`;
	// Anything else in angle brackets is text.
	if (!/^(https?|mailto):/.test(target)) return `&lt;${written(inner)}&gt;`;
	return `<u>${written(label)}</u>`;
}

/** Signs count at the borders of words only, as in Slack. */
const STYLES: Array<[sign: string, tag: string]> = [
	['*', 'b'],
	['_', 'i'],
	['~', 's'],
	['`', 'code'],
];

function styled(text: string): string {
	let html = withEmoji(written(text));
	for (const [sign, tag] of STYLES) {
		const mark = sign === '*' ? '\\*' : sign;
		const pattern = new RegExp(
			`(?<![\\p{L}\\p{N}])${mark}(?=\\S)([^${mark}\\n]*?\\S)${mark}(?![\\p{L}\\p{N}])`,
			'gu',
		);
		html = html.replace(pattern, `<${tag}>$1</${tag}>`);
	}
	return html;
}

const withEmoji = (text: string): string =>
	text.replace(/:([a-z_]+):/g, (code, name: string) => EMOJI[name] ?? code);

interface Text {
	type?: unknown;
	text?: unknown;
	emoji?: unknown;
}

function textHtml(given: unknown): string {
	const { type, text, emoji } = (given ?? {}) as Text;
	if (type === 'mrkdwn') return mrkdwnHtml(String(text ?? ''));
	const plain = escapeHtml(String(text ?? ''));
	return emoji === false ? plain : withEmoji(plain);
}

/** A block as it is seen; one of a kind that this page does not know is shown as its JSON. */
export function blockHtml(given: unknown): string {
	const block = (given ?? {}) as {
		type?: unknown;
		text?: unknown;
		fields?: unknown;
		elements?: unknown;
	};
	const each = (list: unknown, tag: string): string =>
		(Array.isArray(list) ? list : []).map((one) => `<${tag}>${textHtml(one)}</${tag}>`).join('');
	switch (block.type) {
		case 'header':
			return `<h3>${textHtml(block.text)}</h3>`;
		case 'section':
			return `${block.text === undefined ? '' : `<p>${textHtml(block.text)}</p>`}${
				block.fields === undefined ? '' : `<div class="fields">${each(block.fields, 'p')}</div>`
			}`;
		case 'context':
			return each(block.elements, 'small');
		case 'divider':
			return '<hr>';
		default:
			return `<pre>${escapeHtml(JSON.stringify(given, null, 1))}</pre>`;
	}
}

/** Where a message has blocks, Slack shows them, and the text in notifications alone. */
export function messageHtml({
	text,
	blocks,
	attachments,
}: {
	text: string;
	blocks: unknown[];
	attachments: unknown[];
}): string {
	const shown = blocks.length > 0 ? blocks.map(blockHtml) : [`<p>${mrkdwnHtml(text)}</p>`];
	const attached = attachments.map((one) => {
		const { blocks: inner, text: said = '' } = (one ?? {}) as { blocks?: unknown; text?: unknown };
		const parts = Array.isArray(inner)
			? inner.map(blockHtml)
			: [`<p>${mrkdwnHtml(String(said))}</p>`];
		return `<div class="bar">${parts.join('')}</div>`;
	});
	return `<div class="slack">${[...shown, ...attached].join('')}</div>`;
}
