import type { Catalogue } from '../../nodes/shared/catalogue/types';

const METHOD_ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The same catalogue in the order it is written: paths, methods, names. */
export function inOrder(catalogue: Catalogue): Catalogue {
	const operations = [...catalogue.operations].sort(
		(a, b) =>
			compare(a.path, b.path) || METHOD_ORDER.indexOf(a.method) - METHOD_ORDER.indexOf(b.method),
	);
	return {
		...catalogue,
		operations,
		types: sortKeys(catalogue.types),
		enums: sortKeys(catalogue.enums),
	};
}

/** By code unit: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Oldest first: `1.2-rev1`, `1.3-rev0` · `v8`, `v10` · `3.5.1`, `3.6`, `3.6.1`. */
export function compareVersions(a: string, b: string): number {
	return a.localeCompare(b, 'en', { numeric: true });
}

function sortKeys<T>(record: Record<string, T>): Record<string, T> {
	return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compare(a, b)));
}
