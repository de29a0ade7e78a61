import { getFailureReasons } from '../../shared/runtime/sessionOperations';
import type { SessionReasons } from '../../shared/runtime/product';
import { failedObjects } from '../model/failedObjects';
import { readFailureReasons } from '../model/failureReasons';
import { resultOf } from '../model/jobSessions';
import { textOf } from '../model/values';
import { SESSIONS } from './sessionResource';

export const failureReasons = getFailureReasons(
	SESSIONS,
	'One item per error in the log of the session',
	readFailureReasons,
);

/** For the list of job sessions. What names no object is the job's. */
export const sessionReasons: SessionReasons = {
	isBad: (session) => ['Failed', 'Warning'].includes(resultOf(session)),
	read: async (client, session, item) =>
		failedObjects(await readFailureReasons(client, session), textOf(item.jobName) ?? 'Job'),
};
