import type { ReportSection } from '../../shared/report/model';
import type { ReportSections } from '../../shared/report/options';

const USUAL: ReportSection[] = [
	'jobs',
	'missedRuns',
	'unprotected',
	'repositories',
	'licenses',
	'findings',
	'history',
];

/** What the product has sections for. */
export const REPORT_SECTIONS: ReportSections = {
	usual: USUAL,
	all: [...USUAL, 'allJobs'],
};
