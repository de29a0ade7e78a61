import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import type { VeeamClient } from '../../shared/http/types';
import { textOf } from './values';

export const reads: ReadFields[] = [
	{ operation: 'GET /Organizations', fields: ['id', 'name', 'officeName'] },
];

/** Names of the organizations by id. */
export async function readOrganizationNames(
	client: Pick<VeeamClient, 'list'>,
): Promise<Map<string, string>> {
	const all = await client.list({
		method: 'GET',
		path: '/Organizations',
		// v6 demands it; the short view is enough.
		query: { extendedView: false },
		label: 'Organizations',
	});
	return new Map(all.map((one) => [String(one.id), nameOf(one)]));
}

const nameOf = ({ id, name, officeName }: IDataObject): string =>
	textOf(name) ?? textOf(officeName) ?? String(id);
