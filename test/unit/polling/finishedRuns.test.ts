/** Runs of jobs: which are told, and as what. */
import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import {
	finishedRunsEvent,
	runFields,
	type RunResult,
} from '../../../nodes/shared/monitoring/finishedRuns';
import type { Notification } from '../../../nodes/shared/monitoring/types';
import { Poller } from './polling.support';

interface Session extends IDataObject {
	id: string;
	jobId: string;
	name: string;
	result: RunResult;
	retry?: boolean;
	endTime: string;
}

let sessions: Session[];
let unreadable: Error | undefined;
beforeEach(() => {
	sessions = [];
	unreadable = undefined;
	end('Old', 'Success');
});

function end(name: string, result: RunResult, more: Partial<Session> = {}): string {
	const id = `${name}#${sessions.length}`;
	const endTime = new Date(Date.UTC(2026, 0, 10, 12, sessions.length)).toISOString();
	sessions.push({ id, jobId: `job ${name}`, name, result, endTime, ...more });
	return id;
}

const fields = runFields('run', 'getJobs');
const event = finishedRunsEvent(
	{ value: 'run', name: 'Run', description: '', ...fields },
	{
		newest: () => Promise.resolve(sessions.slice(-1)),
		since: async function* () {
			yield { items: sessions };
		},
		oldestFirst: true,
		result: ({ result }) => result as never,
		id: ({ id }) => String(id),
		time: ({ endTime }) => endTime,
		isOver: () => true,
		run: (_, record) => {
			const { id, jobId, name, result, endTime } = record as Session;
			return { id, jobId, name, type: 'Backup Job', result, endTime, message: 'See the log' };
		},
		willBeRetried: (_, { retry }) => retry === true,
		reasons: (_, { name }) =>
			unreadable
				? Promise.reject(unreadable)
				: Promise.resolve(
						['vm1', 'vm2'].map((vm) => ({
							object: vm,
							result: 'Failed',
							reasons: [`${String(name)} has no space`, 'Task failed'],
						})),
					),
	},
);

const defaults: IDataObject = Object.fromEntries(
	[...(fields.fields ?? []), ...(fields.options ?? [])].map(({ name, default: usual }) => [
		name,
		usual,
	]),
);

async function trigger(options: IDataObject = {}): Promise<Poller> {
	const poller = new Poller(event, () => ({ options: { ...defaults, ...options } }));
	await poller.poll();
	return poller;
}

const short = (notifications: Notification[]) =>
	notifications.map(({ transition, occurrence }) => `${transition} ${occurrence}`);

it('tells a failure with the reason of each object, whole', async () => {
	const poller = await trigger();
	const id = end('SQL', 'Failed');
	expect(await poller.poll()).toEqual([
		{
			transition: 'problem',
			severity: 'error',
			object: { id: 'job SQL', name: 'SQL', type: 'Backup Job' },
			condition: 'failed',
			occurrence: id,
			occurredAt: '2026-01-10T12:01:00.000Z',
			previous: null,
			current: { result: 'Failed', sessionId: id, failuresInRow: 1 },
			message:
				'Backup Job "SQL" failed:\n• vm1: SQL has no space · Task failed\n• vm2: SQL has no space · Task failed',
			record: sessions.at(-1),
			details: {
				reasons: [
					{ object: 'vm1', result: 'Failed', reasons: ['SQL has no space', 'Task failed'] },
					{ object: 'vm2', result: 'Failed', reasons: ['SQL has no space', 'Task failed'] },
				],
			},
		},
	]);
	expect(await poller.poll()).toEqual([]);
});

it('tells failures and warnings, and that a job succeeds again; other successes are not told', async () => {
	const poller = await trigger();
	const failed = end('SQL', 'Failed');
	const warned = end('Mail', 'Warning');
	end('Files', 'Success');
	const well = end('SQL', 'Success');
	end('SQL', 'Success');
	expect(short(await poller.poll())).toEqual([
		`problem ${failed}`,
		`finished ${warned}`,
		`recovered ${well}`,
	]);
});

