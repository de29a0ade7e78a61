import type { IDataObject } from 'n8n-workflow';

import type { PollContext } from '../../shared/monitoring/pollContext';
import { CHANGE_KINDS } from '../model/changeKinds';
import { textOf } from '../model/values';
import { jobsOf, optional, organizationName } from './lookups';

/** A record of the change feed that is reported. */
export interface ToldChange {
	kind: string;
	change: 'changed' | 'removed';
	record: IDataObject;
}

/** What a record of the feed, which holds ids alone, is about. */
export interface Named {
	/** Undefined where the server no longer knows it. */
	name?: string;
	organization: string | null;
	/** As the server shows it. */
	resource: IDataObject | null;
}

/** From so many of a kind on, their list is read instead of one after the other. */
const MANY = 5;

/**
 * Looks up what the records are about: objects that were removed have no name any more.
 *
 * @returns of the first records, as many as there is time for; at least one
 */
export async function nameChanges(
	pollContext: PollContext,
	changes: ToldChange[],
): Promise<Named[]> {
	const lists = new Map<string, Map<string, IDataObject>>();
	for (const [kind, { list }] of Object.entries(CHANGE_KINDS)) {
		const count = changes.filter((one) => one.kind === kind && one.change === 'changed').length;
		if (!list || list.includes('{') || count < MANY || CHANGE_KINDS[kind]?.jobId) continue;
		const read = pollContext.client.list({ method: 'GET', path: list }, { limit: 10_000 });
		const all = (await optional(read)) ?? [];
		lists.set(kind, new Map(all.map((one) => [String(one.id), one])));
	}
	const named: Named[] = [];
	for (const change of changes) {
		if (named.length > 0 && pollContext.isExpired()) break;
		named.push(await nameChange(pollContext, change, lists.get(change.kind)));
	}
	return named;
}

async function nameChange(
	pollContext: PollContext,
	{ kind, change, record }: ToldChange,
	list: Map<string, IDataObject> | undefined,
): Promise<Named> {
	const { jobId, one } = CHANGE_KINDS[kind] ?? {};
	const organizationId = textOf(record.organizationId);
	if (jobId) {
		const job = (await optional(jobsOf(pollContext)))?.find(({ id }) => id === jobId(record));
		const organization = await organizationName(pollContext, organizationId ?? job?.organizationId);
		return { name: job?.name, organization, resource: job ? job.record : null };
	}
	const where = one?.(record);
	const resource =
		list?.get(String(record.id)) ??
		// Of many, those that are not on the list are not looked up one by one.
		(where && !list && change === 'changed'
			? ((await optional(pollContext.get(where))) as IDataObject | undefined)
			: undefined);
	return {
		name: resource && nameOf(resource),
		organization: await organizationName(
			pollContext,
			organizationId ?? textOf(resource?.organizationId),
		),
		resource: resource ?? null,
	};
}

/** Restore points have no name but their time. */
const nameOf = ({ displayName, title, name, url, backupTime }: IDataObject) =>
	[displayName, title, name, url, backupTime].map(textOf).find((text) => text !== undefined);
