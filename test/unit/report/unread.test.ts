/**
 * "All is well" only of what was read: estates of every product and version that are well, on servers that
 * refuse a list, cut it off, leave something out of it or put nothing in the place of a record. The
 * judgement knows the answer that was changed and nothing of the report.
 */
import type { IDataObject } from 'n8n-workflow';

import { collect as collectMicrosoft365 } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import { collect as collectReplication } from '../../../nodes/VeeamBackupReplication/report/collect';
import { collect as collectConsole } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import type { VeeamClient } from '../../../nodes/shared/http/types';
import type { ReportModel, ReportSection } from '../../../nodes/shared/report/model';
import { backupServer, REVISIONS } from '../../support/backupServer';
import { refused, request } from '../../support/reportClient';
import { makeEstate } from '../m365/oracle/estate';
import { diceOf } from '../m365/oracle/random';
import { VERSIONS as MICROSOFT_365 } from '../m365/oracle/schema';
import { serve } from '../m365/oracle/server';
import { consoleOf } from '../vspc/console';
import { estateOf, VERSIONS as CONSOLES } from '../vspc/estates';

jest.setTimeout(300_000);

/** Estates of one version that are looked at: those of the first seeds that are well. */
const ESTATES = 3;
const SEEDS = 60;

/** No section needs them: the line in the head is missing without them. */
const HEADS = ['/ServiceInstance', '/about', '/api/v1/serverInfo'];

const SECTIONS: ReportSection[] = [
	'jobs',
	'missedRuns',
	'unprotected',
	'repositories',
	'licenses',
	'findings',
];

const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

const job = (id: string, name: string) => ({
	...{ id, name, type: 'Backup', status: 'inactive', workload: 'vm', isEnabled: true },
	...{ lastResult: 'Success', lastRun: at(-3), nextRun: at(9) },
});
const session = (jobId: string) => ({
	...{ id: `session of ${jobId}`, jobId, name: jobId, sessionType: 'BackupJob', state: 'Stopped' },
	...{ usn: 1, creationTime: at(-3), endTime: at(-2) },
	result: { result: 'Success', message: '', isCanceled: false },
});
const repository = (id: string) => ({
	...{ id, name: id, type: 'WinLocal', hostId: 'h', hostName: 'h', path: 'C:\\', isOnline: true },
	...{ capacityGB: 100, freeGB: 50, usedSpaceGB: 50 },
});

const context = () => ({ getWorkflowStaticData: () => ({}) });
const wanted = (more: ReportSection[], hours = 24) =>
	request({ sections: [...SECTIONS, ...more], hours });

/** Estates of a product and version, and its report on a client. */
interface Product {
	name: string;
	clientOf(seed: number): VeeamClient;
	report(client: VeeamClient, seed: number): Promise<ReportModel[]>;
}

const PRODUCTS: Product[] = [
	...REVISIONS.map(
		(revision): Product => ({
			name: `Backup & Replication ${revision}`,
			clientOf: (seed) =>
				backupServer(revision, {
					jobs: [job('j1', 'SQL'), job('j2', 'Mail'), job('j3', 'Web')].slice(0, seed),
					sessions: ['j1', 'j2', 'j3'].slice(0, seed).map(session),
					repositories: ['r1', 'r2', 'r3'].slice(0, seed).map(repository),
					license: { status: 'Valid' },
				}),
			report: async (client) => [await collectReplication(context(), client, wanted([]))],
		}),
	),
	...MICROSOFT_365.map((version): Product => {
		const estate = (seed: number) =>
			makeEstate(diceOf(seed * 3 + MICROSOFT_365.indexOf(version)), version);
		return {
			name: `Microsoft 365 ${version}`,
			clientOf: (seed) => serve(estate(seed)).client,
			report: async (client, seed) => [
				await collectMicrosoft365(context(), client, wanted([], estate(seed).hours)),
			],
		};
	}),
	...CONSOLES.map(
		(version): Product => ({
			name: `Service Provider Console ${version}`,
			clientOf: (seed) => consoleOf(estateOf(seed, version), 500).client,
			report: async (client) => await collectConsole(context(), client, wanted(['tenants'])),
		}),
	),
];

