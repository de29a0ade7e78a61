import type { Item } from '../foundation/listQuery';
import { Refused, type Call } from '../foundation/product';
import { uuidFor } from '../foundation/random';

const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 10_000;

/** Parameters that choose no items. */
const NO_FILTER =
	/^(limit|offset|setId|orderAsc|orderBy|extendedView|dataSource|dateTime|accountId|regionId|authCode|timeoutSeconds|pointInTime|include\w+|trust\w+|backupTime)$/i;

/** What a filter means where it is not called as the field. */
const FIELDS: Record<string, string[]> = {
	username: ['name', 'displayName'],
	groupname: ['name', 'displayName'],
	filter: ['displayName', 'title', 'name', 'email'],
	locationfilter: ['locationType'],
	parentid: ['parentId', 'folderId'],
	folderid: ['parentId', 'folderId'],
	longterm: ['isLongTerm'],
	rbacitem: [],
	from: ['backupTime'],
	to: ['backupTime'],
};

/** Bounds of times: lower ones and upper ones. */
const LOWER = /^(.*Time)(LowerBound|From)$|^(from)$/;
const UPPER = /^(.*Time)(UpperBound|To)$|^(to)$/;
const PARTIAL = /name|filter|description|title/i;

/** The items that a query asks for. A filter whose field no item has is left aside. */
export function chosen(items: Item[], { query }: Call): Item[] {
	let kept = items;
	for (const [name, wanted] of Object.entries(query)) {
		if (NO_FILTER.test(name) || wanted === '' || wanted === undefined) continue;
		const bound = LOWER.exec(name) ?? UPPER.exec(name);
		const stem = bound ? (bound[1] ?? bound[3] ?? name) : name;
		const field = fieldFor(stem, items);
		if (field) kept = kept.filter((item) => fits(name, item[field], String(wanted)));
	}
	return sorted(kept, query);
}

function fieldFor(stem: string, items: Item[]): string | undefined {
	const candidates = stem === 'startTime' ? ['creationTime', 'startTime'] : [stem];
	candidates.push(...(FIELDS[stem.toLowerCase()] ?? []));
	const [first = {}] = items;
	const names = Object.keys(first);
	return candidates
		.map((one) => names.find((name) => name.toLowerCase() === one.toLowerCase()))
		.find((name) => name !== undefined);
}

function fits(name: string, value: unknown, wanted: string): boolean {
	if (LOWER.test(name)) return typeof value === 'string' && Date.parse(value) >= Date.parse(wanted);
	if (UPPER.test(name)) return typeof value === 'string' && Date.parse(value) <= Date.parse(wanted);
	const [left, right] = [String(value ?? '').toLowerCase(), wanted.toLowerCase()];
	if (PARTIAL.test(name) && !/id$/i.test(name)) return left.includes(right);
	// The filter of job sessions spells one status otherwise than the sessions do.
	return left === right || (name === 'status' && right === 'succeeded' && left === 'success');
}

/** Oldest or newest first where a query says so. */
function sorted(items: Item[], query: Item): Item[] {
	if (query.orderAsc === undefined) return items;
	const [first = {}] = items;
	const wanted = query.orderBy === 'EndTime' || query.orderBy === 'endTime' ? 'endTime' : undefined;
	const field = [wanted, 'creationTime', 'backupTime', 'startTime'].find(
		(name) => name !== undefined && name in first,
	);
	if (!field) return items;
	const sign = String(query.orderAsc).toLowerCase() === 'true' ? 1 : -1;
	return [...items].sort((a, b) => sign * String(a[field]).localeCompare(String(b[field])));
}

function limits(query: Item): { offset: number; limit: number } {
	const offset = Number(query.offset ?? 0);
	const limit = Number(query.limit ?? DEFAULT_LIMIT);
	if (offset < 0 || limit < 0) {
		const problems = [{ where: 'query', what: 'has a negative limit or offset' }];
		throw new Refused({ because: 'invalid', problems });
	}
	return { offset, limit: Math.min(limit || DEFAULT_LIMIT, MAX_LIMIT) };
}

/** The part of a list that a page holds. */
export function slice(items: Item[], query: Item): Item[] {
	const { offset, limit } = limits(query);
	return items.slice(offset, offset + limit);
}

/** `{offset, limit, setId, results, _links}`, up to v7 with `totalCount`; or the bare array. */
export function page(items: Item[], total: number, query: Item, call: Call): unknown {
	const { returns, path, version } = call;
	if (returns.items === '') return items;
	if (returns.kind !== 'page') return { [returns.items ?? 'results']: items };
	const { offset, limit } = limits(query);
	const link = (from: number) => ({ href: `/~${path}?offset=${from}&limit=${limit}` });
	return {
		offset,
		limit,
		...(version !== 'v8' && { totalCount: total }),
		setId: query.setId ?? uuidFor(`set${path}`),
		results: items,
		_links: {
			self: link(offset),
			...(offset + items.length < total && { next: link(offset + items.length) }),
			...(offset > 0 && { prev: link(Math.max(0, offset - limit)) }),
		},
	};
}

/** Links of records say `/~/…`: the call's own version and, in v4, the server stand there. */
export function linked(body: unknown, { prefix, headers }: Call): unknown {
	if (body === undefined || body === null) return body;
	const text = JSON.stringify(body);
	if (!text.includes('"/~/')) return body;
	const origin = prefix === '/v4' ? `https://${String(headers.host)}` : '';
	return JSON.parse(text.replaceAll('"/~/', `"${origin}${prefix}/`));
}
