/**
 * `tsx test/screenshots/errors.ts [part of a name]`: what a person sees when something is wrong,
 * in a real n8n against the simulated servers; pictures in `artifacts/screenshots/`. Look at them.
 */
import type { ProductKey } from '../../nodes/products';
import type { SimulatedServer } from '../../demo/simulatedServer';
import { VSPC_API_KEYS } from '../../simulator';
import { freePort } from '../../demo/ports';
import { nodeTypeOf, onStage, type Stage } from './stage';

interface Scene {
	name: string;
	server: ProductKey;
	/** Changes of the good credential. */
	credential?: (stage: Stage) => Promise<Record<string, unknown>> | Record<string, unknown>;
	parameters?: Record<string, unknown>;
	/** Shown in the form of the credential, not of the node. */
	inCredential?: boolean;
}

/** A list of each product. */
const LISTS: Record<ProductKey, Record<string, unknown>> = {
	vbr: { resource: 'job', operation: 'getManyJobs' },
	vb365: { resource: 'backupJob', operation: 'getBackupJobs' },
	vspc: { resource: 'company', operation: 'listCompanies' },
};

const NOWHERE = '00000000-1111-2222-3333-444444444444';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const wrongPassword = () => ({ password: 'not-the-password' });
const serverOff = async () => ({ serverUrl: `https://127.0.0.1:${await freePort()}` });
const untrusted = () => ({ ignoreSslIssues: false });

const SCENES: Scene[] = [
	{ name: 'wrong-password', server: 'vbr', credential: wrongPassword },
	{
		name: 'wrong-password-credential',
		server: 'vbr',
		credential: wrongPassword,
		inCredential: true,
	},
	{ name: 'server-off', server: 'vbr', credential: serverOff },
	{ name: 'untrusted', server: 'vbr', credential: untrusted },
	{
		name: 'untrusted-credential',
		server: 'vbr',
		credential: untrusted,
		inCredential: true,
	},
	{
		name: 'wrong-version',
		server: 'vbr',
		credential: () => ({ apiVersion: '1.1-rev0' }),
		parameters: {
			resource: 'job',
			operation: 'retryJob',
			jobId: byId(NOWHERE),
		},
	},
	{
		name: 'missing-right',
		server: 'vbr',
		credential: () => ({ username: 'viewer' }),
		parameters: { resource: 'job', operation: 'startJob', jobId: byId(NOWHERE) },
	},
	{
		name: 'unknown-id',
		server: 'vbr',
		parameters: { resource: 'job', operation: 'getJob', jobId: byId(NOWHERE) },
	},
	{
		name: 'bad-json',
		server: 'vbr',
		parameters: {
			resource: 'job',
			operation: 'createJob',
			bodyMode: 'json',
			bodyJson: '{ "name": "Nightly", }',
		},
	},
	{ name: 'wrong-password', server: 'vb365', credential: wrongPassword },
	{ name: 'server-off', server: 'vb365', credential: serverOff },
	{ name: 'untrusted', server: 'vb365', credential: untrusted },
	{
		name: 'missing-right',
		server: 'vb365',
		credential: () => ({ username: 'operator' }),
	},
	{
		name: 'unknown-id',
		server: 'vb365',
		parameters: { resource: 'backupJob', operation: 'getBackupJob', jobId: byId(NOWHERE) },
	},
	{
		name: 'wrong-key',
		server: 'vspc',
		credential: () => ({ apiKey: 'not-the-key' }),
	},
	{
		name: 'wrong-key-credential',
		server: 'vspc',
		credential: () => ({ apiKey: 'not-the-key' }),
		inCredential: true,
	},
	{ name: 'server-off', server: 'vspc', credential: serverOff },
	{ name: 'untrusted', server: 'vspc', credential: untrusted },
	{
		name: 'missing-right',
		server: 'vspc',
		credential: () => ({ apiKey: VSPC_API_KEYS.readOnly }),
		parameters: { resource: 'company', operation: 'deleteCompany', companyUid: byId(NOWHERE) },
	},
	{
		name: 'unknown-id',
		server: 'vspc',
		parameters: { resource: 'company', operation: 'getCompany', companyUid: byId(NOWHERE) },
	},
	{
		name: 'bad-json',
		server: 'vspc',
		parameters: {
			resource: 'company',
			operation: 'createCompany',
			bodyMode: 'json',
			bodyJson: '{ "name": "Nightly", }',
		},
	},
];

async function show(stage: Stage, scene: Scene): Promise<void> {
	const { stack, editor, page } = stage;
	const server: SimulatedServer<unknown> = stack[scene.server];
	const name = `${scene.server} ${scene.name}`;
	const credential = await stack.api.saveCredential(name, server.credentialType, {
		...server.credential,
		...(await scene.credential?.(stage)),
	});
	const list = LISTS[scene.server];
	await stage.openWorkflow(name, [
		{
			name: server.product,
			type: nodeTypeOf(scene.server),
			parameters: scene.parameters ?? list,
			credentials: { [server.credentialType]: { id: credential.id, name: credential.name } },
		},
	]);
	await stage.openForm(server.product);
	if (scene.inCredential) {
		await editor.at('credential-edit-button').click();
		await page
			.getByText(/Couldn.t connect|Connection tested/)
			.first()
			.waitFor();
	} else {
		const { message, description } = await editor.executeInVain();
		console.log(`${name}\n  ${message}\n  ${description}`);
	}
	await stage.picture(`error-${name.replaceAll(' ', '-')}`);
}

const wanted = process.argv[2] ?? '';

onStage(async (stage) => {
	for (const scene of SCENES.filter((one) => `${one.server}-${one.name}`.includes(wanted)))
		await show(stage, scene).catch(async (error: unknown) => {
			console.error(scene.server, scene.name, error instanceof Error ? error.message : error);
			await stage.picture(`broken-${scene.server}-${scene.name}`);
		});
}).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
