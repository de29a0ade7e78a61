/** Settings that change where an event reads several lists, or where the first look with them is cut. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, HOUR, iso, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire, type Answer, type Product } from '../../campaign/wire';

const NOW = Date.parse('2026-03-02T07:00:00Z');

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

function workflowOf(
	product: Product,
	version: string,
	parameters: IDataObject,
	answer: (path: string) => Answer | undefined,
) {
	const wire = new Wire(clock, product, version, ({ path }) => answer(path));
	const host = new Host({
		...{ node: triggerOf(product), clock, wire, keeping: 'memory', parameters },
		credential: credentialOf(product, version),
	});
	const polls = async (count: number, edit: IDataObject = {}): Promise<string[]> => {
		Object.assign(parameters, edit);
		const all: string[] = [];
		for (let poll = 0; poll < count; poll++) {
			clock.now += 5 * MINUTE;
			const { items, error } = await host.poll(CALM);
			if (error) throw error;
			all.push(
				...items.map(({ transition, object }) =>
					[transition, (object as IDataObject).id].join(' '),
				),
			);
		}
		return all;
	};
	return { host, polls };
}

it('a kind of jobs that is picked later begins silently, with its runs of the last days', async () => {
	const ended: Record<string, number> = { agent: NOW - HOUR, server: NOW - HOUR };
	const job = (kind: string): IDataObject => ({
		...{ instanceUid: kind, uniqueUid: kind, name: kind, status: 'Failed', isEnabled: true },
		...{ lastRun: iso(ended[kind]! - MINUTE), lastEndTime: iso(ended[kind]!) },
	});
	const { host, polls } = workflowOf(
		...(['vspc', '3.6.1'] as const),
		{ events: ['jobFinished'], jobFinishedKinds: ['agent'], options: {} },
		(path) => ({
			list:
				path === '/infrastructure/backupAgents/jobs'
					? [job('agent')]
					: path === '/infrastructure/backupServers/jobs'
						? [job('server')]
						: [],
		}),
	);
	await host.activate(CALM);
	await polls(2);
	// It ends while nobody watches its kind.
	ended.server = clock.now;
	await polls(3);
	expect(await polls(3, { jobFinishedKinds: ['agent', 'server'] })).toEqual([]);
	ended.server = clock.now;
	expect(await polls(2)).toEqual(['problem server']);
	ended.agent = clock.now;
	expect(await polls(2)).toEqual(['problem agent']);
});

it('an alarm that is triggered while the first look with other settings is cut is reported', async () => {
	const alarm = (id: string, status: string, time: number): IDataObject => ({
		...{ instanceUid: id, alarmTemplateUid: 'tpl', repeatCount: 1 },
		object: { instanceUid: id, objectName: id, type: 'BackupServerJob' },
		lastActivation: { status, time: iso(time), message: '' },
	});
	const active: IDataObject[] = [];
	const { host, polls } = workflowOf(
		...(['vspc', '3.6.1'] as const),
		{ events: ['alarm'], alarmSeverities: ['Error'], options: { maxItems: 1 } },
		(path) => ({ list: path === '/alarms/active' ? active : [] }),
	);
	await host.activate(CALM);
	for (const id of ['a', 'b', 'c']) active.push(alarm(id, 'Error', clock.now));
	active.push(alarm('warned', 'Warning', clock.now));
	expect(await polls(4)).toHaveLength(3);
	for (const [index, id] of ['a', 'b', 'c'].entries())
		active[index] = alarm(id, 'Resolved', clock.now);
	const said = await polls(1, { alarmSeverities: ['Error', 'Warning'] });
	active.push(alarm('new', 'Error', clock.now));
	said.push(...(await polls(6)));
	// What the settings before left out is known silently.
	expect(said.map((one) => one.split('/').pop()).sort()).toEqual(['a', 'b', 'c', 'new']);
});

it('a list that waits for its turn adopts the settings when it is read', async () => {
	const make = (letter: string): IDataObject[] =>
		[0, 1].map((index) => ({
			...{ id: `${letter}${index}`, name: `${letter}${index}`, isOnline: true, isDisabled: false },
			...{ type: 'ViProxy', status: 'Available', isOutOfDate: false },
		}));
	const [proxies, servers] = [make('p'), make('s')];
	const { host, polls } = workflowOf(
		...(['vbr', '1.3-rev2'] as const),
		{
			events: ['proxyOrServerStateChanged'],
			proxyOrServerConditions: ['offline'],
			options: { maxItems: 1 },
		},
		(path) => ({ list: path.endsWith('/proxies/states') ? proxies : servers }),
	);
	await host.activate(CALM);
	for (const proxy of proxies) proxy.isOnline = false;
	expect(await polls(4)).toEqual(['problem p0', 'problem p1']);
	for (const proxy of proxies) proxy.isOnline = true;
	for (const server of servers) server.status = 'Unavailable';
	// The servers' turn comes after two polls; that they are unavailable is nothing new by then.
	const said = await polls(8, { proxyOrServerConditions: ['offline', 'unavailable'] });
	expect(said).toEqual(['recovered p0', 'recovered p1']);
	servers[0]!.status = 'Available';
	expect(await polls(3)).toEqual([]);
	servers[0]!.status = 'Unavailable';
	expect(await polls(3)).toEqual(['problem s0']);
});
