import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromFile } from '../../../nodes/shared/catalogue/stored';
import type { Operation } from '../../../nodes/shared/catalogue/types';
import { AnswerSchema } from './exact.schema';
import { CatalogueTour, flaws } from './tour';
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

function rank({ method, path }: Operation): number {
	return ORDER.findIndex((pattern) => pattern.test(`${method} ${path}`));
}

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
			const wrong: string[] = [];
			const operations = catalogue.operations
				.filter((one) => one.in.includes(version))
				// What lies deeper is removed first.
				.sort((a, b) => rank(a) - rank(b) || depth(b) - depth(a));
			for (const operation of operations) {
				const name = `${operation.method} ${operation.path}`;
				if (/asyncActions/.test(name)) {
					await control.answerLater({ seconds: 1, path: '/about' });
					const { status } = await client.get('/about', {}, { headers });
					if (status !== 202) wrong.push(`GET /about: ${status} instead of 202`);
					await control.answerAtOnce();
					await control.advance(2);
				}
				const reply = await tour.call(operation);
				const found = flaws(operation, version, reply);
				if (!found.length) found.push(...exact.flawsOf(operation, version, reply));
				if (operation.method !== 'GET') await control.advance(10);
				if (found.length) wrong.push(`${name}: ${found.join(', ')}`);
			}

			console.info(`${version}: ${exact.counts()}`);
			expect(wrong).toEqual([]);
			expect(exact.fields).toBeGreaterThan(1000);
		},
		120_000,
	);
});
