import {
	startMicrosoft365Simulator,
	type Microsoft365Simulator,
	type SimulatorOptions,
} from '../../../simulator';
import { HttpsClient, type Asked, type Reply } from './https';

/** A client of a simulated Veeam Backup for Microsoft 365. */
export class Microsoft365Client extends HttpsClient {
	constructor(
		readonly simulator: Microsoft365Simulator,
		readonly version = 'v8',
	) {
		super(simulator);
	}

	async login(form: Record<string, string> = {}, version = this.version): Promise<Reply> {
		const reply = await this.form(`/${version}/token`, {
			grant_type: 'password',
			username: 'VBO01\\admin',
			password: 'veeam-demo',
			disable_antiforgery_token: 'true',
			...form,
		});
		if (reply.status === 200) this.token = reply.body.access_token;
		return reply;
	}

	get(path: string, version = this.version): Promise<Reply> {
		return this.ask(`/${version}${path}`);
	}

	post(path: string, body?: unknown, version = this.version): Promise<Reply> {
		return this.ask(`/${version}${path}`, { method: 'POST', body });
	}

	send(method: string, path: string, asked: Asked = {}): Promise<Reply> {
		return this.ask(`/${this.version}${path}`, { method, ...asked });
	}

	/** The record of a list with this name. */
	async named(path: string, name: string): Promise<Reply['body']> {
		const { body } = await this.get(`${path}?limit=10000`);
		const records = Array.isArray(body) ? body : body.results;
		return records.find((one: Record<string, unknown>) =>
			[one.name, one.displayName, one.hostName].includes(name),
		);
	}
}

/** A fresh simulator with an administrator logged in. */
export async function connected(options: SimulatorOptions = {}): Promise<Microsoft365Client> {
	const client = new Microsoft365Client(await startMicrosoft365Simulator(options));
	await client.login();
	return client;
}
