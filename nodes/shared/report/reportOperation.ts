import type { IExecuteFunctions } from 'n8n-workflow';

import { hint } from '../common/hint';
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
	async execute({ context, client, product, itemIndex }) {
		const { displayName, versions } = product.adapter;
		if (versions.find(({ version }) => version === client.version)?.unverified)
			hint(
				context,
				`API ${client.version} of ${displayName} is unverified: it has no public specification. The report reads what the versions before and after it agree on.`,
			);
		const request = readReportRequest(context, itemIndex, sections);
		const models = [await collect(context, client, request)].flat();
		return await reportItems(context, models, request);
	},
});
