import { begunAt, bury, unearth, type Counting } from '../../shared/monitoring/identities';
import { shortKey } from '../../shared/monitoring/keys';
import { ASPECTS, isSameSetting, type Aspect, type Settings } from '../model/jobSettings';

/** Characters of settings that are kept: what 5,000 jobs have is mostly the same. */
const MOST_KEPT = 150_000;

/** One aspect of one job that is longer is kept as a fingerprint. */
const LONGEST = 10_000;

/**
 * The settings of one aspect as they are remembered: the place in the table of texts; a fingerprint
 * where there is no room for them, and behind `>` one that was seen once since.
 */
type Kept = number | string;

/** [sweep, reported changes, young: seen once, settings missing at the last look, kept by aspect …] */
type StoredJob = [
	sweep: number,
	changes: number,
	isYoung: 0 | 1,
	missing: number,
	...kept: Array<Kept | null>,
];

export interface SettingsMemory extends Counting {
	/** By short id. */
	jobs: Record<string, StoredJob>;
	/** Settings as JSON, each once, by its place. */
	texts: Record<string, string>;
	next: number;
	/** Tells the jobs seen in this sweep of the list from those seen before. */
	sweep: number;
	/** Where an interrupted sweep goes on. */
	from?: number;
	/** What the user watched in the last poll. */
	wanted?: Aspect[];
	/** Of that, what he did not watch before: this sweep takes it as it is. */
	fresh?: Aspect[];
}

/** Settings that differ: null for one that there is none of. */
export interface SettingsChange {
	/** Which reported change of this job it is, from when the event began: 1 for the first. */
	count: string;
	aspects: Aspect[];
	previous: Record<string, Settings[string] | null>;
	current: Record<string, Settings[string] | null>;
}

/** @param now milliseconds since 1970 */
export const newSettingsMemory = (now: number): SettingsMemory => ({
	...{ jobs: {}, texts: {}, next: 0, sweep: 0 },
	begun: begunAt(now),
});

/** As what a job that is gone had reported is counted. */
const CHANGES = 'changes';

/** What is known of the settings of jobs, in a bounded form, and what differs from it. */
export class KnownSettings {
	private readonly places = new Map<string, number>();
	private size = 0;

	constructor(readonly memory: SettingsMemory) {
		for (const [place, text] of Object.entries(memory.texts)) {
			this.places.set(text, Number(place));
			this.size += text.length;
		}
	}

	/**
	 * Takes note of a job's settings.
	 *
	 * A setting that is left out once says nothing: it is gone when the next look does not bring it
	 * either, or when others of its aspect differ. One that the first look left out is no news.
	 *
	 * @returns what differs; undefined where nothing does, and for a job that was not known
	 */
	meet(
		key: string,
		now: Partial<Record<Aspect, Settings>>,
		wanted: readonly Aspect[],
	): SettingsChange | undefined {
		const { fresh = [], begun = '' } = this.memory;
		const before = this.memory.jobs[key];
		const gone = before ? undefined : unearth(this.memory, key)?.[CHANGES];
		const [, changes = Number(gone ?? 0), isYoung = 0, missing = 0, ...kept] = before ?? [];
		const change: SettingsChange = {
			count: `${begun}/${changes + 1}`,
			...{ aspects: [], previous: {}, current: {} },
		};
		let lacking = 0;
		const stored = ASPECTS.map((aspect, index): Kept | null => {
			if (!wanted.includes(aspect)) return null;
			const was = kept[index] ?? undefined;
			if (fresh.includes(aspect)) return this.keep(now[aspect] ?? {}) ?? null;
			const wasMissing = (missing & (1 << index)) !== 0;
			const found = this.compare(was, now[aspect], { isYoung: isYoung === 1, wasMissing });
			if (found.isLacking) lacking |= 1 << index;
			if (found.differs) {
				change.aspects.push(aspect);
				Object.assign(change.previous, found.previous ?? { [aspect]: null });
				Object.assign(change.current, found.current ?? { [aspect]: null });
			}
			return found.kept ?? null;
		});
		const hasChanged = before !== undefined && change.aspects.length > 0;
		this.memory.jobs[key] = [
			this.memory.sweep,
			hasChanged ? changes + 1 : changes,
			before === undefined || fresh.length > 0 ? 1 : 0,
			lacking,
			...stored,
		];
		return hasChanged ? change : undefined;
	}

