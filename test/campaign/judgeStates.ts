/**
 * What a workflow heard of a world of states, judged by what the world was. Knows of the nodes no more
 * than the documentation says of their items.
 */
import type { IDataObject } from 'n8n-workflow';

import { HOUR } from './clock';
import { isWatched } from './edits';
import type { Settings } from './settings';
import type { StateWorld, Thing } from './worlds/states';

/** An item as the workflow got it. */
export interface Heard {
	item: IDataObject;
	/** The poll's beginning and end. */
	from: number;
	to: number;
	/** n8n died before it saved: the trigger does not know that it said so. */
	isUnsaved: boolean;
	/** The server had an empty list in it. */
	isLie?: boolean;
	/** Of which poll. */
	poll: number;
}

/** What a thing was, from a time on. */
export interface Moment {
	at: number;
	isThere: boolean;
	level: Record<string, number>;
	value: Record<string, unknown>;
	/** When the level last left 0, by the server's clock. */
	since: Record<string, number>;
	/** By condition, value, `added` and `removed`: whether the user wants to hear of it. */
	watched: Record<string, boolean>;
}

export interface Verdicts {
	lost: string[];
	twice: string[];
	wrong: string[];
}

const isFarewell = (one?: Heard): boolean =>
	(one?.item.current as IDataObject | undefined)?.watched === false;

