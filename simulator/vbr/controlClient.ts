import {
	controlSender,
	foundationControl,
	type FoundationControl,
} from '../foundation/controlClient';
import type { Item } from '../foundation/listQuery';
import type { ToldOutcome } from './outcomes';

/** What a test can do to the simulated backup server. Names or ids are taken alike. */
export interface VbrControl extends FoundationControl {
	/** Changes what a repository's state shows, e.g. `{ isOnline: false }` or `{ freeGB: 3 }`. */
	repository(nameOrId: string, state: Item): Promise<Item>;
	proxy(nameOrId: string, state: Item): Promise<Item>;
	/** Runs a job as its schedule would. Returns the session; an ended one with `atOnce`. */
	runJob(
		nameOrId: string,
		outcome?: ToldOutcome & {
			atOnce?: boolean;
			retry?: { number: number; of: string; hidden?: true };
		},
	): Promise<Item>;
	/** Someone begins something at the console, e.g. `{ sessionType: 'RestoreVm', … }`; it goes on. */
	startWork(work: { sessionType: string; name: string; initiatedBy: string }): Promise<Item>;
	/** Changes a job, e.g. `{ isDisabled: true }` or its schedule. */
	job(nameOrId: string, changes: Item): Promise<Item>;
	removeJob(nameOrId: string): Promise<void>;
	/** What the job's state shows otherwise than follows, e.g. `{ nextRun: '2026-…' }`. */
	jobState(nameOrId: string, state: Item): Promise<Item>;
	/** Records a finding of malware now, e.g. `{ severity: 'Infected' }`; the rest is made up. */
	addMalwareEvent(event?: Item): Promise<Item>;
	/** Records a request for approval now. */
	addAuthorizationEvent(event?: Item): Promise<Item>;
	/** How the next thing that is started ends. */
	nextOutcome(outcome: ToldOutcome): Promise<void>;
	/** Adds so many past sessions, older than all there are. Returns how many there are then. */
	addSessions(count: number): Promise<number>;
}

/** The typed client of a simulated backup server's control endpoint. */
export function vbrControlClient(controlUrl: string): VbrControl {
	const send = controlSender(controlUrl);
	const named = (name: string): string => encodeURIComponent(name);
	return {
		...foundationControl(send),
		repository: (name, state) => send('PATCH', `/repositories/${named(name)}`, state),
		proxy: (name, state) => send('PATCH', `/proxies/${named(name)}`, state),
		runJob: (name, outcome = {}) => send('POST', `/jobs/${named(name)}/run`, outcome),
		startWork: (work) => send('POST', '/works', work),
		job: (name, changes) => send('PATCH', `/jobs/${named(name)}`, changes),
		removeJob: async (name) => void (await send('DELETE', `/jobs/${named(name)}`)),
		jobState: (name, state) => send('PATCH', `/jobs/${named(name)}/state`, state),
		addMalwareEvent: (event = {}) => send('POST', '/malwareEvents', event),
		addAuthorizationEvent: (event = {}) => send('POST', '/authorizationEvents', event),
		nextOutcome: async (outcome) => void (await send('POST', '/outcomes', outcome)),
		addSessions: async (count) =>
			(await send<{ total: number }>('POST', '/sessions', { count })).total,
	};
}
