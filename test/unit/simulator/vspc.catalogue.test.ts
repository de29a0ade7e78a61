import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromFile } from '../../../nodes/shared/catalogue/stored';
import type { Operation } from '../../../nodes/shared/catalogue/types';
import { AnswerSchema } from './exact.schema';
import { CatalogueTour, placeIn } from './tour';
import { connected, type ServiceProviderConsoleClient } from './vspc.client';

const catalogue = fromFile(
	JSON.parse(
		readFileSync(
			join(__dirname, '../../../nodes/VeeamServiceProviderConsole/api/operations.json'),
			'utf8',
		),
	),
);

const ORDER = [/^GET/, /^POST(?!.*\/(stop|remove)$)/, /^PUT/, /^PATCH/, /^POST/, /^DELETE/];

const rank = placeIn(ORDER);

function depth({ method, path }: Operation): number {
	return method === 'DELETE' ? path.split('/').length : 0;
}

describe('Every operation of Veeam Service Provider Console', () => {
	let client: ServiceProviderConsoleClient;

	beforeAll(async () => {
		client = await connected({ settings: { downloadBytes: 100 } });
	});
	afterAll(() => client.simulator.close());

	it.each(catalogue.versions)(
		'answers what its schema promises in %s, no field more and none less',
		async (version) => {
			const { control } = client.simulator;
			await control.reset();
			const headers = { 'X-Client-Version': version };
			const first = async (path: string) =>
				(await client.get(path, {}, { headers })).body.data[0].instanceUid as string;
			const known = {
				backupAgentJobUid: await first('/infrastructure/backupAgents/jobs'),
				vb365JobUid: await first('/infrastructure/vb365Servers/organizations/jobs'),
			};
			const tour = new CatalogueTour({
				catalogue,
				client,
				version,
				prefix: '/api/v3',
				headers,
				listField: 'data',
				idFields: ['instanceUid', 'id'],
				known,
			});
			const exact = new AnswerSchema('VeeamServiceProviderConsole');
			const operations = catalogue.operations
				.filter((one) => one.in.includes(version))
				// What lies deeper is removed first.
				.sort((a, b) => rank(a) - rank(b) || depth(b) - depth(a));
			const before = async (name: string) => {
				if (!/asyncActions/.test(name)) return undefined;
				await control.answerLater({ seconds: 1, path: '/about' });
				const { status } = await client.get('/about', {}, { headers });
				await control.answerAtOnce();
				await control.advance(2);
				return status === 202 ? [] : [`GET /about: ${status} instead of 202`];
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
		120_000,
	);
});
