/**
 * What holds for one product's lists must hold for the others': a clock that is wrong for a while, a list
 * that the user may not read, a job that is deleted. The worlds are the campaign's.
 */
import type { IDataObject } from 'n8n-workflow';

import { Clock, HOUR, iso, MINUTE } from '../../campaign/clock';
import { Dice } from '../../campaign/dice';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { anyAnswer } from '../../campaign/runStates';
import { CALM, Wire, type Answer, type Product, type Request } from '../../campaign/wire';
import { RECORD_WORLDS, type Happened, type RecordWorld } from '../../campaign/worlds/records';
import { STATE_WORLDS, type StateWorld, type Thing } from '../../campaign/worlds/states';

const NOW = Date.parse('2026-03-02T07:00:00Z');

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

function workflowOf(
	product: Product,
	version: string,
	answer: (request: Request) => Answer | undefined,
	parameters: IDataObject,
) {
	const wire = new Wire(clock, product, version, answer);
	const host = new Host({
		...{ node: triggerOf(product), clock, wire, keeping: 'memory', parameters },
		credential: credentialOf(product, version),
	});
	const polls = async (count: number, minutes = 6): Promise<IDataObject[]> => {
		const all: IDataObject[] = [];
		for (let poll = 0; poll < count; poll++) {
			clock.now += minutes * MINUTE;
			const { items, error } = await host.poll(CALM);
			if (error) throw error;
			all.push(...items);
		}
		return all;
	};
	return { wire, host, polls };
}

const short = ({ transition, condition, object }: IDataObject): string =>
	[transition, condition, (object as IDataObject).id].join(' ');

const named = <World extends { product: string; event: string }>(worlds: World[]) =>
	worlds.map((world) => [`${world.product} ${world.event}`, world] as [string, World]);

describe("a server's clock that is three hours ahead for a while", () => {
	it.each(named(STATE_WORLDS))('opens and closes nothing: %s', async (_, world: StateWorld) => {
		const { product, versions, event, parameters, kinds } = world;
		const version = versions[versions.length - 1]!;
		const things = (level: number): Thing[] =>
			Object.entries(kinds).flatMap(([kind, { conditions, values = {}, id }]) => ({
				...{ id: id ?? `${kind}-0-0000`, name: `${kind} 0`, kind, isThere: true, count: 1 },
				level: Object.fromEntries(Object.keys(conditions).map((name) => [name, level])),
				since: Object.fromEntries(Object.keys(conditions).map((name) => [name, NOW - HOUR])),
				value: Object.fromEntries(Object.entries(values).map(([name, [one]]) => [name, one!])),
			}));
		let there = things(0);
		const { wire, host, polls } = workflowOf(
			...([product, version] as const),
			(request) => world.answer(there, request, version) ?? anyAnswer(product, request, version),
			{ ...parameters, events: [event], options: { reminderHours: 24 } },
		);
		await host.activate(CALM);
		await polls(2);
		there = things(1);
		const problems = (await polls(3)).map(short);
		const jump = async () => {
			wire.ahead = 3 * HOUR;
			const ahead = await polls(4);
			wire.ahead = 0;
			return [...ahead, ...(await polls(4))].map(short);
		};
		expect(await jump()).toEqual([]);
		there = things(0);
		const ends = (await polls(3)).map(short).sort();
		expect(ends).toEqual(problems.map((one) => one.replace('problem', 'recovered')).sort());
		expect(await jump()).toEqual([]);
	});

	it.each(named(RECORD_WORLDS.filter(({ judged }) => judged !== 'requests')))(
		'loses nothing and repeats nothing: %s',
		async (_, world: RecordWorld) => {
			const { product, versions, event, idOf } = world;
			const version = versions[versions.length - 1]!;
			const all: Happened[] = [];
			const dice = new Dice(1);
			const { wire, host, polls } = workflowOf(
				...([product, version] as const),
				(request) =>
					world.answer(all, request, version, dice) ?? anyAnswer(product, request, version),
				{ ...world.parameters(dice), events: [event], options: {} },
			);
			const end = (owner: number) => {
				const at = clock.now + wire.ahead;
				all.push({
					...{ id: `00000000-0000-4000-8000-00000000000${all.length}`, owner: `job-${owner}` },
					...{ start: at - MINUTE, end: at, visible: at, result: 'Failed' },
				});
			};
			await host.activate(CALM);
			const heard: IDataObject[] = [];
			for (const [owner, ahead] of [0, 3, 3, 0, 0].entries()) {
				wire.ahead = ahead * HOUR;
				clock.now += MINUTE;
				end(owner);
				heard.push(...(await polls(2)));
			}
			heard.push(...(await polls(12, 40)));
			expect(heard.map(idOf).sort()).toEqual(all.map(({ id }) => id).sort());
		},
	);
});

