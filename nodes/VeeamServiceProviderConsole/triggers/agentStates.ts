import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { nameOptions, namePasses } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import {
	isLongOffline,
	isOutOfDate,
	keepOffline,
	lastSeen,
	named,
	OFFLINE_MINUTES,
	plain,
} from './conditions';
import { pagesOf, same, text } from '../model/lists';

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

const isWanted = (options: IDataObject, record: IDataObject, name: string, kind: unknown) =>
	isWantedCompany(options, record.organizationUid) &&
	namePasses(name, options.includeNames, options.excludeNames) &&
	!(options.skipWorkstations === true && same(kind, 'Workstation'));

const organization = (_: unknown, { organizationUid }: IDataObject) =>
	text(organizationUid) || undefined;

const MANAGEMENT = 'managementAgentConditions';
const managementAgent = named('Management agent', 'hostName');

/** States through which an agent passes by itself; offline is a condition of its own. */
const PASSING = ['Inaccessible', 'Installation', 'Restarting', 'Unknown', 'Updating'];

const isDisconnected = ({ connectionStatus }: IDataObject): boolean | undefined => {
	if (same(connectionStatus, 'Inaccessible')) return true;
	return same(connectionStatus, 'Unknown') ? undefined : false;
};

const managementOffline = plain(
	MANAGEMENT,
	'offline',
	(record, facts) => isLongOffline(isDisconnected(record), record.lastHeartbeatTime, facts),
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
				const { instanceUid, hostName, computerInfo } = record;
				const kind = (computerInfo as IDataObject | null | undefined)?.guestOsType;
				return isWanted(options, record, text(hostName), kind)
					? { id: text(instanceUid), name: text(hostName) }
					: undefined;
			},
			keep: (record, before, facts) => keepOffline(isDisconnected(record), before, facts),
			conditions: [
				{
					...managementOffline,
					message: (record, transition, facts) =>
						transition === 'recovered'
							? managementOffline.message(record, transition, facts)
							: managementOffline
									.message(record, transition, facts)
									.replace(/\.$/, `${lastSeen(record, facts)}.`),
				},
				plain(
					MANAGEMENT,
					'outOfDate',
					isOutOfDate,
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
					({ isRebootRequired }) =>
						typeof isRebootRequired === 'boolean' ? isRebootRequired : undefined,
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
					({ connectionStatus }) =>
						same(connectionStatus, 'Rejected')
							? true
							: same(connectionStatus, 'Online')
								? false
								: undefined,
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
					({ status }) =>
						PASSING.some((one) => same(status, one)) ? undefined : !same(status, 'Healthy'),
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
const agent = named('Backup agent');

const isAgentDown = ({ status, managementAgentStatus }: IDataObject): boolean | undefined => {
	if (same(status, 'NotRunning') || same(managementAgentStatus, 'Inaccessible')) return true;
	return same(status, 'Active') ? false : undefined;
};

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
			object: (record, options) =>
				isWanted(options, record, text(record.name), record.operationMode)
					? { id: text(record.instanceUid), name: text(record.name) }
					: undefined,
			keep: (record, before, facts) => keepOffline(isAgentDown(record), before, facts),
			conditions: [
				plain(
					AGENT,
					'offline',
					(record, facts) => isLongOffline(isAgentDown(record), undefined, facts),
					{ wrong: 'is offline', still: 'is still offline', well: 'is online again' },
					{ named: agent, shown: ['status', 'managementAgentStatus'], isError: true },
				),
				plain(
					AGENT,
					'outOfDate',
					isOutOfDate,
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
					({ installationType }) =>
						same(installationType, 'Broken')
							? true
							: same(installationType, 'Full') || same(installationType, 'Restricted')
								? false
								: undefined,
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
