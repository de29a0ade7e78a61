import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ICredentialType, INodeType, ResourceMapperFields } from 'n8n-workflow';
import type { ProductKey } from '../../nodes/products';
import { fromFile } from '../../nodes/shared/catalogue/stored';
import { bodyInput } from '../../nodes/shared/binding/parameterBinding';
import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import { resourceMapping, TestCredentials } from '../support/executeNode';
import { casesOf } from './cases';
import { drive } from './drive';
import { Prism } from './prism';
import { contractOf } from './products';
import { type LoadFields, updateCases } from './updates';
import { SPECIFICATIONS_FOLDER, specificationsOf, specifiedOperations } from './specifications';

const ROOT = resolve(__dirname, '../..');

/** What the resource mapper of a JSON Patch would show. */
async function changeableFields({ methods }: INodeType, { id, body }: Operation) {
	if (body?.media !== 'jsonPatch') return [];
	const context = { getCurrentNodeParameter: () => id };
	const fields = methods?.resourceMapping?.fieldsToChange;
	return ((await fields?.call(context as never)) as ResourceMapperFields).fields;
}

/** Whether an operation is an update by fields. */
const isUpdate = (catalogue: Catalogue, operation: Operation): boolean =>
	bodyInput(catalogue, operation) === 'update';

/** An object as the server answers it: some wrap it. */
function answerOf(catalogue: Catalogue, { path }: Operation, record?: object): object | undefined {
	const read = catalogue.operations.find((one) => one.method === 'GET' && one.path === path);
	const envelope = read?.returns.items;
	return record && envelope ? { [envelope]: record } : record;
}

/**
 * Every operation of every version, driven through the built node against Prism serving Veeam's
 * own specification. One test for each operation: all its body variants, each with what is
 * required and with everything the version knows.
 *
 * @param share which versions, by their place among all: several test files may share them, so that
 *   jest runs them at the same time
 */
export function describeContract(
	key: ProductKey,
	share: (index: number) => boolean = () => true,
): void {
	const product = contractOf(key);
	const { className, basePath } = product;
	const nodeFile = `${ROOT}/dist/nodes/${className}/${className}.node.js`;
	const credentialFile = `${ROOT}/dist/credentials/${className}Api.credentials.js`;
	const catalogueFile = `${ROOT}/dist/nodes/${className}/api/operations.json`;
	const specifications = specificationsOf(key);

	if (specifications.length === 0) {
		describe(`skipped: no ${key}-<version>.json in ${SPECIFICATIONS_FOLDER}; name the folder of Veeam's specifications in VEEAM_SPECS`, () => {
			it.skip(`drives every operation of ${product.displayName} against its specification`, () => {});
		});
	} else if (!existsSync(nodeFile)) {
		it('drives the built node', () => {
			throw new Error(`${nodeFile} is missing: run "npm run build" first`);
		});
	} else {
		const catalogue = fromFile(JSON.parse(readFileSync(catalogueFile, 'utf8')));
		const byPath = new Map(
			catalogue.operations.map((operation) => [`${operation.method} ${operation.path}`, operation]),
		);

		describe.each(specifications.filter((_, index) => share(index)))(
			'$product $version',
			({ version, file }) => {
				const wanted = specifiedOperations(file).filter(
					({ methodAndPath }) => !product.login.test(methodAndPath.replace(/^\w+ /, '')),
				);
				const count = { operations: 0, requests: 0, refused: 0 };
				const refusals: Record<string, string[]> = {};
				let prism: Prism;
				let node: INodeType;
				let credentials: TestCredentials;

				beforeAll(async () => {
					prism = await Prism.start(file);
					const { [className]: Node } = (await import(nodeFile)) as Record<
						string,
						new () => INodeType
					>;
					const { [`${className}Api`]: Credential } = (await import(credentialFile)) as Record<
						string,
						new () => ICredentialType
					>;
					if (!Node || !Credential) throw new Error('Nothing exported');
					node = new Node();
					const credential = new Credential();
					credentials = new TestCredentials([credential], {
						[credential.name]: {
							serverUrl: prism.origin,
							authentication: 'password',
							username: 'user',
							password: 'password',
							apiVersion: version,
							ignoreSslIssues: true,
						},
					});
				}, 600_000);

				afterAll(async () => {
					await prism?.stop();
					const number = (value: number) => value.toLocaleString('en');
					process.stdout.write(
						`${version}: ${number(count.operations)} operations, ${number(count.requests)} requests, ${number(count.refused)} refused\n`,
					);
					mkdirSync(`${ROOT}/artifacts/contract`, { recursive: true });
					writeFileSync(
						`${ROOT}/artifacts/contract/${key}-${version}.json`,
						JSON.stringify({ ...count, refusals }, null, '\t'),
					);
				});

				/** Asks the node for the fields of an object, as the editor does. */
				const loadFields =
					(operation: Operation): LoadFields =>
					async (parameters, record) => {
						await prism.answerReads(answerOf(catalogue, operation, record));
						const setup = { node, parameters, credentials, method: 'fieldsToChange' };
						const fields = await resourceMapping(setup);
						await prism.take();
						return fields;
					};

				it.each(wanted)(
					'accepts $methodAndPath',
					async (specified) => {
						const { methodAndPath } = specified;
						const operation = byPath.get(
							methodAndPath.replace(` ${basePath(version)}`, ' '),
						) as Operation;
						expect(operation?.in).toContain(version);

						const changeable = await changeableFields(node, operation);
						const form = { description: node.description, catalogue, changeable };
						const cases = isUpdate(catalogue, operation)
							? await updateCases(form, operation, version, loadFields(operation))
							: casesOf(form, operation, version);
						expect(cases).not.toHaveLength(0);
						count.operations++;
						const wrong: string[] = [];
						for (const one of cases) {
							await prism.answerReads(answerOf(catalogue, operation, one.record));
							const found = await drive(
								{ product, node, prism, credentials, version },
								operation,
								specified,
								one,
							);
							count.requests++;
							if (found.length > 0) count.refused++;
							wrong.push(...found);
						}
						await prism.answerReads();
						if (wrong.length > 0) refusals[methodAndPath] = wrong;
						expect(wrong).toEqual([]);
					},
					600_000,
				);
			},
		);
	}
}
