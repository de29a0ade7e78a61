/** What a trigger costs where a server is large: requests, bytes and what is remembered. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, HOUR, iso, MINUTE } from '../campaign/clock';
import { Host } from '../campaign/host';
import { credentialOf, triggerOf } from '../campaign/nodes';
import { CALM, Wire, type Answer, type Product } from '../campaign/wire';

export interface Scale {
	name: string;
	/** Of a poll in which nothing has happened. */
	requests: number;
	bytes: number;
	stateBytes: number;
}

interface Case {
	name: string;
	product: Product;
	version: string;
	parameters: IDataObject;
	/** Polls, an hour apart; two where left out. */
	hours?: number;
	answer(path: string, now: number): Answer | undefined;
}

const many = (count: number, record: (id: string, index: number) => IDataObject): IDataObject[] =>
	Array.from({ length: count }, (_, index) =>
		record(`7c37e4f0-0000-4000-8000-${String(index).padStart(12, '0')}`, index),
	);

const CASES: Case[] = [
	{
		name: '10,000 repositories, four conditions',
		product: 'vbr',
		version: '1.3-rev2',
		parameters: {
			events: ['repositoryStateChanged'],
			repositoryConditions: ['fullSoon', 'lowSpace', 'offline', 'outOfDate'],
		},
		hours: 48,
		answer: (path, now) =>
			path === '/api/v1/backupInfrastructure/repositories/states'
				? {
						list: many(10_000, (id, index) => ({
							...{ id, name: `Repository ${index}`, capacityGB: 10_000 },
							...{ freeGB: 5_000 - (now % 1000), isOnline: true, isOutOfDate: false },
						})),
					}
				: undefined,
	},
	{
		name: '5,000 jobs, state and missed runs, each with a past',
		product: 'vbr',
		version: '1.3-rev2',
		parameters: {
			events: ['jobStateChanged', 'jobMissedRun'],
			jobStateChangedChanges: ['added', 'isEnabled', 'lastResult', 'removed'],
			options: { maxItems: 100_000 },
		},
		hours: 4,
		answer: (path, now) =>
			path === '/api/v1/jobs/states'
				? {
						list: many(5000, (id, index) => ({
							...{ id, name: `Backup Job of the Customer ${index}` },
							status: Math.floor(now / HOUR + index) % 10 ? 'inactive' : 'disabled',
							lastResult: ['Success', 'Warning', 'Failed'][Math.floor(now / HOUR + index) % 3],
							// One in thirty is late at one time.
							nextRun: iso(now + (Math.floor(now / HOUR + index) % 30 ? HOUR : -5 * HOUR)),
							lastRun: iso(now - HOUR),
						})),
					}
				: undefined,
	},
	{
		name: '900 hourly Microsoft 365 jobs for 30 days, and 5,000 agent jobs',
		product: 'vspc',
		version: '3.6.1',
		parameters: { events: ['jobFinished'] },
		hours: 30 * 24,
		answer: (path, now) => {
			const hour = Math.floor(now / HOUR) * HOUR;
			const agents = path === '/infrastructure/backupAgents/jobs';
			const record = (id: string, index: number): IDataObject => ({
				...{ instanceUid: id, uniqueUid: id, name: `Job ${index}`, vb365ServerUid: 'server' },
				...{ status: 'Success', lastStatus: 'Success', isEnabled: true },
				...{ lastRun: iso(agents ? 0 : hour), lastEndTime: iso(0) },
			});
			if (agents) return { list: many(5000, record) };
			return {
				list: path === '/infrastructure/vb365Servers/organizations/jobs' ? many(900, record) : [],
			};
		},
	},
	{
		name: '5,000 agents of both kinds',
		product: 'vspc',
		version: '3.6.1',
		parameters: { events: ['agentStateChanged', 'managementAgentStateChanged'] },
		answer: (path, now) => ({
			list: /Agents$/.test(path)
				? many(5000, (id, index) => ({
						...{ instanceUid: id, name: `Agent ${index}`, hostName: `host${index}` },
						...{ status: path.includes('backup') ? 'Active' : 'Healthy', installationType: 'Full' },
						...{ connectionStatus: 'Online', managementAgentStatus: 'Online' },
						lastHeartbeatTime: iso(now),
					}))
				: [],
		}),
	},
];

/** @param only cases whose name has this */
export async function weighScales(only = ''): Promise<Scale[]> {
	const found: Scale[] = [];
	const cases = CASES.filter(({ name }) => name.includes(only));
	for (const { name, product, version, parameters, hours = 2, answer } of cases) {
		const clock = new Clock(Date.parse('2026-03-02T07:00:00Z'));
		try {
			const wire = new Wire(clock, product, version, ({ path, now }) => answer(path, now));
			wire.pageSize = 10_000;
			wire.latency = 1;
			const host = new Host({
				...{ node: await triggerOf(product), clock, wire, keeping: 'memory' as const },
				parameters: { options: {}, ...parameters },
				credential: credentialOf(product, version),
			});
			await host.activate(CALM);
			// Not each hour of a month needs a poll to show what is kept.
			const step = Math.max(1, Math.floor(hours / 24));
			for (let hour = 0; hour < hours; hour += step) {
				clock.now += step * HOUR;
				await host.poll(CALM);
			}
			clock.now += MINUTE;
			await host.poll(CALM);
			found.push({ name, requests: wire.sent, bytes: wire.bytes, stateBytes: host.stateSize });
		} finally {
			clock.restore();
		}
	}
	return found;
}
