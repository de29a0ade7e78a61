/**
 * A backup server for tests of the transport, over HTTPS with a certificate of its own, and a node
 * that hands its client to the test.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { generate } from 'selfsigned';

import { VeeamBackupReplicationApi } from '../../credentials/VeeamBackupReplicationApi.credentials';
import { sessions } from '../../nodes/shared/credential/sessionKeeper';
import { connect } from '../../nodes/shared/http';
import type { ClientSettings } from '../../nodes/shared/http';
import type { ProductAdapter, VeeamClient } from '../../nodes/shared/http/types';
import { adapter as vbr } from '../../nodes/VeeamBackupReplication/api/adapter';
import { testVeeamBackupReplicationApi } from '../../nodes/VeeamBackupReplication/api/credentialTest';
import { executeNode, TestCredentials } from '../support/executeNode';

export const PASSWORD = 'Summer & Winter 2030!';
export const USER = 'DOMAIN\\backup';

export interface Received {
	method: string;
	/** Path and query. */
	url: string;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	/** An object goes as JSON. */
	body?: unknown;
	/** Cut the line instead of answering. */
	hangUp?: boolean;
	/** Do not answer at all. */
	silent?: boolean;
	/** Send this much of the body, then cut the line. */
	cutAfter?: number;
	/** Send this much of the body, then nothing more. */
	stallAfter?: number;
	/** Send a byte of the body every so many milliseconds, for ever. */
	dripEvery?: number;
	/** Send the whole body every so many milliseconds, for ever. */
	floodEvery?: number;
}

export type Handler = (request: Received) => Answer | Promise<Answer>;

export interface CertificateOptions {
	host?: string;
	expired?: boolean;
}

/** Where the products log in. */
const isLogin = (url: string): boolean => /^\/(api(\/oauth2|\/v3)?|v\d+)\/token$/i.test(url);

