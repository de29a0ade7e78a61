import type { IDataObject } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { describeAnswers } from './answers';

/** How the node lays a record out, where not as the server does. Nothing is lost by it. */
const LAID_OUT: Partial<Record<ProductKey, (record: IDataObject) => IDataObject>> = {
	vbr: ({ result, ...session }) =>
		// A session's result is an object: its parts come as fields of their own.
		typeof result === 'object' && result !== null
			? { ...session, ...result }
			: { ...session, ...(result === undefined ? {} : { result }) },
	vb365: (record) => {
		// A repository that an organization uses has its id in its link alone before v8.
		const { backupRepository } = (record._links ?? {}) as Record<string, { href?: string }>;
		if (!('usedSpaceBytes' in record) || !backupRepository?.href) return record;
		return { repositoryId: backupRepository.href.split('/').at(-1), ...record };
	},
};

for (const { key, folder } of PRODUCTS) describeAnswers(key, folder, LAID_OUT[key]);
