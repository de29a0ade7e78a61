import type { OwnOperation } from '../../shared/runtime/product';
import { readReportRequest } from '../../shared/report/options';
import { reportItems } from '../../shared/report/output';
import { collect } from '../report/collect';
import { REPORT_SECTIONS } from '../report/sections';

/** By operation value; forms.ts says how they are called. */
export const ownOperations: Record<string, OwnOperation> = {
	/** One item over all tenants, or one for each: the model, its forms, and the CSV as a file. */
	async getProtectionReport(context, client, itemIndex) {
		const request = readReportRequest(context, itemIndex, REPORT_SECTIONS);
		return await reportItems(context, await collect(context, client, request), request);
	},
};