/** Of an answer: the list in it, and the answer with another list. */
function listIn(body: unknown): [unknown[], (list: unknown) => unknown] | undefined {
	if (Array.isArray(body)) return [body, (list) => list];
	const key = ['data', 'results', 'items'].find((one) =>
		Array.isArray((body as IDataObject | undefined)?.[one]),
	);
	if (key === undefined) return undefined;
	const record = body as IDataObject;
	return [record[key] as unknown[], (list) => ({ ...record, [key]: list })];
}

const totalIn = (body: unknown): number => {
	const { totalCount, pagination, meta } = (body ?? {}) as Record<string, IDataObject>;
	const { total } = (pagination ?? meta?.pagingInfo ?? { total: totalCount }) as IDataObject;
	return typeof total === 'number' ? total : 0;
};

/** A change of an answer; undefined where it is none of this answer. */
type Change = (body: unknown) => unknown;

const ofList =
	(change: (list: unknown[]) => unknown): Change =>
	(body) => {
		const found = listIn(body);
		return found && found[1](change(found[0]));
	};

const inRecord = (put: unknown): Change =>
	ofList((list) => (list.length > 0 ? [put, ...list.slice(1)] : [put]));

const CHANGES: Record<string, Change> = {
	'is refused with 403': () => refused(403),
	'fails with 500': () => refused(500),
	'is not there': () => refused(404),
	'is empty': () => '',
	'is null': () => null,
	'is cut off': () => '{"data":[{"id',
	'is a page of a proxy': () => '<html>',
	'has nothing in it': () => ({}),
	'has null in its envelope': (body) => {
		const { data } = (body ?? {}) as IDataObject;
		return typeof data === 'object' && !Array.isArray(data) ? { data: null } : undefined;
	},
	'has an object for a list': ofList(() => ({})),
	'has a record of null': inRecord(null),
	'has a text for a record': inRecord('x'),
	'has a record without a field': inRecord({}),
	'has fewer than it says': (body) => {
		const found = listIn(body);
		return found && totalIn(body) > 0 ? found[1](found[0].slice(1)) : undefined;
	},
	'has nothing although it says that there is something': (body) => {
		const found = listIn(body);
		return found && totalIn(body) > 0 ? found[1]([]) : undefined;
	},
};

/** The client, with one of its answers changed; whether it was asked for it. */
function changed(client: VeeamClient, path: string, change: Change) {
	const done = { isChanged: false };
	const other: VeeamClient = {
		...client,
		request: async (one) => {
			const answer = await client.request(one);
			if (one.path !== path) return answer;
			const body = change(answer.body);
			if (body === undefined) return answer;
			done.isChanged = true;
			if (body instanceof Error) throw body;
			return { ...answer, body: body as IDataObject };
		},
	};
	return { client: other, done };
}

const isGood = (models: ReportModel[]) => models.every(({ verdict }) => verdict.status === 'good');

/** Runs are known by two more lists where the first is short: those that failed, and that warned. */
const isKnownOtherwise = (path: string, how: string) =>
	path === '/api/v1/sessions' && /^has (fewer|nothing although)/.test(how);

it.each(PRODUCTS)('$name: no good verdict where something was not read', async (product) => {
	const wrong: string[] = [];
	let estates = 0;
	let changes = 0;
	for (let seed = 1; seed <= SEEDS && estates < ESTATES; seed++) {
		const asked = new Set<string>();
		const client = product.clientOf(seed);
		const watched: VeeamClient = {
			...client,
			request: async (one) => {
				asked.add(one.path);
				return await client.request(one);
			},
		};
		if (!isGood(await product.report(watched, seed))) continue;
		estates++;
		for (const path of asked) {
			if (HEADS.includes(path)) continue;
			for (const [how, change] of Object.entries(CHANGES)) {
				const { client: hostile, done } = changed(product.clientOf(seed), path, change);
				const models = await product.report(hostile, seed).catch(() => undefined);
				if (!done.isChanged) continue;
				changes++;
				if (models && isGood(models) && !isKnownOtherwise(path, how))
					wrong.push(`${path} ${how} (seed ${seed}): ${models[0]?.verdict.text}`);
			}
		}
	}
	expect(wrong).toEqual([]);
	expect(estates).toBe(ESTATES);
	expect(changes).toBeGreaterThan(ESTATES * 50);
});
