import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { IDataObject, ICredentialType, INodeType } from 'n8n-workflow';
import type { ProductKey } from '../../nodes/products';
import { SIMULATORS } from '../../simulator/simulators';
import { isRequired, returnsFor } from '../../nodes/shared/catalogue/read';
import { fromFile } from '../../nodes/shared/catalogue/stored';
import type { ApiVersion, Operation } from '../../nodes/shared/catalogue/types';
import { CONTROL, pathBindings } from '../../nodes/shared/binding/parameterBinding';
import { executeNode, TestCredentials } from '../support/executeNode';
import { WIRE, type Wire } from '../support/wire';
import { CONNECTED } from '../unit/simulator/connected';
import type { HttpsClient } from '../unit/simulator/https';
import { CatalogueTour } from '../unit/simulator/tour';
import { AnswerSchemas } from './answerSchemas';
import { casesOf } from './cases';
import { SPECIFICATIONS_FOLDER, specificationsOf } from './specifications';

const ROOT = resolve(__dirname, '../..');

/** A product whose answers are judged: its wire, and how its node lays a record out. */
interface AnsweringProduct extends Wire {
	key: ProductKey;
	folder: string;
	laidOut(record: IDataObject): IDataObject;
}

/** Nothing may change between two reads of the same. */
const AT_REST = { speed: 0, settings: { downloadBytes: 100 } };

/** Reads first, removals last. */
const ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Every answer of the simulator against Veeam's own file of its version, and what the built node makes
 * of those that it reads: nothing lost, nothing invented.
 */
export function describeAnswers(
	key: ProductKey,
	folder: string,
	laidOut: AnsweringProduct['laidOut'] = (one) => one,
): void {
	const product: AnsweringProduct = { ...WIRE[key], key, folder, laidOut };
	const nodeFile = `${ROOT}/dist/nodes/${folder}/${folder}.node.js`;
	const specifications = specificationsOf(key);
	if (specifications.length === 0) {
		it.skip(`skipped: no ${key}-<version>.json in ${SPECIFICATIONS_FOLDER}`, () => {});
		return;
	}
	if (!existsSync(nodeFile)) {
		it('reads with the built node', () => {
			throw new Error(`${nodeFile} is missing: run "npm run build" first`);
		});
		return;
	}
	it.each(specifications)(
		'$product $version: answers are what the specification says, and the node keeps them',
		async ({ version, file }) => {
			const client = await CONNECTED[key](AT_REST);
			try {
				const run = await Run.of(product, version, new AnswerSchemas(file), client);
				await run.all();
				process.stdout.write(`${version}: ${run.counts()}\n`);
				expect([...new Set(run.wrong)]).toEqual([]);
				expect(run.judged).toBeGreaterThan(100);
				// VBR 12.0: 49 of 131.
				expect(run.kept).toBeGreaterThan(version === '1.1-rev0' ? 40 : 50);
			} finally {
				await client.simulator.close();
			}
		},
		600_000,
	);
}

class Run {
	readonly wrong: string[] = [];
	judged = 0;
	kept = 0;
	private refused = 0;
	private undescribed = 0;

	private constructor(
		private readonly product: AnsweringProduct,
		private readonly version: ApiVersion,
		private readonly schemas: AnswerSchemas,
		private readonly catalogue: ReturnType<typeof fromFile>,
		private readonly tour: CatalogueTour,
		private readonly node: INodeType,
		private readonly credentials: TestCredentials,
	) {}

