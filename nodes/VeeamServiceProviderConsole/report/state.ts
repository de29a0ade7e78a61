import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../../shared/common/time';
import { spaceOf } from '../../shared/report/collect';
import { assessLicense, iso, supportOf } from '../../shared/report/assess';
import type {
	ReportFinding,
	ReportLicense,
	ReportObject,
	ReportRepository,
	ReportStatus,
} from '../../shared/report/model';
import type { Speech } from '../../shared/report/speech';
import { readAlarm } from '../model/alarms';
import { readLicense } from '../model/licenses';
import { readRepository } from '../model/repositories';
import type { Server } from '../model/servers';
import { readWorkloads } from '../model/workloads';
import type { Owned, Tenants } from './tenants';

const STATES: Record<string, ReportStatus> = { Error: 'bad', Warning: 'warning' };

const worse = (a: ReportStatus, b: ReportStatus): ReportStatus =>
	a === 'bad' || b === 'bad' ? 'bad' : a === 'warning' || b === 'warning' ? 'warning' : 'good';

/** Repositories with their space. Nobody knows how one does whose server is out of sight: it is offline. */
export function repositoryRows(
	records: IDataObject[],
	servers: Map<string, Server>,
	tenants: Tenants,
	lowPercent: number,
): Array<Owned<ReportRepository>> {
	return records.flatMap((record) => {
		const { id, name, host, serverId, capacityGB, freeGB, state } = readRepository(record);
		const server = servers.get(serverId);
		const organization = server?.organization ?? '';
		if (!tenants.passes(organization)) return [];
		const { tenant, tenantId } = tenants.of(organization);
		const online = server?.isOffline === true ? false : undefined;
		const space = spaceOf(capacityGB, freeGB, online, lowPercent);
		const status = (state && STATES[state]) ?? 'good';
		const at = host || server?.name;
		const row: ReportRepository = {
			id,
			name: at ? `${name} (${at})` : name,
			...(tenant === undefined ? {} : { tenant }),
			...space,
			...(status === 'good' ? {} : { trouble: state }),
			status: worse(space.status, status),
		};
		return [{ row, tenantId }];
	});
}

/** Active alarms that are neither resolved nor acknowledged. */
export function alarmRows(
	records: IDataObject[],
	tenants: Tenants,
	speech: Speech,
): Array<Owned<ReportFinding>> {
	return records.flatMap((record): Array<Owned<ReportFinding>> => {
		const { id, about, degree, time, message, name } = readAlarm(record);
		if (degree < 2 || !tenants.passes(about.organization)) return [];
		const { tenant, tenantId } = tenants.of(about.organization);
		const activated = readTime(time);
		const subject = about.name || speech.term(about.type);
		const said = message || name;
		const row: ReportFinding = {
			...(id ? { id } : {}),
			source: 'Alarm',
			text: !said || said.includes(subject) ? said || subject : `${subject}: ${said}`,
			status: degree > 2 ? 'bad' : 'warning',
			...(activated === undefined ? {} : { time: iso(activated) }),
			...(tenant === undefined ? {} : { tenant }),
		};
		return [{ row, tenantId }];
	});
}

export interface Assessing {
	now: number;
	expiresInDays: number;
}

/** A license as a row; one that limits several kinds of units is shown by the fullest. */
export function licenseRow(
	record: IDataObject,
	{ name, tenant }: { name: string; tenant?: string },
	assessing: Assessing,
): ReportLicense {
	const { status, usages, expirationDate, supportEnds } = readLicense(record);
	const [fullest] = usages;
	return {
		...assessLicense(
			{ name, ...(tenant === undefined ? {} : { tenant }), state: status, ...fullest },
			readTime(expirationDate),
			assessing,
		),
		...supportOf(readTime(supportEnds)),
	};
}

/** @param servers by id, as far as they are known: a license names its server by id alone */
export function licenseRows(
	records: IDataObject[],
	servers: Map<string, Pick<Server, 'name' | 'organization'>>,
	tenants: Tenants,
	assessing: Assessing,
): Array<Owned<ReportLicense>> {
	return records.flatMap((record) => {
		const { serverId } = readLicense(record);
		const { name = '', organization = '' } = servers.get(serverId) ?? {};
		if (!tenants.passes(organization)) return [];
		const { tenant, tenantId } = tenants.of(organization);
		return [{ row: licenseRow(record, { name: name || serverId, tenant }, assessing), tenantId }];
	});
}

/** Workloads of one list whose latest restore point is older than `before`, or that have none. */
export function unprotectedRows(
	records: IDataObject[],
	type: string,
	before: number,
	tenants: Tenants,
): Array<Owned<ReportObject>> {
	return readWorkloads(records).flatMap(({ name, organization, latestPoint }) => {
		if ((latestPoint !== undefined && latestPoint >= before) || !tenants.passes(organization))
			return [];
		const { tenant, tenantId } = tenants.of(organization);
		const row: ReportObject = {
			name,
			type,
			...(tenant === undefined ? {} : { tenant }),
			lastRestorePoint: latestPoint === undefined ? null : iso(latestPoint),
		};
		return [{ row, tenantId }];
	});
}
