import { randomUUID } from 'node:crypto';
import type { Clock } from '../foundation/clock';
import { uuidFor } from '../foundation/random';

export type Result = 'Success' | 'Warning' | 'Failed';

/** How the work on one object (a VM, a share) ended. */
export interface ObjectOutcome {
	name: string;
	result: Result;
	/** As the task session says it; may only point to the log. */
	message: string;
	/** The real reason where only the log has it. */
	reason?: string;
}

export interface Outcome {
	result: Result;
	/** As the session says it; may only point to the log. */
	message: string;
	/** The real reason where only the log has it. */
	reason?: string;
}

/** Something that runs on: a session or a task. Its state follows from the time alone. */
export interface Work extends Outcome {
	id: string;
	/** `itemRestore`: a session of its own kind, inside one that has a tenant mounted. */
	as: 'session' | 'task' | 'itemRestore';
	name: string;
	/** Session or task type, as the API spells it. */
	type: string;
	/** Milliseconds since 1970. */
	created: number;
	/** Milliseconds of `Starting`, then of `Working`; Infinity: works until stopped (a mount). */
	startingFor: number;
	workingFor: number;
	stopped?: { at: number; canceled: boolean };
	jobId?: string;
	resourceId?: string;
	parentId?: string;
	repositoryId?: string;
	platform?: string;
	/** A retry: which of its run, and the run's first session; `hidden` where the record says neither. */
	retry?: { number: number; of: string; hidden?: true };
	initiatedBy: string;
	/** Grows with every work. */
	usn: number;
	objects: ObjectOutcome[];
	/** What it brings about unless it fails. */
	whenDone?: () => void;
	/** Told of its end whatever it was. */
	whenOver?: (work: Work) => void;
}

export type Phase = 'Starting' | 'Working' | 'Stopped';

export function endOf(work: Work): number {
	return work.stopped?.at ?? work.created + work.startingFor + work.workingFor;
}

export function phaseOf(work: Work, now: number): Phase {
	if (now >= endOf(work)) return 'Stopped';
	return now < work.created + work.startingFor ? 'Starting' : 'Working';
}

/** Whole percent of the work that is done; a mount is done when it works. */
export function progressOf(work: Work, now: number): number {
	const phase = phaseOf(work, now);
	if (phase === 'Stopped' || (phase === 'Working' && work.workingFor === Infinity)) return 100;
	if (phase === 'Starting') return 0;
	const worked = now - work.created - work.startingFor;
	return Math.min(99, Math.floor((100 * worked) / work.workingFor));
}

export function taskSessionId(work: Work, object: ObjectOutcome): string {
	return uuidFor(`${work.id}/${object.name}`);
}

type NewWork = Pick<Work, 'as' | 'name' | 'type' | 'startingFor' | 'workingFor'> & Partial<Work>;

/** Everything that runs or ran. */
export class WorkBook {
	/** Oldest first. */
	private works: Work[] = [];
	private byId = new Map<string, Work>();
	private active = new Set<Work>();
	private usn = 0;
	/** What `list` gave, until work is added. */
	private listed = new Map<Work['as'], Work[]>();

	constructor(private readonly clock: Clock) {}

	/** Starts work now; how it will end is settled already, but only told when it ends. */
	start(given: NewWork): Work {
		const work: Work = {
			id: randomUUID(),
			created: this.clock.now(),
			initiatedBy: 'VBR01\\admin',
			objects: [],
			result: 'Success',
			message: '',
			...given,
			usn: ++this.usn,
		};
		this.works.push(work);
		this.listed.clear();
		this.byId.set(work.id, work);
		this.active.add(work);
		return work;
	}

	/** Adds work that ended before now, in any order. */
	addHistory(past: Array<Omit<Work, 'usn'>>): void {
		for (const given of past) {
			const work = { ...given, usn: ++this.usn };
			this.works.push(work);
			this.byId.set(work.id, work);
		}
		this.listed.clear();
		this.works.sort((a, b) => a.created - b.created);
	}

	/** Ends work now; canceled work counts as failed and brings nothing about. */
	stop(work: Work, canceled: boolean): void {
		const now = this.clock.now();
		if (phaseOf(work, now) === 'Stopped') return;
		work.stopped = { at: now, canceled };
		if (canceled) {
			const stopped = { result: 'Failed', message: 'Stopped by user', reason: undefined } as const;
			for (const one of [work, ...work.objects]) Object.assign(one, stopped);
		}
		this.settle();
	}

	/** Brings about what ended work brings about. To be called before records are read. */
	settle(): void {
		const now = this.clock.now();
		for (const work of this.active) {
			if (phaseOf(work, now) !== 'Stopped') continue;
			this.active.delete(work);
			if (work.result !== 'Failed') work.whenDone?.();
			work.whenOver?.(work);
		}
	}

	/** Newest first. */
	list(as: Work['as']): readonly Work[] {
		const kept = this.listed.get(as) ?? this.works.filter((work) => work.as === as).reverse();
		this.listed.set(as, kept);
		return kept;
	}

	get(id: string): Work | undefined {
		return this.byId.get(id.toLowerCase());
	}
}
