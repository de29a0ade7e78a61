import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { login } from '../nodes/VeeamServiceProviderConsole/api/login';

/** Tested by the node (`testVeeamServiceProviderConsoleApi`), which can say what is wrong. */
export class VeeamServiceProviderConsoleApi implements ICredentialType {
	name = 'veeamServiceProviderConsoleApi';

	displayName = 'Veeam Service Provider Console API';

	icon = {
		light: 'file:../icons/veeamServiceProviderConsole.svg',
		dark: 'file:../icons/veeamServiceProviderConsole.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-veeam/n8n-nodes-veeam/blob/main/docs/credentials.md#veeam-service-provider-console-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Server URL',
			name: 'serverUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://vspc.example.com:1280',
			description:
				'Address of Veeam Service Provider Console. Without https:// or a port, https and 1280 are assumed.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'API Key (Recommended)',
					value: 'apiKey',
					description:
						'Does not expire, needs no second factor, and can be read-only: enough for workflows that only watch and bill',
				},
				{
					name: 'Password',
					value: 'password',
					description: 'Log in with user name and password; tokens are renewed by themselves',
				},
				{
					name: 'Access Token',
					value: 'token',
					description: 'Paste a token, which works until it expires',
				},
			],
			default: 'apiKey',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Create it in Veeam Service Provider Console for the user whose rights the workflows shall have. Make it read-only unless workflows change something.',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. PROVIDER\\n8n',
			description:
				'As for the log in to the portal. A user with multi-factor authentication cannot log in here: use an API key.',
			displayOptions: { show: { authentication: ['password'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['password'] } },
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['token'] } },
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'auto',
					description: 'The newest that the server and this package both know',
				},
				{ name: '3.6.1', value: '3.6.1' },
				{ name: '3.6', value: '3.6' },
				{ name: '3.5.1', value: '3.5.1' },
				{
					name: 'Other',
					value: 'other',
					description: 'Type a version, such as one newer than this package',
				},
			],
			default: 'auto',
			description:
				'The version whose fields and values the server answers with. The newest the server knows has the most operations.',
		},
		{
			displayName: 'Other API Version',
			name: 'otherApiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3.7',
			displayOptions: { show: { apiVersion: ['other'] } },
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description:
				'Whether to connect even if the certificate of the server cannot be trusted, as with the self-signed one it is installed with',
		},
		{
			displayName: 'Largest Answer (MB)',
			name: 'largestAnswerMb',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 500 },
			default: 100,
			description:
				'How large one answer of the server may be. A larger one is not read to its end; files are not concerned.',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** n8n calls it where no session is stored and to renew one, and stores what it returns. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await login.preAuthentication(this, credentials);
	}

	/** Adds the token for the credential's own server; refuses to take it anywhere else. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => login.authenticate(credentials, requestOptions);
}
