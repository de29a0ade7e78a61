import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { word, type Deciding } from '../../shared/report/readable';
import { same, spaced, text } from './values';
import { objectOf } from '../../shared/common/objects';

export const ALARMS = '/alarms/active';

/** Templates have the names of the alarms. */
export const ALARM_TEMPLATES = '/alarms/templates';

/** Worse is higher; what is not here has no severity: resolved, acknowledged, not known. */
const DEGREES: Record<string, number> = { info: 1, warning: 2, error: 3 };

export interface Alarm {
	id: string;
	templateId: string;
	/** Some servers give it; empty otherwise: the template has it. */
	name: string;
	/** What it is about. */
	about: {
		/** Of the object that has the problem. */
		id: string;
		/** Empty where the console names none. */
		name: string;
		/** "Backup Server Job"; "Object" where the console does not say. */
		type: string;
		organization: string;
	};
	status: string;
	/** 1 info, 2 warning, 3 error; 0: none. */
	degree: number;
	isResolved: boolean;
	isAcknowledged: boolean;
	/** Of the last activation, as the server writes it; empty where it does not say. */
	time: string;
	message: string;
	remark: string;
	repeats: number;
}

/** What of an alarm decides. */
export const deciding: Deciding = {
	'lastActivation.status': word(
		...['Acknowledged', 'Error', 'Info', 'Resolved', 'Unknown', 'Warning'],
	),
};

/** @param record an element of `GET /alarms/active` */
export function readAlarm(record: IDataObject): Alarm {
	const about = objectOf(record.object);
	const { status, time, message, remark } = objectOf(record.lastActivation);
	const repeats = Number(record.repeatCount ?? 0);
	return {
		id: text(record.instanceUid),
		templateId: text(record.alarmTemplateUid),
		name: text(record.name),
		about: {
			id: text(about.objectUid) || text(about.instanceUid),
			name: text(about.objectName) || text(about.computerName),
			type: same(about.type, 'Unknown') ? 'Object' : spaced(about.type) || 'Object',
			organization: text(about.organizationUid),
		},
		status: text(status),
		degree: DEGREES[text(status).toLowerCase()] ?? 0,
		isResolved: same(status, 'Resolved'),
		isAcknowledged: same(status, 'Acknowledged'),
		time: text(time),
		message: text(message),
		remark: text(remark),
		repeats: Number.isFinite(repeats) ? repeats : 0,
	};
}

export const reads: ReadFields[] = [
	{
		operation: 'GET /alarms/active',
		fields: [
			'instanceUid',
			'alarmTemplateUid',
			'repeatCount',
			'object',
			'object.type',
			'object.instanceUid',
			'object.objectUid',
			'object.objectName',
			'object.computerName',
			'object.organizationUid',
			'lastActivation',
			'lastActivation.status',
			'lastActivation.time',
			'lastActivation.message',
			'lastActivation.remark',
		],
	},
	{ operation: 'GET /alarms/templates', fields: ['instanceUid', 'name'] },
];
