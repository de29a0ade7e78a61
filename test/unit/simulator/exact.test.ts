import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromFile } from '../../../nodes/shared/catalogue/stored';
import type { Catalogue } from '../../../nodes/shared/catalogue/types';
import { connected as connectedVbr } from './client';
import { AnswerSchema } from './exact.schema';
import type { HttpsClient } from './https';
import { CatalogueTour } from './tour';
import { connected as connectedVb365 } from './vb365.client';
import { connected as connectedVspc } from './vspc.client';

function catalogueOf(node: string): Catalogue {
	const path = join(__dirname, '../../../nodes', node, 'api/operations.json');
	return fromFile(JSON.parse(readFileSync(path, 'utf8')));
}

interface Side {
	node: string;
	connected(): Promise<HttpsClient & { simulator: { close(): Promise<void> } }>;
	prefix(version: string): string;
	headers(version: string): Record<string, string>;
	listField: string;
	idFields: string[];
}

const SIDES: Side[] = [
	{
		node: 'VeeamBackupReplication',
		connected: () => connectedVbr({ tokenLifetimeSeconds: 86_400 }),
		prefix: () => '',
		headers: (version) => ({ 'x-api-version': version }),
		listField: 'data',
		idFields: ['id'],
	},
	{
		node: 'VeeamBackupMicrosoft365',
		connected: () => connectedVb365({ tokenLifetimeSeconds: 86_400 }),
		prefix: (version) => `/${version}`,
		headers: () => ({}),
		listField: 'results',
		idFields: ['id'],
	},
	{
		node: 'VeeamServiceProviderConsole',
		connected: () => connectedVspc(),
		prefix: () => '/api/v3',
		headers: (version) => ({ 'X-Client-Version': version }),
		listField: 'data',
		idFields: ['instanceUid', 'id'],
	},
];

/** What these want is in no answer: the schema of the PUT is another than that of the GET. */
const ASKS_FOR_MORE = [
	// Takes what `GET …/{id}/details` gives.
	'PUT /api/v1/security/roles/{id}',
	// The proxies have a list of their own, `GET …/{poolId}/proxies`.
	'PUT /ProxyPools/{poolId}',
	// Takes a license file.
	'PUT /licensing/backupServers/{backupServerUid}',
	'PUT /licensing/console',
	'PUT /licensing/sites/{siteUid}',
	'PUT /licensing/vb365Servers/{vb365ServerUid}',
	'PUT /licensing/voneServers/{vOneServerUid}',
];

const CASES = SIDES.flatMap((side) => {
	const catalogue = catalogueOf(side.node);
	return catalogue.versions.map((version) => ({ side, catalogue, version, name: side.node }));
});

it.each(CASES)(
	'$name $version takes back as PUT what it gave as GET',
	async ({ side, catalogue, version }) => {
		const client = await side.connected();
		try {
			const tour = new CatalogueTour({
				catalogue,
				client,
				version,
				prefix: side.prefix(version),
				headers: side.headers(version),
				listField: side.listField,
				idFields: side.idFields,
			});
			const known = catalogue.operations.filter((one) => one.in.includes(version));
			const refused: string[] = [];
			let taken = 0;
			let absent = 0;
			for (const put of known.filter((one) => one.method === 'PUT' && one.body)) {
				const get = known.find((one) => one.method === 'GET' && one.path === put.path);
				if (!get || ASKS_FOR_MORE.includes(`PUT ${put.path}`)) continue;
				const { got, reply } = await tour.putBack(get, put);
				if (got.status !== 200) absent += 1;
				else if (reply.status < 300) taken += 1;
				else refused.push(`PUT ${put.path}: ${reply.status} ${JSON.stringify(reply.body)}`);
			}
			console.info(`${side.node} ${version}: ${taken} taken back, ${absent} had nothing to read`);

			expect(refused).toEqual([]);
			expect(taken).toBeGreaterThan(0);
		} finally {
			await client.simulator.close();
		}
	},
	60_000,
);

it('is held to its schema by a judge that sees what is foreign, missing, of a wrong type or case', () => {
	const schema = new AnswerSchema('VeeamBackupReplication');
	const pagination = { total: 0, count: 0, skip: 0, limit: 200 };
	const flaws = (body: unknown, version = '1.3-rev2') =>
		schema.flaws('getManyADDomains', version, body);

	expect(flaws({ data: [], pagination })).toEqual([]);
	expect(flaws({ data: [], pagination, invented: 1 })).toEqual([
		'$.invented is unknown to 1.3-rev2',
	]);
	expect(flaws({ data: [] })).toEqual(['$.pagination is missing']);
	expect(flaws({ data: {}, pagination })).toEqual(['$.data is no list']);
	expect(flaws({ data: null, pagination })).toEqual(['$.data is null']);
});
