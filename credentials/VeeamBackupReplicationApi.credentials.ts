import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { VBR } from '../nodes/VeeamBackupReplication/api/identity';
import { login } from '../nodes/VeeamBackupReplication/api/login';
import { passwordWay, serverFields, tokenWay } from '../nodes/shared/credential/serverFields';

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

	properties: INodeProperties[] = serverFields(VBR, {
		server: 'the backup server',
		waysIn: [
			passwordWay({
				placeholder: 'e.g. DOMAIN\\backup-reader',
				description:
					'DOMAIN\\user, user@domain or .\\user. An account with multi-factor authentication cannot log in here unless it is marked as a service account.',
			}),
			tokenWay,
		],
		aboutVersion:
			'The newest version the server knows has the most operations. Older versions stay available on newer servers.',
		laterVersion: '1.3-rev3',
	});

	/** n8n calls it where no session is stored and to renew one, and stores what it returns. */
	preAuthentication = login.preAuthentication;

	/** Adds the token for the credential's own server; refuses to take it anywhere else. */
	authenticate: IAuthenticate = login.authenticate;
}
