import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromFile } from '../../../nodes/shared/catalogue/stored';
import type { Operation } from '../../../nodes/shared/catalogue/types';
import { AnswerSchema } from './exact.schema';
import { CatalogueTour, placeIn } from './tour';
import { connected, type Microsoft365Client } from './vb365.client';

const catalogue = fromFile(
	JSON.parse(
		readFileSync(
			join(__dirname, '../../../nodes/VeeamBackupMicrosoft365/api/operations.json'),
			'utf8',
		),
	),
);

/** What opens restores comes before what looks into them; removals and ends come last. */
const ORDER = [/^GET/, /^POST(?!.*(\/(stop|remove)$))/i, /^PUT/, /^POST/, /^DELETE/];

const rank = placeIn(ORDER);

describe('Every operation of Veeam Backup for Microsoft 365', () => {
	let client: Microsoft365Client;

	beforeAll(async () => {
		client = await connected({ tokenLifetimeSeconds: 86_400, settings: { downloadBytes: 100 } });
	});
	afterAll(() => client.simulator.close());

	it.each(catalogue.versions)(
		'answers what its schema promises in %s, no field more and none less',
		async (version) => {
			const { control } = client.simulator;
			await control.reset();
			await client.login();
			const organization = (await client.named('/Organizations', 'example.onmicrosoft.com')).id;
			const job = await client.named('/Jobs', 'Exchange - All Users');
			const copy = await client.named('/CopyJobs', 'Copy - Exchange');
			const { id } = (await client.post(`/Organizations/${organization}/explore`, {})).body;
			const tour = new CatalogueTour({
				catalogue,
				client,
				version,
				prefix: `/${version}`,
				listField: 'results',
				idFields: ['id'],
				// Restores of operators open more sessions, which end by themselves.
				always: ({ name }) => (name === 'restoreSessionId' ? id : undefined),
			});
			await client.post(`/RestoreSessions/${id}/organization/exportToPst`, {});
			const repository = await client.named('/BackupRepositories', 'Azure Archive');
			const proxy = await client.named('/Proxies', 'vbo01.example.lab');
			const path = `/BackupRepositories/${repository.id}`;
			await client.post(`${path}/Sync`);
			const change = await client.post(`${path}/changeOwner?proxyId=${proxy.id}`);
			expect(change.status).toBe(200);
			const exact = new AnswerSchema('VeeamBackupMicrosoft365');
			const operations = catalogue.operations
				.filter((one) => one.in.includes(version) && !/changeOwner$/.test(one.path))
				.sort((a, b) => rank(a) - rank(b));
			const before = async (name: string) => {
				if (name === 'POST /Jobs/{jobId}/stop') await control.runJob(job.id);
				if (name === 'POST /CopyJobs/{id}/stop') await control.runJob(copy.id);
				return undefined;
			};
			const after = async ({ method }: Operation) => {
				if (method !== 'GET') await control.advance(10);
				return undefined;
			};
			const wrong = await tour.judge(operations, exact, before, after);

			console.info(`${version}: ${exact.counts()}`);
			expect(wrong).toEqual([]);
			expect(exact.fields).toBeGreaterThan(1000);
		},
		60_000,
	);
});
