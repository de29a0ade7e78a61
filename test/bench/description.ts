import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

export interface NodeWeight {
	name: string;
	/** The whole description as n8n sends it to the editor, in 1,000 bytes. */
	kilobytes: number;
	resources: number;
	operations: number;
	/** Properties of the form, those inside collections included. */
	properties: number;
	/** Requiring the module and building the node, n8n-workflow being there; median of fresh processes. */
	loadMilliseconds: number;
}

const RUNS = 9;

const optionsOf = (properties: INodeProperties[], name: string): INodePropertyOptions[] =>
	properties
		.filter((property) => property.name === name && property.type === 'options')
		.flatMap((property) => (property.options ?? []) as INodePropertyOptions[]);

function countProperties(properties: INodeProperties[]): number {
	return properties.reduce((sum, { type, options = [] }) => {
		if (type === 'collection') return sum + 1 + countProperties(options as INodeProperties[]);
		return sum + 1;
	}, 0);
}

export const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** In a process of its own, as modules load once: what a starting n8n spends on the node. */
function loadOnce(file: string, className: string): number {
	const code = `
		require('n8n-workflow');
		const start = performance.now();
		new (require(${JSON.stringify(file)})[${JSON.stringify(className)}])();
		console.log(performance.now() - start);`;
	return Number(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
}

export async function weigh(file: string): Promise<NodeWeight> {
	const className = basename(file).split('.')[0] ?? '';
	const { [className]: Class } = (await import(file)) as Record<string, new () => INodeType>;
	if (!Class) throw new Error(`${file} exports no ${className}`);
	const { description } = new Class();
	const { properties } = description;
	return {
		name: description.displayName,
		kilobytes: Buffer.byteLength(JSON.stringify(description)) / 1000,
		resources: optionsOf(properties, 'resource').length,
		operations: optionsOf(properties, 'operation').length,
		properties: countProperties(properties),
		loadMilliseconds: median(Array.from({ length: RUNS }, () => loadOnce(file, className))),
	};
}
