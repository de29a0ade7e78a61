import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { EXAMPLE } from '../nodes/ExampleBackupConsole/api/identity';
import { login } from '../nodes/ExampleBackupConsole/api/login';
import { passwordWay, serverFields } from '../nodes/shared/credential/serverFields';

export class ExampleBackupConsoleApi implements ICredentialType {
	name = 'exampleBackupConsoleApi';

	displayName = 'Example Backup Console API';

	documentationUrl = 'https://example.com';

	properties: INodeProperties[] = serverFields(EXAMPLE, {
		server: 'console',
		waysIn: [passwordWay({ placeholder: 'e.g. n8n' })],
		aboutVersion: 'The version of the API',
		laterVersion: '1.1',
	});

	preAuthentication = login.preAuthentication;

	authenticate: IAuthenticate = login.authenticate;
}
