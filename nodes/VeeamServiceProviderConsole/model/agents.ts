import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { isOneOf, same, text } from './values';

/** What both kinds of agents have in common; undefined where the server does not say. */
interface Agent {
	id: string;
	name: string;
	organization: string;
	isWorkstation: boolean;
	isOffline?: boolean;
	isOutOfDate?: boolean;
	isUnhealthy?: boolean;
}

export interface ManagementAgent extends Agent {
	/** As the server writes it; empty where it never was there. */
	lastSeen: string;
	isRebootRequired?: boolean;
	/** The console does not take its connection. */
	isRejected?: boolean;
}

/** States through which a management agent passes by itself; offline is a fact of its own. */
const PASSING = ['Applying', 'Inaccessible', 'Installation', 'Restarting', 'Unknown', 'Updating'];

const known = <K extends string>(name: K, value: boolean | undefined) =>
	(value === undefined ? {} : { [name]: value }) as { [P in K]?: boolean };

/** Before 3.6 the lists do not say it: what is known stays. */
const isOutOfDate = ({ versionStatus }: IDataObject): boolean | undefined =>
	same(versionStatus, 'OutOfDate') ? true : same(versionStatus, 'UpToDate') ? false : undefined;

/** @param record an element of `GET /infrastructure/managementAgents` */
export function readManagementAgent(record: IDataObject): ManagementAgent {
	const { connectionStatus, status, isRebootRequired, computerInfo } = record;
	const { guestOsType } = (computerInfo ?? {}) as IDataObject;
	const isPresent = text(connectionStatus) !== '' && !same(connectionStatus, 'Unknown');
	return {
		id: text(record.instanceUid),
		name: text(record.hostName),
		organization: text(record.organizationUid),
		isWorkstation: same(guestOsType, 'Workstation'),
		lastSeen: text(record.lastHeartbeatTime),
		...known('isOffline', isPresent ? same(connectionStatus, 'Inaccessible') : undefined),
		...known('isOutOfDate', isOutOfDate(record)),
		...known(
			'isUnhealthy',
			text(status) === '' || isOneOf(status, PASSING) ? undefined : !same(status, 'Healthy'),
		),
		...known(
			'isRebootRequired',
			typeof isRebootRequired === 'boolean' ? isRebootRequired : undefined,
		),
		...known(
			'isRejected',
			same(connectionStatus, 'Rejected')
				? true
				: same(connectionStatus, 'Online')
					? false
					: undefined,
		),
	};
}

/** @param record an element of `GET /infrastructure/backupAgents` */
export function readBackupAgent(record: IDataObject): Agent {
	const { status, managementAgentStatus, installationType } = record;
	const isDown = same(status, 'NotRunning') || same(managementAgentStatus, 'Inaccessible');
	return {
		id: text(record.instanceUid),
		name: text(record.name),
		organization: text(record.organizationUid),
		isWorkstation: same(record.operationMode, 'Workstation'),
		...known('isOffline', isDown ? true : same(status, 'Active') ? false : undefined),
		...known('isOutOfDate', isOutOfDate(record)),
		...known(
			'isUnhealthy',
			same(installationType, 'Broken')
				? true
				: isOneOf(installationType, ['Full', 'Restricted'])
					? false
					: undefined,
		),
	};
}

export const reads: ReadFields[] = [
	{
		operation: 'GET /infrastructure/managementAgents',
		fields: [
			'instanceUid',
			'hostName',
			'organizationUid',
			'connectionStatus',
			'status',
			'lastHeartbeatTime',
			'versionStatus',
			'isRebootRequired',
			'computerInfo',
			'computerInfo.guestOsType',
		],
	},
	{
		operation: 'GET /infrastructure/backupAgents',
		fields: [
			'instanceUid',
			'name',
			'organizationUid',
			'operationMode',
			'status',
			'managementAgentStatus',
			'installationType',
			'versionStatus',
		],
		fallbacks: { versionStatus: 'whether it is out of date is not known' },
	},
];
