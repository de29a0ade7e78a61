/** What holds for every event of the trigger of Veeam Backup & Replication. */
import type { INodeParameters } from 'n8n-workflow';

import { trigger } from '../../nodes/VeeamBackupReplication/triggers';
import { NO_PROBLEM, SAMPLES, THERE_AT_FIRST } from './backupReplicationTrigger.samples';
import {
	eventOn,
	glance,
	requestsOf,
	sampleOf,
	simulator,
	triggerOn,
	useSimulator,
} from './backupReplicationTrigger.support';

useSimulator();

const EVENTS = trigger.events.map(({ value }) => value);

/** Two lists in one event. */
const TWO_LISTS = ['proxyOrServerStateChanged'];

/** The simulated server has had no restore: any session that began will do. */
const SHOWN: Record<string, INodeParameters> = { sessionStarted: { sessionStartedTypes: [] } };

describe.each(EVENTS)('the event %s', (event) => {
	it('is silent at first, and costs one request a poll as long as nothing happens', async () => {
		const idle = eventOn(event);
		expect(await idle.activate()).toEqual([]);
		expect(await requestsOf(idle)).toHaveLength(TWO_LISTS.includes(event) ? 2 : 1);
		expect(await idle.poll()).toEqual([]);
	});

	it('tells what is wrong already where the user wants it', async () => {
		const loud = eventOn(event, { common: { emitCurrentProblems: true } });
		const told = glance(await loud.activate());
		expect(told).toEqual(THERE_AT_FIRST[event] ?? NO_PROBLEM);
		expect(await loud.poll()).toEqual([]);
	});

	it('shows a sample in a manual test and keeps its memory', async () => {
		const item = await sampleOf(eventOn(event, { fields: SHOWN[event] }));
		expect([item.event, String(item.message).split('\n')[0]]).toEqual([event, SAMPLES[event]]);
	});

	it('works with the oldest API version, or says clearly that it does not', async () => {
		const old = eventOn(event, { credential: { apiVersion: '1.2-rev1' } });
		const lacking = {
			proxyOrServerStateChanged: ['offline', 'outOfDate'],
			repositoryStateChanged: ['outOfDate'],
		}[event as string];
		expect(await old.activate()).toMatchObject(
			lacking === undefined
				? []
				: [{ event, condition: 'notInVersion', current: { notWatched: lacking } }],
		);
		expect(await old.poll()).toEqual([]);
	});
});

it('watches managed servers with the oldest API version, where proxies are not asked for', async () => {
	const old = eventOn('proxyOrServerStateChanged', {
		fields: { proxyOrServerConditions: ['unavailable'] },
		common: { emitCurrentProblems: true },
		credential: { apiVersion: '1.2-rev1' },
	});
	expect(glance(await old.activate())).toEqual([
		'problem: Managed server "nas01.example.lab" is unavailable.',
	]);
});

it('reports an event that the user may not read once, and goes on with the others', async () => {
	const viewer = triggerOn(
		{ events: ['license', 'repositoryStateChanged'] },
		{ username: '.\\viewer' },
	);
	const first = await viewer.activate();
	await simulator.control.repository('Main Repository', { isOnline: false });
	const second = await viewer.poll();
	expect(glance([...first, ...second, ...(await viewer.poll())])).toEqual([
		expect.stringMatching(/^problem: "License" cannot be watched: .*Backup Viewer does not allow/),
		'problem: Repository "Main Repository" is offline.',
	]);
});
