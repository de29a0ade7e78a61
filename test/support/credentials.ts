import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	ICredentials,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers } from 'n8n-workflow';

/** Decrypted data by credential type name, e.g. `{ veeamBackupReplicationApi: { server: … } }`. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/**
 * Stands in for n8n's own credentials helper, which lives in the n8n server and not in n8n-core.
 * Follows it (n8n 2.41, packages/cli/src/credentials-helper.ts): defaults filled in, logs in by
 * `preAuthentication` where the expirable property is empty or the last answer was 401, saves what
 * the login returned, and authenticates by function or by the generic description.
 *
 * `stored` is what a database would hold: it outlives one execution, as in n8n. Give the same
 * helper to several runs to see a token being reused.
 */
export class TestCredentials extends ICredentialsHelper {
	/** How often `preAuthentication` ran. */
	logins = 0;

	constructor(
		private readonly types: ICredentialType[],
		readonly stored: CredentialData,
	) {
		super();
	}

	private type(name: string): ICredentialType {
		const type = this.types.find((candidate) => candidate.name === name);
		if (!type) throw new Error(`The test knows no credential type "${name}"`);
		return type;
	}

	getParentTypes(name: string): string[] {
		return this.type(name).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		return this.type(name).properties;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Nodes have no use for encrypted credentials');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored[type];
		if (!stored) throw new Error(`The test has no credential of type "${type}"`);
		return NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			structuredClone(stored) as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored[type] = structuredClone(data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('No credential of this package uses OAuth');
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.type(typeName);
		if (typeof type.preAuthentication !== 'function') return undefined;
		this.logins++;
		return (await type.preAuthentication.call(
			helpers,
			credentials,
		)) as ICredentialDataDecryptedObject;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const expirable = this.type(typeName).properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (!expirable) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;

		const output = await this.runPreAuthentication(helpers, credentials, typeName);
		// n8n saves nothing when the login did not return the expirable property.
		if (output?.[expirable.name] === undefined) return undefined;
		if (!node.credentials) return undefined;
		const merged = Object.assign(credentials, output);
		await this.updateCredentials({ id: '1', name: typeName }, typeName, merged);
		return merged;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.type(typeName);
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (!workflow || !node) throw new Error('n8n resolves credential expressions in a workflow');

		const { headers, qs, body, auth } = workflow.expression.getParameterValue(
			authenticate.properties as never,
			null,
			0,
			0,
			node.name,
			[],
			'internal',
			{ $credentials: credentials } as never,
		) as Record<string, object | undefined>;
		if (headers) options.headers = { ...options.headers, ...headers } as never;
		if (qs) options.qs = { ...options.qs, ...qs } as never;
		if (body) options.body = { ...(options.body as object), ...body };
		if (auth) options.auth = auth as never;
		return options;
	}
}