describe('a list that the user may not read is named, and the others are watched', () => {
	const refused: Answer = {
		status: 403,
		body: { message: 'Forbidden', errorCode: 'AccessDenied' },
	};
	const heardOf = async (
		product: Product,
		version: string,
		event: string,
		answer: (path: string) => Answer | undefined,
	) => {
		const { host, polls } = workflowOf(product, version, ({ path }) => answer(path), {
			...{ events: [event], options: {} },
		});
		const first = await host.activate(CALM);
		return [...first.items, ...(await polls(3))];
	};

	it('of Backup & Replication: proxies, while servers are', async () => {
		let looks = 0;
		const heard = await heardOf('vbr', '1.3-rev2', 'proxyOrServerStateChanged', (path) => {
			if (path.endsWith('/proxies/states')) return refused;
			const status = looks++ === 0 ? 'Available' : 'Unavailable';
			return { list: [{ id: 's1', name: 'srv', type: 'WindowsHost', status }] };
		});
		expect(heard.map(short)).toEqual([
			expect.stringMatching(/^problem unreadable /),
			'problem unavailable s1',
		]);
		expect(String(heard[0]!.message)).toMatch(/prox/i);
	});

	it('of Microsoft 365: data retrievals, while restores are', async () => {
		const restore = {
			...{ id: 'r1', name: 'Restore', type: 'Vex', state: 'Working', result: 'None' },
			...{ creationTime: iso(NOW + MINUTE), initiatedBy: 'me' },
		};
		const heard = await heardOf('vb365', 'v8', 'sessionStarted', (path) => {
			if (path === '/DataRetrievalSessions') return refused;
			return { list: path === '/RestoreSessions' && clock.now > NOW + MINUTE ? [restore] : [] };
		});
		expect(heard.map(short)).toEqual([
			expect.stringMatching(/^problem unreadable /),
			'started started r1',
		]);
		expect(String(heard[0]!.message)).toMatch(/retrieval/i);
	});
});

describe('a job that is deleted while it fails', () => {
	const session = (end: number): IDataObject => ({
		...{ id: 's1', jobId: 'j1', name: 'Daily', state: 'Stopped', status: 'Failed', details: '' },
		...{ sessionType: 'BackupJob', jobType: 'Backup', jobWillBeRetried: false, retryCount: 0 },
		...{ creationTime: iso(end - MINUTE), endTime: iso(end) },
		result: { result: 'Failed', message: '', isCanceled: false },
	});
	it.each([
		['vbr', '1.3-rev2', 'sessionFinished', '/api/v1/sessions', '/api/v1/jobs/states'],
		['vb365', 'v8', 'jobSessionFinished', '/JobSessions', '/Jobs'],
	] as const)('of %s %s closes', async (product, version, event, path, jobs) => {
		const sessions: IDataObject[] = [];
		let there: IDataObject[] = [{ id: 'j1', name: 'Daily', isEnabled: true, status: 'inactive' }];
		const { host, polls } = workflowOf(
			...([product, version] as const),
			(request) => ({
				list: request.path === path ? sessions : request.path === jobs ? there : [],
			}),
			{
				events: [event],
				[`${event}Options`]: { includeReasons: false, onlyAfterLastRetry: false },
				options: {},
			},
		);
		await host.activate(CALM);
		clock.now += MINUTE;
		sessions.push(session(clock.now));
		expect((await polls(2)).map(short)).toEqual(['problem failed j1']);
		expect(await polls(3, 65)).toEqual([]);
		there = [];
		const closed = await polls(4, 65);
		expect(closed.map(short)).toEqual(['recovered failed j1']);
		expect(closed[0]!.current).toMatchObject({ gone: true });
	});
});
