import { serverReachability } from '../../shared/polling/reach';
import type { TriggerProduct } from '../../shared/polling/types';
import { adapter } from '../adapter';
import { agentStateChanged, managementAgentStateChanged } from './agentStates';
import { alarm } from './alarm';
import { backupServerStateChanged } from './backupServerStateChanged';
import { companyChanged } from './companyChanged';
import { companyUsage } from './companyUsage';
import { jobFinished } from './jobFinished';
import { license } from './license';
import { repositoryStateChanged } from './repositoryStateChanged';

/** What the trigger can look for; each event is one file. */
export const trigger: TriggerProduct = {
	adapter,
	events: [
		alarm,
		jobFinished,
		repositoryStateChanged,
		backupServerStateChanged,
		agentStateChanged,
		managementAgentStateChanged,
		companyChanged,
		companyUsage,
		license,
		serverReachability,
	],
};
