import { request } from 'node:https';
import type { DemoStack } from '../../demo/stack';
import type { Editor } from './editor';

/** A repository on S3-compatible storage in Backup & Replication: what is filled in, in the order of the form. */
async function createInBackupReplication(
	editor: Editor,
	{ account, gateway }: { account: string; gateway: string },
): Promise<void> {
	await editor.newWorkflow();
	await editor.findNode('Veeam Backup & Replication');
	await editor.dragOntoCanvas('Create a repository');
	await editor.choose('repositoryType', 'S3 Compatible');
	await editor.type('name', 'Offsite S3');
	await editor.type('description', 'Second copy');
	await editor.typeMappedField('Service Point (Account)', 'https://s3.example.com');
	await editor.typeMappedField('Region ID (Account)', 'eu-central-1');
	await editor.chooseMappedField('Credentials ID (Account)', account);
	await editor.typeMappedField('Bucket Name (Bucket)', 'veeam');
	await editor.typeMappedField('Folder Name (Bucket)', 'main');
	const [connection, gateways] = [
		'Connection Type (Connection Settings, Account)',
		'Gateway Server IDs (Connection Settings, Account) (Pick One; Use an Expression for Several)',
	];
	await editor.addField(connection);
	await editor.chooseMappedField(connection, 'Selected Gateway');
	await editor.addField(gateways);
	await editor.chooseMappedField(gateways, gateway);
	await editor.addField('Enabled (Immutability, Bucket)');
	await editor.switchMappedField('Enabled (Immutability, Bucket)');
	await editor.addField('Days Count (Immutability, Bucket)');
	await editor.typeMappedField('Days Count (Immutability, Bucket)', '30');
	await editor.picture('s3-repository-filled-in');
}

/** The same in Backup for Microsoft 365 v8, which requires nothing by its specification. */
async function createInMicrosoft365(
	editor: Editor,
	{ account, proxy }: { account: RegExp; proxy: string },
): Promise<void> {
	await editor.newWorkflow();
	await editor.findNode('Veeam Backup for Microsoft 365');
	await editor.dragOntoCanvas('Add a backup repository');
	await editor.choose('retentionType', 'Item Level');
	const bucket = '(S3 Compatible Bucket, Object Storage)';
	await editor.addField('Type (Object Storage)');
	await editor.chooseMappedField('Type (Object Storage)', 'S3 Compatible');
	await editor.addField('Account ID (Object Storage)');
	await editor.chooseMappedField('Account ID (Object Storage)', account);
	for (const [label, text] of [
		[`Service Point ${bucket}`, 'https://s3.example.com'],
		[`Custom Region ID ${bucket}`, 'eu-central-1'],
		[`Name ${bucket}`, 'veeam'],
		['S3 Folder (Object Storage)', 'mail'],
	] as const) {
		await editor.addField(label);
		await editor.typeMappedField(label, text);
	}
	await editor.addOption('Name');
	await editor.type('name', 'Offsite S3');
	await editor.addOption('Retention Period Type');
	await editor.choose('retentionPeriodType', 'Yearly');
	await editor.addOption('Yearly Retention Period');
	await editor.choose('yearlyRetentionPeriod', '3 Years');
	await editor.addOption('Proxy Server Name or ID');
	await editor.choose('proxyId', proxy);
	await editor.picture('microsoft-s3-repository-filled-in');
}

type Item = Record<string, unknown>;

/** What a simulated server answers to a request that is not the node's. */
async function ask(url: string, headers: Record<string, string>, form?: string): Promise<unknown> {
	const method = form === undefined ? 'GET' : 'POST';
	const type = { 'content-type': 'application/x-www-form-urlencoded' };
	return await new Promise((resolve, reject) => {
		const sent = request(
			url,
			{ method, headers: { ...headers, ...(form ? type : {}) }, rejectUnauthorized: false },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
			},
		);
		sent.on('error', reject);
		sent.end(form);
	});
}

