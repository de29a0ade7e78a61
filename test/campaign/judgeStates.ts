/**
 * What a workflow heard of a world of states, judged by what the world was. Knows of the nodes no more
 * than the documentation says of their items.
 */
import type { IDataObject } from 'n8n-workflow';

import type { StateWorld, Thing } from './worlds/states';

/** An item as the workflow got it. */
export interface Heard {
	item: IDataObject;
	/** The poll's beginning and end. */
	from: number;
	to: number;
	/** n8n died before it saved: the trigger does not know that it said so. */
	isUnsaved: boolean;
	/** Of which poll. */
	poll: number;
}

/** What a thing was, from a time on. */
export interface Moment {
	at: number;
	isThere: boolean;
	level: Record<string, number>;
	value: Record<string, unknown>;
}

export interface Verdicts {
	lost: string[];
	twice: string[];
	wrong: string[];
}

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
	checks = 0;
	/** Milliseconds that a look may take which is spread over several polls. */
	longestLook = 0;

	constructor(
		private readonly world: StateWorld,
		private readonly label: string,
	) {}

	/** Remembers what a thing is now. */
	note(thing: Thing, at: number): void {
		const level = Object.fromEntries(
			Object.keys(thing.level).map((condition) => [
				condition,
				this.world.level?.(thing, condition) ?? thing.level[condition] ?? 0,
			]),
		);
		const moments = this.history.get(thing.id) ?? [];
		this.history.set(thing.id, moments);
		// What lasted for no time at all, nobody can have seen.
		if (moments[moments.length - 1]?.at === at) moments.pop();
		moments.push({ at, isThere: thing.isThere, level, value: { ...thing.value } });
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
		}
		return open;
	}

	/** One poll's items: each must say what was so. */
	hear(items: IDataObject[], times: Omit<Heard, 'item'>): void {
		for (const item of items) this.hearOne({ item, ...times });
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
		const isOpen = this.isOpen(before);
		const levels = moments.map(({ isThere, level }) => (isThere ? (level[condition!] ?? 0) : 0));
		const wrong = (why: string) => this.verdicts.wrong.push(this.text(`${said}: ${why}`));
		switch (transition) {
			case 'problem':
				if (isOpen === true) wrong('it was open');
				if (!levels.some((level) => level !== 0)) wrong('nothing was wrong');
				break;
			case 'worsened':
				if (isOpen === false) wrong('it was not open');
				if (!levels.some((level) => level > 1 || level === -1)) wrong('it was no worse');
				break;
			case 'recovered':
				if (isOpen === false) wrong('it was not open');
				if (!levels.some((level) => level <= 0) && moments.every(({ isThere }) => isThere))
					wrong('it was still wrong');
				break;
			case 'changed': {
				const field = Object.keys(item.current as IDataObject)[0]!;
				if (condition === 'alarm') break;
				const is = (item.current as IDataObject)[field];
				if (!moments.some(({ value }) => value[field] === is)) wrong(`it was not ${String(is)}`);
				const last = before[before.length - 1];
				const was = (item.previous as IDataObject)[field];
				const known = last && (last.item.current as IDataObject)[field];
				if (last && known !== was && !this.cameBack(id, last.to))
					wrong(`it was ${String(known)} before, not ${String(was)}`);
				break;
			}
			case 'added':
				if (!moments.some(({ isThere }) => isThere)) wrong('it is not there');
				if (before.length > 0 && before[before.length - 1]!.item.transition === 'added')
					wrong('it was there');
				break;
			case 'removed':
				if (!this.during(id, from - this.longestLook, to).some(({ isThere }) => !isThere))
					wrong('it is there');
				if (before.length > 0 && before[before.length - 1]!.item.transition === 'removed')
					wrong('it was gone');
				break;
			default:
				wrong('nobody asked for it');
		}
	}

	/** Undefined where the trigger began with it and has said nothing yet. */
	private isOpen(before: Heard[]): boolean | undefined {
		const spoken = before.filter(({ item }) => item.transition !== 'changed');
		const last = spoken[spoken.length - 1];
		return last && last.item.transition !== 'recovered';
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
				const level = now.isThere ? (now.level[condition] ?? 0) : 0;
				const key = `${thing.id} ${condition}`;
				const isOpen = open.has(key);
				// Neither well nor wrong: what was known stays.
				if (level === -1) continue;
				if (level > 0 && !isOpen && !this.isExcused(thing.id, condition))
					this.verdicts.lost.push(this.text(`problem ${key} by ${new Date(at).toISOString()}`));
				if (level === 0 && isOpen)
					this.verdicts.lost.push(this.text(`recovered ${key} by ${new Date(at).toISOString()}`));
			}
			if (now.isThere) this.checkValues(thing, now, at);
			if (this.world.presence && isSettled) this.checkPresence(thing, now, at);
		}
	}

	/**
	 * The limit that the documentation names: wrong when the trigger began, which it does not report,
	 * and well since only where no item saved it.
	 */
	private isExcused(id: string, condition: string): boolean {
		const moments = this.history.get(id) ?? [];
		const first = this.during(id, this.baseline, this.baseline);
		const wasWrong = first.some(({ isThere, level }) => isThere && level[condition] !== 0);
		if (!wasWrong) return false;
		const spoken = this.heard.some(
			(one) => !one.isUnsaved && idOf(one) === id && one.item.condition === condition,
		);
		if (spoken) return false;
		const wasWell = moments.some(
			({ at, level, isThere }) => at > this.baseline && (!isThere || level[condition] === 0),
		);
		return !wasWell || this.restarts.length > 0;
	}

	private checkValues(thing: Thing, now: Moment, at: number): void {
		for (const field of Object.keys(this.world.kinds[thing.kind]!.values ?? {})) {
			const about = this.heard.filter(
				(one) => !one.isUnsaved && idOf(one) === thing.id && one.item.condition === field,
			);
			const last = about[about.length - 1];
			const known = last && (last.item.current as IDataObject)[field];
			if (last && known !== now.value[field] && !this.cameBack(thing.id, last.to))
				this.verdicts.lost.push(
					this.text(
						`${field} of ${thing.id} is ${String(now.value[field])}, not ${String(known)}, by ${new Date(at).toISOString()}`,
					),
				);
		}
	}

	/** A thing that was away begins anew. */
	private cameBack(id: string, since: number): boolean {
		return (this.history.get(id) ?? []).some(({ at, isThere }) => at > since && !isThere);
	}

	private checkPresence(thing: Thing, now: Moment, at: number): void {
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
