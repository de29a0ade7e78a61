/**
 * Readers of `model/` say what they read (`export const reads: ReadFields[]`); each version of the
 * API has to have it, or the reader has to say how it does without.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { adapter as vb365 } from '../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { adapter as vbr } from '../../nodes/VeeamBackupReplication/api/adapter';
import { adapter as vspc } from '../../nodes/VeeamServiceProviderConsole/api/adapter';
import type { ReadFields } from '../../nodes/shared/catalogue/readFields';
import type { Catalogue } from '../../nodes/shared/catalogue/types';

const NODES = join(__dirname, '..', '..', 'nodes');
const CATALOGUES: Record<string, Catalogue> = {
	VeeamBackupMicrosoft365: vb365.catalogue(),
	VeeamBackupReplication: vbr.catalogue(),
	VeeamServiceProviderConsole: vspc.catalogue(),
};

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
				() => !((field.split('.')[0] ?? '') in (operation.returns.fields ?? {})),
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

it('names what a version lacks', () => {
	expect(
		faultsOf(vbr.catalogue(), [
			{ operation: 'GET /api/v1/nowhere', fields: [] },
			{
				operation: 'GET /api/v1/adDomains',
				fields: ['name', 'invented'],
				fallbacks: { id: 'by name' },
			},
		]),
	).toEqual([
		'GET /api/v1/nowhere: no version has it',
		'GET /api/v1/adDomains: 1.2-rev1 lacks it',
		'GET /api/v1/adDomains invented: no version has it',
		'GET /api/v1/adDomains id: not read',
	]);
});
