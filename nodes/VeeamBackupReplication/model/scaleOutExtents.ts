import type { IDataObject } from 'n8n-workflow';

import { nearestVersion } from '../../shared/catalogue';
import type { ReadFields } from '../../shared/catalogue/readFields';
import { present } from '../../shared/common/rows';
import type { VeeamClient } from '../../shared/http/types';
import { optional, TEXT, word, wordsOf, type Deciding } from '../../shared/report/readable';
import { adapter } from '../api/adapter';
import { flagOf, isNoId, same, textOf } from './text';

export const PATH = '/api/v1/backupInfrastructure/scaleOutRepositories';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [
			...['id', 'name', 'performanceTier.performanceExtents.id'],
			...['performanceTier.performanceExtents.name', 'performanceTier.performanceExtents.status'],
			...['capacityTier.extents.id', 'archiveTier.isEnabled', 'archiveTier.extentId'],
			...['capacityTier.isEnabled', 'capacityTier.enabled'],
		],
		fallbacks: {
			'capacityTier.isEnabled': '1.1-rev0 calls it `enabled`',
			'capacityTier.enabled': 'called so by 1.1-rev0 alone',
		},
	},
];

const STATUSES = [
	...['Normal', 'Evacuate', 'Pending', 'Sealed', 'Maintenance', 'ResyncRequired'],
	'TenantEvacuating',
];

/** The first version in which an extent has a list of statuses, which may be empty. */
const LISTS_SINCE = '1.3-rev0';

/** What of a scale-out repository decides; an extent need not say its status. */
export function decidingOf({ client }: { client: Pick<VeeamClient, 'version'> }): Deciding {
	const { versions } = adapter.catalogue();
	const at = (version: string) => versions.indexOf(nearestVersion(versions, version));
	const isList = at(client.version) >= at(LISTS_SINCE);
	return {
		'performanceTier.performanceExtents.id': TEXT,
		'performanceTier.performanceExtents.status': optional((isList ? wordsOf : word)(...STATUSES)),
	};
}

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

/** An extent of any tier; those of the capacity and archive tier have no name of their own. */
export interface Extent {
	id: string;
	name: string;
	tier: 'performance' | 'capacity' | 'archive';
	/** What the server says besides "Normal". */
	modes: string[];
	/** The server waits for someone to do something: nobody sets this on purpose. */
	needsWork: boolean;
}

/** All extents of a scale-out repository, those of the performance tier first. */
export function tiersOf({ performanceTier, capacityTier, archiveTier }: IDataObject): Extent[] {
	const list = (of: unknown, field: string): IDataObject[] => {
		const found = ((of ?? {}) as IDataObject)[field];
		return Array.isArray(found) ? present(found as IDataObject[]) : [];
	};
	const capacity = (capacityTier ?? {}) as IDataObject;
	const hasCapacity = flagOf(capacity.isEnabled ?? capacity.enabled) !== false;
	const { isEnabled, extentId } = (archiveTier ?? {}) as IDataObject;
	const archive = flagOf(isEnabled) === true && !isNoId(extentId) ? [{ id: extentId }] : [];
	const of = (tier: Extent['tier'], extents: IDataObject[]) =>
		extents.map(
			(extent): Extent => ({
				...{ id: textOf(extent.id), name: textOf(extent.name), tier },
				modes: (Array.isArray(extent.status) ? extent.status : [extent.status])
					.map(textOf)
					.filter((mode) => mode !== '' && !same(mode, 'Normal')),
				needsWork: isIn(extent, ['ResyncRequired']) === true,
			}),
		);
	return [
		...of('performance', list(performanceTier, 'performanceExtents')),
		...of('capacity', hasCapacity ? list(capacity, 'extents') : []),
		...of('archive', archive),
	];
}
