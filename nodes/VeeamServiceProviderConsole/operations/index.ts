import { combineReportsOperation } from '../../shared/report/combineOperation';
import { reportOperation } from '../../shared/report/reportOperation';
import { apiRequestOperation } from '../../shared/runtime/apiRequest';
import { findOperations } from '../../shared/runtime/findOperations';
import type { OwnOperation } from '../../shared/runtime/product';
import { collect } from '../report/collect';
import { REPORT_SECTIONS } from '../report/sections';

/** Operations that no single request of the API answers. */
export const ownOperations: readonly OwnOperation[] = [
	combineReportsOperation,
	reportOperation(REPORT_SECTIONS, collect),
	// Asynchronous actions are followed in any case: there is no other work to wait for.
	apiRequestOperation('/organizations/companies', false),
	findOperations,
];
