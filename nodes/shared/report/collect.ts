import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { roomOf } from '../common/sizes';
import { UserFacingFailure } from '../http/errors';
import { namePasses } from '../monitoring/options';
import { below, daysLeft, nextTrend, readTrend, writeTrend } from '../monitoring/thresholds';
import type {
	ReportCounts,
	ReportGap,
	ReportOptions,
	ReportRepository,
	ReportSection,
} from './model';
import type { Term } from './languages/en';
import { unreadIn, type Deciding } from './readable';
import type { Speech } from './speech';

/** What every product's gathering does alike. */

/**
 * What became of what a report wanted to read. Each list or record ends in one of four ways:
 *
 * - read: `of` gives it back;
 * - refused (the account may not, the server failed): `of` gives undefined and keeps the reason;
 * - cut (read in part: a limit of ours, a budget that is spent): `cut` keeps the reason;
 * - not offered by this version of the server: `notOffered` keeps a note.
 *
 * Refused and cut parts are in `unavailable`: the verdict is a warning at least and names them. A note
 * never changes a verdict. Whatever is left out must take one of these ways.
 */
export class Sections {
	readonly unavailable: ReportGap[] = [];
	readonly notes: string[] = [];
	private read = 0;
	private refusal: Error | undefined;

	constructor(
		private readonly wanted: readonly ReportSection[],
		readonly speech: Speech,
		/** Tells of lists that the server ended early. */
		private readonly reader?: { takeShort(): boolean },
	) {}

	wants(...sections: ReportSection[]): boolean {
		return sections.some((section) => this.wanted.includes(section));
	}

	/** The first of some sections that is wanted: what they share and cannot have is said once. */
	first(...sections: ReportSection[]): ReportSection[] {
		return sections.filter((section) => this.wants(section)).slice(0, 1);
	}

	/**
	 * What one or more sections read; undefined where none of them is wanted, or where the server
	 * refuses it: then the reason is kept for each of them that is wanted.
	 *
	 * @param what "Repositories": begins the reason, in the language of the report
	 * @throws whatever is no refusal: the server cannot be reached, the login failed
	 */
	async of<T>(
		section: ReportSection | readonly ReportSection[],
		what: Term,
		read: () => Promise<T>,
	): Promise<T | undefined> {
		const concerned = [section].flat().filter((one) => this.wants(one));
		if (concerned.length === 0) return undefined;
		try {
			this.reader?.takeShort();
			const found = await read();
			this.read++;
			if (this.reader?.takeShort())
				this.cut(concerned, this.about(what, this.speech.say('cutShort')));
			return found;
		} catch (error) {
			if (!isKnownFailure(error)) throw error as Error;
			this.refusal ??= error;
			for (const one of concerned)
				this.unavailable.push({ section: one, reason: this.about(what, error.message) });
			return undefined;
		}
	}

	/**
	 * What the head of every report says of the server, and a section where that is chosen. Without the
	 * section a refusal costs the head's line and nothing else. Asked first: its answer tells the time.
	 *
	 * @throws as `of`
	 */
	async head<T>(what: Term, read: () => Promise<T>): Promise<T | undefined> {
		if (this.wants('about')) return await this.of('about', what, read);
		try {
			return await read();
		} catch (error) {
			if (isKnownFailure(error)) return undefined;
			throw error as Error;
		}
	}

	/** "Repositories: …" */
	about(what: Term, details: string): string {
		return this.speech.say('withDetails', { text: this.speech.term(what), details });
	}

	/** Something was not read to its end, or not looked at: never in silence. */
	cut(section: ReportSection | readonly ReportSection[], reason: string): void {
		for (const one of [section].flat())
			if (this.wants(one)) this.unavailable.push({ section: one, reason, isCut: true });
	}

	/**
	 * Of records that were read, the values that decide and cannot be read: each may stand for anything.
	 *
	 * @param about what a record is called; nothing where it is the only one of its kind
	 * @param now by the server's clock, milliseconds since 1970
	 */
	unread(
		section: ReportSection | readonly ReportSection[],
		what: Term,
		records: IDataObject[],
		{ deciding, about = () => '', now }: Unread,
	): void {
		const found = records.flatMap((record) =>
			unreadIn(record, typeof deciding === 'function' ? deciding(record) : deciding, now).map(
				(field) => {
					const name = about(record);
					return name ? `${name}: ${field}` : field;
				},
			),
		);
		if (found.length === 0) return;
		const { speech } = this;
		const named = speech.list(found.slice(0, UNREAD_NAMED));
		const more = found.length - UNREAD_NAMED;
		const fields = more > 0 ? speech.say('andMore', { list: named, n: more }) : named;
		this.cut(section, this.about(what, speech.say('valuesUnread', { n: found.length, fields })));
	}

