import { DAY } from '../common/time';
import { isLow, noCounts } from './collect';
import type { JobCounts } from './jobTotals';
import type { ReportExtras, ReportServerFacts } from './extraModel';
import type {
	ReportCounts,
	ReportFinding,
	ReportJob,
	ReportLicense,
	ReportMissedRun,
	ReportModel,
	ReportObject,
	ReportRepository,
	ReportStatus,
} from './model';
import type { Speech } from './speech';

/** What the lists of a report say is wrong, the same for products that have no server-side totals. */

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Of what a server says of itself, what the head shows; nothing where it says neither. */
export function hostOf(
	facts: Pick<ReportServerFacts, 'name' | 'version'> | undefined,
): Pick<ReportModel, 'host'> {
	const { name, version } = facts ?? {};
	if (!name && !version) return {};
	return { host: { ...(name ? { name } : {}), ...(version ? { version } : {}) } };
}

const STATUSES: ReportStatus[] = ['bad', 'warning', 'good'];

export const byStatus = (a: { status: ReportStatus }, b: { status: ReportStatus }): number =>
	STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status);

/** The server only warns of it, while its space makes it bad: it is low first of all. */
export const isFuller = ({
	status,
	trouble,
	online,
}: Pick<ReportRepository, 'status' | 'trouble' | 'online'>): boolean =>
	status === 'bad' && trouble === 'Warning' && online !== false;

/** Failed first, those that failed most often before the others, then by name. */
export const worstJobFirst = (
	a: Pick<ReportJob, 'result' | 'failures' | 'name'>,
	b: Pick<ReportJob, 'result' | 'failures' | 'name'>,
): number =>
	Number(a.result !== 'Failed') - Number(b.result !== 'Failed') ||
	b.failures - a.failures ||
	a.name.localeCompare(b.name);

/** States in which a license of any product works no longer. */
const BAD_LICENSES = ['error', 'expired', 'invalid', 'unlicensed'];

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
	const isIn = (...states: string[]) => states.includes(state.toLowerCase());
	const isBad = isIn(...BAD_LICENSES) || (daysLeft ?? 0) < 0;
	const isFull = used !== undefined && !!total && used > total;
	const isSoon = daysLeft !== undefined && daysLeft <= expiresInDays;
	// A state of a later version may mean anything.
	const isWarned = isFull || isSoon || !isIn('', 'unknown', 'valid');
	return {
		name,
		...(tenant === undefined ? {} : { tenant }),
		status: isBad ? 'bad' : isWarned ? 'warning' : 'good',
		state: state || 'Unknown',
		...(expiry === undefined ? {} : { expires: iso(expiry), daysLeft }),
		...(used === undefined || total === undefined ? {} : { used, total, unit }),
	};
}

/** @param ends of the support contract, milliseconds since 1970; undefined: the server does not say */
export const supportOf = (ends: number | undefined): Pick<ReportLicense, 'supportEnds'> =>
	ends === undefined ? {} : { supportEnds: iso(ends) };

/**
 * All counts of a report. A list that is undefined was not asked for or could not be read: it counts
 * null, not 0.
 *
 * @param jobs as `jobTotals` adds them up
 */
export function countsOf(
	jobs: JobCounts | undefined,
	{
		missedRuns,
		unprotected,
		repositories,
		findings,
		notBackedUp,
		verifications,
		infrastructure,
		activities,
	}: {
		missedRuns?: ReportMissedRun[];
		unprotected?: ReportObject[];
		repositories?: ReportRepository[];
		findings?: ReportFinding[];
	} & ReportExtras,
	lowPercent: number,
): ReportCounts {
	const number = <T>(all: T[] | undefined, of: (one: T) => boolean = () => true) =>
		all === undefined ? null : all.filter(of).length;
	return {
		...noCounts(),
		...jobs,
		missedRuns: number(missedRuns),
		unprotected: number(unprotected),
		repositories: number(repositories),
		lowRepositories: number(repositories, (one) => isLow(one, lowPercent)),
		offlineRepositories: number(repositories, ({ online }) => online === false),
		findings: number(findings, ({ status }) => status !== 'good'),
		notBackedUp: number(notBackedUp),
		verifications: number(verifications, ({ status }) => status !== 'good'),
		infrastructure: number(infrastructure, ({ status }) => status !== 'good'),
		activities: number(activities),
	};
}

/** What is reported of days left, where repositories are. */
export const daysLeftNote = (known: boolean, speech: Speech): string =>
	speech.say(known ? 'daysLeftKnown' : 'daysLeftLater');
