import type { IDataObject } from 'n8n-workflow';

import { GIGABYTE } from '../common/sizes';
import { DAY, HOUR } from '../common/time';
import { iso } from './assess';
import type { ReportGrowth } from './extraModel';

/**
 * What the repositories hold, and how that has grown since the report one period ago. The workflow keeps
 * what it saw (test executions do not): no product tells of the past.
 */
export interface Stored {
	id: string;
	name: string;
	tenant?: string;
	/** Undefined: the server does not say. */
	usedGB: number | undefined;
}

/** One report's figures, in gigabytes. */
interface Sample extends IDataObject {
	/** Milliseconds since 1970. */
	at: number;
	used: Record<string, number>;
}

/** Samples of one server: they reach back further than a period, an eighth of which lies between two. */
const SAMPLES = 10;

/** Of larger estates the sums alone are kept. */
const MOST = 300;

const TOTAL = '';

const rounded = (gigabytes: number): number => Math.round(gigabytes * 10) / 10;

/**
 * The sum of all, then each repository, the largest growth first.
 *
 * @param kept static data of the node
 * @param server whose repositories they are
 * @param period hours that a report is about
 */
export function growthOf(
	stored: Stored[],
	kept: IDataObject,
	server: string,
	{ now, hours }: { now: number; hours: number },
): ReportGrowth[] {
	const known = stored.flatMap(
		({ id, usedGB }): Array<[string, number]> =>
			usedGB === undefined ? [] : [[id, rounded(usedGB)]],
	);
	const all = (kept.reportSizes ?? {}) as Record<string, Sample[]>;
	const before = (all[server] ?? []).filter(({ at }) => at < now && now - at < 62 * DAY);
	const base = baseOf(before, now, hours);
	const total = known.reduce((sum, [, used]) => sum + used, 0);
	const used: Record<string, number> = {
		[TOTAL]: rounded(total),
		...Object.fromEntries(known.length <= MOST ? known : []),
	};
	// Of reports that follow each other closely the first is kept: it has to grow old.
	const [last] = before.slice(-1);
	const isClose = last !== undefined && now - last.at < (hours * HOUR) / 8;
	const samples = isClose ? before : [...before, { at: now, used }];
	// Assigned as a whole: n8n notices a change of static data at its top.
	kept.reportSizes = { ...all, [server]: samples.slice(-SAMPLES) };
	const grown = (key: string, usedGB: number | undefined) => {
		const was = base?.used[key];
		return base === undefined || was === undefined || usedGB === undefined
			? {}
			: { grownGB: rounded(usedGB - was), since: iso(base.at) };
	};
	const rows = stored.map(
		({ id, name, tenant, usedGB }): ReportGrowth => ({
			...{ id, name, ...(tenant === undefined ? {} : { tenant }) },
			...(usedGB === undefined ? {} : { usedGB: rounded(usedGB) }),
			...grown(id, usedGB),
		}),
	);
	rows.sort(
		(a, b) =>
			(b.grownGB ?? -Infinity) - (a.grownGB ?? -Infinity) ||
			(b.usedGB ?? -1) - (a.usedGB ?? -1) ||
			(a.name ?? '').localeCompare(b.name ?? ''),
	);
	// A repository that came or went since is growth of the sum, and no change of the others.
	return [
		...(known.length > 0 ? [{ usedGB: rounded(total), ...grown(TOTAL, total) }] : [{}]),
		...rows,
	];
}

/** The sample nearest to one period ago; none that is younger than half a period. */
function baseOf(samples: Sample[], now: number, hours: number): Sample | undefined {
	const wanted = hours * HOUR;
	const distance = ({ at }: Sample) => Math.abs(now - at - wanted);
	return samples
		.filter(({ at }) => now - at >= wanted / 2)
		.sort((a, b) => distance(a) - distance(b))[0];
}

/** Bytes as gigabytes of 1024³, with two digits: what a run sent may be little. */
export const gigabytes = (bytes: number): number => Math.round((bytes / GIGABYTE) * 100) / 100;
