/**
 * "Max Items per Poll" is true, whatever happens at once: objects with several problems, all of them gone,
 * all taken out by the user. The rest comes with the next polls, each once. The worlds are the campaign's.
 */
import type { IDataObject } from 'n8n-workflow';

import { Clock, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { anyAnswer } from '../../campaign/runStates';
import { CALM, Wire, type Answer, type Product } from '../../campaign/wire';
import { STATE_WORLDS, type StateWorld, type Thing } from '../../campaign/worlds/states';

const NOW = Date.parse('2026-03-02T07:00:00Z');
const ELSE = { events: ['serverReachability'] };

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

function workflowOf(
	product: Product,
	version: string,
	answer: (path: string, query: Record<string, string>) => Answer | undefined,
	given: IDataObject,
	maxItems: number,
) {
	const parameters: IDataObject = { ...given, options: { maxItems } };
	const wire = new Wire(clock, product, version, ({ path, query }) => answer(path, query));
	const host = new Host({
		...{ node: triggerOf(product), clock, wire, keeping: 'memory', parameters },
		credential: credentialOf(product, version),
	});
	/** @returns what so many polls gave, in short */
	const polls = async (count: number, edit: IDataObject = {}): Promise<string[]> => {
		Object.assign(parameters, edit);
		const all: IDataObject[] = [];
		for (let poll = 0; poll < count; poll++) {
			clock.now += 6 * MINUTE;
			const { items, error } = await host.poll(CALM);
			if (error) throw error;
			expect(items.length).toBeLessThanOrEqual(maxItems);
			all.push(...items);
		}
		expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(all.length);
		return all
			.map(({ transition, condition, object }) =>
				[transition, condition, (object as IDataObject).id].join(' '),
			)
			.sort();
	};
	return { host, polls };
}

const withConditions = STATE_WORLDS.filter(({ kinds }) =>
	Object.values(kinds).some(({ conditions }) => Object.keys(conditions).length > 0),
);

describe.each(
	withConditions.map((world) => [`${world.product} ${world.event}`, world] as [string, StateWorld]),
)('%s, two items a poll', (_, world) => {
	const { product, versions, event, kinds } = world;
	const version = versions[versions.length - 1]!;
	const make = (level: number): Thing[] =>
		Object.entries(kinds).flatMap(([kind, { conditions, values = {}, id, stays, most }]) =>
			Array.from({ length: id ? 1 : Math.min(most, 2) }, (_, index) => ({
				...{ id: id ?? `${kind}-${index}-0000`, name: `${kind} ${index}`, kind },
				...{ isThere: stays === true, count: 1 },
				level: Object.fromEntries(Object.keys(conditions).map((name) => [name, level])),
				since: Object.fromEntries(Object.keys(conditions).map((name) => [name, NOW])),
				value: Object.fromEntries(Object.entries(values).map(([name, [one]]) => [name, one!])),
			})),
		);
	const begin = async () => {
		const state = { things: make(0) };
		const { host, polls } = workflowOf(
			...([product, version] as const),
			(path, query) => {
				const request = { path, query, now: clock.now };
				return world.answer(state.things, request, version) ?? anyAnswer(product, request, version);
			},
			{ events: [event], ...world.parameters },
			2,
		);
		const { error } = await host.activate(CALM);
		expect(error).toBeUndefined();
		state.things = make(1);
		const problems = await polls(14);
		expect(problems.length).toBeGreaterThan(0);
		expect(problems.every((one) => one.startsWith('problem '))).toBe(true);
		expect(new Set(problems).size).toBe(problems.length);
		const ends = problems.map((one) => one.replace('problem', 'recovered'));
		return { state, polls, ends };
	};

	it('closes all that is gone or well', async () => {
		const { state, polls, ends } = await begin();
		state.things = make(0).filter(({ isThere }) => isThere);
		expect(await polls(16)).toEqual(ends);
	});

	it('closes all that is taken out', async () => {
		const { polls, ends } = await begin();
		expect(await polls(8, ELSE)).toEqual(ends);
	});
});

describe('finished runs', () => {
	const sessions = (result: string): IDataObject[] =>
		Array.from({ length: 6 }, (_, index) => ({
			...{ id: `s${index}`, jobId: `j${index}`, name: `Job ${index}`, sessionType: 'BackupJob' },
			...{ state: 'Stopped', creationTime: '2026-03-02T07:01:00Z' },
			endTime: `2026-03-02T07:0${index + 1}:30Z`,
			result: { result, message: '', isCanceled: false },
		}));
	const PICKED = {
		events: ['sessionFinished'],
		sessionFinishedResults: ['Failed'],
		sessionFinishedOptions: { includeReasons: false, onlyAfterLastRetry: false },
	};

	it.each([
		['jobs that were deleted', {}],
		['names that are left out', { excludeNames: 'Job*' }],
	])('the ends of %s', async (_, options) => {
		const state = { list: [] as IDataObject[], jobs: 6 };
		const { host, polls } = workflowOf(
			...(['vbr', '1.3-rev2'] as const),
			(path) =>
				path === '/api/v1/sessions'
					? { list: state.list }
					: {
							list: sessions('')
								.map(({ jobId, name }) => ({ id: jobId, name }))
								.slice(0, state.jobs),
						},
			PICKED,
			2,
		);
		await host.activate(CALM);
		state.list = sessions('Failed');
		const problems = await polls(20);
		expect(problems).toHaveLength(6);
		const ends = problems.map((one) => one.replace('problem', 'recovered'));
		if ('excludeNames' in options) {
			const sessionFinishedOptions = { ...PICKED.sessionFinishedOptions, ...options };
			expect(await polls(8, { sessionFinishedOptions })).toEqual(ends);
			return;
		}
		state.jobs = 0;
		expect(await polls(50)).toEqual(ends);
	});

	it.each([
		['jobs that were deleted', {}],
		['names that are left out', { excludeNames: 'Job*' }],
		['results that are taken out', { results: ['Warning'] }],
	])('of the console: the ends of %s', async (_, options) => {
		const state = { status: 'Success', jobs: 6 };
		const { host, polls } = workflowOf(
			...(['vspc', '3.6.1'] as const),
			(path) => ({
				list:
					path === '/infrastructure/backupServers/jobs'
						? Array.from({ length: state.jobs }, (_, index) => ({
								...{ instanceUid: `j${index}`, name: `Job ${index}`, status: state.status },
								lastRun: '2026-03-02T07:00:00Z',
								lastEndTime: `2026-03-02T0${state.status === 'Failed' ? 8 : 6}:0${index}:00Z`,
							}))
						: [],
			}),
			{
				...{ events: ['jobFinished'], jobFinishedKinds: ['server'] },
				...{ jobFinishedResults: ['Failed'], jobFinishedOptions: {} },
			},
			2,
		);
		await host.activate(CALM);
		state.status = 'Failed';
		const problems = await polls(6);
		expect(problems).toHaveLength(6);
		const ends = problems.map((one) => one.replace('problem', 'recovered'));
		if ('excludeNames' in options)
			expect(await polls(6, { jobFinishedOptions: options })).toEqual(ends);
		else if ('results' in options)
			expect(await polls(6, { jobFinishedResults: options.results })).toEqual(ends);
		else {
			state.jobs = 0;
			expect(await polls(8)).toEqual(ends);
		}
	});
});