it('tells no recovery of what was not told', async () => {
	const poller = await trigger({ runResults: ['Warning'] });
	end('SQL', 'Failed');
	end('SQL', 'Success');
	expect(await poller.poll()).toEqual([]);
});

it.each([
	[{ runResults: ['Success'] }, ['finished Files#2', 'finished SQL#4']],
	[{ runResults: ['Warning'], reportRecovery: false }, ['finished Mail#3']],
	[{ includeNames: 's*' }, ['problem SQL#1', 'recovered SQL#4']],
	[{ excludeNames: 'sql, x' }, ['finished Mail#3']],
	[{ jobs: ['job Mail'] }, ['finished Mail#3']],
	[{ reportRecovery: false }, ['problem SQL#1', 'finished Mail#3']],
])('takes its options: %j', async (options, expected) => {
	const poller = await trigger(options);
	end('SQL', 'Failed');
	end('Files', 'Success');
	end('Mail', 'Warning');
	end('SQL', 'Success');
	expect(short(await poller.poll())).toEqual(expected);
});

it('tells a job from its third failure in a row on, over several polls', async () => {
	const poller = await trigger({ failuresInRow: 3 });
	const told: string[] = [];
	const results: RunResult[] = [
		'Failed',
		'Failed',
		'Success',
		'Failed',
		'Failed',
		'Failed',
		'Failed',
	];
	for (const result of results) {
		end('SQL', result);
		told.push(...short(await poller.poll()));
	}
	expect(told).toEqual(['problem SQL#6', 'repeated SQL#7']);
});

it('remembers nothing of runs that belong to no job', async () => {
	const poller = await trigger();
	for (let index = 0; index < 50; index++) {
		const id = `alone ${index}`;
		end(id, 'Failed', { id, jobId: id });
	}
	expect(await poller.poll()).toHaveLength(50);
	expect((poller.memory as { own: object }).own).toEqual({ jobs: {} });
});

describe('a failure that the job will retry', () => {
	it('is left out, and the last one is told', async () => {
		const poller = await trigger();
		end('SQL', 'Failed', { retry: true });
		end('SQL', 'Failed', { retry: true });
		const last = end('SQL', 'Failed');
		const told = await poller.poll();
		expect(short(told)).toEqual([`problem ${last}`]);
		expect(told[0]?.current).toMatchObject({ failuresInRow: 1 });
	});

	it('is told where that is wanted', async () => {
		const poller = await trigger({ onlyAfterLastRetry: false });
		const first = end('SQL', 'Failed', { retry: true });
		expect(short(await poller.poll())).toEqual([`problem ${first}`]);
	});
});

it('gives one item per object where that is wanted', async () => {
	const poller = await trigger({ onePer: 'object' });
	const id = end('SQL', 'Failed');
	const told = await poller.poll();
	expect(short(told)).toEqual([`problem ${id}#vm1#0`, `problem ${id}#vm2#1`]);
	expect(told.map(({ message }) => message)).toEqual([
		'Backup Job "SQL" failed:\n• vm1: SQL has no space · Task failed',
		'Backup Job "SQL" failed:\n• vm2: SQL has no space · Task failed',
	]);
});

it('tells the failure without reasons where they are not wanted', async () => {
	const poller = await trigger({ includeReasons: false });
	end('SQL', 'Failed');
	const [told] = await poller.poll();
	expect([told?.message, told?.details]).toEqual([
		'Backup Job "SQL" failed:\nSee the log',
		{ reasons: [] },
	]);
});

describe('reasons that cannot be read', () => {
	const error = (httpCode?: string, transient = false) => {
		const made = new NodeApiError({ name: 'n', type: 't' } as never, {} as never, {
			message: 'No right to read tasks',
			...(httpCode ? { httpCode } : {}),
		});
		made.context.transient = transient;
		return made;
	};

	it('do not hide the failure', async () => {
		const poller = await trigger();
		unreadable = error('403');
		end('SQL', 'Failed');
		const [told] = await poller.poll();
		expect(told?.details).toEqual({ reasons: [], reasonsError: 'No right to read tasks' });
	});

	it('are read at the next poll when the server was away', async () => {
		const poller = await trigger();
		unreadable = error(undefined, true);
		const id = end('SQL', 'Failed');
		await expect(poller.poll()).rejects.toThrow();
		unreadable = undefined;
		expect(short(await poller.poll())).toEqual([`problem ${id}`]);
	});
});

