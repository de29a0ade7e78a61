import { Agent, request } from 'node:https';

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
	token?: string | null;
	body?: unknown;
	headers?: Record<string, string>;
	/** Sent as it is, with this content type. */
	raw?: { type: string; content: string | Buffer };
}

/** A client that trusts the simulator's certificate and nothing else. */
export class HttpsClient {
	token: string | null = null;
	private readonly agent = new Agent({ keepAlive: true });

	constructor(private readonly server: { url: string; certificate: string }) {}

	ask(path: string, asked: Asked = {}): Promise<Reply> {
		const { token = this.token, headers, body, raw } = asked;
		const content = raw?.content ?? (body === undefined ? undefined : JSON.stringify(body));
		const type = raw?.type ?? (body === undefined ? undefined : 'application/json');
		return new Promise((resolve, reject) => {
			const outgoing = request(
				`${this.server.url}${path}`,
				{
					method: asked.method ?? 'GET',
					ca: this.server.certificate,
					agent: this.agent,
					headers: {
						...headers,
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

	/** Sends a form. */
	form(path: string, form: Record<string, string>, asked: Asked = {}): Promise<Reply> {
		const content = new URLSearchParams(form).toString();
		const raw = { type: 'application/x-www-form-urlencoded', content };
		return this.ask(path, { method: 'POST', token: null, raw, ...asked });
	}
}
