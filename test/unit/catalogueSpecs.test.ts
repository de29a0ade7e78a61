import Ajv from 'ajv';

import {
	fieldsOf,
	isRequired,
	parseType,
	minimalValue,
	variantsOf,
} from '../../nodes/shared/catalogue';
import type { Catalogue, EnumValue } from '../../nodes/shared/catalogue/types';
import { build } from '../../scripts/catalogue/build';
import type { Built } from '../../scripts/catalogue/build';
import { olderSpecsFolder, specsFolder } from '../../scripts/catalogue/check';
import { load } from '../../scripts/catalogue/load';
import type { Source } from '../../scripts/catalogue/load';
import { measure } from '../../scripts/catalogue/measure';
import { resolve } from '../../scripts/catalogue/openapi';
import type { RawBody, RawOperation, Schema } from '../../scripts/catalogue/openapi';
import { PRODUCTS } from '../../scripts/catalogue/products';
import { serialise } from '../../scripts/catalogue/serialise';
import { product } from './catalogueFixtures';

/** Over the vendor's own files, which are not part of the repository. */
const folder = specsFolder();
if (folder === undefined) {
	console.log('Skipped: VEEAM_SPECS is not set and ../shared/specs is not there.');
}
const withSpecs = folder === undefined ? describe.skip : describe;

/** Each product is compiled once for all tests. */
const done = new Map<string, { sources: Source[]; built: Built }>();
function compiled(key: string): { sources: Source[]; built: Built } {
	const known = done.get(key);
	if (known) return known;
	const { sources } = load(product(key), [...new Set([folder!, olderSpecsFolder() ?? folder!])]);
	const fresh = { sources, built: build(product(key), sources) };
	done.set(key, fresh);
	return fresh;
}

const hasOldest = (key: string) =>
	folder !== undefined && compiled(key).sources.some(({ version }) => version === '1.1-rev0');

withSpecs("the vendor's files", () => {
	it.each(PRODUCTS.map(({ key }) => key))('of %s are kept whole', (key) => {
		const { sources, built } = compiled(key);
		expect(sources.length).toBeGreaterThan(0);
		for (const { file, measure: one } of built.measures) {
			for (const { read, kept, without } of [
				one.operations,
				one.parameters,
				one.bodyFields,
				one.enumValues,
			]) {
				const left = Object.values(without).reduce((sum, count) => sum + count, 0);
				expect([file, kept + left]).toEqual([file, read]);
			}
			expect(one.lost).toEqual([]);
			expect(one.operations.read).toBeGreaterThan(100);
			expect(one.bodyFields.kept).toBeGreaterThan(1000);
		}
	});

	// 17 of VBR are in 1.1-rev0 alone, whose file is not in every folder.
	it.each([
		['vbr', hasOldest('vbr') ? 536 : 519],
		['vb365', 518],
		['vspc', 987],
	])('of %s hold %d operations by method and path, each with an id of its own', (key, count) => {
		const { operations } = compiled(key).built.catalogue;
		expect(operations).toHaveLength(count);
		expect(new Set(operations.map(({ id }) => id)).size).toBe(count);
		expect(operations.filter(({ id }) => !/^[a-z][A-Za-z0-9]*$/.test(id))).toEqual([]);
	});

	it.each(PRODUCTS.map(({ key }) => key))('of %s give a catalogue that leads nowhere', (key) => {
		expect(dangling(compiled(key).built.catalogue)).toEqual([]);
	});

	it('give the catalogue of VBR in less than a megabyte', () => {
		expect(serialise(compiled('vbr').built.catalogue).length).toBeLessThan(1_000_000);
	});

	it.each(['vbr', 'vb365', 'vspc'])(
		'of %s accept the smallest body of every operation, version and variant, with and without optional fields',
		(key) => {
			const { sources, built } = compiled(key);
			const tried = sources.map((source) => tryBodies(source, key, built.catalogue));
			expect(tried.flatMap(({ refused }) => refused)).toEqual([]);
			for (const { count } of tried) expect(count).toBeGreaterThan(90);
		},
		60_000,
	);
});

withSpecs('a fact that goes missing from the catalogue is noticed', () => {
	const lostAfter = (change: (catalogue: Catalogue) => void): string[] => {
		const { sources, built } = compiled('vbr');
		const catalogue = structuredClone(built.catalogue);
		change(catalogue);
		const { raw, version } = sources.at(-1)!;
		return measure(raw, product('vbr'), catalogue, version).lost;
	};
	const isValue = (one: EnumValue, value: string) =>
		(typeof one === 'string' ? one : one.value) === value;
	const find = (catalogue: Catalogue, id: string) =>
		catalogue.operations.find((one) => one.id === id)!;

	it.each<[string, (catalogue: Catalogue) => void, string]>([
		[
			'an operation',
			({ operations }) =>
				operations.splice(
					operations.findIndex((one) => one.id === 'getRepository'),
					1,
				),
			'GET /api/v1/backupInfrastructure/repositories/{id} is missing.',
		],
		[
			'a parameter',
			(catalogue) => find(catalogue, 'getManyRepositories').query!.shift(),
			'GET /api/v1/backupInfrastructure/repositories lacks the query parameter "skip".',
		],
		[
			'a field of one variant only',
			({ types }) => types.BackupJobSpec!.fields.shift(),
			'The body field <VSphereBackup>.name of POST /api/v1/jobs is missing.',
		],
		[
			'a variant',
			({ types }) => delete types.RepositorySpec!.variants!.of.Nfs,
			'The body field <Nfs>.share of POST /api/v1/backupInfrastructure/repositories is missing.',
		],
		[
			'a version of a field',
			({ types }) => Object.assign(types.BackupJobSpec!.fields[0]!, { in: ['1.2-rev1'] }),
			'The body field <VSphereBackup>.name of POST /api/v1/jobs is missing.',
		],
		[
			'that a field is required',
			({ types }) => delete types.ADDomainSpec!.fields[0]!.required,
			'The body field serverName of POST /api/v1/adDomains is required.',
		],
		[
			'a value of an enum',
			({ enums }) =>
				(enums.EJobType = enums.EJobType!.filter((one) => !isValue(one, 'BackupCopy'))),
			'The body field type of POST /api/v1/jobs lacks the values BackupCopy.',
		],
		[
			'a body',
			(catalogue) => delete find(catalogue, 'createJob').body,
			'POST /api/v1/jobs lacks its body.',
		],
		[
			'that something is not there',
			(catalogue) =>
				find(catalogue, 'getManyRepositories').query!.push({ name: 'ghost', type: 'any' }),
			'GET /api/v1/backupInfrastructure/repositories has no query parameter "ghost" in 1.3-rev2.',
		],
	])('%s', (_, change, message) => {
		expect(lostAfter(change)).toContain(message);
	});
});

