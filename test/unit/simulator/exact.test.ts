import { PRODUCTS } from '../../../nodes/products';
import { knows, operationBy } from '../../../nodes/shared/catalogue/knows';
import { WIRE } from '../../support/wire';
import { AnswerSchema } from './exact.schema';
import { CONNECTED } from './connected';
import { CatalogueTour } from './tour';

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

const CASES = PRODUCTS.flatMap(({ key, folder, product }) => {
	const catalogue = product.adapter.catalogue();
	return catalogue.versions.map((version) => ({ key, catalogue, version, name: folder }));
});

it.each(CASES)(
	'$name $version takes back as PUT what it gave as GET',
	async ({ key, catalogue, version, name }) => {
		const { basePath, headers, listField, idFields } = WIRE[key];
		const client = await CONNECTED[key]({ tokenLifetimeSeconds: 86_400 });
		try {
			const touring = (as: string) =>
				new CatalogueTour({
					catalogue,
					client,
					version: as,
					prefix: basePath(as),
					headers: headers(as),
					listField,
					idFields,
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
			console.info(`${name} ${version}: ${taken} taken back`);

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
	const { catalogue } = CASES.find(({ key }) => key === 'vb365')!;
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
