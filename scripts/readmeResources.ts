/**
 * Writes what each resource covers into the README, from the properties the node ships.
 * `npm run readme`; test/unit/readme.test.ts fails where it was forgotten.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { buildProperties } from '../nodes/shared/description/buildProperties';
import { adapter } from '../nodes/VeeamBackupReplication/adapter';
import { names } from '../nodes/VeeamBackupReplication/names';

const README = path.join(__dirname, '..', 'README.md');
const [START, END] = ['<!-- resources:start -->', '<!-- resources:end -->'];

/** A table of resources and their operations, as the editor shows them. */
export function resourceTable(properties: INodeProperties[]): string {
	const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
	const rows = (resources as INodePropertyOptions[]).map(({ name, value }) => {
		const operation = properties.find(
			(property) =>
				property.name === 'operation' && property.displayOptions?.show?.resource?.[0] === value,
		);
		const names = ((operation?.options ?? []) as INodePropertyOptions[]).map((one) => one.name);
		return `| ${name} | ${names.join(' · ')} |`;
	});
	return ['| Resource | Operations |', '| --- | --- |', ...rows].join('\n');
}

/** The README with the table between its marks. */
export function withResources(readme: string, table: string): string {
	const [before, rest = ''] = readme.split(START);
	return `${before}${START}\n\n${table}\n\n${END}${rest.split(END)[1] ?? ''}`;
}

export const readReadme = (): string => readFileSync(README, 'utf8');

if (require.main === module) {
	const properties = buildProperties(adapter.catalogue(), names);
	writeFileSync(README, withResources(readReadme(), resourceTable(properties)));
}
