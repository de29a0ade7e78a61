/**
 * The report against a plain oracle, on random estates of every version: the verdict and every count,
 * over all tenants and of each. Seeds are printed where they differ.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { bigVspcReport } from '../../support/bigReports';
import { request } from '../../support/reportClient';
import { consoleOf } from './console';
import { estateOf, LISTS, truthOf, VERSIONS, type Estate, type Version } from './estates';

const ESTATES = 300;
const context = { getWorkflowStaticData: () => ({}) };

const RANK = { good: 0, warning: 1, bad: 2 };

interface Tally {
	reports: number;
	falseGreen: string[];
	falseRed: string[];
	wrongCounts: string[];
	good: number;
}

function compare(
	tally: Tally,
	name: string,
	model: ReportModel | undefined,
	estate: Estate,
	tenant?: string,
) {
	const truth = truthOf(estate, tenant);
	tally.reports++;
	tally.good += Number(truth.verdict === 'good');
	const status = model?.verdict.status ?? 'good';
	const said = `${name}: ${status} for ${truth.verdict}: ${model?.verdict.text ?? 'no report'}`;
	if (RANK[status] < RANK[truth.verdict]) tally.falseGreen.push(said);
	if (RANK[status] > RANK[truth.verdict]) tally.falseRed.push(said);
	const counts = (model?.counts ?? {}) as unknown as IDataObject;
	const differing = Object.entries(truth.counts).filter(([key, number]) => counts[key] !== number);
	if (differing.length > 0)
		tally.wrongCounts.push(
			`${name}: ${differing.map(([key, number]) => `${key} ${String(counts[key])} for ${String(number)}`).join(', ')}`,
		);
}

describe.each(VERSIONS)('VSPC %s', (version) => {
	it(`tells the truth about ${ESTATES} estates, and about each tenant of them`, async () => {
		const tally: Tally = { reports: 0, falseGreen: [], falseRed: [], wrongCounts: [], good: 0 };
		for (let seed = 1; seed <= ESTATES; seed++) {
			const estate = estateOf(seed, version);
			const { client } = consoleOf(estate, seed % 3 === 0 ? 2 : 500);
			const [model] = await collect(context, client, request());
			compare(tally, `seed ${seed}`, model, estate);
			for (const { name, ...row } of model?.tenants ?? []) {
				const { counts } = truthOf(estate, row.id);
				if (
					counts.jobs !== undefined &&
					(counts.jobs !== row.jobs || counts.failed !== row.failed || counts.warned !== row.warned)
				)
					tally.wrongCounts.push(`seed ${seed}: row of ${name}`);
			}
			const each = await collect(context, client, request({ onePerTenant: true }));
			const companies = [...(estate.answers[LISTS.companies] ?? [])].sort((a, b) =>
				String(a.name).localeCompare(String(b.name)),
			);
			companies.forEach(({ instanceUid }, index) =>
				compare(tally, `seed ${seed}, tenant ${index}`, each[index], estate, String(instanceUid)),
			);
			if (companies.length === 0)
				expect(each.map(({ verdict }) => verdict.status)).not.toContain('good');
		}
		const { falseGreen, falseRed, wrongCounts } = tally;
		process.stdout.write(
			`VSPC ${version}: ${tally.reports} reports on ${ESTATES} estates (${tally.good} well): ${falseGreen.length} false green, ${falseRed.length} false red, ${wrongCounts.length} with wrong counts\n`,
		);
		expect({
			falseGreen: falseGreen.slice(0, 3),
			falseRed: falseRed.slice(0, 3),
			wrongCounts: wrongCounts.slice(0, 3),
		}).toEqual({ falseGreen: [], falseRed: [], wrongCounts: [] });
		// The oracle itself must be able to tell both.
		expect(tally.good).toBeGreaterThan(tally.reports / 20);
		expect(tally.good).toBeLessThan(tally.reports * 0.9);
	}, 240_000);
});

// The head and thirteen lists, of which none stands in for another: report.test.ts says what each decides.
describe.each(VERSIONS)('VSPC %s', (version) => {
	it.each([
		[500, 14],
		[200, 25],
	])(
		'at %s a page, 500 jobs and 200 repositories take at most %s requests',
		async (most, bound) => {
			const { counts, requests } = await bigVspcReport(version, most);
			expect(counts).toMatchObject({ jobs: 500, repositories: 200 });
			expect(requests).toBeLessThanOrEqual(bound);
		},
	);
});

const SPECS = process.env.VEEAM_SPECS ?? join(__dirname, '..', '..', '..', '..', 'shared', 'specs');
const withSpecs = existsSync(SPECS) ? it : it.skip;

withSpecs.each(VERSIONS)(
	'%s: the answers hold fields that the schema has, and no others',
	(version: Version) => {
		type Schema = {
			$ref?: string;
			allOf?: Schema[];
			properties?: Record<string, Schema>;
			items?: Schema;
		};
		const spec = JSON.parse(readFileSync(join(SPECS, `vspc-${version}.json`), 'utf8')) as {
			paths: Record<
				string,
				{ get: { responses: Record<string, { content: Record<string, { schema: Schema }> }> } }
			>;
			components: { schemas: Record<string, Schema> };
		};
		const propertiesOf = (schema: Schema | undefined): Record<string, Schema> => {
			if (schema?.$ref)
				return propertiesOf(spec.components.schemas[schema.$ref.split('/').at(-1) ?? '']);
			return Object.assign(
				{},
				...(schema?.allOf ?? []).map(propertiesOf),
				schema?.properties ?? {},
			) as Record<string, Schema>;
		};
		const foreign = (value: unknown, schema: Schema | undefined, path: string): string[] => {
			if (Array.isArray(value)) return value.flatMap((one) => foreign(one, schema?.items, path));
			if (typeof value !== 'object' || value === null) return [];
			const known = propertiesOf(schema);
			return Object.entries(value).flatMap(([name, inner]) =>
				name in known ? foreign(inner, known[name], `${path}.${name}`) : [`${path}.${name}`],
			);
		};
		const faults = new Set<string>();
		for (let seed = 1; seed <= 20; seed++)
			for (const [path, rows] of Object.entries(estateOf(seed, version).answers)) {
				const schema = spec.paths[path]?.get.responses['200']?.content['application/json']?.schema;
				const item = propertiesOf(schema).data;
				for (const fault of foreign(rows, item, path)) faults.add(fault);
			}
		expect([...faults]).toEqual([]);
	},
);

// What would spare a request: a list that brings a second one along. A version that can is worth a look.
withSpecs.each(VERSIONS)(
	'%s: no list of the report brings another one along',
	(version: Version) => {
		type Schema = { $ref?: string; items?: Schema; enum?: string[] };
		type Parameter = { $ref?: string; name?: string; schema?: Schema };
		const spec = JSON.parse(readFileSync(join(SPECS, `vspc-${version}.json`), 'utf8')) as {
			paths: Record<string, { get?: { parameters?: Parameter[] } } | undefined>;
			components: { parameters?: Record<string, Parameter>; schemas: Record<string, Schema> };
		};
		const nameOf = ({ $ref }: { $ref?: string }): string => $ref?.split('/').at(-1) ?? '';
		const valuesOf = (schema: Schema = {}): string[] =>
			schema.$ref
				? valuesOf(spec.components.schemas[nameOf(schema)])
				: schema.items
					? valuesOf(schema.items)
					: (schema.enum ?? []);
		const lists = [...Object.values(LISTS), '/licensing/console'];
		const expands = lists.map((path) => {
			const parameters = spec.paths[path]?.get?.parameters;
			if (!parameters) throw new Error(`${version} has no ${path}`);
			return parameters
				.map((one) => spec.components.parameters?.[nameOf(one)] ?? one)
				.filter(({ name }) => name === 'expand')
				.flatMap(({ schema }) => valuesOf(schema))
				.map((value) => `${path}: ${value}`);
		});
		expect(expands.flat()).toEqual([
			'/organizations/companies: Organization',
			'/infrastructure/backupServers/repositories: BackupRepositoryInfo',
		]);
	},
);
