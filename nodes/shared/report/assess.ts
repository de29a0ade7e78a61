import { DAY } from '../common/time';
import { isLow, noCounts } from './collect';
import type {
	ReportCounts,
	ReportFinding,
	ReportJob,
	ReportLicense,
	ReportModel,
	ReportRepository,
	ReportStatus,
} from './model';

/** What the lists of a report say is wrong, the same for products that have no server-side totals. */

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const BYTES_OF_GB = 1024 ** 3;

const STATUSES: ReportStatus[] = ['bad', 'warning', 'good'];

export const byStatus = (a: { status: ReportStatus }, b: { status: ReportStatus }): number =>
	STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status);

/** Failed first, those that failed most often before the others, then by name. */
export const worstJobFirst = (
	a: Pick<ReportJob, 'result' | 'failures' | 'name'>,
	b: Pick<ReportJob, 'result' | 'failures' | 'name'>,
): number =>
	Number(a.result !== 'Failed') - Number(b.result !== 'Failed') ||
	b.failures - a.failures ||
	a.name.localeCompare(b.name);

/**
 * A license with its days and its judgement.
 *
 * @param state as the server spells it; `Unknown` and the empty text say nothing against it
 * @param expiry milliseconds since 1970; undefined: it does not expire
 */
export function assessLicense(
	{ name, tenant, state, used, total, unit }: Omit<ReportLicense, 'status' | 'expires'>,
	expiry: number | undefined,
	{ now, expiresInDays }: { now: number; expiresInDays: number },
): ReportLicense {
	const daysLeft = expiry === undefined ? undefined : Math.floor((expiry - now) / DAY);
	const isKnown = !['', 'unknown'].includes(state.toLowerCase());
	const isBad =
		(isKnown && !['valid', 'warning'].includes(state.toLowerCase())) || (daysLeft ?? 0) < 0;
	const isFull = used !== undefined && !!total && used > total;
	const isSoon = daysLeft !== undefined && daysLeft <= expiresInDays;
	const isWarned = isFull || isSoon || state.toLowerCase() === 'warning';
	return {
		name,
		...(tenant === undefined ? {} : { tenant }),
		status: isBad ? 'bad' : isWarned ? 'warning' : 'good',
		state: state || 'Unknown',
		...(expiry === undefined ? {} : { expires: iso(expiry), daysLeft }),
		...(used === undefined || total === undefined ? {} : { used, total, unit }),
	};
}

/** Counts of everything but the jobs, which the lists alone do not tell. */
export function countsOf(
	jobs: Partial<ReportCounts>,
	lists: Pick<ReportModel, 'missedRuns' | 'unprotected'> & {
		repositories: ReportRepository[];
		findings: ReportFinding[];
	},
	lowPercent: number,
): ReportCounts {
	const { missedRuns, unprotected, repositories, findings } = lists;
	return {
		...noCounts(),
		...jobs,
		missedRuns: missedRuns.length,
		unprotected: unprotected.length,
		repositories: repositories.length,
		lowRepositories: repositories.filter((one) => isLow(one, lowPercent)).length,
		offlineRepositories: repositories.filter(({ online }) => online === false).length,
		findings: findings.filter(({ status }) => status !== 'good').length,
	};
}

/** What is told of days left, where repositories are. */
export const daysLeftNote = (known: boolean): string =>
	known
		? 'Days left are taken from samples of free space that this workflow keeps.'
		: 'Days left are known once this workflow has run for a day: it keeps samples of free space (test runs do not).';
