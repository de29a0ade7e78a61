/**
 * Runs a node as n8n runs it: in n8n-core's own contexts, with its real HTTP helpers, expression
 * resolution, default parameters, login by credential, and binary data on disk. Nothing is mocked
 * but the database of credentials (see credentials.ts).
 *
 *     const { items } = await executeNode({
 *         node: VeeamBackupReplication,
 *         parameters: { resource: 'repository', operation: 'getAllRepositories', returnAll: true },
 *         credentials: connectTo(simulator),           // a TestCredentials, or { types, data }
 *     });
 *
 * Per item: give `items` and write expressions in `parameters`, as a user would:
 * `{ jobId: '={{ $json.id }}' }`.
 *
 * n8n-core takes some seconds to import: keep tests that need it in few files.
 */
import './environment';
import 'reflect-metadata';
import { Readable } from 'node:stream';
import { Container } from '@n8n/di';
import { binaryToBuffer } from '@n8n/backend-network';
import type { BinaryData } from 'n8n-core';
import {
	BinaryDataConfig,
	BinaryDataService,
	CredentialTestContext,
	ExecuteContext,
	ExternalSecretsProxy,
	LoadOptionsContext,
	UnrecognizedNodeTypeError,
} from 'n8n-core';
import type {
	IBinaryData,
	ICredentialTestFunctions,
	ICredentialType,
	IDataObject,
	IExecuteData,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	ResourceMapperFields,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, Workflow } from 'n8n-workflow';
import { type CredentialData, TestCredentials } from './credentials';

export { TestCredentials } from './credentials';
export type { CredentialData } from './credentials';

type NodeClass = new () => INodeType;

export interface NodeSetup {
	/** The node's class or an instance of it. */
	node: NodeClass | INodeType;
	/** As the editor saves them: only what the user set, the rest gets its default. May hold expressions. */
	parameters?: INodeParameters;
	/**
	 * A TestCredentials (give the same one to several runs to keep its token), or credential type
	 * classes with the data a user entered, by type name.
	 */
	credentials?: TestCredentials | { types: Array<new () => ICredentialType>; data: CredentialData };
	/** Name of the node in the workflow; default its display name. */
	name?: string;
}

export interface ExecuteOptions extends NodeSetup {
	/** Input items; one empty item where left out. */
	items?: INodeExecutionData[];
	/** "On Error: Continue". */
	continueOnFail?: boolean;
	/** Aborted when the user stops the execution. */
	signal?: AbortSignal;
	mode?: 'manual' | 'trigger';
}

export interface ExecuteResult {
	/** Items of the first output. */
	items: INodeExecutionData[];
	/** All outputs. */
	outputs: INodeExecutionData[][];
	/** What the node told the user by `addExecutionHints`. */
	hints: NodeExecutionHint[];
	credentials: TestCredentials;
}

const WORKFLOW_ID = 'test-workflow';
const EXECUTION_ID = 'test-execution';

let binaryDataReady: Promise<void> | undefined;

/** Binary data goes to files below N8N_USER_FOLDER, n8n's own default. */
async function prepareBinaryDataService(): Promise<BinaryDataService> {
	const service = Container.get(BinaryDataService);
	binaryDataReady ??= service.init();
	await binaryDataReady;
	return service;
}

/** Where n8n keeps binary data: N8N_DEFAULT_BINARY_DATA_MODE. */
export type BinaryDataMode = 'default' | 'filesystem' | 'database' | 's3';

/**
 * Keeps binary data as n8n does in this mode from now on: in the item itself (`default`), in files,
 * in the database or in S3. The last two live in the n8n server and not in n8n-core; the stand-in
 * reads a stream by the function that both use (n8n 2.41) and keeps the bytes in memory.
 *
 * @param refuse why the database or S3 stores nothing
 */