/** Type expressions of a catalogue that refer to nothing. */
function dangling({ operations, types, enums }: Catalogue): string[] {
	const expressions = [
		...operations.flatMap(({ pathParameters, query, body, returns }) => [
			...[...(pathParameters ?? []), ...(query ?? []), ...(body ? [body] : [])].map(
				(one) => one.type,
			),
			...Object.values(returns.fields ?? {}),
		]),
		...Object.values(types).flatMap(({ fields, variants, additional }) => [
			...fields.map(({ type }) => type),
			...(additional ? [additional] : []),
			...Object.values(variants?.of ?? {}).map(
				(one) => `#${typeof one === 'string' ? one : one.type}`,
			),
		]),
	];
	return expressions.filter((expression) => {
		let type = parseType(expression);
		while (type.kind === 'list' || type.kind === 'map') type = parseType(type.of);
		if (type.kind === 'object') return !(type.name in types);
		if (type.kind === 'enum') return !(type.name in enums);
		return !/^(string|uuid|dateTime|date|time|uri|email|password|integer|number|boolean|binary|base64|any|object)$/.test(
			type.name,
		);
	});
}

/** Sends the skeleton of every JSON body and variant of a version through the file's own schemas. */
function tryBodies(source: Source, key: string, catalogue: Catalogue) {
	const { version, document } = source;
	const schemas = untangled(
		structuredClone(document.components!.schemas as Record<string, Schema>),
	);
	const ajv = new Ajv({ strict: false, validateFormats: false });
	ajv.addSchema({ $id: 'spec', components: { schemas } });
	const refused: string[] = [];
	let count = 0;
	for (const { method, path, body } of catalogue.operations) {
		const raw = Object.entries(document.paths).find(
			([full]) => full.replace(product(key).prefix, '') === path,
		)?.[1][method.toLowerCase()] as RawOperation | undefined;
		if (!raw?.requestBody || body?.media !== 'json') continue;
		const content = resolve<RawBody>(document, raw.requestBody).content!;
		const schema = JSON.stringify(content['application/json']?.schema);
		const accepts = ajv.compile(
			JSON.parse(schema.replaceAll('"#/components', '"spec#/components')),
		);
		const type = parseType(body.type);
		const fork = type.kind === 'object' ? variantsOf(catalogue, type.name, version) : undefined;
		for (const variant of fork?.variants.map(({ value }) => value) ?? [undefined]) {
			for (const optional of [false, true]) {
				count += 1;
				const value = minimalValue(catalogue, body.type, version, { variant, optional });
				if (accepts(value)) continue;
				refused.push(
					`${version} ${method} ${path} ${variant ?? ''}: ${ajv.errorsText(accepts.errors)}`,
				);
			}
		}
	}
	return { count, refused };
}

/**
 * VBR's bases and children refer to each other, so that no validator can follow: the base is split
 * from the choice between its children, and each child may carry its own values only.
 */
function untangled(schemas: Record<string, Schema>): Record<string, Schema> {
	const at = (name: string) => `#/components/schemas/${name}`;
	for (const [name, { oneOf, discriminator, ...base }] of Object.entries(schemas)) {
		if (!oneOf || !discriminator?.mapping) continue;
		schemas[`${name}__base`] = base;
		schemas[name] = { oneOf };
		for (const { $ref } of oneOf) {
			const child = schemas[$ref!.split('/').pop()!]!;
			const values = Object.keys(discriminator.mapping).filter(
				(one) => discriminator.mapping![one] === $ref,
			);
			child.allOf = (child.allOf ?? []).map((one) =>
				one.$ref === at(name) ? { $ref: at(`${name}__base`) } : one,
			);
			child.allOf.push({ properties: { [discriminator.propertyName]: { enum: values } } });
		}
	}
	// A validator of JSON Schema takes "nullable" beside a type only.
	return JSON.parse(JSON.stringify(schemas), (_, value) => {
		if (value?.nullable === true && value.type === undefined) delete value.nullable;
		// Names that are required and declared nowhere: nobody can know what to give.
		if (Array.isArray(value?.required) && value.properties && !value.allOf)
			value.required = value.required.filter((name: string) => name in value.properties);
		return value;
	});
}

withSpecs('a type of the catalogue', () => {
	it('requires in a version what the file of that version requires', () => {
		const { catalogue } = compiled('vbr').built;
		const required = (version: string) =>
			fieldsOf(catalogue, 'BackupJobSpec', version)
				.filter((field) => isRequired(field, version))
				.map(({ name }) => name);
		expect(required('1.2-rev1')).toContain('virtualMachines');
		expect(required('1.3-rev2')).not.toContain('virtualMachines');
	});
});
