import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knows, operationBy } from '../../../nodes/shared/catalogue/knows';
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

/** Where another path than the PUT's own gives the record that it takes. */
const READ_AT: Record<string, string> = {
	// The path itself gives id and name of a role alone.
	'/api/v1/security/roles/{id}': '/api/v1/security/roles/{id}/details',
};

/** What has settings only while it is mounted; older revisions read them, too. */
const MOUNTED = [
	'/api/v1/restore/instantRecovery/azure/vm',
	'/api/v1/restore/instantRecovery/unstructuredData',
];

/** The PUT wants `proxyIds`; the pool as it is read has none, its proxies have a list of their own. */
const IN_TWO_ANSWERS = '/ProxyPools/{poolId}';

const CASES = SIDES.flatMap((side) => {
	const catalogue = catalogueOf(side.node);
	return catalogue.versions.map((version) => ({ side, catalogue, version, name: side.node }));
});

it.each(CASES)(
	'$name $version takes back as PUT what it gave as GET',
	async ({ side, catalogue, version }) => {
		const client = await side.connected();
		try {
			const touring = (as: string) =>
				new CatalogueTour({
					catalogue,
					client,
					version: as,
					prefix: side.prefix(as),
					headers: side.headers(as),
					listField: side.listField,
					idFields: side.idFields,
				});
			const tour = touring(version);
			const newest = catalogue.versions.slice(-1)[0]!;
			for (const path of MOUNTED) {
				const mount = operationBy(catalogue, `POST ${path}`);
				if (mount) expect(await touring(newest).call(mount)).toMatchObject({ status: 201 });
			}
			const known = catalogue.operations.filter((one) => one.in.includes(version));
			const refused: string[] = [];
			let taken = 0;
			const absent: string[] = [];
			// What takes a file takes no record.
			for (const put of known.filter((one) => one.method === 'PUT' && one.body?.media === 'json')) {
				const path = READ_AT[put.path] ?? put.path;
				const get = known.find((one) => one.method === 'GET' && one.path === path);
				if (!get || put.path === IN_TWO_ANSWERS) continue;
				const { got, reply } = await tour.putBack(get, put);
				if (got.status !== 200) absent.push(`${path}: ${got.status}`);
				else if (reply.status < 300) taken += 1;
				else refused.push(`PUT ${put.path}: ${reply.status} ${JSON.stringify(reply.body)}`);
			}
			console.info(`${side.node} ${version}: ${taken} taken back`);

			expect(refused).toEqual([]);
			expect(absent).toEqual([]);
			expect(taken).toBeGreaterThan(0);
		} finally {
			await client.simulator.close();
		}
	},
	60_000,
);

it('gives no proxies with a pool, which a change of the pool wants', () => {
	const catalogue = catalogueOf('VeeamBackupMicrosoft365');
	for (const version of catalogue.versions.filter((one) =>
		knows(catalogue, one, `PUT ${IN_TWO_ANSWERS}`),
	)) {
		expect(knows(catalogue, version, `PUT ${IN_TWO_ANSWERS}`, 'body.proxyIds')).toBe(true);
		expect(knows(catalogue, version, `GET ${IN_TWO_ANSWERS}`, 'returns.proxyIds')).toBe(false);
	}
	expect.hasAssertions();
});

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