export async function useBinaryDataMode(mode: BinaryDataMode, refuse?: Error): Promise<void> {
	const service = await prepareBinaryDataService();
	Container.get(BinaryDataConfig).mode = mode;
	await service.init();
	if (mode !== 'database' && mode !== 's3') return;
	const files = new Map<string, { bytes: Buffer; metadata: BinaryData.PreWriteMetadata }>();
	const found = (id: string) => {
		const file = files.get(id);
		if (!file) throw new Error(`No file "${id}" is stored`);
		return file;
	};
	const manager: Partial<BinaryData.Manager> = {
		async store(_location, content, metadata) {
			const bytes = await binaryToBuffer(content);
			if (refuse) throw refuse;
			const fileId = `stored-${files.size + 1}`;
			files.set(fileId, { bytes, metadata });
			return { fileId, fileSize: bytes.length };
		},
		getAsBuffer: async (id) => await Promise.resolve(found(id).bytes),
		getAsStream: async (id) => await Promise.resolve(Readable.from([found(id).bytes])),
		getMetadata: async (id) =>
			await Promise.resolve({ ...found(id).metadata, fileSize: found(id).bytes.length }),
	};
	service.setManager(mode, manager as BinaryData.Manager);
}

/** A binary property for an input item, stored as n8n stores what an earlier node left. */
export async function storeBinary(
	content: Buffer,
	fileName = 'file.bin',
	mimeType = 'application/octet-stream',
): Promise<IBinaryData> {
	const service = await prepareBinaryDataService();
	return await service.store(
		{ type: 'execution', workflowId: WORKFLOW_ID, executionId: EXECUTION_ID },
		content,
		{ fileName, mimeType, data: '' },
	);
}

/** The bytes of a binary property of an output item. */
export async function readBinary(binary: IBinaryData | undefined): Promise<Buffer> {
	if (!binary) throw new Error('The item has no such binary property');
	return await (await prepareBinaryDataService()).getAsBuffer(binary);
}

function credentialsOf(setup: NodeSetup): TestCredentials {
	if (setup.credentials instanceof TestCredentials) return setup.credentials;
	const { types = [], data = {} } = setup.credentials ?? {};
	return new TestCredentials(
		types.map((Type) => new Type()),
		data,
	);
}

function forbidden(what: string) {
	return () => {
		throw new Error(`A node under test asked n8n to ${what}`);
	};
}

/** A node of a workflow, with all that n8n gives it. For contexts of their own (pollNode.ts). */
export function prepare(setup: NodeSetup) {
	const type = typeof setup.node === 'function' ? new setup.node() : setup.node;
	const { description } = type;
	const typeName = `n8n-nodes-veeam.${description.name}`;
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: (requested) => {
			if (requested !== typeName) throw new UnrecognizedNodeTypeError('test', requested);
			return type;
		},
		getKnownTypes: () => ({}),
	};
	const credentials = credentialsOf(setup);
	const version = description.defaultVersion ?? description.version;
	const node: INode = {
		id: 'test-node',
		name: setup.name ?? description.displayName,
		type: typeName,
		typeVersion: Array.isArray(version) ? (version.at(-1) ?? 1) : version,
		position: [0, 0],
		parameters: structuredClone(setup.parameters ?? {}),
		credentials: Object.fromEntries(
			Object.keys(credentials.stored).map((name) => [name, { id: '1', name }]),
		),
	};
	const additionalData: IWorkflowExecuteAdditionalData = {
		credentialsHelper: credentials,
		executionId: EXECUTION_ID,
		currentNodeExecutionIndex: 0,
		restApiUrl: '',
		instanceBaseUrl: '',
		formBaseUrl: '',
		formWaitingBaseUrl: '',
		formTestBaseUrl: '',
		webhookBaseUrl: '',
		webhookWaitingBaseUrl: '',
		webhookTestBaseUrl: '',
		mcpBaseUrl: '',
		mcpTestBaseUrl: '',
		variables: {},
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		executeWorkflow: forbidden('run another workflow'),
		getRunExecutionData: forbidden('read another execution'),
		getRuntimeCredential: forbidden('read a run-time credential'),
		startRunnerTask: forbidden('start a task runner'),
		logAiEvent: () => {},
	};
	return { type, typeName, nodeTypes, credentials, node, additionalData };
}

