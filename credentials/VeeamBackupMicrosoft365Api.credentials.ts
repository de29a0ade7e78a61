import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { VB365 } from '../nodes/VeeamBackupMicrosoft365/api/identity';
import { login } from '../nodes/VeeamBackupMicrosoft365/api/login';
import {
	passwordWay,
	secretField,
	serverFields,
	tokenWay,
} from '../nodes/shared/credential/serverFields';

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

	properties: INodeProperties[] = serverFields(VB365, {
		server: 'the backup server',
		waysIn: [
			passwordWay({
				placeholder: 'e.g. DOMAIN\\backup-reader',
				description: 'DOMAIN\\user, user@domain or .\\user',
			}),
			{
				option: {
					name: 'Application Certificate',
					value: 'certificate',
					description: 'Log in as a Microsoft Entra application, with an assertion',
				},
				fields: [
					{
						displayName: 'Client ID',
						name: 'clientId',
						type: 'string',
						default: '',
						description:
							'ID of the application in Microsoft Entra, or user ID and tenant ID with a dot between them',
					},
					secretField(
						'Assertion',
						'assertionToken',
						'JSON Web Token, signed with the certificate of the application. Once it has expired, new tokens cannot be had with it.',
					),
				],
			},
			tokenWay,
		],
		aboutVersion: 'The newest version the server knows has the most operations',
		laterVersion: 'v9',
		olderVersions: ['v5', 'v4'].map((version) => ({
			name: version.toUpperCase(),
			value: version,
			description: 'Works as in V6, as far as the server supports it',
		})),
	});

	/** n8n calls it where no session is stored and to renew one, and stores what it returns. */
	preAuthentication = login.preAuthentication;

	/** Adds the token for the credential's own server; refuses to take it anywhere else. */
	authenticate: IAuthenticate = login.authenticate;
}