	static async of(
		product: AnsweringProduct,
		version: ApiVersion,
		schemas: AnswerSchemas,
		client: HttpsClient & { simulator: { url: string } },
	): Promise<Run> {
		const { folder: className, listField, idFields } = product;
		const folder = `${ROOT}/dist/nodes/${className}`;
		const catalogue = fromFile(
			JSON.parse(readFileSync(`${folder}/api/operations.json`, 'utf8')) as unknown,
		);
		const tour = new CatalogueTour({
			catalogue,
			client,
			version,
			prefix: product.basePath(version),
			headers: product.headers(version),
			listField,
			idFields,
		});
		const load = async <T>(file: string, name: string) => {
			const { [name]: Loaded } = (await import(file)) as Record<string, new () => T>;
			if (!Loaded) throw new Error(`${file} exports no ${name}`);
			return new Loaded();
		};
		const node = await load<INodeType>(`${folder}/${className}.node.js`, className);
		const credential = await load<ICredentialType>(
			`${ROOT}/dist/credentials/${className}Api.credentials.js`,
			`${className}Api`,
		);
		const credentials = new TestCredentials([credential], {
			[credential.name]: {
				serverUrl: client.simulator.url,
				ignoreSslIssues: true,
				...SIMULATORS[product.key].credential,
				apiVersion: version,
			},
		});
		return new Run(product, version, schemas, catalogue, tour, node, credentials);
	}

	async all(): Promise<void> {
		const operations = this.catalogue.operations
			.filter((one) => one.in.includes(this.version))
			.sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
		for (const operation of operations) await this.one(operation);
	}

	counts(): string {
		return `${this.judged} answers judged by the specification, ${this.undescribed} without a body in JSON, ${this.refused} refused, ${this.kept} read by the node`;
	}

	private async one(operation: Operation): Promise<void> {
		const { method, path } = operation;
		const reply = await this.tour.call(operation);
		// The simulated hosts of VBR 12.0 have no name: nothing to ask by, which the node refuses itself.
		const isNamed = !Object.values(this.tour.ids).includes('');
		if (reply.status >= 300 || !isNamed) {
			this.refused += 1;
			return;
		}
		const where = this.product.basePath(this.version) + path;
		const isJson = /json/.test(String(reply.headers['content-type']));
		const flaws = isJson ? this.schemas.flaws(method, where, reply.status, reply.body) : undefined;
		if (flaws === undefined) this.undescribed += 1;
		else this.judged += 1;
		this.wrong.push(...(flaws ?? []).map((flaw) => `${method} ${path}: ${flaw}`));
		if (flaws && method === 'GET') await this.read(operation, reply.body);
	}

	/** What the node gives for the same record or list. */
	private async read(operation: Operation, body: unknown): Promise<void> {
		const { kind, items } = returnsFor(operation, this.version);
		const needed = (operation.query ?? []).some((one) => isRequired(one, this.version));
		if (!['page', 'list', 'item'].includes(kind) || needed) return;
		const held = items ? (body as IDataObject)[items] : body;
		const expected = (kind === 'item' ? [held] : held) as IDataObject[];
		const [filled] = casesOf(
			{ description: this.node.description, catalogue: this.catalogue },
			operation,
			this.version,
		);
		if (!filled) return;
		const ids = Object.fromEntries(
			pathBindings(operation).map(({ name, apiName }) => {
				const given = filled.parameters[name];
				const value = this.tour.ids[apiName] ?? '';
				return [name, typeof given === 'object' ? { __rl: true, mode: 'id', value } : value];
			}),
		);
		const name = `${operation.method} ${operation.path}: the node`;
		const output = await executeNode({
			node: this.node,
			credentials: this.credentials,
			parameters: {
				...filled.parameters,
				...ids,
				[CONTROL.returnAll]: true,
				[CONTROL.simplify]: false,
			},
		}).then(
			({ items: given }) => given,
			(error: Error) => {
				this.wrong.push(`${name} says ${error.message}`);
				return undefined;
			},
		);
		if (!output) return;
		this.kept += 1;
		// The node reads all pages, what it is held to is the first.
		const isWhole = kind !== 'page' || output.length < expected.length;
		if (isWhole && output.length !== expected.length)
			this.wrong.push(`${name} gives ${output.length} items of ${expected.length}`);
		const laidOut = this.product.laidOut;
		expected.slice(0, output.length).forEach((one, index) => {
			const record = laidOut(one);
			const { json } = output[index]!;
			const differing = [...new Set([...Object.keys(record), ...Object.keys(json)])].filter(
				(field) => JSON.stringify(record[field]) !== JSON.stringify(json[field]),
			);
			if (differing.length > 0) this.wrong.push(`${name} changes ${differing.join(', ')}`);
		});
	}
}
