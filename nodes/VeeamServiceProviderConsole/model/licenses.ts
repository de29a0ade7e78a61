import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { amountOf } from '../../shared/monitoring/options';
import { COUNT, optional, TIME, word, type Deciding } from '../../shared/report/readable';
import { isOneOf, same, text } from './values';

/** Where a license is read; `serverField` where it belongs to a server that it names by id. */
export const LICENSES = [
	{
		value: 'servers',
		name: 'Backup Servers',
		what: 'Licenses of backup servers',
		path: '/licensing/backupServers',
		serverField: 'backupServerUid',
	},
	{
		value: 'console',
		name: 'Console',
		what: 'License of the console',
		path: '/licensing/console',
		serverField: undefined,
	},
	{
		value: 'vb365',
		name: 'Microsoft 365 Servers',
		what: 'Licenses of Microsoft 365 servers',
		path: '/licensing/vb365Servers',
		serverField: 'vb365ServerUid',
	},
] as const;

export type LicenseKind = (typeof LICENSES)[number];

export const licenseKind = (value: LicenseKind['value']): LicenseKind =>
	LICENSES.find((kind) => kind.value === value) ?? LICENSES[0];

/** What a license limits, and how much of it is used. */
export interface LicenseUsage {
	used: number;
	total: number;
	/** "users", "points", "instances", "sockets", "TB" */
	unit: string;
}

export interface License {
	/** Of the server it belongs to; empty for the console's own. */
	serverId: string;
	/** As the server spells it; empty where it does not say. */
	status: string;
	/** `invalid` works no longer; `warned` does for now. Undefined where the server does not know. */
	validity?: 'valid' | 'warned' | 'invalid';
	/** What the server says about the status; empty where nothing. */
	statusMessage: string;
	/** As the server writes it; undefined: it does not expire, or the server does not say. */
	expirationDate?: string;
	/** When the support contract ends, as the server writes it; of backup servers alone. */
	supportEnds?: string;
	/** Each kind of unit that it limits, the fullest first; the console's own says no usage. */
	usages: LicenseUsage[];
}

const UNITS = [
	['usedUnits', 'units'],
	['usedSockets', 'sockets'],
	['usedCapacity', 'capacity'],
	['protectedUsers', 'licensedUsers'],
] as const;

/** @param record of any of the three kinds: a server's license may limit units, sockets and capacity */
export function readLicense(record: IDataObject): License {
	const expirationDate = text(record.expirationDate);
	const validity = validityOf(record.status);
	const supportEnds = text(record.supportExpirationDate);
	return {
		serverId: text(record.backupServerUid) || text(record.vb365ServerUid),
		status: text(record.status),
		...(validity === undefined ? {} : { validity }),
		statusMessage: text(record.statusMessage),
		...(expirationDate ? { expirationDate } : {}),
		...(supportEnds ? { supportEnds } : {}),
		usages: UNITS.flatMap(([used, total]): LicenseUsage[] => {
			const [is, of] = [amountOf(record[used]), amountOf(record[total])];
			if (is === undefined || of === undefined || of <= 0) return [];
			return [{ used: is, total: of, unit: unitOf(total, record) }];
		}).sort((a, b) => b.used / b.total - a.used / a.total),
	};
}

/** What of a license decides; not every license limits every kind of units. */
export const deciding: Deciding = {
	status: word('Error', 'Expired', 'Unknown', 'Unlicensed', 'Valid', 'Warning'),
	expirationDate: TIME,
	...Object.fromEntries(UNITS.flat().map((field) => [field, optional(COUNT)])),
};

/** Whether an answer is a license: taken for one, anything else would say that nothing is wrong. */
export const isLicense = (answer: unknown): answer is IDataObject =>
	typeof answer === 'object' &&
	answer !== null &&
	('status' in answer || 'expirationDate' in answer);

/** `Warning` still works; `Error`, `Expired` and `Unlicensed` do not. */
function validityOf(status: unknown): License['validity'] {
	if (text(status) === '' || same(status, 'Unknown')) return undefined;
	if (isOneOf(status, ['Valid'])) return 'valid';
	return same(status, 'Warning') ? 'warned' : 'invalid';
}

function unitOf(field: (typeof UNITS)[number][1], { unitType }: IDataObject): string {
	if (field === 'licensedUsers') return 'users';
	if (field === 'capacity') return 'TB';
	if (field === 'sockets') return 'sockets';
	return text(unitType) && !same(unitType, 'Unknown') ? text(unitType).toLowerCase() : 'units';
}

export const reads: ReadFields[] = [
	{
		operation: 'GET /licensing/backupServers',
		fields: [
			'backupServerUid',
			'status',
			'expirationDate',
			'supportExpirationDate',
			'units',
			'usedUnits',
			'unitType',
			'sockets',
			'usedSockets',
			'capacity',
			'usedCapacity',
		],
	},
	{
		operation: 'GET /licensing/vb365Servers',
		fields: ['vb365ServerUid', 'status', 'expirationDate', 'licensedUsers', 'protectedUsers'],
	},
	{ operation: 'GET /licensing/console', fields: ['status', 'statusMessage', 'expirationDate'] },
];