export function workflowOf(
	node: INode,
	nodeTypes: INodeTypes,
	staticData?: IDataObject,
): { workflow: Workflow; node: INode } {
	const workflow = new Workflow({
		id: WORKFLOW_ID,
		name: 'Test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		staticData,
		settings: { timezone: 'Etc/UTC' },
	});
	// The workflow's copy of the node has the defaults of all shown parameters filled in.
	return { workflow, node: workflow.getNode(node.name) ?? node };
}

/**
 * Executes an action node and returns what it put out.
 * Errors of the node (NodeApiError, NodeOperationError) reject, as in n8n.
 */
export async function executeNode(options: ExecuteOptions): Promise<ExecuteResult> {
	await prepareBinaryDataService();
	const prepared = prepare(options);
	const { type, credentials, additionalData } = prepared;
	if (options.continueOnFail) prepared.node.onError = 'continueRegularOutput';
	const { workflow, node } = workflowOf(prepared.node, prepared.nodeTypes);

	const items = options.items ?? [{ json: {} }];
	const inputData = { main: [items] };
	const executeData: IExecuteData = { node, data: inputData, source: null };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		options.mode ?? 'manual',
		createEmptyRunExecutionData(),
		0,
		items,
		inputData,
		executeData,
		[],
		options.signal,
	);
	if (!type.execute) throw new Error(`${node.name} has no execute`);
	const outputs = await type.execute.call(context);
	if (!Array.isArray(outputs)) throw new Error(`${node.name} put out no items`);
	return { items: outputs[0] ?? [], outputs, hints: context.hints, credentials };
}

function loadOptionsContext(setup: NodeSetup, path: string) {
	const prepared = prepare(setup);
	const { workflow, node } = workflowOf(prepared.node, prepared.nodeTypes);
	// The editor sends the parameters it shows, defaults included.
	prepared.additionalData.currentNodeParameters = node.parameters;
	return {
		type: prepared.type,
		context: new LoadOptionsContext(workflow, node, prepared.additionalData, path),
	};
}

/** What "From List" of a resource locator shows. */
export async function listSearch(
	setup: NodeSetup & {
		/** Name in `methods.listSearch`. */
		method: string;
		/** What the user typed. */
		filter?: string;
		paginationToken?: string;
		/** Path of the parameter, e.g. `parameters.repositoryId`. */
		path?: string;
	},
): Promise<INodeListSearchResult> {
	const { type, context } = loadOptionsContext(setup, setup.path ?? 'parameters');
	const method = type.methods?.listSearch?.[setup.method];
	if (!method) throw new Error(`No list search method "${setup.method}"`);
	return await method.call(context, setup.filter, setup.paginationToken);
}

/** What a dropdown with `loadOptionsMethod` shows. */
export async function loadOptions(
	setup: NodeSetup & { method: string; path?: string },
): Promise<INodePropertyOptions[]> {
	const { type, context } = loadOptionsContext(setup, setup.path ?? 'parameters');
	const method = type.methods?.loadOptions?.[setup.method];
	if (!method) throw new Error(`No load options method "${setup.method}"`);
	return await method.call(context);
}

/** The fields that a resource mapper offers. */
export async function resourceMapping(
	setup: NodeSetup & { method: string; path?: string },
): Promise<ResourceMapperFields> {
	const { type, context } = loadOptionsContext(setup, setup.path ?? 'parameters');
	const method = type.methods?.resourceMapping?.[setup.method];
	if (!method) throw new Error(`No resource mapping method "${setup.method}"`);
	return await method.call(context);
}

/**
 * The "Test" of a credential by the node's own function (`testedBy`), with n8n's context for it.
 * `data` is what the user entered.
 */
export async function testCredential(
	setup: NodeSetup & { method: string; credentialType: string },
): Promise<INodeCredentialTestResult> {
	const { type, credentials, additionalData, node } = prepare(setup);
	const method = type.methods?.credentialTest?.[setup.method];
	if (!method) throw new Error(`No credential test method "${setup.method}"`);
	const data = await credentials.getDecrypted(
		additionalData,
		{ id: '1', name: setup.credentialType },
		setup.credentialType,
	);
	const context = new CredentialTestContext(additionalData) as unknown as ICredentialTestFunctions;
	return await method.call(context, {
		id: '1',
		name: node.name,
		type: setup.credentialType,
		data,
	});
}
