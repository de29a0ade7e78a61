/**
 * What a list can be filtered by beyond the API's own parameters, for every list of every version. Which
 * records say where they belong, and which parameters are times, is read from the vendor's own files.
 */
import { readFileSync } from 'node:fs';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../nodes/shared/catalogue/types';
import { casesOf, resourceOf } from '../contract/cases';
import { nameOf, type OpenApi, type OpenApiOperation, type Schema } from '../contract/openapi';
import { putBasePathIntoPaths } from '../contract/prepare';
import { describeSpecified, nodeOf } from '../support/specified';
import { ID, Recorder, run, shownProperties } from './formDriver.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

/** Reads one of Veeam's files. */
class Specification {
	readonly document: OpenApi;

	constructor(file: string) {
		this.document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
	}

	/** The query parameters of a GET: name, type and format. */
	query(path: string): Array<{ name: string; schema: Schema; required: boolean }> {
		const item = this.document.paths[path];
		const all = [
			...(item?.get?.parameters ?? []),
			...((item?.parameters as unknown as NonNullable<OpenApiOperation['parameters']>) ?? []),
		];
		const shared = this.document.components.parameters as Record<string, (typeof all)[number]>;
		return all
			.map((one) => (one.$ref ? shared[nameOf(one.$ref)]! : one))
			.filter((one) => one.in === 'query')
			.map((one) => ({
				name: one.name ?? '',
				schema: this.whole(one.schema),
				required: (one as { required?: boolean }).required === true,
			}));
	}

	/** The fields of a list's records, those of plain objects inside by both names. */
	fields(path: string): string[] {
		const answer = this.document.paths[path]?.get?.responses?.['200'];
		const schema = Object.values(answer?.content ?? {})[0]?.schema;
		const items = this.whole(this.whole(schema).properties?.data).items;
		const record = this.whole(items).properties ?? {};
		return Object.entries(record).flatMap(([name, one]) => [
			name,
			...Object.keys(this.whole(one).properties ?? {}).map((inside) => `${name}.${inside}`),
		]);
	}

	private whole(schema: Schema | undefined): Schema {
		if (!schema) return {};
		if (schema.$ref) return this.whole(this.document.components.schemas[nameOf(schema.$ref)]);
		return (schema.allOf ?? []).reduce<Schema>((all, part) => {
			const one = this.whole(part);
			return { ...one, ...all, properties: { ...one.properties, ...all.properties } };
		}, schema);
	}
}

/** The fields that say each scope, as the records of the console have them. */
const SCOPES: Record<string, string[]> = {
	filterCompany: [
		'companyUid',
		'organizationUid',
		'mappedOrganizationUid',
		'vspcOrganizationUid',
		'assignedCompanyUid',
	],
	filterLocation: ['locationUid'],
	filterBackupServer: ['backupServerUid', 'vbrServerUid'],
};

