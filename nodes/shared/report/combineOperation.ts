import type { IExecuteFunctions } from 'n8n-workflow';

import { ParameterError } from '../runtime/parameterError';
import type { OutputItems, OwnOperation } from '../runtime/product';
import { combineReports, languageOf, readReportPart } from './combine';
import { lookOptions, readReportRequest, REPORT_OPTIONS } from './options';
import { reportItem } from './output';

/** The same for every product; their reports may be mixed. */
export const combineReportsOperation: OwnOperation = {
	resource: 'report',
	operation: 'combineReports',
	name: 'Combine Reports',
	action: 'Combine reports of several servers',
	description: 'One mail, one verdict and one message from the items of several report nodes',
	properties: () => [
		{
			displayName: 'Options',
			name: REPORT_OPTIONS,
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: lookOptions(),
		},
	],
	executeOverAll: combineItems,
};

/**
 * Makes one item of all input items of one run. Nothing is asked of a server.
 *
 * @throws ParameterError naming the item that is no report
 */
async function combineItems(context: IExecuteFunctions): Promise<OutputItems> {
	const parts = context.getInputData().map(({ json }, index) => {
		const part = readReportPart(json);
		if (part !== undefined) return part;
		throw new ParameterError(
			`Item ${index + 1} is no report`,
			'Combine Reports takes the items of Report > Get Protection Report, of any of the three Veeam nodes. Join several report nodes with a Merge node (Append) before it.',
		);
	});
	const request = readReportRequest(context, 0, undefined, languageOf(parts));
	return [await reportItem(context, combineReports(parts, request), request)];
}
