/** Worlds of things that happen once: sessions, runs, findings. */
import type { IDataObject } from 'n8n-workflow';

import { iso } from '../clock';
import type { Dice } from '../dice';
import type { Answer, Product, Request } from '../wire';

/** Something that happened. Times are of the server's clock. */
export interface Happened {
	id: string;
	/** The job or machine that it belongs to. */
	owner: string;
	start: number;
	end: number;
	/** From when on the server tells it: not before its end, up to days later. */
	visible: number;
	result: 'Success' | 'Warning' | 'Failed';
}

export interface RecordWorld {
	product: Product;
	event: string;
	versions: string[];
	parameters(dice: Dice): IDataObject;
	/**
	 * `runs`: failures open a job's incident, what is no failure closes it. `once`: each is told, that is
	 * all. `requests`: one that waits opens an incident, its decision closes it.
	 */
	judged: 'runs' | 'once' | 'requests';
	/** Only the last run of a job is to be seen. */
	lastOnly?: boolean;
	/** What can be seen of a request is what became of it: that it waits only until it is decided. */
	follows?(one: Happened, dice: Dice): Happened;
	/** The field of results, where a user edits it. */
	results?: string;
	/** Results that give items besides those that close an incident. */
	wanted(parameters: IDataObject): string[];
	/** How late something may become visible, in hours. */
	late: number;
	/** The id of what happened, of an item. */
	idOf(item: IDataObject): string;
	/** What is over and can be seen now. */
	answer(seen: Happened[], request: Request, version: string, dice: Dice): Answer | undefined;
}

const VBR = ['1.2-rev1', '1.3-rev0', '1.3-rev1', '1.3-rev2'];
const VB365 = ['v6', 'v7', 'v8'];
const VSPC = ['3.5.1', '3.6', '3.6.1'];

export const ALL = ['Failed', 'Success', 'Warning'];

const recordId = ({ record }: IDataObject): string => String((record as IDataObject).id);

const after = (seen: Happened[], bound: string | undefined, time: 'start' | 'end'): Happened[] => {
	const from = Date.parse(bound ?? '');
	return Number.isNaN(from) ? seen : seen.filter((one) => one[time] >= from);
};

/** Equal times come in any order, another with each request. */
const ordered = (seen: Happened[], dice: Dice, isAscending: boolean): Happened[] =>
	dice
		.shuffled(seen)
		.sort((a, b) => (isAscending ? 1 : -1) * (Math.floor(a.end / 1000) - Math.floor(b.end / 1000)));

const second = (time: number) => iso(Math.floor(time / 1000) * 1000);

const jobs = (seen: Happened[]): string[] => [...new Set(seen.map(({ owner }) => owner))];

/** What a change feed has written down, in the order in which it became visible; one for each run. */
const feeds = new WeakMap<Dice, Happened[]>();

const feedOf = (seen: Happened[], dice: Dice): Happened[] => {
	const known = feeds.get(dice) ?? [];
	const feed = [...known, ...seen.filter((one) => !known.includes(one))];
	feeds.set(dice, feed);
	return feed;
};

/** A feed with tokens: the place in it, as the server gives it. */
const changes = (event: string, parameters: IDataObject): RecordWorld => ({
	product: 'vb365',
	event,
	versions: ['v8'],
	judged: 'once',
	late: 6 * 24,
	parameters: () => parameters,
	wanted: () => ALL,
	idOf: recordId,
	answer: (seen, { path, query }, _, dice) => {
		// Names are looked up; the feed tells of users that are not there any more.
		if (path !== '/Events') return { status: 404, body: { message: 'Not found' } };
		const feed = feedOf(seen, dice);
		const from = query.from === 'latest' ? feed.length : Number(String(query.from).slice(1));
		const results = feed.slice(from, from + Math.min(20, Number(query.limit ?? 30)));
		return {
			status: 200,
			body: {
				results: results.map(({ id }) => ({ eventType: 'ProtectedUserDelete', id, eTag: 1 })),
				nextChangeToken: `t${from + results.length}`,
			},
		};
	},
});

