import { serverReachability } from '../../shared/monitoring/serverReachability';
import type { TriggerProduct } from '../../shared/monitoring/types';
import { adapter } from '../api/adapter';
import { authorizationEvent } from './authorizationEvent';
import { configBackupOverdue } from './configBackupOverdue';
import { jobMissedRun } from './jobMissedRun';
import { jobSettingsChanged } from './jobSettingsChanged';
import { jobStateChanged } from './jobStateChanged';
import { license } from './license';
import { malwareEvent } from './malwareEvent';
import { proxyOrServerStateChanged } from './proxyOrServerStateChanged';
import { repositoryStateChanged } from './repositoryStateChanged';
import { scaleOutExtentChanged } from './scaleOutExtentChanged';
import { securityFinding } from './securityFinding';
import { sessionFinished } from './sessionFinished';
import { sessionStarted } from './sessionStarted';

/** What the trigger can look for, in the order of use; each event is one file. */
export const trigger: TriggerProduct = {
	adapter,
	events: [
		sessionFinished,
		repositoryStateChanged,
		jobMissedRun,
		malwareEvent,
		license,
		jobStateChanged,
		proxyOrServerStateChanged,
		sessionStarted,
		jobSettingsChanged,
		configBackupOverdue,
		scaleOutExtentChanged,
		securityFinding,
		authorizationEvent,
		serverReachability,
	],
};
