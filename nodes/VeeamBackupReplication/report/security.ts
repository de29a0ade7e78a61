import type { IDataObject } from 'n8n-workflow';

import { valueLabel } from '../../shared/form/operationNames';
import { DAY } from '../../shared/common/time';
import type { ReportFinding, ReportLicense, ReportStatus } from '../../shared/report/model';
import { isKnown } from '../model/catalogueFacts';
import { same } from '../model/failureReasons';
import { names } from '../overlay';
import { iso, millis, textOf, type Reader } from './read';

const SEVERITY: Array<[severity: string, status: ReportStatus]> = [
	['Infected', 'bad'],
	['Suspicious', 'warning'],
];

/** Malware events of the period, the worst first. */
export async function readMalware(reader: Reader, from: number): Promise<ReportFinding[]> {
	// By the time an event was recorded, where the version can: other software brings old times.
	const byCreation = { name: 'createdAfterTimeUtcFilter' };
	const filter = isKnown(reader, 'GET /api/v1/malwareDetection/events', byCreation)
		? byCreation.name
		: 'detectedAfterTimeUtcFilter';
	const events = await reader.list('/malwareDetection/events', { [filter]: iso(from) });
	return events
		.filter(({ state, severity }) => !same(state, 'FalsePositive') && !same(severity, 'Clean'))
		.map((event): ReportFinding => {
			const { displayName } = (event.machine ?? {}) as IDataObject;
			const time = millis(event.detectionTimeUtc) ?? millis(event.creationTimeUtc);
			const what = textOf(event.details) || valueLabel(names, textOf(event.type));
			return {
				source: 'Malware detection',
				text: `${textOf(displayName) || 'Unknown machine'}: ${what} (${textOf(event.severity)})`,
				status: SEVERITY.find(([severity]) => same(event.severity, severity))?.[1] ?? 'good',
				...(time === undefined ? {} : { time: iso(time) }),
			};
		})
		.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

const ORDER: ReportStatus[] = ['bad', 'warning', 'good'];

/**
 * What the Security & Compliance Analyzer found.
 *
 * @returns `neverRun` where it has no results at all
 */
export async function readBestPractices(
	reader: Reader,
): Promise<{ findings: ReportFinding[]; neverRun: boolean }> {
	const practices = await reader.one(
		async () =>
			await reader.client.list(
				{ method: 'GET', path: '/api/v1/securityAnalyzer/bestPractices' },
				{ pageIn: 'none' },
			),
	);
	return {
		neverRun: practices.length === 0,
		findings: practices
			.filter(({ status }) => same(status, 'Violation'))
			.map(({ bestPractice, note }) => ({
				source: 'Security & Compliance Analyzer',
				text: `Not met: ${valueLabel(names, textOf(bestPractice))}${note ? ` (${textOf(note)})` : ''}`,
				status: 'warning' as const,
			})),
	};
}

/** What a license counts: summary of the answer, its numbers and their unit. */
const SUMMARIES = [
	['instanceLicenseSummary', 'licensedInstancesNumber', 'usedInstancesNumber', 'instances'],
	['socketLicenseSummary', 'licensedSocketsNumber', 'usedSocketsNumber', 'sockets'],
	['capacityLicenseSummary', 'licensedCapacityTb', 'usedCapacityTb', 'TB'],
] as const;

/** One row for each kind of unit that is licensed. */
export async function readLicenses(
	reader: Reader,
	expiresInDays: number,
	now: number,
): Promise<ReportLicense[]> {
	const license = await reader.get('/license');
	const name = [textOf(license.edition), textOf(license.type)]
		.filter(Boolean)
		.map((word) => valueLabel(names, word))
		.join(', ');
	const expiry = millis(license.expirationDate);
	const daysLeft = expiry === undefined ? undefined : Math.floor((expiry - now) / DAY);
	const isValid = same(license.status, 'Valid') && (daysLeft ?? 0) >= 0;
	const soon = daysLeft !== undefined && daysLeft <= expiresInDays;
	const shared = {
		state: textOf(license.status) || 'Unknown',
		...(expiry === undefined ? {} : { expires: iso(expiry), daysLeft }),
	};
	const status = (used?: number, total?: number): ReportStatus => {
		if (!isValid) return 'bad';
		const full = used !== undefined && total !== undefined && total > 0 && used > total;
		return soon || full ? 'warning' : 'good';
	};
	const rows = SUMMARIES.flatMap(([summary, licensed, used, unit]) =>
		[license[summary] ?? []].flat().flatMap((part): ReportLicense[] => {
			const [total, taken] = [
				Number((part as IDataObject)[licensed]),
				Number((part as IDataObject)[used]),
			];
			if (!Number.isFinite(total) || !Number.isFinite(taken) || (total === 0 && taken === 0))
				return [];
			return [{ name, ...shared, status: status(taken, total), used: taken, total, unit }];
		}),
	);
	return rows.length > 0 ? rows : [{ name, ...shared, status: status() }];
}
