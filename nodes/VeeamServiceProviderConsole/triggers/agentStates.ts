import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { nameOptions, namePasses } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { isLongOffline, keepOffline, lastSeenWords, OFFLINE_MINUTES, plain } from './conditions';
import { pagesOf } from './lists';
import { readBackupAgent, readManagementAgent, type ManagementAgent } from '../model/agents';
import { named, text } from '../model/values';

const SKIP_WORKSTATIONS: INodeProperties = {
	displayName: 'Skip Workstations',
	name: 'skipWorkstations',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out workstations, which people switch off',
};

const OPTIONS = [COMPANIES, ...nameOptions(), OFFLINE_MINUTES, SKIP_WORKSTATIONS];

const conditionsField = (
	name: string,
	options: Array<[name: string, value: string]>,
	defaults: string[],
): INodeProperties => ({
	displayName: 'Conditions',
	name,
	type: 'multiOptions',
	options: options.map(([label, value]) => ({ name: label, value })),
	default: [...defaults],
	description: 'What counts as a problem',
});

const isWanted = (
	options: IDataObject,
	agent: Pick<ManagementAgent, 'name' | 'organization' | 'isWorkstation'>,
): boolean =>
	isWantedCompany(options, agent.organization) &&
	namePasses(agent.name, options.includeNames, options.excludeNames) &&
	!(options.skipWorkstations === true && agent.isWorkstation);

const organization = (_: unknown, { organizationUid }: IDataObject) =>
	text(organizationUid) || undefined;

const MANAGEMENT = 'managementAgentConditions';
const managementAgent = (record: IDataObject) =>
	named('Management agent', readManagementAgent(record).name);

const managementOffline = plain(
	MANAGEMENT,
	'offline',
	(record, facts) => {
		const { isOffline, lastSeen } = readManagementAgent(record);
		return isLongOffline(isOffline, lastSeen, facts);
	},
	{ wrong: 'is offline', still: 'is still offline', well: 'is online again' },
	{
		named: managementAgent,
		shown: ['connectionStatus', 'status', 'lastHeartbeatTime'],
		isError: true,
	},
);

/** Management agents that lose the console, are refused by it or need a hand. */
export const managementAgentStateChanged = withCompany(
	snapshotEvent(
		{
			value: 'managementAgentStateChanged',
			name: 'Management Agent State Changed',
			description: 'A management agent goes offline, is rejected or needs a hand, or recovers',
			fields: [
				conditionsField(
					MANAGEMENT,
					[
						['Offline', 'offline'],
						['Out of Date', 'outOfDate'],
						['Reboot Required', 'rebootRequired'],
						['Rejected', 'rejected'],
						['Unhealthy', 'unhealthy'],
					],
					['offline', 'rejected'],
				),
			],
			options: OPTIONS,
		},
		{
			type: 'Management Agent',
			pages: (pollContext, from) => pagesOf(pollContext, '/infrastructure/managementAgents', from),
			object: (record, options) => {
				const found = readManagementAgent(record);
				return { id: found.id, name: found.name, isLeftOut: !isWanted(options, found) };
			},
			keep: (record, before, facts) =>
				keepOffline(readManagementAgent(record).isOffline, before, facts),
			conditions: [
				{
					...managementOffline,
					start: (record) => readManagementAgent(record).lastSeen || undefined,
					message: (record, transition, facts) =>
						transition === 'recovered'
							? managementOffline.message(record, transition, facts)
							: managementOffline
									.message(record, transition, facts)
									.replace(/\.$/, `${lastSeenWords(readManagementAgent(record).lastSeen, facts)}.`),
				},
				plain(
					MANAGEMENT,
					'outOfDate',
					(record) => readManagementAgent(record).isOutOfDate,
					{
						wrong: 'is out of date: update it',
						still: 'is still out of date',
						well: 'is up to date again',
					},
					{ named: managementAgent, shown: ['version', 'versionStatus'] },
				),
				plain(
					MANAGEMENT,
					'rebootRequired',
					(record) => readManagementAgent(record).isRebootRequired,
					{
						wrong: 'waits for a restart of its computer',
						still: 'still waits for a restart of its computer',
						well: 'no longer waits for a restart of its computer',
					},
					{ named: managementAgent, shown: ['isRebootRequired'] },
				),
				plain(
					MANAGEMENT,
					'rejected',
					(record) => readManagementAgent(record).isRejected,
					{
						wrong: 'is rejected by the console: accept its connection or remove it',
						still: 'is still rejected by the console',
						well: 'is no longer rejected by the console',
					},
					{ named: managementAgent, shown: ['connectionStatus', 'status'], isError: true },
				),
				plain(
					MANAGEMENT,
					'unhealthy',
					(record) => readManagementAgent(record).isUnhealthy,
					{
						wrong: 'reports a problem or failed to update',
						still: 'still reports a problem',
						well: 'is healthy again',
					},
					{ named: managementAgent, shown: ['status'] },
				),
			],
		},
	),
	{ organization },
);

const AGENT = 'agentConditions';
const agent = (record: IDataObject) => named('Backup agent', readBackupAgent(record).name);

/** Backup agents that do not run, age or were installed only in part. */
export const agentStateChanged = withCompany(
	snapshotEvent(
		{
			value: 'agentStateChanged',
			name: 'Backup Agent State Changed',
			description: 'A backup agent goes offline, runs out of date or is broken, or recovers',
			fields: [
				conditionsField(
					AGENT,
					[
						['Offline', 'offline'],
						['Out of Date', 'outOfDate'],
						['Unhealthy', 'unhealthy'],
					],
					['offline', 'unhealthy'],
				),
			],
			options: OPTIONS,
		},
		{
			type: 'Backup Agent',
			pages: (pollContext, from) => pagesOf(pollContext, '/infrastructure/backupAgents', from),
			object: (record, options) => {
				const found = readBackupAgent(record);
				return { id: found.id, name: found.name, isLeftOut: !isWanted(options, found) };
			},
			keep: (record, before, facts) =>
				keepOffline(readBackupAgent(record).isOffline, before, facts),
			conditions: [
				plain(
					AGENT,
					'offline',
					(record, facts) => isLongOffline(readBackupAgent(record).isOffline, undefined, facts),
					{ wrong: 'is offline', still: 'is still offline', well: 'is online again' },
					{ named: agent, shown: ['status', 'managementAgentStatus'], isError: true },
				),
				plain(
					AGENT,
					'outOfDate',
					(record) => readBackupAgent(record).isOutOfDate,
					{
						wrong: 'is out of date: update it',
						still: 'is still out of date',
						well: 'is up to date again',
					},
					{ named: agent, shown: ['version', 'versionStatus'] },
				),
				plain(
					AGENT,
					'unhealthy',
					(record) => readBackupAgent(record).isUnhealthy,
					{
						wrong: 'has a broken installation: install it again',
						still: 'still has a broken installation',
						well: 'is installed properly again',
					},
					{ named: agent, shown: ['installationType'] },
				),
			],
		},
	),
	{ organization },
);
