const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** What a reader of a mail sees in its first table: rows of cells, the head first. */
export function tableOf(html: string): string[][] {
	const table = /<table.*?<\/table>/s.exec(html)?.[0] ?? '';
	return [...table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
		[...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => {
			// A tag within a cell would be one that the workflow failed to escape.
			if (/<[a-z/]/i.test(cell!)) throw new Error(`Markup in a cell: ${cell}`);
			return cell!.replace(/&(amp|lt|gt|quot);/g, (entity) => ENTITIES[entity]!);
		}),
	);
}
