import { apiRequestOperation } from '../../shared/form/apiRequest';
import type { OwnOperation } from '../../shared/form/overlay';
import { combineReportsOperation } from '../../shared/report/combineOperation';
import { reportOperation } from '../../shared/report/options';
import { REPORT_SECTIONS } from '../report/sections';

/** Operations that the catalogue does not hold. */
export const own: OwnOperation[] = [
	combineReportsOperation,
	reportOperation(REPORT_SECTIONS),
	// Async actions are followed in any case: there is no other work to wait for.
	apiRequestOperation('/organizations/companies', false),
];