	/** After a whole sweep: forgets jobs that two of them did not bring, and texts that nobody has. */
	finish(now: number): void {
		const { memory } = this;
		delete memory.fresh;
		for (const [key, [sweep, changes]] of Object.entries(memory.jobs)) {
			if (memory.sweep - sweep < 2) continue;
			delete memory.jobs[key];
			bury(memory, key, changes > 0 ? { [CHANGES]: changes } : undefined, now);
		}
		const used = new Set(Object.values(memory.jobs).flatMap(([, , , , ...kept]) => kept));
		for (const place of Object.keys(memory.texts))
			if (!used.has(Number(place))) delete memory.texts[place];
	}

	private compare(
		kept: Kept | undefined,
		now: Settings | undefined,
		{ isYoung, wasMissing }: { isYoung: boolean; wasMissing: boolean },
	): {
		kept?: Kept;
		isLacking?: boolean;
		differs?: boolean;
		previous?: SettingsChange['previous'];
		current?: SettingsChange['current'];
	} {
		if (typeof kept === 'string') return this.compareFingerprints(kept, now);
		// As it is for nearly all jobs in nearly every poll.
		if (kept !== undefined && now && this.places.get(textOf(now)) === kept) return { kept };
		const before: Settings =
			kept === undefined ? {} : (JSON.parse(this.memory.texts[kept] ?? '{}') as Settings);
		const present = now ?? {};
		const names = (from: Settings, test: (name: string) => boolean) =>
			Object.keys(from).filter(test);
		const changed = names(
			before,
			(name) => name in present && !isSameSetting(before[name]!, present[name]!),
		);
		const gone = names(before, (name) => !(name in present));
		const fresh = names(present, (name) => !(name in before));
		const isAnswer = changed.length > 0 || (wasMissing && gone.length > 0);
		const differing = isAnswer ? [...changed, ...gone, ...fresh] : isYoung ? [] : fresh;
		const isLacking = gone.length > 0 && !isAnswer;
		const known = isLacking ? { ...before, ...present } : present;
		const result = { kept: this.keep(known), isLacking };
		if (differing.length === 0) return result;
		const pick = (from: Settings) =>
			Object.fromEntries(differing.map((name) => [name, from[name] ?? null]));
		return { ...result, differs: true, previous: pick(before), current: pick(present) };
	}

	/** Without the settings themselves: what is seen twice is believed. */
	private compareFingerprints(kept: string, now: Settings | undefined) {
		const [was = '', once] = kept.slice(1).split('>');
		const is = now ? shortKey(textOf(now)) : '';
		if (is === was) return { kept: `#${was}` };
		if (is !== once) return { kept: `#${was}>${is}` };
		const current = now && textOf(now).length <= LONGEST ? { ...now } : undefined;
		return { kept: now ? this.keep(now) : `#${is}`, differs: true, current };
	}

	private keep(settings: Settings): Kept | undefined {
		if (Object.keys(settings).length === 0) return undefined;
		const text = textOf(settings);
		const known = this.places.get(text);
		if (known !== undefined) return known;
		if (text.length > LONGEST || this.size + text.length > MOST_KEPT) return `#${shortKey(text)}`;
		const place = this.memory.next++;
		this.memory.texts[place] = text;
		this.places.set(text, place);
		this.size += text.length;
		return place;
	}
}

const textOf = (settings: Settings): string =>
	JSON.stringify(Object.fromEntries(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))));
