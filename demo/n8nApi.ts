import { DemoError } from './DemoError';

/** Who is logged in to the demo's n8n: fixed, because nobody but this machine reaches it. */
export const OWNER = {
	email: 'demo@example.com',
	password: 'Demo-12345',
	firstName: 'Demo',
	lastName: 'Owner',
};

export interface N8nCredential {
	id: string;
	name: string;
	type: string;
}

export interface N8nNode {
	id?: string;
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	[more: string]: unknown;
}

export interface N8nWorkflow {
	id?: string;
	name: string;
	nodes: N8nNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	versionId?: string;
	[more: string]: unknown;
}

export interface N8nNodeType {
	name: string;
	displayName: string;
	version: number | number[];
	[more: string]: unknown;
}

/** The calls that n8n's own editor makes, with the session of the owner. */
export class N8nApi {
	private cookie = '';

	/** @param address `http://127.0.0.1:5678` */
	constructor(readonly address: string) {}

	/**
	 * One call.
	 * @param path under `/rest`, with a slash first
	 * @returns what n8n puts under `data`, or the whole answer where it puts nothing there
	 * @throws Error with n8n's own message
	 */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.address}/rest${path}`, {
			method,
			headers: {
				...(this.cookie && { cookie: this.cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
				// A connection for this call alone: none is left that n8n could close under the next one.
				connection: 'close',
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) {
			throw new Error(
				`n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`,
			);
		}
		const session = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0]!;
		const answer = (text ? JSON.parse(text) : {}) as { data?: T };
		return answer.data !== undefined ? answer.data : (answer as T);
	}

	/** Sets up the owner on a new n8n, logs in to one that has it. */
	async logIn(): Promise<void> {
		const { userManagement } = await this.call<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await this.call('POST', '/owner/setup', OWNER);
			return;
		}
		try {
			await this.call('POST', '/login', {
				emailOrLdapLoginId: OWNER.email,
				password: OWNER.password,
			});
		} catch (error) {
			throw new DemoError(
				`The demo's user ${OWNER.email} cannot log in: ${(error as Error).message}`,
				'If its password was changed, start anew with npm run demo -- --fresh (this removes the workflows of the demo).',
			);
		}
	}

	/** Creates the credential, or brings the one of that name and type up to date. */
	async saveCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<N8nCredential> {
		const all = await this.call<N8nCredential[]>('GET', '/credentials');
		const existing = all.find((credential) => credential.name === name && credential.type === type);
		return existing
			? await this.call('PATCH', `/credentials/${existing.id}`, { name, type, data })
			: await this.call('POST', '/credentials', { name, type, data });
	}

	/** What the Test button of a credential says. */
	async testCredential(
		credential: N8nCredential,
		data: Record<string, unknown>,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.call('POST', '/credentials/test', { credentials: { ...credential, data } });
	}

	async workflows(): Promise<Array<{ id: string; name: string }>> {
		return await this.call('GET', '/workflows');
	}

	async createWorkflow(
		workflow: N8nWorkflow,
	): Promise<Required<Pick<N8nWorkflow, 'id'>> & N8nWorkflow> {
		return await this.call('POST', '/workflows', { settings: {}, active: false, ...workflow });
	}

	/** Publishes a workflow: its schedule and its webhooks are live from now on. */
	async activateWorkflow(workflow: N8nWorkflow): Promise<void> {
		await this.setActive(workflow.id!, workflow.versionId, true);
	}

	/** Takes it out of service again. */
	async deactivateWorkflow(workflowId: string): Promise<void> {
		await this.setActive(workflowId, undefined, false);
	}

	/** n8n 1.x knows no versions of a workflow: there, activating is a change like any other. */
	private async setActive(id: string, versionId: string | undefined, active: boolean) {
		try {
			const path = `/workflows/${id}/${active ? 'activate' : 'deactivate'}`;
			await this.call('POST', path, active ? { versionId } : {});
		} catch (error) {
			if (!(error as Error).message.startsWith('n8n answered 404')) throw error;
			await this.call('PATCH', `/workflows/${id}`, { active, versionId });
		}
	}

	/** Every node that n8n knows, as the editor loads them. */
	async nodeTypes(): Promise<N8nNodeType[]> {
		return await this.types('nodes');
	}

	/** Every type of credential that n8n knows. */
	async credentialTypes(): Promise<Array<{ name: string }>> {
		return await this.types('credentials');
	}

	private async types<T>(kind: 'nodes' | 'credentials'): Promise<T> {
		const response = await fetch(`${this.address}/types/${kind}.json`, {
			headers: { cookie: this.cookie, connection: 'close' },
		});
		return (await response.json()) as T;
	}
}
