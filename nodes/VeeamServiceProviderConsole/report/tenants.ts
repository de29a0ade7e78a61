import type { IDataObject } from 'n8n-workflow';

import { namePasses } from '../../shared/monitoring/options';
import { byStatus } from '../../shared/report/assess';
import type {
	ReportFinding,
	ReportJob,
	ReportOptions,
	ReportStatus,
	ReportTenant,
} from '../../shared/report/model';
import { readCompany } from '../model/companies';

/** The companies of the console, and which of them the report is about. */
export class Tenants {
	private readonly names: Map<string, string>;
	/** Whether the user chose some, or wants a report for each. */
	readonly areChosen: boolean;

	/** @param companies undefined where they may not be read: what is reported names no tenant then */
	constructor(
		companies: IDataObject[] | undefined,
		private readonly options: Pick<ReportOptions, 'includeTenants' | 'excludeTenants'>,
	) {
		const { includeTenants, excludeTenants } = options;
		this.areChosen = includeTenants.length + excludeTenants.length > 0;
		this.names = new Map(
			(companies ?? []).map(readCompany).map(({ id, name }) => [id, name || id]),
		);
	}

	/** Of all companies, whether the report is about them or not. */
	get allNames(): string[] {
		return [...this.names.values()];
	}

	/** The companies that the report is about, by name. */
	get wanted(): Array<{ id: string; name: string }> {
		return [...this.names]
			.map(([id, name]) => ({ id, name }))
			.filter(({ id }) => this.passes(id))
			.sort((a, b) => a.name.localeCompare(b.name));
	}

	/** Whether what belongs to an organization is reported; the provider and resellers have no name here. */
	passes(organization: string): boolean {
		const { includeTenants, excludeTenants } = this.options;
		return namePasses(this.names.get(organization) ?? '', includeTenants, excludeTenants);
	}

	/** Whether something may be of those that the report is about; where nobody says whose it is, too. */
	mayPass(organization: string): boolean {
		return organization === '' || this.passes(organization);
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

/** What a tenant's row stands on. */
export interface TenantFacts {
	jobs: Array<{ tenantId?: string }>;
	failures: Array<Owned<ReportJob>>;
	findings: Array<Owned<ReportFinding>>;
	/** Whatever else is wrong with what is theirs: missed runs, machines, repositories, licenses. */
	troubles: Array<Owned<{ status: ReportStatus }>>;
}

/** How each company does, the worst first. */
export function tenantRows(
	companies: Array<{ id: string; name: string }>,
	rows: TenantFacts,
): ReportTenant[] {
	const of = <T extends { tenantId?: string }>(all: T[]): Map<string, T[]> => {
		const found = new Map<string, T[]>();
		for (const one of all) {
			if (one.tenantId === undefined) continue;
			const own = found.get(one.tenantId);
			if (own) own.push(one);
			else found.set(one.tenantId, [one]);
		}
		return found;
	};
	const [jobs, failures] = [of(rows.jobs), of(rows.failures)];
	const [findings, troubles] = [of(rows.findings), of(rows.troubles)];
	return companies
		.map(({ id, name }): ReportTenant => {
			const own = failures.get(id) ?? [];
			const alarms = findings.get(id) ?? [];
			const others = (troubles.get(id) ?? []).filter(({ row }) => row.status !== 'good');
			const inPeriod = own.filter(({ row }) => row.isEarlier !== true);
			const failed = inPeriod.filter(({ row }) => row.result === 'Failed').length;
			const isBad = failed > 0 || [...alarms, ...others].some(({ row }) => row.status === 'bad');
			const isWrong = own.length + alarms.length + others.length > 0;
			return {
				id,
				name,
				status: isBad ? 'bad' : isWrong ? 'warning' : 'good',
				jobs: jobs.get(id)?.length ?? 0,
				failed,
				warned: inPeriod.length - failed,
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
