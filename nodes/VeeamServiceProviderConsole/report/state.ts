import type { IDataObject } from 'n8n-workflow';

import { numberOf } from '../../shared/monitoring/options';
import { readTime } from '../../shared/common/time';
import { spaceOf } from '../../shared/report/collect';
import { BYTES_OF_GB, iso, assessLicense } from '../../shared/report/assess';
import type {
	ReportFinding,
	ReportLicense,
	ReportObject,
	ReportRepository,
	ReportStatus,
} from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { same, spaced, text } from '../model/lists';
import type { Owned, Tenants } from './tenants';

const asText = (value: unknown) => JSON.stringify(value);

/** Backup servers by id: what belongs to one names it alone. */
export async function readServers(reader: PageReader): Promise<Map<string, IDataObject>> {
	const servers = await reader.list({
		method: 'GET',
		path: '/infrastructure/backupServers',
		label: 'Backup Servers',
	});
	return new Map(servers.map((server) => [text(server.instanceUid), server]));
}

/** Repositories of all backup servers with their space, which only `expand` brings. */
export async function readRepositories(
	reader: PageReader,
	servers: Map<string, IDataObject>,
	tenants: Tenants,
	lowPercent: number,
): Promise<Array<Owned<ReportRepository>>> {
	const records = await reader.list({
		method: 'GET',
		path: '/infrastructure/backupServers/repositories',
		query: { expand: 'BackupRepositoryInfo' },
		label: 'Repositories',
	});
	return records.flatMap((record) => {
		const { backupRepositoryInfo: info } = record;
		const all = typeof info === 'object' ? { ...(info as IDataObject), ...record } : record;
		const server = servers.get(text(all.backupServerUid));
		const organization = text(server?.organizationUid);
		if (!tenants.passes(organization)) return [];
		const { tenant, tenantId } = tenants.of(organization);
		const bytes = (value: unknown, isKnown: unknown) => {
			const number = isKnown === false ? undefined : numberOf(value);
			return number === undefined ? undefined : number / BYTES_OF_GB;
		};
		// Nobody knows how a repository does whose server is out of sight.
		const online = same(server?.status, 'Inaccessible') ? false : undefined;
		const space = spaceOf(
			bytes(all.capacity, all.isCapacityAvailable),
			bytes(all.freeSpace, all.isFreeSpaceAvailable),
			online,
			lowPercent,
		);
		const host = text(all.hostName) || text(server?.name);
		const row: ReportRepository = {
			id: text(all.instanceUid),
			name: `${text(all.name)}${host ? ` (${host})` : ''}`,
			...(tenant === undefined ? {} : { tenant }),
			...space,
			status: worse(space.status, STATES[text(all.status).toLowerCase()] ?? 'good'),
		};
		return [{ row, tenantId }];
	});
}

const STATES: Record<string, ReportStatus> = { error: 'bad', warning: 'warning' };

const worse = (a: ReportStatus, b: ReportStatus): ReportStatus =>
	a === 'bad' || b === 'bad' ? 'bad' : a === 'warning' || b === 'warning' ? 'warning' : 'good';

/** Active alarms, errors first: those that are neither resolved nor acknowledged. */
export async function readAlarms(
	reader: PageReader,
	tenants: Tenants,
): Promise<Array<Owned<ReportFinding>>> {
	const alarms = await reader.list({
		method: 'GET',
		path: '/alarms/active',
		query: {
			filter: asText([
				{ property: 'lastActivation.status', operation: 'in', value: ['Error', 'Warning'] },
			]),
			sort: asText([{ property: 'lastActivation.time', direction: 'descending' }]),
		},
		label: 'Alarms',
	});
	return alarms.flatMap((alarm): Array<Owned<ReportFinding>> => {
		const about = (alarm.object ?? {}) as IDataObject;
		const { status, message, time } = (alarm.lastActivation ?? {}) as IDataObject;
		const [isError, isWarning] = [same(status, 'Error'), same(status, 'Warning')];
		const organization = text(about.organizationUid);
		if ((!isError && !isWarning) || !tenants.passes(organization)) return [];
		const { tenant, tenantId } = tenants.of(organization);
		const activated = readTime(time);
		const named = text(about.objectName) || text(about.computerName) || spaced(about.type);
		const said = text(message);
		const row: ReportFinding = {
			source: 'Alarm',
			text: !said || said.includes(named) ? said || named : `${named}: ${said}`,
			status: isError ? 'bad' : 'warning',
			...(activated === undefined ? {} : { time: iso(activated) }),
			...(tenant === undefined ? {} : { tenant }),
		};
		return [{ row, tenantId }];
	});
}

