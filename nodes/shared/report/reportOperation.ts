import type { IExecuteFunctions } from 'n8n-workflow';

import type { VeeamClient } from '../http/types';
import type { OwnOperation } from '../runtime/product';
import type { ReportModel } from './model';
import { readReportRequest, reportForm, type ReportRequest, type ReportSections } from './options';
import { reportItems } from './output';

/** Asks a server for all that a report shows; several reports where each tenant gets its own. */
type Collect = (
	context: IExecuteFunctions,
	client: VeeamClient,
	request: ReportRequest,
) => Promise<ReportModel | ReportModel[]>;

/** Report > Get Protection Report: the model, every form of it, and the CSV as a file. */
export const reportOperation = (sections: ReportSections, collect: Collect): OwnOperation => ({
	...reportForm(sections),
	async execute({ context, client, itemIndex }) {
		const request = readReportRequest(context, itemIndex, sections);
		const models = [await collect(context, client, request)].flat();
		return await reportItems(context, models, request);
	},
});
