import { getFailureReasons } from '../../shared/runtime/sessionOperations';
import { readFailureReasons } from '../model/failureReasons';
import { SESSIONS } from './sessionResource';

export const failureReasons = getFailureReasons(
	SESSIONS,
	'One item per error in the log of the session',
	readFailureReasons,
);
