import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { VSPC } from '../nodes/VeeamServiceProviderConsole/api/identity';
import { login } from '../nodes/VeeamServiceProviderConsole/api/login';
import {
	passwordWay,
	secretField,
	serverFields,
	tokenWay,
} from '../nodes/shared/credential/serverFields';

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

	properties: INodeProperties[] = serverFields(VSPC, {
		server: 'Veeam Service Provider Console',
		waysIn: [
			{
				option: {
					name: 'API Key (Recommended)',
					value: 'apiKey',
					description:
						'Does not expire, needs no second factor, and can be read-only: enough for workflows that only monitor and bill',
				},
				fields: [
					secretField(
						'API Key',
						'apiKey',
						'Create it in Veeam Service Provider Console for the user whose rights the workflows should have. Make it read-only unless workflows change something.',
					),
				],
			},
			passwordWay({
				placeholder: 'e.g. PROVIDER\\n8n',
				description:
					'The same as for the portal. A user with multi-factor authentication cannot log in here: use an API key.',
			}),
			tokenWay,
		],
		aboutVersion:
			'The version whose fields and values the server answers with. The newest the server knows has the most operations.',
		laterVersion: '3.7',
	});

	/** n8n calls it where no session is stored and to renew one, and stores what it returns. */
	preAuthentication = login.preAuthentication;

	/** Adds the token for the credential's own server; refuses to take it anywhere else. */
	authenticate: IAuthenticate = login.authenticate;
}
