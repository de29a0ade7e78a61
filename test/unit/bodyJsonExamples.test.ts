import { existsSync, readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { bodyInput, pathBindings } from '../../nodes/shared/binding/parameterBinding';
import type { VeeamClient } from '../../nodes/shared/http/types';
import { specificationsOf, SPECIFICATIONS_FOLDER } from '../contract/specifications';
import { skipUnspecified } from '../support/specified';
import { ID, Recorder, run } from './formDriver.support';

/**
 * What the vendor documents goes out: every example of a body in every specification, through
 * "Body: JSON", arrives as it was given.
 */
let client: VeeamClient;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => client,
}));

interface Example {
	$ref?: string;
	value?: unknown;
}
interface Media {
	example?: unknown;
	examples?: Record<string, Example>;
}
interface Spec {
	components?: { examples?: Record<string, Example> };
	servers?: Array<{ url: string }>;
	paths: Record<string, Record<string, { requestBody?: { content?: Record<string, Media> } }>>;
}

const examplesOf = ({ components }: Spec, { example, examples = {} }: Media): unknown[] =>
	[
		example,
		...Object.values(examples).map(({ $ref, value }) =>
			$ref === undefined ? value : components?.examples?.[$ref.split('/').pop()!]?.value,
		),
	].filter((value) => typeof value === 'object' && value !== null);

/** A value for a placeholder of a path that any product takes. */
const pathValue = (type: string): unknown => (/integer|number/.test(type) ? 1 : ID);

if (!existsSync(SPECIFICATIONS_FOLDER)) skipUnspecified();
else
	// The files of the other two hold no example of a body.
	describe.each(PRODUCTS.filter(({ key }) => key === 'vbr'))('$key', ({ key, product }) => {
		const catalogue = product.adapter.catalogue();
		it.each(specificationsOf(key).map(({ version, file }) => ({ version, file })))(
			'sends every example of a body in $version as it was given',
			async ({ version, file }) => {
				const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;
				const wrong: string[] = [];
				let count = 0;
				for (const [path, methods] of Object.entries(spec.paths))
					for (const [method, { requestBody }] of Object.entries(methods)) {
						const operation = catalogue.operations.find(
							(one) =>
								one.method === method.toUpperCase() &&
								path.toLowerCase().endsWith(one.path.toLowerCase()) &&
								one.in.includes(version),
						);
						const input = operation && bodyInput(catalogue, operation);
						if (!operation || !['fields', 'json', 'patch'].includes(input ?? '')) continue;
						const media = requestBody?.content?.['application/json'];
						for (const body of media ? examplesOf(spec, media) : []) {
							const recorder = new Recorder(version);
							client = recorder.client();
							const ids = pathBindings(operation).map(({ name, definitions }) => [
								name,
								pathValue(definitions.at(-1)?.type ?? ''),
							]);
							const { error } = await run(product, {
								...(Object.fromEntries(ids) as IDataObject),
								operation: operation.id,
								bodyMode: 'json',
								bodyJson: JSON.stringify(body),
								returnAll: true,
							});
							count++;
							const [sent] = recorder.sent;
							const given = sent?.body && 'value' in sent.body ? sent.body.value : undefined;
							// An update repeats the id of the path where the example leaves it out.
							const same =
								JSON.stringify({ ...(body as object) }) ===
								JSON.stringify({ ...(given as object) });
							const more = { ...(given as object), ...(body as object) };
							if (error && !sent) wrong.push(`${method} ${path}: ${error.message}`);
							else if (!same && JSON.stringify(more) !== JSON.stringify(given))
								wrong.push(`${method} ${path}: sent ${JSON.stringify(given)?.slice(0, 200)}`);
						}
					}
				console.log(
					`${key} ${version}: ${count} examples of bodies, ${wrong.length} refused or changed`,
				);
				expect(wrong).toEqual([]);
				// 12.0 has few examples.
				expect(count).toBeGreaterThan(version === '1.1-rev0' ? 5 : 50);
			},
		);
	});
