import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { namePasses } from '../monitoring/options';
import { below, daysLeft, nextTrend, readTrend, writeTrend } from '../monitoring/thresholds';
import type {
	ReportCounts,
	ReportModel,
	ReportOptions,
	ReportRepository,
	ReportSection,
} from './model';

/** What every product's gathering does alike. */

/** A section that may be missing: the account may not read it, or the version does not have it. */
export class Sections {
	readonly unavailable: ReportModel['unavailable'] = [];
	readonly notes: string[] = [];
	private read = 0;
	private refusal: NodeApiError | undefined;

	constructor(private readonly wanted: readonly ReportSection[]) {}

	wants(...sections: ReportSection[]): boolean {
		return sections.some((section) => this.wanted.includes(section));
	}

	/**
	 * What a section reads; undefined where it is not wanted, or where the server refuses it: then the
	 * reason is kept.
	 *
	 * @throws whatever is no refusal: the server cannot be reached, the login failed
	 */
	async of<T>(
		section: ReportSection,
		what: string,
		read: () => Promise<T>,
	): Promise<T | undefined> {
		if (!this.wants(section)) return undefined;
		try {
			const found = await read();
			this.read++;
			return found;
		} catch (error) {
			if (!(error instanceof NodeApiError) || !isRefusal(error)) throw error as Error;
			this.refusal ??= error;
			this.unavailable.push({ section, reason: `${what}: ${error.message}` });
			return undefined;
		}
	}

	/** @throws the first refusal where nothing at all could be read: that is no report */
	check(): void {
		if (this.read === 0 && this.refusal) throw this.refusal;
	}
}

/** An answer of the server about this one request; 401 is about all of them. */
const isRefusal = ({ httpCode }: NodeApiError): boolean => {
	const status = Number(httpCode);
	return status >= 400 && status !== 401;
};

export const noCounts = (): ReportCounts => ({
	jobs: 0,
	succeeded: 0,
	warned: 0,
	failed: 0,
	running: 0,
	idle: 0,
	disabled: 0,
	missedRuns: 0,
	unprotected: 0,
	repositories: 0,
	lowRepositories: 0,
	offlineRepositories: 0,
	findings: 0,
});

export const jobPasses = (
	name: string,
	{ includeJobs, excludeJobs }: Pick<ReportOptions, 'includeJobs' | 'excludeJobs'>,
): boolean => namePasses(name, includeJobs, excludeJobs);

/** How full a repository is, and whether that is low; neither where it has no capacity of its own. */
export function spaceOf(
	capacityGB: number | undefined,
	freeGB: number | undefined,
	online: boolean | undefined,
	lowPercent: number,
): Pick<ReportRepository, 'capacityGB' | 'freeGB' | 'usedPercent' | 'online' | 'status'> {
	const state = online === undefined ? {} : { online };
	if (!capacityGB || capacityGB <= 0 || freeGB === undefined)
		return { ...state, status: online === false ? 'bad' : 'good' };
	const free = (freeGB / capacityGB) * 100;
	const level = below(free, { opens: lowPercent, closes: lowPercent }, 0);
	return {
		...state,
		capacityGB,
		freeGB,
		usedPercent: Math.round((100 - free) * 10) / 10,
		status: online === false || level > 1 ? 'bad' : level === 1 ? 'warning' : 'good',
	};
}

/** Whether a repository is low on space, whatever else is wrong with it. */
export const isLow = ({ usedPercent }: ReportRepository, lowPercent: number): boolean =>
	usedPercent !== undefined && 100 - usedPercent < lowPercent;

/** Offline first, then the fullest; those without a capacity of their own last. */
export const worstFirst = (a: ReportRepository, b: ReportRepository): number =>
	Number(a.online !== false) - Number(b.online !== false) ||
	(b.usedPercent ?? -1) - (a.usedPercent ?? -1);

/**
 * Adds days left from the samples that the workflow keeps: one for each run, in the node's static
 * data. Test executions do not keep it. At most so many days are told: a trend says nothing of years.
 *
 * @param kept static data of the node
 * @param server whose repositories they are
 * @returns whether any days are known
 */
export function addDaysLeft(
	repositories: ReportRepository[],
	kept: IDataObject,
	server: string,
	now: number,
): boolean {
	const all = (kept.reportSamples ?? {}) as Record<string, Record<string, string>>;
	const before = all[server] ?? {};
	const samples: Record<string, string> = {};
	for (const repository of repositories) {
		const { id, freeGB } = repository;
		if (freeGB === undefined) continue;
		const trend = nextTrend(before[id], now, freeGB);
		samples[id] = writeTrend(trend);
		const days = daysLeft(readTrend(samples[id]) ?? trend, freeGB);
		if (days === undefined || days > MOST_DAYS) continue;
		repository.daysLeft = Math.floor(days);
		repository.daysLeftFrom = 'samples';
	}
	// Assigned as a whole: n8n notices a change of static data at its top.
	kept.reportSamples = { ...all, [server]: samples };
	return repositories.some(({ daysLeftFrom }) => daysLeftFrom === 'samples');
}

const MOST_DAYS = 730;