/** Logs in where the products do, asks for a bearer everywhere else, and then calls `handle`. */
export class BackupServer {
	readonly received: Received[] = [];
	/** The tokens that are good now. */
	tokens = new Set<string>();
	logins = 0;
	login: Handler = (request) => this.usualLogin(request);
	handle: Handler = () => ({ body: { ok: true } });
	/** Answer 401 before the body has been read, and close: what a server may do to an upload. */
	impatient = false;
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly server: Server,
		readonly certificate: string,
	) {}

	static async start({ host = 'localhost', expired = false }: CertificateOptions = {}) {
		const day = 86_400_000;
		const now = Date.now();
		const pems = await generate([{ name: 'commonName', value: host }], {
			keyType: 'ec',
			notBeforeDate: new Date(now - 30 * day),
			notAfterDate: new Date(expired ? now - day : now + 30 * day),
			extensions: [
				{ name: 'basicConstraints', cA: true },
				{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
			],
		});
		const server = createServer({ key: pems.private, cert: pems.cert });
		const backup = new BackupServer(server, pems.cert);
		server.on('request', (request, response) => void backup.answer(request, response));
		server.on('secureConnection', (socket) => {
			backup.sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => backup.sockets.delete(socket));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return backup;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get url(): string {
		return `https://localhost:${this.port}`;
	}

	/** Requests that are no login. */
	get calls(): Received[] {
		return this.received.filter(({ url }) => !isLogin(url));
	}

	reset(): void {
		sessions.clear();
		this.received.length = 0;
		this.tokens.clear();
		this.logins = 0;
		this.login = (request) => this.usualLogin(request);
		this.handle = () => ({ body: { ok: true } });
		this.impatient = false;
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private usualLogin({ body }: Received): Answer {
		const form = new URLSearchParams(body.toString());
		if (form.get('username') !== USER || form.get('password') !== PASSWORD)
			return {
				status: 401,
				body: { error: 'invalid_grant', error_description: 'Invalid credentials' },
			};
		const token = `token-number-${++this.logins}`;
		this.tokens.add(token);
		return { body: { access_token: token, token_type: 'bearer', expires_in: 900 } };
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = request.url ?? '';
		const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const welcome = isLogin(url) || this.tokens.has(bearer);
		const received = { method: request.method ?? '', url, headers: request.headers };
		if (this.impatient && !welcome && request.headers['content-length']) {
			this.received.push({ ...received, body: Buffer.alloc(0) });
			request.socket.destroy();
			return;
		}
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const complete = { ...received, body: Buffer.concat(chunks) };
		this.received.push(complete);
		const answer: Answer = !welcome
			? { status: 401, body: { errorCode: 'ExpiredToken', message: 'Token has expired' } }
			: await (isLogin(url) ? this.login(complete) : this.handle(complete));
		if (answer.silent) return;
		if (answer.hangUp) {
			request.socket.destroy();
			return;
		}
		const { body } = answer;
		const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
		const bytes = Buffer.from(raw ? (body ?? '') : JSON.stringify(body));
		response.writeHead(answer.status ?? 200, {
			'content-type': 'application/json',
			...(answer.floodEvery === undefined ? { 'content-length': String(bytes.length) } : {}),
			...answer.headers,
		});
		if (answer.stallAfter !== undefined) {
			response.write(bytes.subarray(0, answer.stallAfter));
			return;
		}
		const every = answer.dripEvery ?? answer.floodEvery;
		if (every !== undefined) {
			let at = 0;
			const next = () => (answer.dripEvery === undefined ? bytes : bytes.subarray(at, ++at));
			const drip = setInterval(() => response.write(next()), every);
			response.on('close', () => clearInterval(drip));
			return;
		}
		if (answer.cutAfter === undefined) {
			response.end(bytes);
			return;
		}
		response.write(bytes.subarray(0, answer.cutAfter));
		setTimeout(() => request.socket.destroy(), 30);
	}
}

export function passwordCredential(
	server: { url: string },
	more: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject {
	return {
		serverUrl: server.url,
		authentication: 'password',
		username: USER,
		password: PASSWORD,
		apiVersion: '1.3-rev1',
		ignoreSslIssues: true,
		...more,
	};
}

export const credentialsOf = (data: ICredentialDataDecryptedObject): TestCredentials =>
	new TestCredentials([new VeeamBackupReplicationApi()], { veeamBackupReplicationApi: data });

/** Pauses that do not pause, and are told. */
export function quickSettings(paused: number[] = []): Partial<ClientSettings> {
	return {
		random: () => 1,
		sleep: async (milliseconds) => {
			paused.push(milliseconds / 1000);
		},
	};
}

export const DESCRIPTION: INodeTypeDescription = {
	displayName: 'Client',
	name: 'client',
	group: ['input'],
	version: 1,
	description: 'Hands its client to a test',
	defaults: { name: 'Client' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [
		{
			name: 'veeamBackupReplicationApi',
			required: true,
			testedBy: 'testVeeamBackupReplicationApi',
		},
	],
	properties: [],
};

/** Gives a test the client of a node that n8n-core executes, over real HTTP helpers. */
export async function withClient<T>(
	credentials: TestCredentials,
	use: (client: VeeamClient, context: IExecuteFunctions) => Promise<T>,
	{
		settings = quickSettings(),
		adapter = vbr,
		items,
		itemIndex = 0,
		signal,
	}: {
		settings?: Partial<ClientSettings>;
		adapter?: ProductAdapter;
		items?: INodeExecutionData[];
		itemIndex?: number;
		signal?: AbortSignal;
	} = {},
): Promise<T> {
	let result: { value: T } | undefined;
	class Client implements INodeType {
		description =
			adapter === vbr
				? DESCRIPTION
				: { ...DESCRIPTION, credentials: [{ name: adapter.credentialType, required: true }] };
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const client = await connect(this, itemIndex, adapter, settings);
			result = { value: await use(client, this) };
			return [[]];
		}
	}
	await executeNode({ node: Client, credentials, items, signal });
	if (!result) throw new Error('The node ended without a result');
	return result.value;
}

export class ClientNode implements INodeType {
	description = DESCRIPTION;
	methods = { credentialTest: { testVeeamBackupReplicationApi } };
}
