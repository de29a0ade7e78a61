import type { INodeProperties } from 'n8n-workflow';

import { nameOptions } from './options';
import type { RunResult } from './runJudge';
import type { EventDefinition } from './types';

const RESULTS: RunResult[] = ['Failed', 'Success', 'Warning'];

/**
 * The fields and options of an event about finished runs.
 *
 * @param jobs loadOptionsMethod that lists the jobs
 * @param more the product's own fields, e.g. the session types
 */
export function runFields(
	value: string,
	jobs: string,
	more: INodeProperties[] = [],
): Pick<EventDefinition, 'fields' | 'options'> {
	return {
		fields: [
			{
				displayName: 'Results',
				name: `${value}Results`,
				type: 'multiOptions',
				options: RESULTS.map((result) => ({ name: result, value: result })),
				default: ['Failed', 'Warning'],
				description: 'Which results to report',
			},
			...more,
		],
		options: [
			{
				displayName: 'After Failures in a Row',
				name: 'failuresInRow',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description: 'Report a failed job only after this many failures in a row',
			},
			...nameOptions(),
			{
				displayName: 'Include Reasons',
				name: 'includeReasons',
				type: 'boolean',
				default: true,
				description:
					'Whether to read why each object failed, which takes several requests per failure',
			},
			{
				displayName: 'Job Names or IDs',
				name: 'jobs',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: jobs },
				default: [],
				description:
					'Only these jobs; all if empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'One Item Per',
				name: 'onePer',
				type: 'options',
				options: [
					{ name: 'Object That Failed', value: 'object' },
					{ name: 'Session', value: 'session' },
				],
				default: 'session',
				description: 'Whether a failed session gives one item, or one for each of its objects',
			},
			{
				displayName: 'Only After Last Retry',
				name: 'onlyAfterLastRetry',
				type: 'boolean',
				default: true,
				description: 'Whether to leave out failures that the job will retry by itself',
			},
			{
				displayName: 'Report Recovery',
				name: 'reportRecovery',
				type: 'boolean',
				default: true,
				description:
					'Whether to report when a job no longer fails after a failure that was reported',
			},
			{
				displayName: 'Warning Counts as Recovered',
				name: 'warningRecovers',
				type: 'boolean',
				default: true,
				description:
					'Whether a failed job counts as recovered when it next ends with warnings. If off, only success ends the problem.',
			},
		],
	};
}
