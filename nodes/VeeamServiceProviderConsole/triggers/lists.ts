import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { isUnreachable } from '../../shared/monitoring/eventFailures';
import type { Page } from '../../shared/http/pageWalk';
import type { PollContext } from '../../shared/monitoring/pollContext';
import type { QueryValue, VeeamClient } from '../../shared/http/types';
import { PATHS, selectOf } from '../model/queries';

/** Pages of a list, of 500 each, with what `expand` brings as fields of the records. */
export async function* pagesOf(
	pollContext: PollContext,
	path: string,
	from = 0,
	query: Record<string, QueryValue> = {},
): AsyncGenerator<Page, void, undefined> {
	for await (const page of pollContext.pages({ method: 'GET', path, query }, { from })) {
		const items = page.items.map((item) => pollContext.adapter.normaliseItem?.(item) ?? item);
		yield { ...page, items };
	}
}

/** A client lives for one poll: what was read for one message serves the others of that poll. */
const read = new WeakMap<VeeamClient, Map<string, Promise<Map<string, IDataObject>>>>();

/** A list's records by id, with the named fields only; read once in a poll. */
export async function byId(
	pollContext: PollContext,
	path: string,
	fields: string[],
): Promise<Map<string, IDataObject>> {
	const lists =
		read.get(pollContext.client) ?? new Map<string, Promise<Map<string, IDataObject>>>();
	read.set(pollContext.client, lists);
	const known = lists.get(path) ?? readById(pollContext, path, fields);
	lists.set(path, known);
	return await known;
}

async function readById(
	pollContext: PollContext,
	path: string,
	fields: string[],
): Promise<Map<string, IDataObject>> {
	const found = new Map<string, IDataObject>();
	const query = { select: selectOf('instanceUid', ...fields) };
	for await (const { items } of pagesOf(pollContext, path, 0, query))
		for (const item of items) found.set(String(item.instanceUid), item);
	return found;
}

/** The same where a missing right is no reason to stay silent: what is reported lacks the names then. */
export async function namesById(
	pollContext: PollContext,
	path: string,
	fields: string[],
): Promise<Map<string, IDataObject>> {
	try {
		return await byId(pollContext, path, fields);
	} catch (error) {
		// The next poll can.
		if (isUnreachable(error)) throw error as NodeApiError;
		return new Map();
	}
}

/** Backup servers and those of Microsoft 365: name and organization. */
export const serversById = async (
	pollContext: PollContext,
	path: string = PATHS.servers,
): Promise<Map<string, IDataObject>> =>
	await namesById(pollContext, path, ['name', 'organizationUid']);
