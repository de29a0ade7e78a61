import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';
import { HttpsClient, type Asked as Plain, type Reply } from './https';

export type { Reply } from './https';

export interface Asked extends Plain {
	version?: string | null;
}

/** A client of a simulated backup server. */
export class Client extends HttpsClient {
	version = '1.3-rev2';

	constructor(readonly simulator: Simulator) {
		super(simulator);
	}

	ask(path: string, { version = this.version, ...asked }: Asked = {}): Promise<Reply> {
		const headers = { ...(version && { 'x-api-version': version }), ...asked.headers };
		return super.ask(path, { ...asked, headers });
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
