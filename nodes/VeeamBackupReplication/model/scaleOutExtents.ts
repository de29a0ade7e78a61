import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { present } from '../../shared/common/rows';
import { same } from './text';

export const PATH = '/api/v1/backupInfrastructure/scaleOutRepositories';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [
			...['id', 'name', 'performanceTier.performanceExtents.id'],
			...['performanceTier.performanceExtents.name', 'performanceTier.performanceExtents.status'],
		],
	},
];

/**
 * The performance extents of a scale-out repository, each with the repository it belongs to. Undefined
 * where the record does not say: without them they would seem to be gone.
 */
export function extentsOf({ id, name, performanceTier }: IDataObject): IDataObject[] | undefined {
	const { performanceExtents } = (performanceTier ?? {}) as IDataObject;
	if (!Array.isArray(performanceExtents)) return undefined;
	return present(performanceExtents).map((extent) => ({
		...extent,
		scaleOutRepository: { id: id ?? null, name: name ?? null },
	}));
}

/**
 * Whether an extent is in one of some states: one status up to 1.2-rev1, a list of them since.
 * Undefined where the record does not say.
 */
export function isIn({ status }: IDataObject, states: string[]): boolean | undefined {
	const list = typeof status === 'string' ? [status] : Array.isArray(status) ? status : undefined;
	return list?.some((one) => states.some((state) => same(one, state)));
}