export const RECORD_WORLDS: RecordWorld[] = [
	changes('protectedUserChanged', {}),
	changes('changeFeed', { changeFeedKinds: ['ProtectedUser'] }),
	{
		product: 'vbr',
		event: 'sessionFinished',
		results: 'sessionFinishedResults',
		versions: VBR,
		judged: 'runs',
		late: 6 * 24,
		parameters: (dice) => ({
			sessionFinishedResults: dice.percent(50) ? ALL : ['Failed', 'Warning'],
			sessionFinishedOptions: { includeReasons: false, onlyAfterLastRetry: false },
		}),
		wanted: ({ sessionFinishedResults }) => sessionFinishedResults as string[],
		idOf: recordId,
		answer: (seen, { path, query }, _, dice) => {
			if (path === '/api/v1/jobs/states')
				return { list: jobs(seen).map((id) => ({ id, name: `Job ${id}`, status: 'inactive' })) };
			if (path !== '/api/v1/sessions') return undefined;
			const wanted = (query.resultFilter ?? '').split(',').filter(Boolean);
			const found = after(seen, query.endedAfterFilter, 'end').filter(
				({ result }) => wanted.length === 0 || wanted.includes(result),
			);
			return {
				list: ordered(found, dice, query.orderAsc === 'true').map((one) => ({
					...{ id: one.id, jobId: one.owner, name: `Job ${one.owner}`, sessionType: 'BackupJob' },
					...{ state: 'Stopped', creationTime: second(one.start), endTime: second(one.end) },
					result: { result: one.result, message: '', isCanceled: false },
				})),
			};
		},
	},
	{
		product: 'vb365',
		event: 'jobSessionFinished',
		results: 'jobSessionFinishedResults',
		versions: VB365,
		judged: 'runs',
		late: 6 * 24,
		parameters: (dice) => ({
			jobSessionFinishedResults: dice.percent(50) ? ALL : ['Failed', 'Warning'],
			jobSessionFinishedOptions: { includeReasons: false },
		}),
		wanted: ({ jobSessionFinishedResults }) => jobSessionFinishedResults as string[],
		idOf: recordId,
		answer: (seen, { path, query }, version) => {
			if (path === '/Jobs' || path === '/CopyJobs')
				return {
					unpaged: version !== 'v8',
					list:
						path === '/Jobs'
							? jobs(seen).map((id) => ({
									id,
									name: `Job ${id}`,
									isEnabled: true,
									lastStatus: 'Success',
								}))
							: [],
				};
			if (path === '/Organizations') return { list: [] };
			if (path !== '/JobSessions') return undefined;
			return {
				list: after(seen, query.endTimeLowerBound, 'end').map((one) => ({
					...{ id: one.id, creationTime: iso(one.start), endTime: iso(one.end) },
					...{ status: one.result, retryCount: 0, details: '', jobId: one.owner },
					...{ jobType: 'Backup', jobWillBeRetried: false },
					_links: { job: { href: `/${version}/Jobs/${one.owner}` } },
				})),
			};
		},
	},
	{
		product: 'vspc',
		event: 'jobFinished',
		results: 'jobFinishedResults',
		versions: VSPC,
		judged: 'runs',
		lastOnly: true,
		late: 6 * 24,
		parameters: (dice) => ({
			jobFinishedResults: dice.percent(50) ? ALL : ['Failed', 'Warning'],
			jobFinishedKinds: ['agent', 'server'],
		}),
		wanted: ({ jobFinishedResults }) => jobFinishedResults as string[],
		idOf: ({ record }) => String((record as IDataObject).failureMessage),
		answer: (seen, { path }) => {
			if (path === '/organizations/companies') return { list: [] };
			const kind =
				path === '/infrastructure/backupAgents/jobs'
					? 0
					: path === '/infrastructure/backupServers/jobs'
						? 1
						: -1;
			if (kind < 0) return undefined;
			const own = jobs(seen).filter((id) => Number(id.replace(/\D/g, '')) % 2 === kind);
			return {
				list: own.map((id) => {
					const runs = seen.filter(({ owner }) => owner === id);
					// The console is told in the order in which things become visible.
					const last = runs.reduce((a, b) => (b.end >= a.end ? b : a));
					return {
						...{ instanceUid: id, uniqueUid: id, name: `Job ${id}`, status: last.result },
						...{ lastRun: iso(last.start), lastEndTime: iso(last.end), isEnabled: true },
						failureMessage: last.id,
					};
				}),
			};
		},
	},
	{
		product: 'vb365',
		event: 'restoreSessionFinished',
		results: 'restoreSessionFinishedResults',
		versions: VB365,
		judged: 'once',
		late: 6 * 24,
		parameters: () => ({
			restoreSessionFinishedResults: ALL,
			restoreSessionFinishedOptions: { includeReasons: false },
		}),
		wanted: ({ restoreSessionFinishedResults }) => restoreSessionFinishedResults as string[],
		idOf: recordId,
		answer: (seen, { path, query }, _, dice) => {
			if (path !== '/RestoreSessions') return undefined;
			const found = after(after(seen, query.endTimeFrom, 'end'), query.startTimeFrom, 'start');
			return {
				list: ordered(found, dice, query.orderAsc === 'true').map((one) => ({
					...{ id: one.id, name: 'Restore', type: 'Vex', state: 'Stopped', result: one.result },
					...{ creationTime: iso(one.start), endTime: second(one.end), initiatedBy: 'me' },
				})),
			};
		},
	},
	{
		product: 'vb365',
		event: 'sessionStarted',
		versions: VB365,
		judged: 'once',
		late: 6 * 24,
		parameters: () => ({}),
		wanted: () => ALL,
		idOf: recordId,
		answer: (seen, { path, query }) => {
			if (path === '/DataRetrievalSessions') return { list: [] };
			if (path !== '/RestoreSessions') return undefined;
			return {
				// What counts is the beginning, which is the record's end for the judge.
				list: after(seen, query.startTimeFrom, 'end').map((one) => ({
					...{ id: one.id, name: 'Restore', type: 'Vex', state: 'Working', result: 'None' },
					...{ creationTime: iso(one.end), initiatedBy: 'me' },
				})),
			};
		},
	},
	{
		product: 'vbr',
		event: 'sessionStarted',
		versions: VBR,
		judged: 'once',
		late: 6 * 24,
		parameters: () => ({}),
		wanted: () => ALL,
		idOf: recordId,
		answer: (seen, { path, query }, _, dice) => {
			if (path !== '/api/v1/sessions') return undefined;
			// What counts is the beginning, which is the record's end for the judge.
			const found = after(seen, query.createdAfterFilter, 'end');
			return {
				list: ordered(found, dice, query.orderAsc === 'true').map((one) => ({
					...{ id: one.id, name: 'Restore', sessionType: 'RestoreVm', state: 'Working' },
					...{ creationTime: second(one.end), initiatedBy: 'me' },
					result: { result: 'None', message: '', isCanceled: false },
				})),
			};
		},
	},
	{
		product: 'vbr',
		event: 'malwareEvent',
		versions: VBR.slice(1),
		judged: 'once',
		late: 6 * 24,
		parameters: () => ({ malwareEventSeverities: ['Clean', 'Infected', 'Suspicious'] }),
		wanted: () => ALL,
		idOf: recordId,
		answer: (seen, { path, query }, _, dice) => {
			if (path !== '/api/v1/malwareDetection/events') return undefined;
			const bound = query.createdAfterTimeUtcFilter ?? query.detectedAfterTimeUtcFilter;
			const words = { Success: 'Clean', Warning: 'Suspicious', Failed: 'Infected' };
			return {
				list: ordered(after(seen, bound, 'end'), dice, false).map((one) => ({
					...{ id: one.id, type: 'Rule', state: 'Created', source: 'Manual' },
					...{ severity: words[one.result], details: '', createdBy: 'me', engine: '' },
					...{ creationTimeUtc: second(one.end), detectionTimeUtc: second(one.end) },
					machine: { displayName: one.owner, uuid: one.owner, backupObjectId: one.owner },
				})),
			};
		},
	},
	{
		product: 'vbr',
		event: 'authorizationEvent',
		versions: VBR.slice(1),
		judged: 'requests',
		late: 6 * 24,
		parameters: () => ({}),
		wanted: () => ALL,
		idOf: ({ record }) => {
			const { id, state } = record as IDataObject;
			return `${String(id)}/${state === 'Pending' ? 'waits' : 'over'}`;
		},
		follows: (one, dice) => {
			const end = one.end + dice.from(1, dice.pick([10, 600, 4000])) * 60_000;
			const late = dice.percent(15) ? dice.from(1, 5 * 24 * 60) * 60_000 : 0;
			return {
				...{ ...one, id: one.id.replace('waits', 'over'), start: one.end, end },
				visible: Math.max(end + late, one.visible),
			};
		},
		answer: (seen, { path, query }) => {
			if (path !== '/api/v1/authorization/events') return undefined;
			const requests = new Map<string, Happened[]>();
			for (const one of seen) {
				const id = one.id.replace(/\/.*/, '');
				requests.set(id, [...(requests.get(id) ?? []), one]);
			}
			const from = Date.parse(query.createdAfterFilter ?? '');
			const words = { Success: 'Approved', Warning: 'Expired', Failed: 'Rejected' };
			const byId = [...requests].sort(([a], [b]) => (a < b ? -1 : 1));
			const list = byId.flatMap(([id, own]) => {
				const over = own.find((one) => one.id.endsWith('/over'));
				const made = over ? over.start : own[0]!.end;
				if (made < from) return [];
				return {
					...{ id, name: `Delete ${id.slice(-3)}`, description: '', createdBy: 'me' },
					...{ creationTime: second(made), expirationTime: second(made + 7 * 24 * 3_600_000) },
					state: over ? words[over.result] : 'Pending',
					...(over ? { processedBy: 'you', processedTime: second(over.end) } : {}),
				};
			});
			// The server says nothing of the order: by id, which is that of nothing.
			return { list };
		},
	},
];
