import { serverReachability } from '../../shared/monitoring/serverReachability';
import type { TriggerProduct } from '../../shared/monitoring/types';
import { adapter } from '../api/adapter';
import { agentStateChanged, managementAgentStateChanged } from './agentStates';
import { alarm } from './alarm';
import { backupServerStateChanged } from './backupServerStateChanged';
import { companyChanged } from './companyChanged';
import { companyUsage } from './companyUsage';
import { jobFinished } from './jobFinished';
import { license } from './license';
import { repositoryStateChanged } from './repositoryStateChanged';

/** What the trigger can look for, in the order of use; each event is one file. */
export const trigger: TriggerProduct = {
	adapter,
	events: [
		jobFinished,
		alarm,
		repositoryStateChanged,
		agentStateChanged,
		backupServerStateChanged,
		companyUsage,
		license,
		managementAgentStateChanged,
		companyChanged,
		serverReachability,
	],
};