describeSpecified(({ registered, version, file }) => {
	const { product } = registered;
	const catalogue = product.adapter.catalogue();
	const node = nodeOf(registered);
	const { description } = node;
	const specification = new Specification(file);
	const base = product.adapter.basePath(version);
	const lists = catalogue.operations.filter(
		(one) =>
			one.method === 'GET' &&
			one.in.includes(version) &&
			['page', 'list'].includes(one.returns.kind) &&
			resourceOf(description, one.id) !== undefined,
	);
	const filled = (operation: Operation, extent: 'required' | 'all') =>
		casesOf({ description, catalogue }, operation, version).find((one) => one.extent === extent);
	const shown = (operation: Operation, extent: 'required' | 'all' = 'required') =>
		shownProperties(description.properties, filled(operation, extent)?.parameters ?? {});
	async function send(operation: Operation, changes: IDataObject) {
		recorder = new Recorder(version);
		const { parameters = {} } = filled(operation, 'required') ?? {};
		const { error } = await run(product, { ...(parameters as IDataObject), ...changes });
		return { error, query: recorder.sent[0]?.query };
	}

	if (registered.key === 'vspc')
		it('offers Company, Location and Backup Server wherever the records say them, and asks for them', async () => {
			const wrong: string[] = [];
			const count: Record<string, number> = {};
			for (const operation of lists) {
				const path = base + operation.path;
				const canFilter = specification.query(path).some(({ name }) => name === 'filter');
				const names = shown(operation).map(({ name }) => name);
				for (const [parameter, ids] of Object.entries(SCOPES)) {
					const saying = specification
						.fields(path)
						.filter((name) => ids.includes(name.split('.').at(-1)!));
					const isIn = ids.some((id) => operation.path.includes(`{${id}}`));
					const isDue = canFilter && saying.length > 0 && !isIn;
					if (!isDue) {
						// Another version may have the field: then this one says so and sends nothing.
						if (!names.includes(parameter)) continue;
						const { error, query } = await send(operation, { [parameter]: ID });
						if (query || !/needs API/.test(error?.message ?? '') || (saying.length > 0 && !isIn))
							wrong.push(`${operation.id} has ${parameter}: ${error?.message}`);
						continue;
					}
					if (!names.includes(parameter)) {
						wrong.push(`${operation.id} lacks ${parameter}`);
						continue;
					}
					count[parameter] = (count[parameter] ?? 0) + 1;
					const locator = { __rl: true, mode: 'list', value: ID };
					const { query } = await send(operation, { [parameter]: locator });
					const equal = (property: string) => ({ property, operation: 'equals', value: ID });
					const [first, ...more] = JSON.parse(String(query?.filter ?? '[]')) as IDataObject[];
					const asked = (first?.operation === 'or' ? first.items : [first]) as IDataObject[];
					const byName = (a: IDataObject, b: IDataObject) =>
						String(a.property).localeCompare(String(b.property));
					if (
						more.length > 0 ||
						JSON.stringify([...asked].sort(byName)) !==
							JSON.stringify(saying.map(equal).sort(byName))
					)
						wrong.push(`${operation.id} ${parameter}: ${String(query?.filter)}`);
				}
			}
			expect(wrong).toEqual([]);
			expect(count.filterCompany).toBeGreaterThan(70);
			expect(count.filterLocation).toBeGreaterThan(15);
			expect(count.filterBackupServer).toBeGreaterThan(50);
		}, 300_000);

	it('takes hours before now beside every beginning of a period, and not both', async () => {
		const wrong: string[] = [];
		let tried = 0;
		for (const operation of lists) {
			const path = base + operation.path;
			const collection = shown(operation).find(({ name }) => name === 'filters');
			const entries = (collection?.options ?? []) as INodeProperties[];
			for (const { name, schema } of specification.query(path)) {
				const isTime = schema.format === 'date-time' || /Time(From|To)$/.test(name);
				const begins = /After|From$|^from$|LowerBound$/.test(name) && !name.startsWith('expire');
				const hours = entries.find((one) => one.name === `${name}WithinHours`);
				if (!isTime || !begins || !entries.some((one) => one.name === name)) {
					if (hours) wrong.push(`${operation.id} has ${hours.name}`);
					continue;
				}
				if (!hours) {
					wrong.push(`${operation.id} lacks ${name}WithinHours`);
					continue;
				}
				tried += 1;
				const before = Date.now();
				const { query, error } = await send(operation, { filters: { [hours.name]: 36 } });
				const asked = Date.parse(String(query?.[name]));
				if (!(asked >= before - 36 * 3_600_000 - 1000 && asked <= Date.now() - 36 * 3_600_000))
					wrong.push(`${operation.id} ${name}: ${String(query?.[name])} ${error?.message}`);
				const both = { [hours.name]: 36, [name]: '2026-01-01T00:00:00Z' };
				const refused = await send(operation, { filters: both });
				const own = entries.find((one) => one.name === name)!.displayName;
				if (
					refused.query ||
					!refused.error?.message.includes(`"${own}"`) ||
					!refused.error.message.includes(`"${hours.displayName}"`)
				)
					wrong.push(`${operation.id} ${name}: ${refused.error?.message}`);
				for (const bad of [0, -1, '', 'soon', null, 1e12, 1e308, Infinity, 'Infinity', NaN, {}]) {
					const { error: no, query: sent } = await send(operation, {
						filters: { [hours.name]: bad } as IDataObject,
					});
					if (sent || !no?.message.includes(`"${hours.displayName}"`))
						wrong.push(`${operation.id} ${name} ${JSON.stringify(bad)}: ${no?.message}`);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(tried).toBeGreaterThan(0);
	}, 300_000);

	it('refuses an added filter without a value by its name', async () => {
		const wrong: string[] = [];
		let tried = 0;
		for (const operation of lists) {
			const { parameters = {} } = filled(operation, 'all') ?? {};
			const given = (parameters.filters ?? {}) as IDataObject;
			const collection = shown(operation, 'all').find(({ name }) => name === 'filters');
			const entries = (collection?.options ?? []) as INodeProperties[];
			for (const name of Object.keys(given)) {
				// Operations may call one parameter differently.
				const called = entries.filter((one) => one.name === name);
				const type = called[0]?.type;
				const due = specification.query(base + operation.path);
				// What the API demands and has a default for is sent with that.
				if (due.some((one) => one.name === name && one.required)) continue;
				for (const nothing of ['', null, undefined, []] as never[]) {
					tried += 1;
					const { error, query } = await send(operation, { filters: { [name]: nothing } });
					const isNamed = called.some((one) => error?.message.includes(`"${one.displayName}"`));
					if (query || !isNamed)
						wrong.push(`${operation.id} ${name} (${type}) ${String(nothing)}: ${error?.message}`);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(tried).toBeGreaterThan(0);
	}, 300_000);
});
