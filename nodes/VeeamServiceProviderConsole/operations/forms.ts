import { apiRequestOperation } from '../../shared/form/apiRequest';
import type { OwnOperation } from '../../shared/form/overlay';
import { combineReportsOperation } from '../../shared/report/combineOperation';
import { reportOperation } from '../../shared/report/options';

/** Operations that the catalogue does not hold. */
export const own: OwnOperation[] = [
	combineReportsOperation,
	reportOperation([
		'jobs',
		'missedRuns',
		'unprotected',
		'repositories',
		'licenses',
		'findings',
		'tenants',
	]),
	// Async actions are followed in any case: there is no other work to wait for.
	apiRequestOperation('/organizations/companies', false),
];