/** Logs in as the credential does, and reads lists. */
async function readsLists(
	{ url, credential }: DemoStack['vbr'] | DemoStack['vb365'],
	tokenPath: string,
): Promise<(path: string) => Promise<Item[]>> {
	const { username = '', password = '' } = credential as Record<string, string>;
	const form = new URLSearchParams({
		...{ grant_type: 'password', username, password },
		disable_antiforgery_token: 'true',
	});
	const version = { 'x-api-version': String(credential.apiVersion) };
	const { access_token: token } = (await ask(url + tokenPath, version, form.toString())) as {
		access_token: string;
	};
	return async (path) => {
		const headers = { ...version, authorization: `Bearer ${token}` };
		const answer = (await ask(url + path, headers)) as Item[] | { data?: Item[]; results?: Item[] };
		return Array.isArray(answer) ? answer : (answer.data ?? answer.results ?? []);
	};
}

/** The body of the only POST to a path. */
async function posted(
	control: DemoStack['vbr' | 'vb365']['control'],
	path: RegExp,
): Promise<unknown> {
	const requests = (await control.requests()).filter(
		(one) => one.method === 'POST' && path.test(one.path),
	);
	expect(requests).toHaveLength(1);
	return (requests[0] as unknown as Item).body;
}

/** Repositories on object storage are created by mouse, without JSON. */
export function creationTests(given: () => { editor: Editor; stack: DemoStack }): void {
	it('an S3-compatible repository is created in Backup & Replication by mouse, without JSON', async () => {
		const { editor, stack } = given();
		const list = await readsLists(stack.vbr, '/api/oauth2/token');
		const [account] = await list('/api/v1/cloudCredentials');
		const [, gateway] = await list('/api/v1/backupInfrastructure/managedServers');
		await stack.vbr.control.clearRequests();
		await createInBackupReplication(editor, {
			account: String(account!.account),
			gateway: String(gateway!.name),
		});
		await editor.execute();
		await editor.picture('s3-repository-created');

		expect(await posted(stack.vbr.control, /\/backupInfrastructure\/repositories$/)).toEqual({
			type: 'S3Compatible',
			name: 'Offsite S3',
			description: 'Second copy',
			account: {
				servicePoint: 'https://s3.example.com',
				regionId: 'eu-central-1',
				credentialsId: account!.id,
				connectionSettings: {
					connectionType: 'SelectedGateway',
					gatewayServerIds: [gateway!.id],
				},
			},
			bucket: {
				bucketName: 'veeam',
				folderName: 'main',
				immutability: { isEnabled: true, daysCount: 30 },
			},
		});
	});

	it('an S3-compatible repository is created in Backup for Microsoft 365 v8 by mouse, without JSON', async () => {
		const { editor, stack } = given();
		const list = await readsLists(stack.vb365, '/v8/token');
		const [, account] = await list('/v8/Accounts');
		const [proxy] = await list('/v8/Proxies');
		await stack.vb365.control.clearRequests();
		await createInMicrosoft365(editor, {
			// Three have the same name: the list tells them apart by their IDs.
			account: new RegExp(String(account!.id)),
			proxy: String(proxy!.hostName),
		});
		await editor.execute();
		await editor.picture('microsoft-s3-repository-created');

		expect(await posted(stack.vb365.control, /\/v8\/BackupRepositories$/)).toEqual({
			name: 'Offsite S3',
			retentionType: 'ItemLevel',
			retentionPeriodType: 'Yearly',
			yearlyRetentionPeriod: 'Years3',
			proxyId: proxy!.id,
			objectStorage: {
				type: 'AmazonS3Compatible',
				accountId: account!.id,
				s3Folder: 'mail',
				amazonBucketS3Compatible: {
					servicePoint: 'https://s3.example.com',
					customRegionId: 'eu-central-1',
					name: 'veeam',
				},
			},
		});
	});
}
