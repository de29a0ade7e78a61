/**
 * Writes what each resource covers and what the triggers tell into the README, from the properties
 * the nodes ship. `npm run readme`; test/unit/readme.test.ts fails where it was forgotten.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { VB365 } from '../nodes/VeeamBackupMicrosoft365/api/identity';
import { properties as vb365Properties } from '../nodes/VeeamBackupMicrosoft365/properties';
import { VBR } from '../nodes/VeeamBackupReplication/api/identity';
import { properties as vbrProperties } from '../nodes/VeeamBackupReplication/properties';
import { VSPC } from '../nodes/VeeamServiceProviderConsole/api/identity';
import { properties as vspcProperties } from '../nodes/VeeamServiceProviderConsole/properties';
import { eventTables, packageTriggers } from './readmeEvents';

const README = path.join(__dirname, '..', 'README.md');

/** What a node is called and the form it ships. */
export interface DescribedNode {
	displayName: string;
	properties: INodeProperties[];
}

/** The nodes of the package, in the order in which the README shows them. */
export const packageNodes = (): DescribedNode[] => [
	{ displayName: VBR.displayName, properties: vbrProperties() },
	{ displayName: VB365.displayName, properties: vb365Properties() },
	{ displayName: VSPC.displayName, properties: vspcProperties() },
];

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

/** A table for every node, each closed until it is clicked: they are long. */
export function resourceTables(nodes: DescribedNode[]): string {
	return nodes
		.map(({ displayName, properties }) => {
			const table = resourceTable(properties);
			// Its head and the line below that are no resources.
			const summary = `${displayName}: ${table.split('\n').length - 2} resources`;
			return `<details>\n<summary>${summary}</summary>\n\n${table}\n\n</details>`;
		})
		.join('\n\n');
}

/**
 * The README with tables between their marks.
 *
 * @param name of the marks: `resources`, `events`
 * @throws where the README lacks them
 */
export function withTables(readme: string, name: string, tables: string): string {
	const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
	const [before = '', rest] = readme.split(start);
	const after = rest?.split(end)[1];
	if (after === undefined) throw new Error(`The README has no marks for ${name}.`);
	return `${before}${start}\n\n${tables}\n\n${end}${after}`;
}

/** The README with every table as the nodes are now. */
export const updated = (readme: string): string =>
	withTables(
		withTables(readme, 'resources', resourceTables(packageNodes())),
		'events',
		eventTables(packageTriggers()),
	);

export const readReadme = (): string => readFileSync(README, 'utf8');

if (require.main === module) writeFileSync(README, updated(readReadme()));
