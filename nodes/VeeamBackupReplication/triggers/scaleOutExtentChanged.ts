import type { IDataObject } from 'n8n-workflow';

import { nameOptions } from '../../shared/monitoring/options';
import type { Severity } from '../../shared/monitoring/types';
import { UserFacingFailure } from '../../shared/http/errors';
import { NO_LIST } from '../../shared/http/pageWalk';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { extentsOf, isIn, PATH } from '../model/scaleOutExtents';
import { nameOf } from '../model/text';
import { conditionsField, flag } from '../../shared/monitoring/conditions';
import { byName } from './nameOptions';

const FIELD = 'scaleOutExtentChangedConditions';

const named = (record: IDataObject) =>
	`Extent "${nameOf(record)}" of scale-out repository "${nameOf(record.scaleOutRepository as IDataObject)}"`;

const condition = (
	name: string,
	values: string[],
	words: { problem: string; recovered: string; severity?: Severity },
) =>
	flag({
		field: FIELD,
		name,
		is: (record) => isIn(record, values),
		named,
		reminder: words.problem.replace('is ', 'is still '),
		...words,
		current: ({ status = null }) => ({ status }),
	});

/** Performance extents that are taken out of use, and come back. */
export const scaleOutExtentChanged = snapshotEvent(
	{
		value: 'scaleOutExtentChanged',
		name: 'Scale-Out Repository Extent Changed',
		action: 'On scale-out extent sealed or in maintenance mode',
		short: 'Extent',
		description:
			'An extent of a scale-out repository is sealed, in maintenance mode or evacuated, or is in use again',
		fields: [
			conditionsField(
				FIELD,
				[
					{ name: 'Evacuating', value: 'evacuating' },
					{ name: 'Maintenance Mode', value: 'maintenance' },
					{ name: 'Pending', value: 'pending' },
					{ name: 'Resync Required', value: 'resyncRequired' },
					{ name: 'Sealed', value: 'sealed' },
				],
				['evacuating', 'maintenance', 'resyncRequired', 'sealed'],
			),
		],
		options: nameOptions(),
	},
	{
		type: 'Scale-Out Repository Extent',
		async *pages(pollContext, from) {
			// Extents, not repositories, are counted: all are read before any is looked at.
			const extents: IDataObject[] = [];
			for await (const { items } of pollContext.pages(
				{ method: 'GET', path: PATH },
				{ pageSize: 10_000 },
			))
				for (const repository of items) {
					const own = extentsOf(repository);
					if (!own) throw new UserFacingFailure(NO_LIST);
					extents.push(...own);
				}
			yield* onePage(extents, from);
		},
		object: byName,
		conditions: [
			condition('evacuating', ['Evacuate', 'TenantEvacuating'], {
				problem: 'is being evacuated',
				recovered: 'is no longer being evacuated',
			}),
			condition('maintenance', ['Maintenance'], {
				problem: 'is in maintenance mode',
				recovered: 'is no longer in maintenance mode',
			}),
			condition('pending', ['Pending'], {
				problem: 'is pending',
				recovered: 'is no longer pending',
			}),
			condition('resyncRequired', ['ResyncRequired'], {
				problem: 'is out of sync with the scale-out repository: rescan it',
				recovered: 'is in sync again',
				severity: 'error',
			}),
			condition('sealed', ['Sealed'], {
				problem: 'is sealed: no more backups are written to it',
				recovered: 'is no longer sealed',
			}),
		],
		details: async (_watch, { scaleOutRepository }) => ({
			scaleOutRepository: scaleOutRepository as IDataObject,
		}),
	},
);
