import type { IDataObject } from 'n8n-workflow';

import { byStatus, iso } from '../../shared/report/assess';
import type { Sections } from '../../shared/report/collect';
import type {
	ReportActivity,
	ReportComponent,
	ReportServerFacts,
	ReportVerification,
} from '../../shared/report/extraModel';
import type { PageReader } from '../../shared/report/pageReader';
import { readActivity } from '../model/activityLogs';
import {
	consoleVersion,
	decidingOfPlans,
	decidingOfProxies,
	readFailoverPlan,
	readProxy,
} from '../model/infrastructure';
import { PATHS } from '../model/queries';
import { spaced } from '../model/values';
import { deciding as decidingOfServers, readServer, type Server } from '../model/servers';
import { readList, type Judged } from './lists';
import type { Owned, Tenants } from './tenants';

/** The console's version: 1 request. */
export const readConsole = async (
	reader: PageReader,
	sections: Sections,
): Promise<string | undefined> =>
	await sections.head('Console', async () =>
		consoleVersion(await reader.getHead(PATHS.about, 'data')),
	);

/** What was read for the sections that are chosen, with whose it is. */
export interface FoundExtras {
	about?: Array<Owned<ReportServerFacts>>;
	infrastructure?: Array<Owned<ReportComponent>>;
	verifications?: Array<Owned<ReportVerification>>;
	activities?: Array<Owned<ReportActivity>>;
}

/**
 * Sections that are read where they are chosen: the servers' versions 1 request (and that of the list
 * of backup servers where nothing else needs it), proxies and servers 2 (likewise), failover plans 1,
 * restores and deletions 1; longer lists take more pages.
 */
export class ExtraReader {
	constructor(
		private readonly reader: PageReader,
		private readonly sections: Sections,
		private readonly tenants: Tenants,
		/** By id. */
		private readonly servers: Map<string, Server>,
		/** Of the console; undefined: it is not known. */
		private readonly version?: string,
	) {}

	/** @param from beginning of the period, milliseconds since 1970 */
	async all(from: number): Promise<FoundExtras> {
		const about = this.about();
		const infrastructure = await this.infrastructure();
		const verifications = await this.failoverPlans();
		const activities = await this.activities(from);
		return {
			...(about && { about }),
			...(infrastructure && { infrastructure }),
			...(verifications && { verifications }),
			...(activities && { activities }),
		};
	}

	private async list(
		section: 'infrastructure' | 'verifications' | 'activities',
		what: Parameters<typeof readList>[3],
		path: string,
		query: Record<string, string> = {},
		judged?: Judged,
	): Promise<IDataObject[] | undefined> {
		const request = { method: 'GET' as const, path, query };
		return await readList(this.reader, this.sections, [section], what, request, judged);
	}

	/** A row with its tenant; undefined where the report is not about that one. */
	private owned<T extends object>(
		organization: string,
		row: T,
	): Array<Owned<T & { tenant?: string }>> {
		if (!this.tenants.passes(organization)) return [];
		const { tenant, tenantId } = this.tenants.of(organization);
		return [
			{
				row: { ...row, ...(tenant === undefined ? {} : { tenant }) },
				...(tenantId === undefined ? {} : { tenantId }),
			},
		];
	}

	private ownerOf(serverId: string): string {
		return this.servers.get(serverId)?.organization ?? '';
	}

	private about(): FoundExtras['about'] {
		if (!this.sections.wants('about')) return undefined;
		const { version } = this;
		const own: Array<Owned<ReportServerFacts>> =
			version === undefined || version === ''
				? []
				: [
						{
							row: {
								name: 'Veeam Service Provider Console',
								...{ version, apiVersion: this.reader.client.version },
							},
						},
					];
		return [
			...own,
			...[...this.servers.values()]
				.flatMap(({ name, organization, version }) =>
					this.owned(organization, { name, ...(version ? { version } : {}) }),
				)
				.sort((a, b) => a.row.name.localeCompare(b.row.name)),
		];
	}

