import { NodeApiError as newest, type INode, type JsonObject } from 'n8n-workflow';
import { NodeApiError as lastOfOne } from 'n8n-workflow-1';
import { NodeApiError as beforeTheCheck } from 'n8n-workflow-2';

import {
	findUserFacingFailure,
	keepLoginFailure,
	UserFacingFailure,
} from '../../nodes/shared/http/errors';
import { readNetworkFailure } from '../../nodes/shared/http/networkFailure';
import { answerTo } from '../../nodes/shared/http/proxy';

/** As n8n's helpers raise it: axios' class is known by its name. */
class AxiosError extends Error {
	readonly isAxiosError = true;

	constructor(
		message: string,
		readonly code: string,
		readonly response?: object,
	) {
		super(message);
	}
}

const node = {
	...{ id: '1', name: 'Veeam', type: 'n8n-nodes-veeam.veeamBackupReplication' },
	...{ typeVersion: 1, position: [0, 0], parameters: {} },
} as INode;

/** What n8n's helper makes of an error: until 2.20 its own class clears the cause that it is given. */
describe.each([
	['1.120.0', lastOfOne as unknown as typeof newest],
	['2.17.2', beforeTheCheck as unknown as typeof newest],
	['this one', newest],
])('an error that n8n-workflow %s has wrapped', (_, Wrapper) => {
	const wrapped = (error: Error) => new Wrapper(node, error as unknown as JsonObject);
	const endpoint = {
		...{ origin: 'https://vbr.example.com:9419', displayName: 'Veeam Backup & Replication' },
		...{ defaultPort: 9419, timeoutSeconds: 10, largestAnswer: 1_000_000 },
	};

	it.each([
		['connect ECONNREFUSED 192.0.2.1:9419', 'ECONNREFUSED', 'the connection was refused', true],
		['getaddrinfo ENOTFOUND vbr.example.com', 'ENOTFOUND', 'is not known here', true],
		['connect EHOSTUNREACH 192.0.2.1:9419', 'EHOSTUNREACH', 'cannot be reached', true],
		['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'is not trusted', false],
		['read ECONNRESET', 'ECONNRESET', 'closed the connection', true],
		['timeout of 10000ms exceeded', 'ECONNABORTED', 'was silent for 10 seconds', true],
	])('is read as what it was: %s', (text, code, message, transient) => {
		const failure = readNetworkFailure(wrapped(new AxiosError(text, code)), endpoint);
		expect(failure.legible.message).toContain(message);
		expect(failure.transient).toBe(transient);
	});

	it('still has the status and the body of an answer', async () => {
		const response = {
			status: 404,
			headers: { 'retry-after': '7' },
			data: { message: 'There is no such job' },
		};
		const error = new AxiosError(
			'Request failed with status code 404',
			'ERR_BAD_REQUEST',
			response,
		);
		expect(await answerTo(Promise.reject(wrapped(error)))).toMatchObject({
			statusCode: 404,
			body: { message: 'There is no such job' },
			headers: Wrapper === newest ? { 'retry-after': '7' } : {},
		});
	});

	it('still is the failure of the login', () => {
		const credential = {};
		const failure = new UserFacingFailure(
			{ message: 'The server refuses the password.', description: 'Check it.' },
			{ refused: true },
		);
		keepLoginFailure(credential, failure);
		expect(findUserFacingFailure(wrapped(failure), credential)).toBe(failure);
	});

	it('is not taken for the failure of an earlier login', () => {
		const credential = {};
		keepLoginFailure(
			credential,
			new UserFacingFailure({ message: 'The server refuses the password.' }),
		);
		const error = wrapped(new AxiosError('read ECONNRESET', 'ECONNRESET'));
		expect(findUserFacingFailure(error, credential)).toBeUndefined();
	});
});
