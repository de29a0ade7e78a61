const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #8886}
td:first-child{white-space:nowrap}
iframe{width:100%;height:32rem;border:1px solid #ddd;background:#fff}pre{background:#8882;padding:1rem;white-space:pre-wrap}`;

/** Put in the head of a page: it looks for news every 5 seconds, without a script. */
export const REFRESH = '<meta http-equiv="refresh" content="5">';

/** A whole page. `head` and `body` are HTML. */
export function htmlPage(title: string, head: string, body: string): string {
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>${head}<style>${STYLE}</style><h1>${escapeHtml(title)}</h1>${body}</html>`;
}

/** A table. `heads` are text, the cells HTML. */
export function htmlTable(heads: string[], rows: string[][]): string {
	const row = (cells: string[], tag: string) =>
		`<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
	const lines = rows.map((cells) => row(cells, 'td')).join('');
	return `<table>${row(heads.map(escapeHtml), 'th')}${lines}</table>`;
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
