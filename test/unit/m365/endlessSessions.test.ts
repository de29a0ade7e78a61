/** Job sessions that fail without an end: the server's filter by the end leaves them out. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, HOUR, iso, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire } from '../../campaign/wire';

interface Session {
	id: string;
	job: string;
	start: number;
	end?: number | string;
	status: string;
}

let clock: Clock;
beforeEach(() => (clock = new Clock(Date.parse('2026-03-02T07:00:00Z'))));
afterEach(() => clock.restore());

async function trigger(version: string) {
	const sessions: Session[] = [];
	const asked: Array<Record<string, string>> = [];
	const jobs = () => [...new Set(sessions.map(({ job }) => job))];
	const wire = new Wire(clock, 'vb365', version, ({ path, query }) => {
		if (path === '/CopyJobs' || path === '/Organizations') return { list: [], unpaged: true };
		if (path === '/Jobs')
			return {
				unpaged: version !== 'v8',
				list: jobs().map((id) => {
					const last = sessions.filter(({ job }) => job === id).at(-1)!;
					return {
						id,
						name: id,
						isEnabled: true,
						lastRun: iso(last.start),
						lastStatus: last.status,
					};
				}),
			};
		asked.push(query);
		const bound = Date.parse(query.endTimeLowerBound ?? '');
		return {
			list: sessions
				.filter(({ job }) => query.jobId === undefined || query.jobId === job)
				// What has no end is not after any.
				.filter(({ end }) => Number.isNaN(bound) || (typeof end === 'number' && end >= bound))
				.map(({ id, job, start, end, status }) => ({
					...{ id, creationTime: iso(start), status, retryCount: 0, jobType: 'Backup' },
					...(end === undefined ? {} : { endTime: typeof end === 'number' ? iso(end) : end }),
					...(version === 'v8' ? { jobId: job } : {}),
					_links: { job: { href: `/${version}/Jobs/${job}` } },
				})),
		};
	});
	const host = new Host({
		...{ node: await triggerOf('vb365'), clock, wire, keeping: 'memory' },
		parameters: {
			events: ['jobSessionFinished'],
			jobSessionFinishedOptions: { includeReasons: false },
			options: {},
		},
		credential: credentialOf('vb365', version),
	});
	const poll = async (minutes = 6) => {
		clock.now += minutes * MINUTE;
		asked.length = 0;
		const { items, error } = await host.poll(CALM);
		if (error) throw error;
		return items.map(({ transition, object }) => `${String(transition)} ${nameOf(object)}`);
	};
	const run = (job: string, status: string, end?: number | string) =>
		sessions.push({ id: `s${sessions.length + 1}`, job, start: clock.now - MINUTE, end, status });
	return { host, poll, run, asked, sessions };
}

const nameOf = (object: unknown) => String((object as IDataObject).name);

describe.each(['v6', 'v7', 'v8'])('%s', (version) => {
	it.each([
		['missing', undefined],
		['in the year 1', '0001-01-01T00:00:00Z'],
	])('a failure whose end is %s is reported once, and ends with a success', async (_, end) => {
		const { host, poll, run, asked } = await trigger(version);
		for (const job of ['a', 'b']) run(job, 'Success', clock.now);
		run('old', 'Failed', end);
		await host.activate(CALM);
		expect(await poll()).toEqual([]);
		run('a', 'Failed', end);
		run('b', 'Failed', clock.now);
		expect((await poll()).sort()).toEqual(['problem a', 'problem b']);
		for (let count = 0; count < 6; count++) {
			expect(await poll()).toEqual([]);
			expect(asked.length).toBeLessThanOrEqual(3);
		}
		clock.now += HOUR;
		run('a', 'Success', clock.now);
		expect(await poll()).toEqual(['recovered a']);
	});

	it('many are found in turn, with few requests each', async () => {
		const { host, poll, run, asked } = await trigger(version);
		const names = Array.from({ length: 23 }, (_, index) => `job-${index}`);
		for (const name of names) run(name, 'Success', clock.now);
		await host.activate(CALM);
		await poll();
		for (const name of names) run(name, 'Failed');
		const heard: string[] = [];
		for (let count = 0; count < 8; count++) {
			heard.push(...(await poll()));
			expect(asked.length).toBeLessThanOrEqual(7);
		}
		expect(heard.sort()).toEqual(names.map((name) => `problem ${name}`).sort());
		// Nothing more is asked for what was found.
		await poll();
		expect(asked.length).toBeLessThanOrEqual(1);
	});

	it('one that n8n finds again after a restart is the same', async () => {
		const { host, poll, run } = await trigger(version);
		run('a', 'Success', clock.now);
		await host.activate(CALM);
		clock.now += 6 * MINUTE;
		run('a', 'Failed');
		const lost = await host.poll(CALM, true);
		host.boot();
		clock.now += 6 * MINUTE;
		const again = await host.poll(CALM);
		expect(again.items.map(({ eventId }) => eventId)).toEqual(
			lost.items.map(({ eventId }) => eventId),
		);
		expect(lost.items).toHaveLength(1);
		expect(await poll()).toEqual([]);
	});
});
