import {
	controlSender,
	foundationControl,
	type FoundationControl,
} from '../foundation/controlClient';
import type { Item } from '../foundation/listQuery';
import type { AsyncRule } from './asyncActions';
import type { JobOutcome } from './estate';
import type { RaisedAlarm } from './estate/alarms';

/** What a test can do to the simulated console. Names or ids are taken alike. */
export interface VspcControl extends FoundationControl {
	/** Changes a job's record: of backup servers, agents or Microsoft 365. */
	job(nameOrId: string, changes: Item): Promise<Item>;
	/** Runs a job as its schedule would. Returns the job; after its run with `atOnce`. */
	runJob(nameOrId: string, outcome?: Partial<JobOutcome> & { atOnce?: boolean }): Promise<Item>;
	/** How the next job that is started ends. */
	nextOutcome(outcome: JobOutcome & { match?: string }): Promise<void>;
	raiseAlarm(alarm?: RaisedAlarm): Promise<Item>;
	/** Gives an alarm another status: `Resolved`, `Acknowledged`, `Error` … */
	alarm(objectOrId: string, status: string, remark?: string): Promise<Item>;
	removeAlarm(objectOrId: string): Promise<Item>;
	addCompany(name: string, facts?: Item): Promise<Item>;
	/** Adds `Company 0`, `Company 1` and so on. */
	addCompanies(count: number): Promise<Item>;
	removeCompany(nameOrId: string): Promise<Item>;
	/** Sets counters of today's usage, e.g. `{ BackedupVms: 12 }`. */
	usage(company: string, counters: Record<string, number>): Promise<Item>;
	agent(nameOrId: string, changes: Item): Promise<Item>;
	/** Changes a company's record: name, status. */
	company(nameOrId: string, changes: Item): Promise<Item>;
	/** Quotas and usage of a company's cloud resource: `usedSpace`, `storageQuota`, `serverBackups`. */
	cloudResource(company: string, changes: Item): Promise<Item>;
	/** Changes the license of a backup server. */
	license(serverNameOrId: string, changes: Item): Promise<Item>;
	/** Changes the state of the repositories of a host: `freeSpace`, `status`, `isOutOfDate`. */
	repository(hostNameOrId: string, changes: Item): Promise<Item>;
	server(nameOrId: string, changes: Item): Promise<Item>;
	/** Answers matching calls with 202 from now on. */
	answerLater(rule?: AsyncRule): Promise<void>;
	/** Answers all calls at once again. */
	answerAtOnce(): Promise<void>;
	/** Refuses matching calls with 429; the seconds to wait stand in the body alone. */
	throttle(retryAfter: number, times?: number, path?: string): Promise<void>;
	/** Fails matching calls with 520, as every server error arrives; `retryable` says a retry may help. */
	failServer(wish?: { retryable?: boolean; times?: number; path?: string }): Promise<void>;
}

/** The typed client of a simulated console's control endpoint. */
export function vspcControlClient(controlUrl: string): VspcControl {
	const send = controlSender(controlUrl);
	const named = (name: string): string => encodeURIComponent(name);
	const foundation = foundationControl(send);
	const refuse = (path: string, times: number, status: number, error: Item): Promise<void> =>
		foundation.fault({
			path,
			times,
			action: { kind: 'status', status, body: { errors: [error] } },
		});
	return {
		...foundation,
		job: (name, changes) => send('PATCH', `/jobs/${named(name)}`, changes),
		runJob: (name, outcome = {}) => send('POST', `/jobs/${named(name)}/run`, outcome),
		nextOutcome: async (outcome) => void (await send('POST', '/outcomes', outcome)),
		raiseAlarm: (alarm = {}) => send('POST', '/alarms', alarm),
		alarm: (name, status, remark) => send('PATCH', `/alarms/${named(name)}`, { status, remark }),
		removeAlarm: (name) => send('DELETE', `/alarms/${named(name)}`),
		addCompany: (name, facts = {}) => send('POST', '/companies', { name, ...facts }),
		addCompanies: (count) => send('POST', '/companies/many', { count }),
		removeCompany: (name) => send('DELETE', `/companies/${named(name)}`),
		usage: (company, counters) => send('PUT', `/usage/${named(company)}`, counters),
		company: (name, changes) => send('PATCH', `/companies/${named(name)}`, changes),
		cloudResource: (company, changes) =>
			send('PATCH', `/cloudResources/${named(company)}`, changes),
		license: (server, changes) => send('PATCH', `/licenses/${named(server)}`, changes),
		repository: (host, changes) => send('PATCH', `/repositories/${named(host)}`, changes),
		agent: (name, changes) => send('PATCH', `/agents/${named(name)}`, changes),
		server: (name, changes) => send('PATCH', `/servers/${named(name)}`, changes),
		answerLater: async (rule = {}) => void (await send('POST', '/async', rule)),
		answerAtOnce: async () => void (await send('DELETE', '/async')),
		throttle: (retryAfter, times = 1, path = '*') =>
			refuse(path, times, 429, {
				message: 'Too many requests',
				type: 'retryableLogical',
				code: 429,
				retryAfter,
			}),
		failServer: ({ retryable = false, times = 1, path = '*' } = {}) =>
			refuse(path, times, 520, {
				message: 'The server has failed',
				type: retryable ? 'retryableLogical' : 'unspecified',
				code: 500,
			}),
	};
}