describe('an incident of a job that fails', () => {
	const nights = async (results: RunResult[], options: IDataObject = {}) => {
		const poller = await trigger({ includeReasons: false, ...options });
		const told: string[] = [];
		for (const result of results) {
			end('SQL', result);
			told.push(...(await poller.poll()).map(({ transition }) => transition));
		}
		return told;
	};

	it('is opened by the first failure; further ones belong to it; success closes it', async () => {
		expect(await nights(['Failed', 'Failed', 'Failed', 'Success', 'Failed'])).toEqual([
			...['problem', 'repeated', 'repeated', 'recovered', 'problem'],
		]);
	});

	it('is closed by a warning, and 30 nights of warnings leave the ticket closed', async () => {
		const warnings = Array.from({ length: 30 }, () => 'Warning' as const);
		const told = await nights(['Failed', ...warnings, 'Failed'], { runResults: ['Failed'] });
		expect(told).toEqual(['problem', 'recovered', 'problem']);
	});

	it('stays open over warnings where they do not count as recovered', async () => {
		const options = { runResults: ['Failed'], warningRecovers: false };
		expect(await nights(['Failed', 'Warning', 'Failed', 'Warning', 'Success'], options)).toEqual([
			...['problem', 'repeated', 'recovered'],
		]);
	});

	it('a warning ends the row of failures, and does not speak of one', async () => {
		const poller = await trigger({ includeReasons: false });
		for (const result of ['Failed', 'Failed'] as const) end('SQL', result);
		await poller.poll();
		end('SQL', 'Warning');
		expect((await poller.poll())[0]?.message).not.toContain('in a row');
		end('SQL', 'Failed');
		expect((await poller.poll())[0]?.current).toMatchObject({ failuresInRow: 1 });
	});

	it('is not closed by a success that ended before the failure and appears after it', async () => {
		const poller = await trigger({ includeReasons: false });
		end('Other', 'Success');
		const endTime = new Date(Date.UTC(2026, 0, 10, 12, 1, 30)).toISOString();
		end('SQL', 'Failed');
		expect(short(await poller.poll())).toHaveLength(1);
		end('SQL', 'Success', { endTime });
		expect(await poller.poll()).toEqual([]);
		end('SQL', 'Success');
		expect((await poller.poll()).map(({ transition }) => transition)).toEqual(['recovered']);
	});
});

it('a session with 1,000 failed objects gives no more items than there is room for, and says so', async () => {
	const many = finishedRunsEvent(
		{ value: 'run', name: 'Run', description: '', ...fields },
		{
			...{ newest: () => Promise.resolve(sessions.slice(-1)), oldestFirst: true },
			since: async function* () {
				yield { items: sessions };
			},
			result: ({ result }) => result as never,
			id: ({ id }) => String(id),
			time: ({ endTime }) => endTime,
			isOver: () => true,
			run: (_, record) => ({ ...(record as Session), type: 'Backup Job' }),
			willBeRetried: () => false,
			reasons: () =>
				Promise.resolve(
					Array.from({ length: 1000 }, (_, index) => ({
						object: `vm${index}`,
						result: 'Failed',
						reasons: ['No space'],
					})),
				),
		},
	);
	const items = async (onePer: string) => {
		const poller = new Poller(many, () => ({ options: { ...defaults, onePer } }));
		await poller.poll();
		end('SQL', 'Failed');
		return await poller.poll({ remainingItems: 10 });
	};
	const perObject = await items('object');
	expect(perObject).toHaveLength(10);
	expect(perObject.at(-1)?.message).toContain('• and 990 more');
	const [one] = await items('session');
	expect(one?.details?.reasons).toHaveLength(100);
	expect(one?.details?.moreReasons).toBe(900);
	expect(one?.message).toContain('• and 990 more');
});
