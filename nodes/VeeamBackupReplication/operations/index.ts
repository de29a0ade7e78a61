import { combineReportsOperation } from '../../shared/report/combineOperation';
import { reportOperation } from '../../shared/report/reportOperation';
import { apiRequestOperation } from '../../shared/runtime/apiRequest';
import { findOperations } from '../../shared/runtime/findOperations';
import type { OwnOperation } from '../../shared/runtime/product';
import { collect } from '../report/collect';
import { REPORT_SECTIONS } from '../report/sections';
import { failureReasons } from './failureReasons';
import { waitForCompletion } from './waitForCompletion';

/** Operations that no single request of the API answers. */
export const ownOperations: readonly OwnOperation[] = [
	failureReasons,
	waitForCompletion,
	combineReportsOperation,
	reportOperation(REPORT_SECTIONS, collect),
	apiRequestOperation('/api/v1/jobs/states'),
	findOperations,
];
