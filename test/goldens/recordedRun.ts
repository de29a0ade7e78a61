import { request } from 'node:https';
import type { ICredentialType, IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import nock from 'nock';

import type { RunningServer } from '../../simulator';
import { ActiveTrigger } from '../support/pollNode';
import { shapeOf } from './forms';

/** When the recorded run happened: a Thursday noon. */
export const NOW = new Date('2026-01-15T12:00:00Z');

/** The name under which the simulated server is reached: keys and ids hold it. */
const SERVER = 'https://backup.golden.example:9419';

/**
 * Activates a trigger with all its events and "Emit Current Problems".
 *
 * @returns one line per item (event, transition, incident key, event id), and the stored state's shape
 */
export async function recordedRun(
	Node: new () => INodeType,
	Credential: new () => ICredentialType,
	credential: Record<string, string>,
	simulator: RunningServer,
): Promise<{ items: string; state: string }> {
	const node = new Node();
	const credentialType = new Credential();
	const [events] = node.description.properties;
	const parameters = {
		events: (events!.options as Array<{ value: string }>).map(({ value }) => value),
		options: { emitCurrentProblems: true },
	} as unknown as INodeParameters;
	forwardTo(simulator.url);
	try {
		const trigger = new ActiveTrigger({
			node,
			parameters,
			credentials: {
				types: [Credential],
				data: {
					[credentialType.name]: { ...credential, serverUrl: SERVER, allowUnauthorizedCerts: true },
				},
			},
		});
		const items = await trigger.activate();
		// A poll goes on where an event fails: what it would have recorded is missing then.
		if (trigger.state.includes('"failure"')) throw new Error(`An event failed: ${trigger.state}`);
		return {
			items: `${items.map(line).sort().join('\n')}\n`,
			state: `${JSON.stringify(shapeOf(JSON.parse(trigger.state)), null, '\t')}\n`,
		};
	} finally {
		nock.cleanAll();
	}
}

const line = ({ event, transition, incidentKey, eventId }: IDataObject): string =>
	[event, transition, incidentKey, eventId].map(String).join('  ');

function forwardTo(url: string): void {
	const answer = async function (
		this: nock.ReplyFnContext,
		uri: string,
		body: nock.Body,
	): Promise<[number, string, IDataObject]> {
		const { method, headers } = this.req as unknown as {
			method: string;
			headers: Record<string, string>;
		};
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return await new Promise((resolve, reject) => {
			const forwarded = request(
				`${url}${uri}`,
				{ method, headers: { ...headers, host: new URL(url).host }, rejectUnauthorized: false },
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('end', () => {
						const { 'content-type': type = '', date } = response.headers;
						resolve([
							response.statusCode ?? 500,
							Buffer.concat(chunks).toString(),
							{ 'content-type': type, date: date ?? '' },
						]);
					});
				},
			);
			forwarded.on('error', reject);
			forwarded.end(method === 'GET' ? undefined : text);
		});
	};
	const scope = nock(SERVER).persist();
	for (const method of ['get', 'post'] as const) {
		scope[method](() => true).reply(answer as never);
	}
}
