import type { ReportSection } from '../../shared/report/model';
import { COMMON_SECTIONS, type ReportSections } from '../../shared/report/options';

const USUAL: ReportSection[] = [...COMMON_SECTIONS, 'history'];

/** What the product has sections for. */
export const REPORT_SECTIONS: ReportSections = {
	usual: USUAL,
	all: [
		...USUAL,
		'allJobs',
		'about',
		'notBackedUp',
		'verifications',
		'configBackup',
		'infrastructure',
		'activities',
		'growth',
		'scaleOut',
	],
};
