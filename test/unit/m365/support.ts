import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { VeeamBackupMicrosoft365Api } from '../../../credentials/VeeamBackupMicrosoft365Api.credentials';
import { adapter } from '../../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { overlay } from '../../../nodes/VeeamBackupMicrosoft365/overlay';
import { ownOperations } from '../../../nodes/VeeamBackupMicrosoft365/operations';
import { VeeamBackupMicrosoft365 } from '../../../nodes/VeeamBackupMicrosoft365/VeeamBackupMicrosoft365.node';
import { nameOperations } from '../../../nodes/shared/form/operationNames';
import { executeNode, TestCredentials, type ExecuteResult } from '../../support/executeNode';
import type { Answer, BackupServer, Received } from '../transport.support';
import { PASSWORD, USER } from '../transport.support';

export const ID = (digit: number | string): string =>
	`00000000-0000-4000-8000-${String(digit).padStart(12, '0')}`;

export const credential = (
	server: { url: string },
	more: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject => ({
	serverUrl: server.url,
	authentication: 'password',
	username: USER,
	password: PASSWORD,
	apiVersion: 'v8',
	ignoreSslIssues: true,
	...more,
});

export const credentialsOf = (data: ICredentialDataDecryptedObject): TestCredentials =>
	new TestCredentials([new VeeamBackupMicrosoft365Api()], { veeamBackupMicrosoft365Api: data });

const resourceOf = new Map(
	[
		...nameOperations(adapter.catalogue(), overlay).map(
			({ operation, resource }) => [operation.id, resource] as const,
		),
		...ownOperations.map(({ operation, resource }) => [operation, resource] as const),
	].map(([operation, resource]) => [operation, resource]),
);

/** Built once: it takes half a second. */
const node = new VeeamBackupMicrosoft365();

/** Runs an operation of the node against a server. */
export async function run(
	server: BackupServer,
	operation: string,
	parameters: INodeParameters = {},
	more: ICredentialDataDecryptedObject = {},
): Promise<ExecuteResult & { json: IDataObject[] }> {
	const result = await executeNode({
		node,
		parameters: { resource: resourceOf.get(operation)!, operation, ...parameters },
		credentials: credentialsOf(credential(server, more)),
	});
	return { ...result, json: result.items.map(({ json }) => json) };
}

/** Answers by `METHOD /path` without query; what no line covers fails the test. */
export const answering =
	(lines: Record<string, unknown | ((request: Received) => Answer)>) =>
	(request: Received): Answer => {
		const key = `${request.method} ${request.url.split('?')[0]}`;
		const line = Object.entries(lines).find(([one]) => one.toLowerCase() === key.toLowerCase());
		if (!line) return { status: 500, body: { message: `Unexpected: ${key}` } };
		const [, answer] = line;
		return typeof answer === 'function'
			? (answer as (request: Received) => Answer)(request)
			: { body: answer };
	};

export const sent = ({ calls }: BackupServer): string[] =>
	calls.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
