import { csvCell } from './escape';
import { signsOf } from './history';
import type { CanBeNew, ReportModel } from './model';
import {
	findingBadge,
	objectBadge,
	repositoryBadge,
	SECTION_TITLES,
	standingBadge,
} from './tables';
import { SIGN_KEY } from './words';

const COLUMNS = [
	'Section',
	'Tenant',
	'Name',
	'Type',
	'Status',
	'Object',
	'Reason',
	'Time',
	'Last Success',
	'Capacity GB',
	'Free GB',
	'Used Percent',
	'Days Left',
	'Begin',
	'End',
	'Next Run',
	'History',
	'New',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null | undefined>>;

/** All rows of all sections in one table (RFC 4180), with the mark by which Excel knows UTF-8. */
export function renderCsv(model: ReportModel): string {
	const lines = [
		COLUMNS.join(','),
		...rowsOf(model).map((row) => COLUMNS.map((column) => csvCell(row[column])).join(',')),
	];
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

const newOf = ({ isNew }: CanBeNew): string | undefined => (isNew ? 'New' : undefined);

function rowsOf(model: ReportModel): Row[] {
	return [
		...(model.servers ?? []).map(({ name, product, status, text }) => ({
			Section: 'Servers',
			Tenant: name,
			Name: name,
			Type: product,
			Status: standingBadge({ status }),
			Reason: text,
		})),
		...model.tenants.map((tenant) => ({
			Section: 'Tenants',
			Tenant: tenant.name,
			Name: tenant.name,
			Status: standingBadge(tenant),
			Reason: `${tenant.jobs} jobs, ${tenant.failed} failed, ${tenant.warned} with warnings, ${tenant.alarms} alarms`,
		})),
		...model.failures.flatMap((job): Row[] => {
			const shared = {
				New: newOf(job),
				Section: 'Jobs',
				Tenant: job.tenant,
				Name: job.name,
				Type: job.type,
				Time: job.time,
				'Last Success': job.lastSuccess,
			};
			if (job.objects.length === 0) return [{ ...shared, Status: job.result, Reason: job.reason }];
			return job.objects.map(({ name, result, reason }) => ({
				...shared,
				Status: result,
				Object: name,
				Reason: reason,
			}));
		}),
		...(model.history?.jobs ?? []).map(({ name, tenant, marks }) => ({
			Section: 'History',
			Tenant: tenant,
			Name: name,
			Reason: `${model.history?.days[0]} – ${model.history?.days.at(-1)}: ${SIGN_KEY}`,
			History: signsOf(marks),
		})),
		...model.missedRuns.map((missed) => ({
			New: newOf(missed),
			Section: 'Missed Runs',
			Tenant: missed.tenant,
			Name: missed.name,
			Status: 'Missed',
			Reason: missed.lastRun ? `Last run ${missed.lastRun}` : 'Never ran',
			Time: missed.expected,
		})),
		...model.longRuns.map((run) => ({
			New: newOf(run),
			Section: 'Running for Too Long',
			Tenant: run.tenant,
			Name: run.name,
			Status: 'Running',
			Reason: run.since ? `Running since ${run.since}` : 'Running since before the period',
			Time: run.expected,
		})),
		...model.unprotected.map((object) => ({
			New: newOf(object),
			Section: 'Without Recent Restore Point',
			Tenant: object.tenant,
			Name: object.name,
			Type: object.type,
			Status: objectBadge(object),
			Time: object.lastRestorePoint,
		})),
		...model.repositories.map((repository) => ({
			New: newOf(repository),
			Section: 'Repositories',
			Tenant: repository.tenant,
			Name: repository.name,
			Status: repositoryBadge(repository),
			'Capacity GB': repository.capacityGB,
			'Free GB': repository.freeGB,
			'Used Percent': repository.usedPercent,
			'Days Left': repository.daysLeft,
		})),
		...model.findings.map((finding) => ({
			New: newOf(finding),
			Section: 'Findings',
			Tenant: finding.tenant,
			Name: finding.source,
			Status: findingBadge(finding),
			Reason: finding.text,
			Time: finding.time,
		})),
		...model.licenses.map((license) => ({
			New: newOf(license),
			Section: 'Licenses',
			Tenant: license.tenant,
			Name: license.name,
			Status: license.state,
			Reason:
				license.used === undefined
					? undefined
					: `${license.used} of ${license.total ?? '?'} ${license.unit ?? 'units'} used`,
			Time: license.expires,
			'Days Left': license.daysLeft,
		})),
		...(model.allJobs ?? []).map((job) => ({
			Section: 'All Jobs',
			Tenant: job.tenant,
			Name: job.name,
			Type: job.type,
			Status: job.state,
			Begin: job.start,
			End: job.end,
			'Next Run': job.nextRun,
		})),
		...model.unavailable.map(({ section, reason, isCut }) => ({
			Section: isCut ? 'Not Complete' : 'Not Available',
			Name: SECTION_TITLES[section],
			Reason: reason,
		})),
	];
}
