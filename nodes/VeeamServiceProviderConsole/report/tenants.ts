import type { IDataObject } from 'n8n-workflow';

import { namePasses } from '../../shared/monitoring/options';
import { byStatus } from '../../shared/report/assess';
import type {
	ReportFinding,
	ReportJob,
	ReportOptions,
	ReportTenant,
} from '../../shared/report/model';
import { text } from '../model/lists';

/** Each kind of record names its organization in its own way. */
export const organizationOf = (record: IDataObject): string =>
	text(record.vspcOrganizationUid) ||
	text(record.mappedOrganizationUid) ||
	text(record.organizationUid);

/** The companies of the console, and which of them the report is about. */
export class Tenants {
	private readonly names: Map<string, string>;

	/** @param companies undefined where they may not be read: what is told names no tenant then */
	constructor(
		companies: IDataObject[] | undefined,
		private readonly options: Pick<ReportOptions, 'includeTenants' | 'excludeTenants'>,
	) {
		this.names = new Map(
			(companies ?? []).map(({ instanceUid, name }) => [text(instanceUid), text(name)]),
		);
	}

	/** The companies that the report is about, by name. */
	get wanted(): Array<{ id: string; name: string }> {
		return [...this.names]
			.map(([id, name]) => ({ id, name }))
			.filter(({ id }) => this.passes(id))
			.sort((a, b) => a.name.localeCompare(b.name));
	}

	/** Whether what belongs to an organization is told; the provider and resellers have no name here. */
	passes(organization: string): boolean {
		const { includeTenants, excludeTenants } = this.options;
		return namePasses(this.names.get(organization) ?? '', includeTenants, excludeTenants);
	}

	/** For a row of the report; nothing for the provider's and resellers' own. */
	of(organization: string): { tenant?: string; tenantId?: string } {
		const tenant = this.names.get(organization);
		return tenant === undefined ? {} : { tenant, tenantId: organization };
	}
}

/** A row of the report, and whose it is: names of companies may be alike. */
export interface Owned<T> {
	row: T;
	tenantId?: string;
}

/** How each company does, the worst first. */
export function tenantRows(
	companies: Array<{ id: string; name: string }>,
	rows: {
		jobs: Array<{ tenantId?: string }>;
		failures: Array<Owned<ReportJob>>;
		findings: Array<Owned<ReportFinding>>;
	},
): ReportTenant[] {
	const of = <T extends { tenantId?: string }>(all: T[]): Map<string, T[]> => {
		const found = new Map<string, T[]>();
		for (const one of all)
			if (one.tenantId !== undefined)
				found.set(one.tenantId, [...(found.get(one.tenantId) ?? []), one]);
		return found;
	};
	const [jobs, failures, findings] = [of(rows.jobs), of(rows.failures), of(rows.findings)];
	return companies
		.map(({ id, name }): ReportTenant => {
			const own = failures.get(id) ?? [];
			const alarms = findings.get(id) ?? [];
			const failed = own.filter(({ row }) => row.result === 'Failed').length;
			const isBad = failed > 0 || alarms.some(({ row }) => row.status === 'bad');
			return {
				id,
				name,
				status: isBad ? 'bad' : own.length + alarms.length > 0 ? 'warning' : 'good',
				jobs: jobs.get(id)?.length ?? 0,
				failed,
				warned: own.length - failed,
				alarms: alarms.length,
			};
		})
		.sort(
			(a, b) =>
				byStatus(a, b) ||
				b.failed - a.failed ||
				b.alarms - a.alarms ||
				b.warned - a.warned ||
				a.name.localeCompare(b.name),
		);
}