const idOf = ({ item }: Heard): string =>
	String((item.object as IDataObject).id).replace(/^tpl\//, '');

export class StateJudge {
	readonly verdicts: Verdicts = { lost: [], twice: [], wrong: [] };
	readonly heard: Heard[] = [];
	readonly history = new Map<string, Moment[]>();
	/** The trigger's first look that succeeded. */
	baseline = Infinity;
	/** n8n started again: what was silent is forgotten. */
	restarts: number[] = [];
	/** When the user edited the trigger. */
	edits: number[] = [];
	/** Polls that read everything. */
	reads: Array<{ from: number; to: number; isSaved: boolean }> = [];
	/** After so many hours a problem is said again; 0: never. */
	reminderHours = 0;
	checks = 0;
	/** Polls over which one look may be spread. */
	longestLook = 0;
	/** Beginnings of all polls. */
	private readonly polls: number[] = [];

	constructor(
		private readonly world: StateWorld,
		private readonly label: string,
	) {}

	/** Remembers what a thing is now, for a user who wants this of the trigger. */
	note(thing: Thing, at: number, settings: Settings): void {
		const level = Object.fromEntries(
			Object.keys(thing.level).map((condition) => [
				condition,
				this.world.level?.(thing, condition, settings) ?? thing.level[condition] ?? 0,
			]),
		);
		const names = [...Object.keys(level), ...Object.keys(thing.value), 'added', 'removed'];
		const watched = Object.fromEntries(
			names.map((name) => [name, isWatched(this.world, settings, thing, name)]),
		);
		const moments = this.history.get(thing.id) ?? [];
		this.history.set(thing.id, moments);
		// What lasted for no time at all, nobody can have seen.
		if (moments[moments.length - 1]?.at === at) moments.pop();
		moments.push({
			...{ at, isThere: thing.isThere, level, watched },
			...{ value: { ...thing.value }, since: { ...thing.since } },
		});
	}

	private during(id: string, from: number, to: number): Moment[] {
		const moments = this.history.get(id) ?? [];
		return moments.filter(
			(moment, index) => moment.at <= to && (moments[index + 1]?.at ?? Infinity) >= from,
		);
	}

	/** What is open by what was heard, unsaved items left out. */
	private open(): Map<string, Heard> {
		const open = new Map<string, Heard>();
		for (const one of this.heard) {
			if (one.isUnsaved) continue;
			const key = String(one.item.incidentKey);
			if (one.item.transition === 'recovered') open.delete(key);
			else if (['problem', 'worsened', 'reminder'].includes(String(one.item.transition)))
				open.set(key, one);
			// An alarm that changes its severity is spoken of, too.
			else if (open.has(key)) open.set(key, one);
		}
		return open;
	}

	/** One poll's items: each must say what was so. */
	hear(items: IDataObject[], times: Omit<Heard, 'item'>): void {
		this.polls.push(times.from);
		for (const item of items) this.hearOne({ item, ...times });
	}

	/** When the look began that a poll ended, at the earliest. */
	private lookedSince(from: number): number {
		const index = this.polls.lastIndexOf(from) - this.longestLook;
		return this.longestLook === 0 ? from : (this.polls[Math.max(0, index)] ?? from);
	}

	private hearOne(one: Heard): void {
		const { item, from, to } = one;
		const { transition, condition, event, incidentKey } = item as Record<string, string>;
		this.heard.push(one);
		if (event !== this.world.event) return;
		const id = idOf(one);
		const said = `${transition} ${condition} ${id} at ${new Date(to).toISOString()}`;
		const same = this.heard.filter((other) => other !== one && other.item.eventId === item.eventId);
		if (same.some((other) => !other.isUnsaved && other.poll !== one.poll))
			this.verdicts.twice.push(this.text(said));
		if (same.some((other) => other.poll === one.poll)) this.verdicts.twice.push(this.text(said));
		if (!one.isUnsaved) this.sameAgain(one, said);
		if (condition === 'unreadable' || condition === 'notInVersion') return;
		const moments = this.during(id, from, to);
		const before = this.heard.filter(
			(other) => other !== one && !other.isUnsaved && other.item.incidentKey === incidentKey,
		);
		const isOpen = this.isOpen(before, id, condition!);
		const isWanted = (moment: Moment, what = condition!) => moment.watched[what] ?? true;
		const levels = moments.map((moment) =>
			moment.isThere && isWanted(moment) ? (moment.level[condition!] ?? 0) : 0,
		);
		const wrong = (why: string) => this.verdicts.wrong.push(this.text(`${said}: ${why}`));
		switch (transition) {
			case 'problem':
				if (isOpen === true) wrong('it was open');
				if (!levels.some((level) => level !== 0)) wrong('nothing was wrong');
				break;
			case 'worsened':
				// What was closed because nobody watched it is known silently where it is picked again.
				if (isOpen === false && !isFarewell(before[before.length - 1])) wrong('it was not open');
				if (!levels.some((level) => level > 1 || level === -1)) wrong('it was no worse');
				break;
			case 'recovered':
				if (isOpen === false) wrong('it was not open');
				// What is taken out is closed poll by poll, even where it is picked again meanwhile.
				if ((item.current as IDataObject).watched === false) {
					const last = before[before.length - 1]?.to ?? this.baseline;
					if (this.during(id, last, to).every((moment) => isWanted(moment)))
						wrong('it was watched');
				} else if (!levels.some((level) => level <= 0) && !this.wasAway(one, id))
					wrong('it was still wrong');
				break;
			case 'reminder': {
				if (isOpen === false) wrong('it was not open');
				if (!levels.some((level) => level !== 0)) wrong('nothing was wrong');
				const last = before[before.length - 1];
				// The server says its time in whole seconds.
				const least = this.reminderHours * HOUR - 2000;
				if (this.reminderHours === 0) wrong('nobody asked for it');
				else if (last && to - last.from < least) wrong('it was too early');
				break;
			}
			case 'changed': {
				if (condition === 'alarm') break;
				for (const [field, is] of Object.entries(item.current as IDataObject)) {
					const about = moments.filter((moment) => isWanted(moment, field));
					if (!about.some(({ value }) => value[field] === is))
						wrong(`${field} was not ${String(is)}`);
					const last = this.lastOf(id, field, one);
					const was = (item.previous as IDataObject)[field];
					const known = last && (last.item.current as IDataObject)[field];
					if (was === is) wrong(`${field} is ${String(is)} before and after`);
					if (last && known !== was && !this.cameBack(id, field, last.from))
						wrong(`${field} was ${String(known)} before, not ${String(was)}`);
				}
				break;
			}
			case 'added':
				if (!moments.some(({ isThere }) => isThere)) wrong('it is not there');
				if (this.isRepeated(before, id, 'added')) wrong('it was there');
				if (!moments.some((one) => isWanted(one, 'added'))) wrong('nobody wants to hear of it');
				break;
			case 'removed':
				if (!this.during(id, this.lookedSince(from), to).some(({ isThere }) => !isThere))
					wrong('it is there');
				if (this.isRepeated(before, id, 'removed')) wrong('it was gone');
				if (!this.during(id, this.lookedSince(from), to).some((one) => isWanted(one, 'removed')))
					wrong('nobody wants to hear of it');
				break;
			default:
				wrong('nobody asked for it');
		}
	}

	/**
	 * It was away in the look before, and in this one the server had an empty list: no look saw it between,
	 * and two that do not bring it are the truth, as far as anybody can know.
	 */
	private wasAway({ item, from, to, isLie }: Heard, id: string): boolean {
		if (!isLie || (item.current as IDataObject).gone !== true) return false;
		const index = this.polls.lastIndexOf(from) - this.longestLook - 2;
		const since = this.polls[Math.max(0, index)] ?? from;
		return this.during(id, since, to).some(({ isThere }) => !isThere);
	}

	/** The same was said last, and what was between had to be said. */
	private isRepeated(before: Heard[], id: string, transition: string): boolean {
		const last = before[before.length - 1];
		if (last?.item.transition !== transition) return false;
		const moments = (this.history.get(id) ?? []).filter(({ at }) => at >= last.from);
		return moments.every(({ watched }) => watched.added && watched.removed);
	}

	/** What was said last of a value, before an item. */
	private lastOf(id: string, field: string, before?: Heard): Heard | undefined {
		const about = this.heard.filter(
			(one) =>
				one !== before &&
				!one.isUnsaved &&
				idOf(one) === id &&
				one.item.transition === 'changed' &&
				field in (one.item.current as IDataObject),
		);
		return about[about.length - 1];
	}

	/** Undefined where the trigger began with it, or anew, and has said nothing since. */
	private isOpen(before: Heard[], id: string, condition: string): boolean | undefined {
		const spoken = before.filter(({ item }) => item.transition !== 'changed');
		const last = spoken[spoken.length - 1];
		if (!last) return undefined;
		if (last.item.transition !== 'recovered') return true;
		const moments = (this.history.get(id) ?? []).filter(({ at }) => at > this.baseline);
		const isNew = moments.some(
			({ at, watched }, index) =>
				watched[condition] === false &&
				(moments[index + 1]?.at ?? Infinity) > last.from &&
				at < last.to,
		);
		const isUnwatched = moments.some(
			({ at, watched }) => at > last.to && watched[condition] === false,
		);
		return isNew || isUnwatched ? undefined : false;
	}

	/** What was said before n8n died, and is found again unchanged, is the same. */
	private sameAgain(one: Heard, said: string): void {
		const { item, to } = one;
		const unsaved = this.heard.filter(
			(other) =>
				other.isUnsaved &&
				other.item.incidentKey === item.incidentKey &&
				other.poll < one.poll &&
				!this.heard.some(
					(between) =>
						!between.isUnsaved &&
						between.poll > other.poll &&
						between.poll < one.poll &&
						between.item.incidentKey === item.incidentKey,
				),
		);
		const [first] = unsaved;
		if (!first || first.item.transition !== item.transition) return;
		const moments = this.during(idOf(one), first.from, to);
		if (moments.length > 1) return;
		if (first.item.eventId !== item.eventId)
			this.verdicts.twice.push(this.text(`${said}: has another eventId when it is found again`));
	}

	private text(what: string): string {
		return `${this.label}: ${what}`;
	}

	/**
	 * After polls that nothing disturbed: what was heard is what is so.
	 *
	 * @param isSettled nothing has changed for some polls: what went has been noticed
	 */
	check(things: Thing[], at: number, isSettled: boolean): void {
		this.checks++;
		const open = new Map(
			[...this.open()].map(([, one]) => [`${idOf(one)} ${String(one.item.condition)}`, one]),
		);
		for (const thing of things) {
			const [now] = this.during(thing.id, at, at).slice(-1);
			if (!now) continue;
			if (!now.isThere && !isSettled) continue;
			for (const condition of Object.keys(this.world.kinds[thing.kind]!.conditions)) {
				const isHere = now.isThere && now.watched[condition];
				const level = isHere ? (now.level[condition] ?? 0) : 0;
				const key = `${thing.id} ${condition}`;
				const isOpen = open.has(key);
				// Neither well nor wrong: what was known stays.
				if (level === -1) continue;
				if (level > 0 && !isOpen && !this.isExcused(thing.id, condition))
					this.verdicts.lost.push(this.text(`problem ${key} by ${new Date(at).toISOString()}`));
				if (level === 0 && isOpen)
					this.verdicts.lost.push(this.text(`recovered ${key} by ${new Date(at).toISOString()}`));
				if (level > 0 && isOpen && this.isReminderOverdue(open.get(key)!))
					this.verdicts.lost.push(this.text(`reminder ${key} by ${new Date(at).toISOString()}`));
			}
			if (now.isThere) this.checkValues(thing, now, at);
			if (this.world.presence && isSettled) this.checkPresence(thing, now, at);
		}
	}

	/** The last poll, which read everything, had to say again that something is wrong. */
	private isReminderOverdue({ to }: Heard): boolean {
		const last = this.reads[this.reads.length - 1]?.to ?? 0;
		// Where few items fit into a poll, reminders wait for their turn.
		if (this.longestLook > 0) return false;
		return this.reminderHours > 0 && last - to > this.reminderHours * HOUR + 60_000;
	}

	/**
	 * The limit that the documentation names: wrong when the trigger began to watch it, which it does not
	 * report, and well since only where no item saved it.
	 */
	private isExcused(id: string, condition: string): boolean {
		const beginnings = [this.baseline, ...this.edits].filter((at) =>
			this.beginsAt(id, condition, at),
		);
		return beginnings.some((begun) => {
			const end = this.firstRead(begun);
			const first = this.during(id, begun, end);
			const wasWrong = first.some(({ isThere, level }) => isThere && level[condition] !== 0);
			if (!wasWrong) return false;
			const spoken = this.heard.some(
				(one) =>
					!one.isUnsaved &&
					one.to > begun &&
					idOf(one) === id &&
					one.item.condition === condition &&
					one.item.transition !== 'changed' &&
					(one.item.current as IDataObject).watched !== false,
			);
			if (spoken) return false;
			// What was over and came again between two looks is the same to them, where nothing dates it.
			const begins = this.during(id, end, Infinity).map(({ since }) => since[condition]);
			const isDated = this.world.dated?.includes(condition) ?? false;
			if (isDated && this.restarts.every((at) => at <= begun) && new Set(begins).size > 1)
				return false;
			const wasWell = this.reads.some(
				({ from, to }) =>
					from > begun &&
					this.during(id, from, to).every(
						({ level, isThere }) => !isThere || level[condition] === 0,
					),
			);
			return !wasWell || this.restarts.some((at) => at > begun);
		});
	}

	/** Whether the trigger begins to watch it there: at first, or by an edit that finds it unknown. */
	private beginsAt(id: string, condition: string, at: number): boolean {
		if (at === this.baseline) return true;
		return !this.reads.some(
			({ from, to, isSaved }) =>
				to < at &&
				(isSaved || !this.restarts.some((restart) => restart > to)) &&
				this.during(id, from, at - 1).every(
					({ isThere, watched }) => isThere && watched[condition],
				),
		);
	}

	/** When the trigger has read everything for the first time after that, also after a restart. */
	private firstRead(begun: number): number {
		if (begun === this.baseline && this.edits.length === 0) return begun;
		const last = Math.max(begun, ...this.restarts);
		return this.reads.filter(({ to }) => to > last)[this.longestLook]?.to ?? Infinity;
	}

	private checkValues(thing: Thing, now: Moment, at: number): void {
		for (const field of Object.keys(this.world.kinds[thing.kind]!.values ?? {})) {
			const last = this.lastOf(thing.id, field);
			const known = last && (last.item.current as IDataObject)[field];
			if (last && known !== now.value[field] && !this.cameBack(thing.id, field, last.from))
				this.verdicts.lost.push(
					this.text(
						`${field} of ${thing.id} is ${String(now.value[field])}, not ${String(known)}, by ${new Date(at).toISOString()}`,
					),
				);
		}
	}

	/** A thing that was away, or that nobody watched for a while, begins anew. */
	private cameBack(id: string, field: string, since: number): boolean {
		return (this.history.get(id) ?? []).some(
			({ at, isThere, watched }) => at > since && (!isThere || !watched[field]),
		);
	}

	private checkPresence(thing: Thing, now: Moment, at: number): void {
		// What happens while nobody wants to hear of it is not said.
		const moments = this.during(thing.id, this.baseline, at);
		if (!moments.every(({ watched }) => watched.added && watched.removed)) return;
		const about = this.heard.filter(
			(one) => !one.isUnsaved && idOf(one) === thing.id && one.item.condition === 'presence',
		);
		const last = about[about.length - 1];
		const atFirst = this.during(thing.id, this.baseline, this.baseline).some(
			({ isThere }) => isThere,
		);
		const isThere = last ? last.item.transition === 'added' : atFirst;
		if (isThere !== now.isThere)
			this.verdicts.lost.push(
				this.text(
					`${now.isThere ? 'added' : 'removed'} ${thing.id} by ${new Date(at).toISOString()}`,
				),
			);
	}
}
