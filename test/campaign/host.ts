/**
 * n8n as far as a polling trigger sees it: the context of a poll, and the static data, kept in one of
 * n8n's three ways. A restart is another process: nothing but what was saved is left.
 */
import type { IDataObject, INodeExecutionData, INodeType, IPollFunctions } from 'n8n-workflow';

import type { Clock } from './clock';
import type { Trouble, Wire } from './wire';

/**
 * `memory`: n8n's default; static data lives in the process and is saved when items go out.
 * `scheduler`: each poll begins with what was saved, and only items are a reason to save.
 * `durable`: the same, and polls without items are saved, too; those that raise are not, nor what the
 * poll of an activation found. (poll-trigger-executor.js of n8n 2.41: the cursor is committed
 * `else if (!testingTrigger)`; test/scheduler looks at the real one.)
 */
export type Keeping = 'memory' | 'scheduler' | 'durable';

export interface Polled {
	/** By n8n: what it gave to the workflow. */
	items: IDataObject[];
	/** Raised an error. */
	error?: Error;
	/** n8n died in the middle of it. */
	killed?: true;
	/** n8n saved what the trigger remembers. */
	isSaved?: boolean;
	/** When it began and ended. */
	from: number;
	to: number;
}

export interface Installation {
	node: INodeType;
	clock: Clock;
	wire: Wire;
	keeping: Keeping;
	parameters: IDataObject;
	credential: IDataObject;
}

let lives = 0;

export class Host {
	private data: IDataObject = {};
	private saved = '{}';
	private life = 0;
	private isActivating = false;
	private isTick = true;

	constructor(readonly installation: Installation) {
		this.boot();
	}

	/** n8n starts: from what was saved. */
	boot(): void {
		this.life = ++lives;
		this.publish();
	}

	/** The workflow is published again in the same process: from what was saved, too. */
	publish(): void {
		this.data = JSON.parse(this.saved) as IDataObject;
	}

	/** Bytes of what is kept. */
	get stateSize(): number {
		return Buffer.byteLength(JSON.stringify(this.data));
	}

	get state(): IDataObject {
		return JSON.parse(JSON.stringify(this.data)) as IDataObject;
	}

	/** Static data from elsewhere. */
	remember(data: IDataObject): void {
		this.saved = JSON.stringify(data);
		this.boot();
	}

	private save(): void {
		this.saved = JSON.stringify(this.data);
	}

	/** Nothing was ever saved: a restart begins anew, as the workflow did. */
	get isFresh(): boolean {
		return this.saved === '{}';
	}

	/**
	 * The first poll of a process. By default n8n saves after it, whatever it gave. With the scheduler
	 * there is one of the kind when the workflow is published, and none after a restart.
	 */
	async activate(trouble: Trouble): Promise<Polled> {
		const { keeping } = this.installation;
		const saves = keeping === 'memory' || (keeping === 'scheduler' && this.isFresh);
		this.isActivating = keeping === 'durable' && this.isFresh;
		this.isTick = false;
		const polled = await this.poll(trouble);
		this.isTick = true;
		this.isActivating = false;
		if (!saves || polled.error || polled.killed) return polled;
		this.save();
		return { ...polled, isSaved: true };
	}

	/** @param loses n8n dies after the workflow got the items and before it saved */
	async poll(trouble: Trouble, loses = false): Promise<Polled> {
		const { clock, wire, node, keeping } = this.installation;
		wire.begin(trouble);
		if (keeping !== 'memory') this.data = JSON.parse(this.saved) as IDataObject;
		const data = this.data;
		const from = clock.now;
		const killed = new Promise<'killed'>((resolve) => {
			if (trouble.kind !== 'hang') return;
			// A poll that ends before its trouble comes is not killed: nobody is to look for ever.
			const look = () => {
				if (wire.wasHit) setImmediate(() => resolve('killed'));
				else if (!done) setImmediate(look);
			};
			setImmediate(look);
		});
		let done = false;
		const running = Promise.resolve(node.poll!.call(this.context()))
			.then(
				(result) => ({ items: itemsOf(result) }),
				(error: Error) => ({ items: [], error }),
			)
			.finally(() => (done = true));
		const outcome = await Promise.race([running, killed]);
		if (outcome === 'killed') return { items: [], killed: true, from, to: clock.now };
		this.data = data;
		const isKept = keeping === 'durable' && !('error' in outcome) && !this.isActivating;
		const isSaved = !loses && (outcome.items.length > 0 || isKept);
		if (isSaved) this.save();
		return { ...outcome, isSaved, from, to: clock.now };
	}

	private context(): IPollFunctions {
		const { installation, data, life, isTick } = this;
		const { parameters, credential, wire, node, keeping } = installation;
		const { name } = node.description;
		return {
			getWorkflow: () => ({ id: `campaign-${life}`, name: 'Campaign', active: true }),
			getNode: () => ({
				id: 'trigger',
				name: 'Trigger',
				type: name,
				typeVersion: 1,
				position: [0, 0],
				parameters,
			}),
			getMode: () => 'trigger',
			// The scheduler calls all of its polls an update.
			getActivationMode: () => (isTick && keeping !== 'memory' ? 'update' : 'activate'),
			getNodeParameter: (wanted: string, usual: unknown) => parameters[wanted] ?? usual,
			getWorkflowStaticData: () => data,
			getCredentials: async () => await Promise.resolve(credential),
			getPollBudgetMs: () => 300_000,
			getTimezone: () => 'UTC',
			logger: { debug() {}, info() {}, warn() {}, error() {} },
			helpers: {
				returnJsonArray: (items: IDataObject[]) => items.map((json) => ({ json })),
				httpRequest: async (options: never) => await wire.request(options),
				httpRequestWithAuthentication: async (_: string, options: never) =>
					await wire.request(options),
			},
		} as unknown as IPollFunctions;
	}
}

const itemsOf = (result: INodeExecutionData[][] | null | undefined): IDataObject[] =>
	(result?.[0] ?? []).map(({ json }) => JSON.parse(JSON.stringify(json)) as IDataObject);
