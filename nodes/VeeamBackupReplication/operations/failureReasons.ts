import { getFailureReasons } from '../../shared/runtime/sessionOperations';
import { hintAtMissingObjects, readFailureReasons } from '../model/failureReasons';
import { SESSIONS } from './sessionResource';

export const failureReasons = getFailureReasons(
	SESSIONS,
	'One item per failed object, with its log lines',
	readFailureReasons,
	hintAtMissingObjects,
);
