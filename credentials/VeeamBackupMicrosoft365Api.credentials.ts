import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { login } from '../nodes/VeeamBackupMicrosoft365/api/login';

/** Tested by the node (`testVeeamBackupMicrosoft365Api`), which can say what is wrong. */
export class VeeamBackupMicrosoft365Api implements ICredentialType {
	name = 'veeamBackupMicrosoft365Api';

	displayName = 'Veeam Backup for Microsoft 365 API';

	icon = {
		light: 'file:../icons/veeamBackupMicrosoft365.svg',
		dark: 'file:../icons/veeamBackupMicrosoft365.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-veeam/n8n-nodes-veeam/blob/main/docs/credentials.md#veeam-backup-for-microsoft-365-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Server URL',
			name: 'serverUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://backup365.example.com:4443',
			description:
				'Address of the backup server. Without https:// or a port, https and 4443 are assumed.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'token',
					description: 'Paste a token, which works until it expires',
				},
				{
					name: 'Application Certificate',
					value: 'certificate',
					description: 'Log in as a Microsoft Entra application, with an assertion',
				},
				{
					name: 'Password',
					value: 'password',
					description: 'Log in with user name and password; tokens are renewed by themselves',
				},
			],
			default: 'password',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. DOMAIN\\backup-reader',
			description: 'DOMAIN\\user, user@domain or .\\user',
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
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			description:
				'ID of the application in Microsoft Entra, or user ID and tenant ID with a dot between them',
			displayOptions: { show: { authentication: ['certificate'] } },
		},
		{
			displayName: 'Assertion',
			name: 'assertionToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'JSON Web Token, signed with the certificate of the application. Once it has expired, new tokens cannot be had with it.',
			displayOptions: { show: { authentication: ['certificate'] } },
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
				{ name: 'Other', value: 'other', description: 'Type a version newer than this package' },
				{ name: 'V4', value: 'v4', description: 'Works as V6 does, as far as the server knows it' },
				{ name: 'V5', value: 'v5', description: 'Works as V6 does, as far as the server knows it' },
				{ name: 'V6', value: 'v6' },
				{ name: 'V7', value: 'v7' },
				{ name: 'V8', value: 'v8' },
			],
			default: 'auto',
			description: 'The newest version the server knows has the most operations',
		},
		{
			displayName: 'Other API Version',
			name: 'otherApiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. v9',
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
