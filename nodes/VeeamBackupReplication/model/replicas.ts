import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { optional, word, type Deciding } from '../../shared/report/readable';
import { nameOf, same, textOf } from './text';

export const PATH = '/api/v1/replicas';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: ['id', 'name', 'state'],
		without: 'a note says that replicas are not known (before 1.2-rev1)',
	},
];

/** What of a replica decides; those of CDP have no state. */
export const deciding: Deciding = {
	state: optional(
		word(
			...['Ready', 'Processing', 'SureBackup', 'Failover', 'FailedFailover'],
			...['PermanentFailover', 'Failback', 'ReadyToSwitch'],
		),
	),
};

/** A replica and how it stands. */
export interface Replica {
	id: string;
	name: string;
	/** "Ready", "Failover": as the server spells it; empty where it does not say. */
	state: string;
	/** It waits for its next run, or takes part in one: nothing to tell. */
	isUsual: boolean;
	/** Its failover did not work. */
	isFailed: boolean;
}

export function replicaOf(record: IDataObject): Replica {
	const state = textOf(record.state);
	return {
		id: textOf(record.id),
		name: nameOf(record),
		state,
		isUsual: ['Ready', 'Processing', 'SureBackup'].some((usual) => same(state, usual)),
		isFailed: same(state, 'FailedFailover'),
	};
}
