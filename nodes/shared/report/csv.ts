import { COLUMNS, type CsvRow } from './csvColumns';
import { csvCell } from './escape';
import { extraRows } from './extraCsv';
import { signsOf } from './history';
import type { CanBeNew, ReportModel } from './model';
import { speechOf } from './speech';
import {
	findingBadge,
	objectBadge,
	repositoryBadge,
	standingBadge,
	tenantFacts,
	usageOf,
} from './tables';

/**
 * All rows of all sections in one table (RFC 4180), with the mark by which Excel knows UTF-8. Heads and
 * words are the report's; numbers and times are for machines, the same in every language.
 */
export function renderCsv(model: ReportModel): string {
	const lines = [
		COLUMNS.map((column) => csvCell(speechOf(model.language).say(`csv:${column}`))).join(','),
		...rowsOf(model).map((row) => COLUMNS.map((column) => csvCell(row[column])).join(',')),
	];
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

function rowsOf(model: ReportModel): CsvRow[] {
	const speech = speechOf(model.language);
	const newOf = ({ isNew }: CanBeNew) => (isNew ? speech.say('badgeNew') : undefined);
	return [
		...(model.servers ?? []).map(({ name, product, status, text }) => ({
			Section: speech.say('csvServers'),
			Tenant: name,
			Name: name,
			Type: product,
			Status: standingBadge({ status }, speech),
			Reason: text,
		})),
		...model.tenants.map((tenant) => ({
			Section: speech.say('csvTenants'),
			Tenant: tenant.name,
			Name: tenant.name,
			Status: standingBadge(tenant, speech),
			Reason: speech.list(tenantFacts(tenant, speech)),
		})),
		...model.failures.flatMap((job): CsvRow[] => {
			const shared = {
				New: newOf(job),
				Section: speech.say('csvJobs'),
				Tenant: job.tenant,
				Name: job.name,
				Type: speech.term(job.type),
				Time: job.time,
				'Last Success': job.lastSuccess ?? undefined,
			};
			if (job.objects.length === 0)
				return [{ ...shared, Status: speech.say(`state:${job.result}`), Reason: job.reason }];
			return job.objects.map(({ name, result, reason }) => ({
				...shared,
				Status: speech.say(`state:${result}`),
				Object: name,
				Reason: reason || speech.say('noReason'),
			}));
		}),
		...(model.history?.jobs ?? []).map(({ name, tenant, marks }) => ({
			Section: speech.say('csvHistory'),
			Tenant: tenant,
			Name: name,
			Reason: `${model.history?.days[0]} – ${model.history?.days.at(-1)}: ${speech.say('signs')}`,
			History: signsOf(marks),
		})),
		...model.missedRuns.map((missed) => ({
			New: newOf(missed),
			Section: speech.say('csvMissedRuns'),
			Tenant: missed.tenant,
			Name: missed.name,
			Status: speech.say('badgeMissed'),
			Reason: missed.lastRun
				? speech.say('csvLastRun', { time: missed.lastRun })
				: speech.say('csvNeverRan'),
			Time: missed.expected,
		})),
		...model.longRuns.map((run) => ({
			New: newOf(run),
			Section: speech.say('csvLongRuns'),
			Tenant: run.tenant,
			Name: run.name,
			Status: speech.say('badgeRunning'),
			Reason: run.since
				? speech.say('csvRunningSince', { time: run.since })
				: speech.say('csvRunningSinceBefore'),
			Time: run.expected,
		})),
		...model.unprotected.map((object) => ({
			New: newOf(object),
			Section: speech.say('csvUnprotected'),
			Tenant: object.tenant,
			Name: object.name,
			Type: speech.term(object.type),
			Status: objectBadge(object, speech),
			Time: object.lastRestorePoint,
		})),
		...model.repositories.map((repository) => ({
			New: newOf(repository),
			Section: speech.say('csvRepositories'),
			Tenant: repository.tenant,
			Name: repository.name,
			Status: repositoryBadge(repository, speech),
			'Capacity GB': repository.capacityGB,
			'Free GB': repository.freeGB,
			'Used Percent': repository.usedPercent,
			'Days Left': repository.daysLeft,
		})),
		...model.findings.map((finding) => ({
			New: newOf(finding),
			Section: speech.say('csvFindings'),
			Tenant: finding.tenant,
			Name: speech.term(finding.source),
			Status: findingBadge(finding, speech),
			Reason: finding.text,
			Time: finding.time,
		})),
		...model.licenses.map((license) => ({
			New: newOf(license),
			Section: speech.say('csvLicenses'),
			Tenant: license.tenant,
			Name: license.name,
			Status: speech.term(license.state),
			Reason: usageOf(license, speech),
			Time: license.expires,
			'Days Left': license.daysLeft,
			'Support Ends': license.supportEnds,
		})),
		...(model.allJobs ?? []).map((job) => ({
			Section: speech.say('csvAllJobs'),
			Tenant: job.tenant,
			Name: job.name,
			Type: job.type === undefined ? undefined : speech.term(job.type),
			Status: speech.say(`state:${job.state}`),
			Begin: job.start,
			End: job.end,
			'Next Run': job.nextRun,
			'Read GB': job.readGB,
			'Transferred GB': job.transferredGB,
		})),
		...extraRows(model, speech),
		...model.unavailable.map(({ section, reason, isCut }) => ({
			Section: speech.say(isCut ? 'csvNotComplete' : 'csvNotAvailable'),
			Name: speech.say(`title:${section}`),
			Reason: reason,
		})),
	];
}
