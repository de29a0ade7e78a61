import type { INodeProperties } from 'n8n-workflow';

import { apiRequestOperation } from '../../shared/form/apiRequest';
import { waitOptions } from '../../shared/form/controls';
import type { OwnOperation } from '../../shared/form/overlay';
import { combineReportsOperation } from '../../shared/report/combineOperation';
import { reportOperation } from '../../shared/report/options';
import { REPORT_SECTIONS } from '../report/sections';

const session = (): INodeProperties => ({
	displayName: 'Session',
	name: 'sessionId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'sessionIdSearch', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string' },
	],
	required: true,
});

/** Operations that no single request of the API answers. Their code is the product's. */
export const own: OwnOperation[] = [
	{
		resource: 'session',
		operation: 'getFailureReasons',
		name: 'Get Failure Reasons',
		action: 'Get the failure reasons of a session',
		description: 'One item per failed object, with its log lines',
		properties: () => [session()],
	},
	{
		resource: 'session',
		operation: 'waitForSession',
		name: 'Wait for Completion',
		action: 'Wait for the completion of a session',
		description: 'Continues when the session has ended, or when its mount is ready',
		properties: () => [session(), waitOptions()],
	},
	combineReportsOperation,
	reportOperation(REPORT_SECTIONS),
	apiRequestOperation('/api/v1/jobs/states'),
];
