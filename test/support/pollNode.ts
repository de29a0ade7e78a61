/**
 * Polls a trigger as n8n polls it: in n8n-core's own context, with the workflow's static data, which
 * is saved when items go out and after activation, and is lost otherwise when n8n is killed.
 *
 *     const trigger = await activate({ node: new VeeamBackupReplicationTrigger(), … });
 *     trigger.activated;            // items of the first poll
 *     await trigger.poll();         // items of the next
 *     trigger.kill();               // n8n dies and starts again: back to what was saved
 */
import { PollContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, INodeParameters, Workflow } from 'n8n-workflow';
import { prepare, workflowOf, type NodeSetup } from './executeNode';

export interface TriggerSetup extends NodeSetup {
	/** Milliseconds that n8n gives a poll. */
	budget?: number;
}

export class ActiveTrigger {
	private readonly setup: TriggerSetup;
	private workflow: Workflow;
	private saved = '{}';

	constructor(setup: TriggerSetup) {
		this.setup = setup;
		this.workflow = this.load();
	}

	private load(): Workflow {
		const prepared = prepare(this.setup);
		const saved = JSON.parse(this.saved) as IDataObject;
		return workflowOf(prepared.node, prepared.nodeTypes, saved).workflow;
	}

	/** One poll; what it raises rejects, as in n8n. */
	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<IDataObject[]> {
		const { type, additionalData, node } = prepare(this.setup);
		const own = this.workflow.getNode(node.name) ?? node;
		own.parameters = node.parameters;
		const context = new PollContext(
			this.workflow,
			own,
			additionalData,
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			() => this.setup.budget ?? 300_000,
		);
		const result = (await type.poll?.call(context)) as INodeExecutionData[][] | null;
		if (result && mode === 'trigger') this.save();
		return (result?.[0] ?? []).map(({ json }) => json);
	}

	/** As n8n does when a workflow is switched on. */
	async activate(): Promise<IDataObject[]> {
		const items = await this.poll();
		this.save();
		return items;
	}

	/** n8n dies and starts again: what was not saved is gone. Polls at once, as n8n does. */
	async restart(): Promise<IDataObject[]> {
		this.workflow = this.load();
		return await this.activate();
	}

	/** The user changes the node's settings; n8n activates the workflow anew. */
	async change(parameters: INodeParameters): Promise<IDataObject[]> {
		this.save();
		this.setup.parameters = { ...this.setup.parameters, ...parameters };
		this.workflow = this.load();
		return await this.activate();
	}

	/** Bytes of what the trigger remembers. */
	get stateSize(): number {
		return Buffer.byteLength(this.state);
	}

	/** What is stored, as JSON. */
	get state(): string {
		return JSON.stringify(this.workflow.staticData);
	}

	private save(): void {
		this.saved = JSON.stringify(this.workflow.staticData);
	}
}
