import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { login } from '../nodes/VeeamBackupReplication/api/login';

/** Tested by the node (`testVeeamBackupReplicationApi`), which can say what is wrong. */
export class VeeamBackupReplicationApi implements ICredentialType {
	name = 'veeamBackupReplicationApi';

	displayName = 'Veeam Backup & Replication API';

	icon = {
		light: 'file:../icons/veeamBackupReplication.svg',
		dark: 'file:../icons/veeamBackupReplication.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-veeam/n8n-nodes-veeam/blob/main/docs/credentials.md#veeam-backup--replication-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Server URL',
			name: 'serverUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://backup.example.com:9419',
			description:
				'Address of the backup server. Without https:// or a port, https and 9419 are assumed.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
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
			default: 'password',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. DOMAIN\\backup-reader',
			description:
				'DOMAIN\\user, user@domain or .\\user. An account with multi-factor authentication cannot log in here unless it is marked as a service account.',
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
				{
					name: '13.1 (1.3-rev2)',
					value: '1.3-rev2',
					description: 'Known to build 13.1.0.411 and later',
				},
				{
					name: '13.0.1 (1.3-rev1)',
					value: '1.3-rev1',
					description: 'Known to build 13.0.1.180 and later',
				},
				{
					name: '13.0 (1.3-rev0)',
					value: '1.3-rev0',
					description: 'Known to build 13.0.0.4967 and later',
				},
				{
					name: '12.3.1 (1.2-rev1)',
					value: '1.2-rev1',
					description: 'Known to build 12.3.1.1139 and later',
				},
				{
					name: 'Other',
					value: 'other',
					description: 'Type a version, such as one newer than this package',
				},
			],
			default: 'auto',
			description:
				'The newest version the server knows has the most operations. Older versions stay available on newer servers.',
		},
		{
			displayName: 'Other API Version',
			name: 'otherApiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1.3-rev3',
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
