import type { ReportSection } from '../../shared/report/model';
import { COMMON_SECTIONS, type ReportSections } from '../../shared/report/options';

const USUAL: ReportSection[] = [...COMMON_SECTIONS, 'tenants'];

/** What the product has sections for. */
export const REPORT_SECTIONS: ReportSections = {
	usual: USUAL,
	all: [
		...USUAL,
		'history',
		'allJobs',
		'about',
		'verifications',
		'infrastructure',
		'activities',
		'growth',
		'scaleOut',
	],
};