	/** The items of a list as far as a report reads one: where there are more, that is said. */
	itemsOf<T>(
		section: ReportSection | readonly ReportSection[],
		what: Term,
		{ items, isWhole }: { items: T[]; isWhole: boolean },
	): T[] {
		if (!isWhole) this.cut(section, this.about(what, this.speech.say('cutMore')));
		return items;
	}

	/** Something that this version of the server does not have: nothing is wrong, and nobody can mend it. */
	notOffered(section: ReportSection | readonly ReportSection[], note: string): void {
		if (this.wants(...[section].flat()) && !this.notes.includes(note)) this.notes.push(note);
	}

	/** @throws the first refusal where nothing at all could be read: that is no report */
	check(): void {
		if (this.read === 0 && this.refusal) throw this.refusal;
	}
}

/** What of some records has to be readable. */
export interface Unread {
	deciding: Deciding | ((record: IDataObject) => Deciding);
	about?: (record: IDataObject) => string;
	now: number;
}

/** Values that a gap names. */
const UNREAD_NAMED = 3;

/** An answer that is not what was asked for costs its section, as a refusal does. */
const isKnownFailure = (error: unknown): error is NodeApiError | UserFacingFailure =>
	error instanceof UserFacingFailure || (error instanceof NodeApiError && isRefusal(error));

/** An answer of the server about this one request; 401 is about all of them. */
export const isRefusal = ({ httpCode }: NodeApiError): boolean => {
	const status = Number(httpCode);
	return status >= 400 && status !== 401;
};

/** Nothing was looked at. */
export const noCounts = (): ReportCounts => ({
	jobs: null,
	succeeded: null,
	warned: null,
	failed: null,
	running: null,
	idle: null,
	disabled: null,
	missedRuns: null,
	unprotected: null,
	repositories: null,
	lowRepositories: null,
	offlineRepositories: null,
	findings: null,
	notBackedUp: null,
	verifications: null,
	infrastructure: null,
	activities: null,
});

export const jobPasses = (
	name: string,
	{ includeJobs, excludeJobs }: Pick<ReportOptions, 'includeJobs' | 'excludeJobs'>,
): boolean => namePasses(name, includeJobs, excludeJobs);

/** What patterns of a filter did not match, of which a typing error is the usual cause. */
export interface FilterFacts {
	/** Include patterns that no name matches: the verdict is a warning that names them. */
	unmatched: string[];
	/** Exclude patterns that no name matches: nothing is missing for it, a note says so. */
	notes: string[];
}

/**
 * @param names all that could have matched, before anything was left out
 * @param label "Jobs": the options are called "Include Jobs" and "Exclude Jobs"
 */
export function filterFacts(
	names: string[],
	include: string[],
	exclude: string[],
	label: 'Jobs' | 'Tenants',
	speech: Speech,
): FilterFacts {
	const idle = (patterns: string[]) =>
		patterns.filter((pattern) => !names.some((name) => namePasses(name, [pattern], [])));
	const needless = idle(exclude).map((pattern) => JSON.stringify(pattern));
	return {
		unmatched: idle(include),
		notes:
			needless.length === 0
				? []
				: [speech.say(`exclude${label}Idle`, { patterns: speech.list(needless) })],
	};
}

/** How full a repository is, and whether that is low; neither where it has no capacity of its own. */
export function spaceOf(
	capacityGB: number | undefined,
	freeGB: number | undefined,
	online: boolean | undefined,
	lowPercent: number,
): Pick<ReportRepository, 'capacityGB' | 'freeGB' | 'usedPercent' | 'online' | 'status'> {
	const state = online === undefined ? {} : { online };
	const room = roomOf(capacityGB, freeGB);
	if (!room) return { ...state, status: online === false ? 'bad' : 'good' };
	const free = Math.min(100, (room.freeGB / room.capacityGB) * 100);
	const level = below(free, { opens: lowPercent, closes: lowPercent }, 0);
	return {
		...state,
		...room,
		usedPercent: Math.round((100 - free) * 10) / 10,
		status: online === false || level > 1 ? 'bad' : level === 1 ? 'warning' : 'good',
	};
}

/** Whether a repository is low on space, whatever else is wrong with it. */
export const isLow = ({ usedPercent }: ReportRepository, lowPercent: number): boolean =>
	usedPercent !== undefined && 100 - usedPercent < lowPercent;

/** Offline first, then those in trouble, then the fullest; those without a capacity of their own last. */
export const worstFirst = (a: ReportRepository, b: ReportRepository): number =>
	Number(a.online !== false) - Number(b.online !== false) ||
	Number(a.trouble === undefined) - Number(b.trouble === undefined) ||
	(b.usedPercent ?? -1) - (a.usedPercent ?? -1);

/**
 * Adds days left from the samples that the workflow keeps: one for each run, in the node's static
 * data. Test executions do not keep it. At most this many days are shown: a trend says nothing of years.
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
