import {
	controlSender,
	foundationControl,
	type FoundationControl,
} from '../foundation/controlClient';
import type { Item } from '../foundation/listQuery';
import type { Outcome } from './estate/jobs';
import type { RestoredItem, RestoreFacts } from './restoreControl';

/** What a test can do to the simulated server. Names or ids are taken alike. */
export interface Vb365Control extends FoundationControl {
	/** Changes a repository, e.g. `{ isOutOfSync: true }` or `{ freeSpaceBytes: 0 }`. */
	repository(nameOrId: string, changes: Item): Promise<Item>;
	/** Changes a proxy, e.g. `{ status: 'Offline' }`. */
	proxy(nameOrId: string, changes: Item): Promise<Item>;
	/** Runs a job as its schedule would. Returns the session; an ended one with `atOnce`. */
	runJob(
		nameOrId: string,
		outcome?: Partial<Outcome> & {
			atOnce?: boolean;
			retryCount?: number;
			jobWillBeRetried?: boolean;
		},
	): Promise<Item>;
	/** Stops a job that runs, as a person does. Returns the session. */
	stopJob(nameOrId: string): Promise<Item>;
	/** How the next job that is started ends. */
	nextOutcome(outcome: Outcome & { match?: string }): Promise<void>;
	/** Adds so many past sessions, older than all there are. Returns how many there are then. */
	addSessions(count: number): Promise<number>;
	addUser(
		displayName: string,
		facts?: { organization?: string; isProtected?: boolean },
	): Promise<Item>;
	/** Changes a user; `isProtected` says whether it is in a backup. */
	user(nameOrId: string, changes: Item): Promise<Item>;
	removeUser(nameOrId: string): Promise<Item>;
	/** Opens a restore session, as someone with an explorer does. Returns the session. */
	openRestore(facts?: RestoreFacts): Promise<Item>;
	/** Ends a restore session, after it has restored these items. Returns the session. */
	endRestore(id: string, items?: RestoredItem[]): Promise<Item>;
	/** Adds a record to the change feed. */
	tellChange(eventType: string, id: unknown, rest?: Item): Promise<void>;
	/** Makes every change token handed out so far outdated. */
	expireChangeTokens(): Promise<void>;
}

/** The typed client of a simulated server's control endpoint. */
export function vb365ControlClient(controlUrl: string): Vb365Control {
	const send = controlSender(controlUrl);
	const named = (name: string): string => encodeURIComponent(name);
	return {
		...foundationControl(send),
		repository: (name, changes) => send('PATCH', `/repositories/${named(name)}`, changes),
		proxy: (name, changes) => send('PATCH', `/proxies/${named(name)}`, changes),
		runJob: (name, outcome = {}) => send('POST', `/jobs/${named(name)}/run`, outcome),
		stopJob: (name) => send('POST', `/jobs/${named(name)}/stop`),
		nextOutcome: async (outcome) => void (await send('POST', '/outcomes', outcome)),
		addSessions: async (count) =>
			(await send<{ total: number }>('POST', '/sessions', { count })).total,
		addUser: (displayName, facts = {}) => send('POST', '/users', { displayName, ...facts }),
		user: (name, changes) => send('PATCH', `/users/${named(name)}`, changes),
		removeUser: (name) => send('DELETE', `/users/${named(name)}`),
		openRestore: (facts = {}) => send('POST', '/restores', facts),
		endRestore: (id, items = []) => send('POST', `/restores/${named(id)}/stop`, { items }),
		tellChange: async (eventType, id, rest = {}) =>
			void (await send('POST', '/events', { eventType, id, ...rest })),
		expireChangeTokens: async () => void (await send('POST', '/events/expire')),
	};
}