	/** Backup servers, Microsoft 365 servers and proxies that are not well. */
	private async infrastructure(): Promise<FoundExtras['infrastructure']> {
		if (!this.sections.wants('infrastructure')) return undefined;
		const proxies = await this.list(
			'infrastructure',
			'Proxies',
			PATHS.proxies,
			{},
			{
				deciding: decidingOfProxies,
				isOurs: (record) => this.tenants.mayPass(this.ownerOf(readProxy(record).serverId)),
			},
		);
		const microsoft365 = await this.list(
			'infrastructure',
			'Microsoft 365 servers',
			PATHS.vb365Servers,
			{},
			{
				deciding: decidingOfServers,
				isOurs: (record) => this.tenants.mayPass(readServer(record).organization),
			},
		);
		const rows = [
			...[...this.servers.values()].flatMap((server) => this.serverRow(server)),
			...(microsoft365 ?? [])
				.map(readServer)
				.flatMap((server) => this.serverRow(server, 'Microsoft 365 server')),
			...(proxies ?? []).map(readProxy).flatMap((proxy) => {
				const row = (state: ReportComponent['state'], status: ReportComponent['status']) =>
					this.owned<ReportComponent>(this.ownerOf(proxy.serverId), {
						...{ id: proxy.id, name: this.at(proxy), kind: 'proxy', state, status },
					});
				if (proxy.isDisabled) return row('disabled', 'good');
				if (proxy.trouble === 'error') return row('error', 'bad');
				if (proxy.trouble === 'warning') return row('warning', 'warning');
				return proxy.isOutOfDate ? row('outOfDate', 'warning') : [];
			}),
		];
		return rows.sort((a, b) => byStatus(a.row, b.row) || a.row.name.localeCompare(b.row.name));
	}

	/** "Proxy 1 (vbr.example)" */
	private at({ name, serverId }: { name: string; serverId: string }): string {
		const server = this.servers.get(serverId)?.name;
		return server ? `${name} (${server})` : name;
	}

	private serverRow(
		{ id, name, organization, isOffline, isUnhealthy }: Server,
		role?: string,
	): Array<Owned<ReportComponent>> {
		if (isOffline !== true && isUnhealthy !== true) return [];
		return this.owned<ReportComponent>(organization, {
			...{ id, name, kind: 'backupServer', ...(role === undefined ? {} : { role }) },
			state: isOffline === true ? 'unavailable' : 'warning',
			status: isOffline === true ? 'bad' : 'warning',
		});
	}

	/** Failover plans that are not merely waiting. */
	private async failoverPlans(): Promise<FoundExtras['verifications']> {
		const records = await this.list(
			'verifications',
			'Failover plans',
			PATHS.failoverPlans,
			{},
			{
				deciding: decidingOfPlans,
				isOurs: (record) => this.tenants.mayPass(this.ownerOf(readFailoverPlan(record).serverId)),
			},
		);
		return records
			?.map(readFailoverPlan)
			.filter(({ isReady }) => !isReady)
			.flatMap((plan) =>
				this.owned<ReportVerification>(this.ownerOf(plan.serverId), {
					...{ id: plan.id, name: this.at(plan), kind: 'failoverPlan', state: spaced(plan.state) },
					status: plan.isFailed ? 'bad' : 'good',
				}),
			)
			.sort((a, b) => byStatus(a.row, b.row) || a.row.name.localeCompare(b.row.name));
	}

	private async activities(from: number): Promise<FoundExtras['activities']> {
		const records = await this.list('activities', 'Activity log', PATHS.activityLogs, {
			from: iso(from),
		});
		return records
			?.flatMap((record) => {
				const found = readActivity(record);
				if (!found || found.time < from) return [];
				const { kind, message, time, organization, isDeletion } = found;
				return this.owned<ReportActivity>(organization, {
					...{ kind, name: message || kind, time: iso(time), isDeletion },
				});
			})
			.sort((a, b) => b.row.time.localeCompare(a.row.time));
	}
}
