import {
	startServiceProviderConsoleSimulator,
	VSPC_API_KEYS,
	type ServiceProviderConsoleSimulator,
	type StartOptions,
} from '../../../simulator';
import { HttpsClient, type Asked, type Reply } from './https';

/** A client of a simulated Veeam Service Provider Console. */
export class ServiceProviderConsoleClient extends HttpsClient {
	constructor(readonly simulator: ServiceProviderConsoleSimulator) {
		super(simulator);
		this.token = VSPC_API_KEYS.full;
	}

	login(form: Record<string, string> = {}): Promise<Reply> {
		return this.form('/api/v3/token', {
			grant_type: 'password',
			username: 'VSPC01\\admin',
			password: 'veeam-demo',
			...form,
		});
	}

	get(path: string, query: Record<string, unknown> = {}, asked: Asked = {}): Promise<Reply> {
		const search = new URLSearchParams(
			Object.entries(query).map(([name, value]): [string, string] => [
				name,
				typeof value === 'object' ? JSON.stringify(value) : String(value),
			]),
		);
		return this.ask(`/api/v3${path}${search.size ? `?${search.toString()}` : ''}`, asked);
	}

	send(method: string, path: string, asked: Asked = {}): Promise<Reply> {
		return this.ask(`/api/v3${path}`, { method, ...asked });
	}
}

/** A fresh simulator with an API key at hand. */
export async function connected(options: StartOptions = {}): Promise<ServiceProviderConsoleClient> {
	return new ServiceProviderConsoleClient(await startServiceProviderConsoleSimulator(options));
}
