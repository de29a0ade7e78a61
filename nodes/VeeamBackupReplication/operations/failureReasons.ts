import { getFailureReasons } from '../../shared/runtime/sessionOperations';
import type { SessionReasons } from '../../shared/runtime/product';
import {
	hintAtMissingObjects,
	lackedReasons,
	readFailureReasons,
	reasonsByObject,
	resultOf,
} from '../model/failureReasons';
import { same } from '../model/text';
import { SESSIONS } from './sessionResource';

export const failureReasons = getFailureReasons(
	SESSIONS,
	'One item per failed object, with its log lines',
	readFailureReasons,
	hintAtMissingObjects,
);

/** For the list of sessions. */
export const sessionReasons: SessionReasons = {
	isBad: (session) => ['Failed', 'Warning'].some((bad) => same(resultOf(session).result, bad)),
	read: reasonsByObject,
	lacks: lackedReasons,
};
