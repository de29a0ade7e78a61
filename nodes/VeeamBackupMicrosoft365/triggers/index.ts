import { serverReachability } from '../../shared/monitoring/serverReachability';
import type { TriggerProduct } from '../../shared/monitoring/types';
import { adapter } from '../api/adapter';
import { changeFeed, protectedUserChanged } from './changes';
import { jobSessionFinished } from './jobSessionFinished';
import { license } from './license';
import { proxyStateChanged } from './proxyStateChanged';
import { repositoryStateChanged } from './repositoryStateChanged';
import { restoreSessionFinished } from './restoreSessionFinished';
import { sessionStarted } from './sessionStarted';

/** What the trigger can look for, in the order of use; each event is one file. */
export const trigger: TriggerProduct = {
	adapter,
	events: [
		jobSessionFinished,
		repositoryStateChanged,
		license,
		proxyStateChanged,
		sessionStarted,
		restoreSessionFinished,
		protectedUserChanged,
		changeFeed,
		serverReachability,
	],
};
