import { Agent, request } from 'node:https';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';

export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	/** Parsed where it is JSON. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of a server
	body: any;
	bytes: Buffer;
}

export interface Asked {
	method?: string;
	version?: string | null;
	token?: string | null;
	body?: unknown;
	/** Sent as it is, with this content type. */
	raw?: { type: string; content: string | Buffer };
}

/** A client that trusts the simulator's certificate and nothing else. */
export class Client {
	token: string | null = null;
	version = '1.3-rev2';
	private readonly agent = new Agent({ keepAlive: true });

	constructor(readonly simulator: Simulator) {}

	ask(path: string, asked: Asked = {}): Promise<Reply> {
		const { token = this.token, version = this.version, body, raw } = asked;
		const content = raw?.content ?? (body === undefined ? undefined : JSON.stringify(body));
		const type = raw?.type ?? (body === undefined ? undefined : 'application/json');
		return new Promise((resolve, reject) => {
			const outgoing = request(
				`${this.simulator.url}${path}`,
				{
					method: asked.method ?? 'GET',
					ca: this.simulator.certificate,
					agent: this.agent,
					headers: {
						...(version && { 'x-api-version': version }),
						...(token && { authorization: `Bearer ${token}` }),
						...(type && { 'content-type': type }),
						...(content !== undefined && { 'content-length': Buffer.byteLength(content) }),
					},
				},
				(incoming) => {
					const chunks: Buffer[] = [];
					incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
					incoming.on('error', reject);
					incoming.on('end', () => {
						const bytes = Buffer.concat(chunks);
						const text = bytes.toString();
						const isJson = /json/.test(incoming.headers['content-type'] ?? '');
						const status = incoming.statusCode ?? 0;
						try {
							const body = isJson && text ? JSON.parse(text) : text;
							resolve({ status, headers: incoming.headers, body, bytes });
						} catch (error) {
							reject(error);
						}
					});
				},
			);
			outgoing.on('error', reject);
			outgoing.end(content);
		});
	}

	/** Sends the login form; keeps the token where there is one. */
	async login(
		form: Record<string, string> = {
			grant_type: 'password',
			username: 'VBR01\\admin',
			password: 'veeam-demo',
		},
		version: string | null = this.version,
	): Promise<Reply> {
		const reply = await this.ask('/api/oauth2/token', {
			method: 'POST',
			version,
			token: null,
			raw: {
				type: 'application/x-www-form-urlencoded',
				content: new URLSearchParams(form).toString(),
			},
		});
		if (reply.status === 200) this.token = reply.body.access_token;
		return reply;
	}

	get(path: string, asked: Asked = {}): Promise<Reply> {
		return this.ask(`/api/v1${path}`, asked);
	}

	post(path: string, body?: unknown, asked: Asked = {}): Promise<Reply> {
		return this.ask(`/api/v1${path}`, { method: 'POST', body, ...asked });
	}

	/** The record of a list with this name. */
	async named(path: string, name: string): Promise<Reply['body']> {
		const { body } = await this.get(`${path}?nameFilter=${encodeURIComponent(name)}`);
		return body.data.find((record: { name: string }) => record.name === name);
	}
}

/** A fresh simulator with an administrator logged in. */
export async function connected(options: SimulatorOptions = {}): Promise<Client> {
	const client = new Client(await startSimulator(options));
	await client.login();
	return client;
}
