import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	ICredentialType,
	IExecuteFunctions,
	IHttpRequestHelper,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { executeNode, readBinary, storeBinary, TestCredentials } from '../support/executeNode';

/** Logs in like the package's credentials do. */
class EchoApi implements ICredentialType {
	name = 'echoApi';
	displayName = 'Echo API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];
	async preAuthentication(this: IHttpRequestHelper, credentials: { url?: unknown }) {
		const answer = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${String(credentials.url)}/token`,
		})) as { token: string };
		return { token: answer.token };
	}
	authenticate = {
		type: 'generic' as const,
		properties: { headers: { authorization: '=Bearer {{ $credentials.token }}' } },
	};
}

class Echo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Echo',
		name: 'echo',
		group: ['input'],
		version: 1,
		description: 'Sends what it is given',
		defaults: { name: 'Echo' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'echoApi', required: true }],
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '/default' },
			{ displayName: 'Say', name: 'say', type: 'string', default: '' },
		],
	};
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { url } = await this.getCredentials<{ url: string }>('echoApi');
		const items = this.getInputData();
		const out: INodeExecutionData[] = [];
		for (let i = 0; i < items.length; i++) {
			const json = await this.helpers.httpRequestWithAuthentication.call(this, 'echoApi', {
				url: `${url}${this.getNodeParameter('path', i) as string}`,
				qs: { say: this.getNodeParameter('say', i) as string },
				json: true,
			});
			const binary = items[i]?.binary;
			const data = binary?.data
				? await this.helpers.prepareBinaryData(await this.helpers.getBinaryDataBuffer(i, 'data'))
				: undefined;
			out.push({ json, ...(data && { binary: { data } }), pairedItem: { item: i } });
		}
		return [out];
	}
}

describe('running a node in n8n-core', () => {
	let server: Server;
	let url: string;
	let issued = 0;
	let valid = '';

	beforeAll(async () => {
		server = createServer((request, response) => {
			response.setHeader('content-type', 'application/json');
			if (request.url === '/token') {
				valid = `token-${++issued}`;
				response.end(JSON.stringify({ token: valid }));
			} else if (request.headers.authorization !== `Bearer ${valid}`) {
				response.statusCode = 401;
				response.end('{}');
			} else {
				response.end(JSON.stringify({ url: request.url, token: valid }));
			}
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterAll(() => server.close());

	it('fills defaults, resolves expressions per item, logs in once and reuses the saved token', async () => {
		issued = 0;
		const credentials = new TestCredentials([new EchoApi()], { echoApi: { url } });

		const run = await executeNode({
			node: Echo,
			parameters: { say: '={{ $json.word }}' },
			credentials,
			items: [{ json: { word: 'one' } }, { json: { word: 'two' } }],
		});

		expect(run.items).toEqual([
			{ json: { url: '/default?say=one', token: 'token-1' }, pairedItem: { item: 0 } },
			{ json: { url: '/default?say=two', token: 'token-1' }, pairedItem: { item: 1 } },
		]);
		expect(credentials.stored).toEqual({ echoApi: { url, token: 'token-1' } });
		expect(credentials.logins).toBe(1);
	});

	it('logs in again when the server no longer takes the token', async () => {
		issued = 0;
		const credentials = new TestCredentials([new EchoApi()], { echoApi: { url, token: 'old' } });
		valid = 'another';

		const run = await executeNode({ node: Echo, credentials });

		expect(run.items).toEqual([
			{ json: { url: '/default?say=', token: 'token-1' }, pairedItem: { item: 0 } },
		]);
		expect(credentials.logins).toBe(1);
	});

	it('carries binary data in and out', async () => {
		const run = await executeNode({
			node: Echo,
			credentials: { types: [EchoApi], data: { echoApi: { url } } },
			items: [{ json: {}, binary: { data: await storeBinary(Buffer.from('PNG?')) } }],
		});

		expect((await readBinary(run.items[0]?.binary?.data)).toString()).toBe('PNG?');
	});
});
