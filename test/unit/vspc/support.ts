import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { VeeamServiceProviderConsoleApi } from '../../../credentials/VeeamServiceProviderConsoleApi.credentials';
import { VeeamServiceProviderConsole } from '../../../nodes/VeeamServiceProviderConsole/VeeamServiceProviderConsole.node';
import {
	executeNode,
	TestCredentials,
	type ExecuteOptions,
	type ExecuteResult,
} from '../../support/executeNode';
import { BackupServer, type Received } from '../transport.support';

export const KEY = 'api-key-of-the-provider';
export const BASE = '/api/v3';

/** Built once: n8n too makes one instance of a node's class. */
export const node = new VeeamServiceProviderConsole();

export const credentialData = (server: BackupServer, more: IDataObject = {}) => ({
	serverUrl: server.url,
	authentication: 'apiKey',
	apiKey: KEY,
	apiVersion: '3.6.1',
	ignoreSslIssues: true,
	...more,
});

export const credentials = (server: BackupServer, more: IDataObject = {}): TestCredentials =>
	new TestCredentials([new VeeamServiceProviderConsoleApi()], {
		veeamServiceProviderConsoleApi: credentialData(server, more) as never,
	});

/** Runs one operation against the server, as n8n does. */
export const run = async (
	server: BackupServer,
	parameters: INodeParameters,
	more: Partial<ExecuteOptions> = {},
): Promise<ExecuteResult> =>
	await executeNode({ node, parameters, credentials: credentials(server), ...more });

/** The items' JSON. */
export const json = ({ items }: ExecuteResult): IDataObject[] => items.map((item) => item.json);

export async function failure(
	promise: Promise<ExecuteResult>,
): Promise<{ message: string; description?: string | null }> {
	const error = await promise.then(
		(result) => {
			throw new Error(`Expected a failure, got ${JSON.stringify(json(result))}`);
		},
		(caught: { message: string; description?: string | null }) => caught,
	);
	return { message: error.message, description: error.description };
}

/** A query parameter that travels as JSON text. */
export const spoken = ({ url }: Received, name: string): unknown =>
	JSON.parse(new URL(url, 'https://x').searchParams.get(name) ?? 'null');

/** A page of a list as the console answers it. */
export const page = (all: IDataObject[], { url }: Received, atMost = 500): IDataObject => {
	const { searchParams } = new URL(url, 'https://x');
	const offset = Number(searchParams.get('offset') ?? 0);
	const data = all.slice(
		offset,
		offset + Math.min(Number(searchParams.get('limit') ?? 100), atMost),
	);
	return { meta: { pagingInfo: { total: all.length, count: data.length, offset } }, data };
};
