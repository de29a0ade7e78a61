import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { nameOptions, namePasses } from '../../shared/monitoring/options';
import { conditionsField, flag, shown } from '../../shared/monitoring/conditions';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { isLongOffline, keepOffline, lastSeenWords, OFFLINE_MINUTES } from './conditions';
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

const managementOffline = flag({
	field: MANAGEMENT,
	name: 'offline',
	is: (record, facts) => {
		const { isOffline, lastSeen } = readManagementAgent(record);
		return isLongOffline(isOffline, lastSeen, facts);
	},
	severity: 'error',
	named: managementAgent,
	problem: 'is offline',
	reminder: 'is still offline',
	recovered: 'is online again',
	current: shown('connectionStatus', 'status', 'lastHeartbeatTime'),
});

/** Management agents that lose the console, are refused by it or need a hand. */
export const managementAgentStateChanged = withCompany(
	snapshotEvent(
		{
			value: 'managementAgentStateChanged',
			name: 'Management Agent State Changed',
			action: 'On management agent offline, rejected or recovered',
			description: 'A management agent goes offline, is rejected or needs attention, or recovers',
			fields: [
				conditionsField(
					MANAGEMENT,
					[
						{ name: 'Offline', value: 'offline' },
						{ name: 'Out of Date', value: 'outOfDate' },
						{ name: 'Reboot Required', value: 'rebootRequired' },
						{ name: 'Rejected', value: 'rejected' },
						{ name: 'Unhealthy', value: 'unhealthy' },
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
				flag({
					field: MANAGEMENT,
					name: 'outOfDate',
					is: (record) => readManagementAgent(record).isOutOfDate,
					named: managementAgent,
					problem: 'is out of date: update it',
					reminder: 'is still out of date',
					recovered: 'is up to date again',
					current: shown('version', 'versionStatus'),
				}),
				flag({
					field: MANAGEMENT,
					name: 'rebootRequired',
					is: (record) => readManagementAgent(record).isRebootRequired,
					named: managementAgent,
					problem: 'waits for a restart of its computer',
					reminder: 'still waits for a restart of its computer',
					recovered: 'no longer waits for a restart of its computer',
					current: shown('isRebootRequired'),
				}),
				flag({
					field: MANAGEMENT,
					name: 'rejected',
					is: (record) => readManagementAgent(record).isRejected,
					severity: 'error',
					named: managementAgent,
					problem: 'is rejected by the console: accept its connection or remove it',
					reminder: 'is still rejected by the console',
					recovered: 'is no longer rejected by the console',
					current: shown('connectionStatus', 'status'),
				}),
				flag({
					field: MANAGEMENT,
					name: 'unhealthy',
					is: (record) => readManagementAgent(record).isUnhealthy,
					named: managementAgent,
					problem: 'reports a problem or failed to update',
					reminder: 'still reports a problem',
					recovered: 'is healthy again',
					current: shown('status'),
				}),
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
			action: 'On backup agent offline, broken or recovered',
			description: 'A backup agent goes offline, is out of date or has a problem, or recovers',
			fields: [
				conditionsField(
					AGENT,
					[
						{ name: 'Offline', value: 'offline' },
						{ name: 'Out of Date', value: 'outOfDate' },
						{ name: 'Unhealthy', value: 'unhealthy' },
					],
					['offline', 'unhealthy'],
				),
			],
			options: OPTIONS,
			needs: {
				field: AGENT,
				parts: { outOfDate: ['GET /infrastructure/backupAgents', 'returns.versionStatus'] },
			},
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
				flag({
					field: AGENT,
					name: 'offline',
					is: (record, facts) => isLongOffline(readBackupAgent(record).isOffline, undefined, facts),
					severity: 'error',
					named: agent,
					problem: 'is offline',
					reminder: 'is still offline',
					recovered: 'is online again',
					current: shown('status', 'managementAgentStatus'),
				}),
				flag({
					field: AGENT,
					name: 'outOfDate',
					is: (record) => readBackupAgent(record).isOutOfDate,
					named: agent,
					problem: 'is out of date: update it',
					reminder: 'is still out of date',
					recovered: 'is up to date again',
					current: shown('version', 'versionStatus'),
				}),
				flag({
					field: AGENT,
					name: 'unhealthy',
					is: (record) => readBackupAgent(record).isUnhealthy,
					named: agent,
					problem: 'has a broken installation: install it again',
					reminder: 'still has a broken installation',
					recovered: 'is installed properly again',
					current: shown('installationType'),
				}),
			],
		},
	),
	{ organization },
);
