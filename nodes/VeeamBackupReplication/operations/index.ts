import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { asItems } from '../../shared/runtime/output';
import { ParameterError } from '../../shared/runtime/parameterError';
import type { OwnOperation } from '../../shared/runtime/product';
import { readWaitOptions } from '../../shared/runtime/outputOptions';
import { readReportRequest } from '../../shared/report/options';
import { reportItems } from '../../shared/report/output';
import type { VeeamClient, VeeamResponse } from '../../shared/http/types';
import { readFailureReasons } from '../model/failureReasons';
import { collect } from '../report/collect';
import { REPORT_SECTIONS } from '../report/sections';

/** By operation value; forms.ts says how they are called. */
export const ownOperations: Record<string, OwnOperation> = {
	/** Gives the session as it is when it ended, or when its mount is ready. */
	async waitForSession(context, client, itemIndex) {
		const session = await readSession(context, client, itemIndex);
		const end = await client.wait(session, readWaitOptions({ context, itemIndex }));
		return asItems([end as IDataObject]);
	},

	/** Gives one item per failed object; the session itself where it has none. */
	async getFailureReasons(context, client, itemIndex) {
		const { body } = await readSession(context, client, itemIndex);
		return asItems(await readFailureReasons(client, body as IDataObject));
	},

	/** One item: the model of the report, its forms, and the CSV as a file. */
	async getProtectionReport(context, client, itemIndex) {
		const request = readReportRequest(context, itemIndex, REPORT_SECTIONS);
		return await reportItems(context, [await collect(context, client, request)], request);
	},
};

async function readSession(
	context: IExecuteFunctions,
	client: VeeamClient,
	itemIndex: number,
): Promise<VeeamResponse> {
	const id = String(
		context.getNodeParameter('sessionId', itemIndex, '', { extractValue: true }),
	).trim();
	if (!id)
		throw new ParameterError(
			'"Session" is empty',
			'Choose a session from the list, or give its ID: operations that start work return it.',
		);
	return await client.request({
		method: 'GET',
		path: '/api/v1/sessions/{id}',
		pathParameters: { id },
		label: 'Session',
	});
}
