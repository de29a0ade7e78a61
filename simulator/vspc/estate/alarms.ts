import { randomUUID } from 'node:crypto';
import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';
import { hostOf, serverId } from './servers';
import { companyId, locationId } from './tenants';

const TEMPLATES: Array<[name: string, category: string]> = [
	['Job state', 'BackupVmJob'],
	['Backup server connection', 'BackupServer'],
	['Repository free space', 'BackupRepository'],
	['License expiration', 'BackupLicense'],
	['Agent job state', 'BackupAgentJob'],
];

export function alarmTemplates(): Item[] {
	return TEMPLATES.map(([name, category], index) => ({
		name,
		isEnabled: true,
		instanceUid: uuidFor(`vspc/alarm/${name}`),
		category,
		organizationUid: null,
		internalId: index + 1,
		knowledge: { summary: name },
		isPredifined: true,
	}));
}

/** What a control call says of an alarm to raise. */
export interface RaisedAlarm {
	/** Name of the template. Default `Job state`. */
	template?: string;
	company?: string;
	objectName?: string;
	/** What the object is. Default `BackupServer`. */
	objectType?: string;
	/** Default `Error`. */
	status?: string;
	message?: string;
	repeatCount?: number;
	/** Hours ago. Default 0. */
	hours?: number;
}

export function alarmRecord(raised: RaisedAlarm, now: number, id: string = randomUUID()): Item {
	const {
		template = 'Job state',
		company = 'Acme Bakery',
		objectName,
		objectType = 'BackupServer',
		status = 'Error',
		hours = 0,
	} = raised;
	const host = objectName ?? hostOf(company);
	return {
		instanceUid: id,
		alarmTemplateUid: uuidFor(`vspc/alarm/${template}`),
		repeatCount: raised.repeatCount ?? 1,
		object: {
			instanceUid: uuidFor(`alarmObject/${company}/${host}`),
			type: objectType,
			organizationUid: companyId(company),
			locationUid: locationId(company),
			managementAgentUid: null,
			computerName: hostOf(company),
			objectUid: serverId(company),
			objectName: host,
		},
		lastActivation: {
			instanceUid: uuidFor(`activation/${id}/${now}`),
			time: iso(now - hours * 3_600_000),
			status,
			message: raised.message ?? `${template}: ${host}`,
			remark: '',
		},
		area: 'vspc',
	};
}

export function activeAlarms(now: number): Item[] {
	const known: RaisedAlarm[] = [
		{
			company: 'Blue Harbor Logistics',
			objectName: 'Production',
			objectType: 'BackupServerJob',
			status: 'Error',
			message: 'Job Production has finished with the state Failed',
			repeatCount: 3,
			hours: 5,
		},
		{
			template: 'Backup server connection',
			company: 'Delta Engineering',
			status: 'Error',
			message: 'The backup server is inaccessible',
			hours: 26,
		},
		{
			template: 'Repository free space',
			company: 'Cedar Clinic',
			objectName: 'Default Backup Repository',
			objectType: 'BackupRepository',
			status: 'Warning',
			message: 'The repository is low on free space',
			repeatCount: 12,
			hours: 2,
		},
		{
			template: 'License expiration',
			company: 'Acme Bakery',
			status: 'Info',
			message: 'The license expires in 41 days',
			hours: 30,
		},
		{
			template: 'Agent job state',
			company: 'Acme Bakery',
			objectName: 'Agent backup of ws01',
			objectType: 'BackupAgent',
			status: 'Acknowledged',
			message: 'The agent job has failed',
			hours: 12,
		},
		{
			company: 'Cedar Clinic',
			objectName: 'Patient Records',
			objectType: 'BackupServerJob',
			status: 'Resolved',
			message: 'Job Patient Records has finished with the state Success',
			hours: 40,
		},
	];
	return known.map((raised, index) => alarmRecord(raised, now, uuidFor(`vspc/active/${index}`)));
}
