import type { IExecuteFunctions } from 'n8n-workflow';

import type { OwnOperation } from '../form/overlay';
import { ParameterError } from '../runtime/parameterError';
import type { OutputItems } from '../runtime/product';
import { combineReports, languageOf, readReportPart } from './combine';
import { lookOptions, readReportRequest, REPORT_OPTIONS } from './options';
import { reportItem } from './output';

export const COMBINE_REPORTS = 'combineReports';

/** The operation as the editor shows it; the same for every product, which may be mixed. */
export const combineReportsOperation: OwnOperation = {
	resource: 'report',
	operation: COMBINE_REPORTS,
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
};

/**
 * Makes one item of all input items of one run. Nothing is asked of a server.
 *
 * @throws ParameterError naming the item that is no report
 */
export async function executeCombineReports(context: IExecuteFunctions): Promise<OutputItems> {
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