interface Judging {
	now: number;
	expiresInDays: number;
}

/** The console's own license, which belongs to no tenant. */
export async function readConsoleLicense(
	reader: PageReader,
	judging: () => Judging,
): Promise<ReportLicense> {
	const license = await reader.get('/licensing/console', 'data');
	return assessLicense(
		{ name: 'Veeam Service Provider Console', state: text(license.status) },
		readTime(license.expirationDate),
		judging(),
	);
}

/** A license of a server, by whom the console names the server. */
export interface LicenseKind {
	what: string;
	path: string;
	serverField: 'backupServerUid' | 'vb365ServerUid';
}

export const LICENSES: Record<'servers' | 'vb365', LicenseKind> = {
	servers: {
		what: 'Licenses of backup servers',
		path: '/licensing/backupServers',
		serverField: 'backupServerUid',
	},
	vb365: {
		what: 'Licenses of Microsoft 365 servers',
		path: '/licensing/vb365Servers',
		serverField: 'vb365ServerUid',
	},
};

export async function readLicenses(
	reader: PageReader,
	{ path, serverField, what }: LicenseKind,
	server: (id: string) => { name: string; organization: string },
	tenants: Tenants,
	judging: () => Judging,
): Promise<Array<Owned<ReportLicense>>> {
	const licenses = await reader.list({ method: 'GET', path, label: what });
	return licenses.flatMap((license) => {
		const { name, organization } = server(text(license[serverField]));
		if (!tenants.passes(organization)) return [];
		const { tenant, tenantId } = tenants.of(organization);
		const [used, total, unit] = usageOf(license);
		const row = assessLicense(
			{ name, tenant, state: text(license.status), used, total, unit },
			readTime(license.expirationDate),
			judging(),
		);
		return [{ row, tenantId }];
	});
}

/** By users (Microsoft 365), by points or instances, or by sockets. */
function usageOf(license: IDataObject): [used?: number, total?: number, unit?: string] {
	const { licensedUsers, units, sockets } = license;
	if (licensedUsers !== undefined)
		return [numberOf(license.protectedUsers), numberOf(licensedUsers), 'users'];
	if (numberOf(units)) {
		const unit = (text(license.unitType) || 'Units').toLowerCase();
		return [numberOf(license.usedUnits), numberOf(units), unit];
	}
	return numberOf(sockets) ? [numberOf(license.usedSockets), numberOf(sockets), 'sockets'] : [];
}

/** Lists of protected workloads, each with the date of its latest restore point. */
export const WORKLOADS = [
	{
		what: 'Virtual machines',
		type: 'Virtual Machine',
		path: '/protectedWorkloads/virtualMachines',
	},
	{
		what: 'Computers managed by the console',
		type: 'Computer',
		path: '/protectedWorkloads/computersManagedByConsole',
	},
	{
		what: 'Computers managed by backup servers',
		type: 'Computer',
		path: '/protectedWorkloads/computersManagedByBackupServer',
	},
] as const;

/** Workloads of one list whose latest restore point is older than `before`, or that have none. */
export async function readUnprotected(
	reader: PageReader,
	{ what, type, path }: (typeof WORKLOADS)[number],
	before: number,
	tenants: Tenants,
): Promise<Array<Owned<ReportObject>>> {
	const young = {
		property: 'latestRestorePointDate',
		operation: 'greaterThanOrEqual',
		value: iso(before),
	};
	const records = await reader.list({
		method: 'GET',
		path,
		// Not "lessThan": one without any restore point has no date.
		query: { filter: asText([{ operation: 'not', items: [young] }]) },
		label: what,
	});
	return records.flatMap((record) => {
		const last = readTime(record.latestRestorePointDate);
		const organization = text(record.organizationUid);
		if ((last !== undefined && last >= before) || !tenants.passes(organization)) return [];
		const { tenant, tenantId } = tenants.of(organization);
		const row: ReportObject = {
			name: text(record.name),
			type,
			...(tenant === undefined ? {} : { tenant }),
			lastRestorePoint: last === undefined ? null : iso(last),
		};
		return [{ row, tenantId }];
	});
}
