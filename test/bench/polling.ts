import { join } from 'node:path';
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import { executeNode, TestCredentials } from '../support/executeNode';
import { ActiveTrigger } from '../support/pollNode';
import { PlainPaging, startSimulator } from './paging';

const SESSIONS = 50_000;
const REPOSITORIES = 10_000;

const EVENTS = ['sessionFinished', 'repositoryStateChanged'];

export interface PollingResult {
	events: string[];
	sessions: number;
	repositories: number;
	idle: Cost;
	/** Reads both lists whole, as a workflow without this package has to. */
	naive: Cost;
	/** Of what the trigger remembers. */
	stateBytes: number;
}

export interface Cost {
	requests: number;
	bytes: number;
	seconds: number;
}

/**
 * What a poll costs when nothing has happened: with the trigger, and read plainly by 200.
 *
 * @param trigger the built trigger node of Backup & Replication
 */
export async function weighPolling(
	trigger: INodeType,
	credentialType: new () => ICredentialType,
): Promise<PollingResult> {
	const { url, controlUrl, control, child } = await startSimulator(SESSIONS);
	try {
		await fetch(`${controlUrl}/estate/repositories`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ count: REPOSITORIES }),
		});
		const credentials = new TestCredentials([new credentialType()], {
			veeamBackupReplicationApi: {
				serverUrl: url,
				authentication: 'password',
				username: 'admin',
				password: 'veeam-demo',
				apiVersion: '1.3-rev2',
				ignoreSslIssues: true,
			},
		});
		const active = new ActiveTrigger({
			node: trigger,
			credentials,
			parameters: {
				events: EVENTS,
				repositoryConditions: ['offline', 'outOfDate', 'lowSpace', 'fullSoon'],
			},
		});
		const cost = async (work: () => Promise<unknown>): Promise<Cost> => {
			await control.clearRequests();
			const start = performance.now();
			await work();
			const seconds = (performance.now() - start) / 1000;
			const asked = await control.requests();
			const bytes = asked.reduce((sum, { answerBytes = 0 }) => sum + answerBytes, 0);
			return { requests: asked.length, bytes, seconds };
		};
		await active.activate();
		await active.poll();
		const idle = await cost(async () => await active.poll());
		let counts: number[] = [];
		const naive = await cost(async () => {
			counts = [await plainly(credentials, 'sessions'), await plainly(credentials, 'repositories')];
		});
		const [sessions = 0, repositories = 0] = counts;
		return { events: EVENTS, sessions, repositories, idle, naive, stateBytes: active.stateSize };
	} finally {
		child.removeAllListeners('exit');
		child.kill();
	}
}

const PATHS = {
	sessions: '/api/v1/sessions',
	repositories: '/api/v1/backupInfrastructure/repositories/states',
};

async function plainly(credentials: TestCredentials, list: keyof typeof PATHS): Promise<number> {
	const { items } = await executeNode({
		node: new PlainPaging(PATHS[list]),
		credentials,
	});
	const ids = new Set(items.map(({ json }) => (json as IDataObject).id));
	return ids.size;
}

/** Where the built trigger is. */
export const TRIGGER = join(
	__dirname,
	'../../dist/nodes/VeeamBackupReplication/VeeamBackupReplicationTrigger.node.js',
);
