/**
 * Readers of `model/` say what they read (`export const reads: ReadFields[]`); each version of the
 * API has to have it, or the reader has to say how it does without.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { fieldsIn, objectsOf, returnsFor } from '../../nodes/shared/catalogue';
import {
	answersFromFile,
	answerType,
	type AnswerCatalogue,
} from '../../nodes/shared/catalogue/answerTypes';
import { PRODUCTS } from '../../nodes/products';
import type { ReadFields } from '../../nodes/shared/catalogue/readFields';
import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';

const NODES = join(__dirname, '..', '..', 'nodes');
const CATALOGUES: Record<string, Catalogue> = Object.fromEntries(
	PRODUCTS.map(({ folder, product }) => [folder, product.adapter.catalogue()]),
);

const ANSWERS = new Map(
	Object.entries(CATALOGUES).map(([folder, { product }]) => [
		product,
		answersFromFile(JSON.parse(readFileSync(join(NODES, folder, 'api', 'answers.json'), 'utf8'))),
	]),
);

/** Whether a version answers a field of a record, nested ones by name after name. */
function answers(
	{ product }: Catalogue,
	operation: Operation,
	version: string,
	[first = '', ...rest]: string[],
): boolean {
	const known = ANSWERS.get(product)!;
	const { items } = returnsFor(operation, version);
	const type = answerType(known, operation.id, version);
	const records = type && items ? fieldTypes(known, [type], items, version) : [type ?? 'any'];
	let types = fieldTypes(known, records, first, version);
	for (const name of rest) types = fieldTypes(known, types, name, version);
	return types.length > 0;
}

/** The types of a field of some types, through lists, maps and variants. */
function fieldTypes(
	known: AnswerCatalogue,
	types: string[],
	name: string,
	version: string,
): string[] {
	return types
		.flatMap((type) => objectsOf(known, version, type))
		.flatMap((type) => fieldsIn(known as unknown as Catalogue, known.types[type]?.fields, version))
		.filter((field) => field.name === name)
		.map(({ type }) => type);
}

/** What a list of reads says that the catalogue does not, one line each. */
function faultsOf(catalogue: Catalogue, reads: ReadFields[]): string[] {
	return reads.flatMap(({ operation: key, fields, fallbacks = {}, without }) => {
		const operation = catalogue.operations.find(({ method, path }) => `${method} ${path}` === key);
		if (!operation) return [`${key}: no version has it`];
		const faults: string[] = [];
		const absent = catalogue.versions.filter((version) => !operation.in.includes(version));
		if (absent.length > 0 && !without) faults.push(`${key}: ${absent.join(', ')} lacks it`);
		for (const field of fields) {
			const lacking = operation.in.filter(
				(version) => !answers(catalogue, operation, version, field.split('.')),
			);
			if (lacking.length === operation.in.length) faults.push(`${key} ${field}: no version has it`);
			else if (lacking.length > 0 && !fallbacks[field])
				faults.push(`${key} ${field}: ${lacking.join(', ')} lacks it`);
		}
		const needless = Object.keys(fallbacks).filter((field) => !fields.includes(field));
		return [...faults, ...needless.map((field) => `${key} ${field}: not read`)];
	});
}

const MODELS = Object.entries(CATALOGUES).flatMap(([folder, catalogue]) =>
	readdirSync(join(NODES, folder, 'model'))
		.filter((name) => name.endsWith('.ts'))
		.map((name) => ({
			name: `${folder}/model/${basename(name, '.ts')}`,
			file: join(NODES, folder, 'model', name),
			catalogue,
		})),
);

describe.each(MODELS)('$name', ({ file, catalogue }) => {
	it('reads only fields that every version has, or says how it does without', async () => {
		const { reads = [] } = (await import(file)) as { reads?: ReadFields[] };
		expect(faultsOf(catalogue, reads)).toEqual([]);
	});
});

describe.each(['triggers', 'report'])('%s of Backup & Replication', (folder) => {
	const inFolder = (name: string) => join(NODES, 'VeeamBackupReplication', name);
	const texts = readdirSync(inFolder(folder)).map((name) => ({
		name,
		text: readFileSync(join(inFolder(folder), name), 'utf8'),
	}));

	it('asks for nothing by a path of its own: only model/ knows what the server has', () => {
		const own = texts.filter(({ text }) => text.includes('/api/v1'));
		expect(own.map(({ name }) => name)).toEqual([]);
		expect(texts.length).toBeGreaterThan(3);
	});
});

it.each(
	readdirSync(join(NODES, 'VeeamBackupReplication', 'model'))
		.map((name) => join(NODES, 'VeeamBackupReplication', 'model', name))
		.filter((file) => readFileSync(file, 'utf8').includes('/api/v1')),
)('%s says what it reads', async (file) => {
	const { reads = [] } = (await import(file)) as { reads?: ReadFields[] };
	expect(reads).not.toEqual([]);
});

it('names what a version lacks, at any depth', () => {
	expect(
		faultsOf(CATALOGUES.VeeamBackupReplication!, [
			{ operation: 'GET /api/v1/nowhere', fields: [] },
			{
				operation: 'GET /api/v1/adDomains',
				fields: ['name', 'invented'],
				fallbacks: { id: 'by name' },
			},
			{ operation: 'GET /api/v1/backupObjects', fields: ['id', 'backupId'] },
			{
				operation: 'GET /api/v1/license',
				fields: ['expirationDate', 'instanceLicenseSummary.expirationDate'],
				fallbacks: { expirationDate: 'the summaries have it' },
			},
		]),
	).toEqual([
		'GET /api/v1/nowhere: no version has it',
		'GET /api/v1/adDomains: 1.1-rev0, 1.2-rev1 lacks it',
		'GET /api/v1/adDomains invented: no version has it',
		'GET /api/v1/adDomains id: not read',
		'GET /api/v1/backupObjects backupId: 1.1-rev0, 1.2-rev1, 1.3-rev0, 1.3-rev1 lacks it',
		'GET /api/v1/license: 1.1-rev0 lacks it',
		'GET /api/v1/license instanceLicenseSummary.expirationDate: 1.2-rev1, 1.3-rev0, 1.3-rev1 lacks it',
	]);
});
