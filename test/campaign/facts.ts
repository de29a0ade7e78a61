/**
 * What Veeam's specifications say of the lists that the worlds answer: which fields a record has and
 * which query parameters are taken, per version. Read from the specifications where they are at hand
 * (beside the repository); without them records leave as the worlds build them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
	$ref?: string;
	allOf?: Schema[];
	oneOf?: Schema[];
	properties?: Record<string, Schema>;
	items?: Schema;
}
interface Parameter {
	$ref?: string;
	name?: string;
	in?: string;
}
interface Operation {
	parameters?: Parameter[];
	responses?: Record<string, { content?: Record<string, { schema?: Schema }>; schema?: Schema }>;
}
interface Spec {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

export interface PathFacts {
	/** Fields of a record of the list, or of the single record. */
	fields: Set<string>;
	query: Set<string>;
}

const FOLDER = join(__dirname, '../../../shared/specs');
const specs = new Map<string, Spec | undefined>();

const specOf = (product: string, version: string): Spec | undefined => {
	const file = join(FOLDER, `${product}-${version}.json`);
	if (!specs.has(file))
		specs.set(
			file,
			existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Spec) : undefined,
		);
	return specs.get(file);
};

export const hasSpecs = existsSync(FOLDER);

function propertiesOf(
	spec: Spec,
	schema: Schema | undefined,
	seen: string[] = [],
): Record<string, Schema> {
	if (!schema || seen.includes(schema.$ref ?? '')) return {};
	if (schema.$ref)
		return propertiesOf(spec, spec.components.schemas[schema.$ref.split('/').pop() ?? ''], [
			...seen,
			schema.$ref,
		]);
	return Object.assign(
		{},
		...[...(schema.allOf ?? []), ...(schema.oneOf ?? [])].map((one) =>
			propertiesOf(spec, one, seen),
		),
		schema.properties,
	) as Record<string, Schema>;
}

const itemsOf = (spec: Spec, schema: Schema | undefined): Schema | undefined =>
	schema?.$ref
		? itemsOf(spec, spec.components.schemas[schema.$ref.split('/').pop() ?? ''])
		: (schema?.items ?? schema?.allOf?.map((one) => itemsOf(spec, one)).find(Boolean));

const known = new Map<string, PathFacts | undefined | 'absent'>();

/** @returns undefined where no specification is at hand; 'absent' where the version lacks the path */
export function factsOf(
	product: string,
	version: string,
	path: string,
): PathFacts | undefined | 'absent' {
	const key = `${product} ${version} ${path}`;
	if (!known.has(key)) known.set(key, read(product, version, path));
	return known.get(key);
}

function read(product: string, version: string, path: string): PathFacts | undefined | 'absent' {
	const spec = specOf(product, version);
	if (!spec) return undefined;
	const full = product === 'vb365' ? `/${version}${path}` : path;
	const found = Object.entries(spec.paths).find(
		([one]) => one.toLowerCase() === full.toLowerCase(),
	)?.[1].get;
	if (!found) return 'absent';
	const response = found.responses?.['200'];
	const schema = Object.values(response?.content ?? {})[0]?.schema ?? response?.schema;
	const whole = propertiesOf(spec, schema);
	const list = ['data', 'results', 'items'].map((name) => whole[name]).find(Boolean);
	const one = list ? (itemsOf(spec, list) ?? list) : (itemsOf(spec, schema) ?? schema);
	const parameters = (found.parameters ?? []).map(({ $ref, ...inline }) =>
		$ref ? (spec.components.parameters?.[$ref.split('/').pop() ?? ''] ?? inline) : inline,
	);
	return {
		fields: new Set(Object.keys(propertiesOf(spec, one))),
		query: new Set(parameters.filter((each) => each.in === 'query').map(({ name = '' }) => name)),
	};
}
