import type { INodeProperties } from 'n8n-workflow';
import { Linter } from 'eslint';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

import { NODES } from './description.support';

/** Rules that do not fit, each with the reason. */
const OFF = [
	// For dropdowns of records that a server holds, with IDs: ours hold the API's fixed values.
	'node-param-display-name-wrong-for-dynamic-options',
	'node-param-display-name-wrong-for-dynamic-multi-options',
	'node-param-description-missing-from-dynamic-options',
	'node-param-description-missing-from-dynamic-multi-options',
	'node-param-description-wrong-for-dynamic-multi-options',
	// A dropdown that nobody chose from is empty: nothing is sent that was not said.
	'node-param-default-wrong-for-options',
	// Also takes `default: []` of a text that takes several values for a mistake.
	'node-param-default-wrong-for-string',
	'node-param-default-wrong-for-number',
];

/** A field of the API that happens to be called so is not n8n's Limit. */
const ownLimits = (all: INodeProperties[]): INodeProperties[] =>
	all.map((property) =>
		property.type === 'collection'
			? {
					...property,
					options: (property.options as INodeProperties[]).map((entry) =>
						entry.name === 'limit' ? { ...entry, name: 'itemLimit' } : entry,
					),
				}
			: property,
	);

/** What n8n's own lint says about properties, which it cannot see where they are built from data. */
export function lint(all: INodeProperties[]): string[] {
	const rules = { ...n8nNodesPlugin.configs.nodes.rules } as Record<string, Linter.RuleEntry>;
	for (const name of OFF) rules[`n8n-nodes-base/${name}`] = 'off';
	const source = `const properties: INodeProperties[] = ${literal(ownLimits(all))};`;
	const messages = new Linter().verify(
		source,
		[
			{
				files: ['**/*.ts'],
				languageOptions: { parser: tseslint.parser as Linter.Parser },
				plugins: { 'n8n-nodes-base': n8nNodesPlugin as never },
				rules,
			},
		],
		'nodes/Sample/SampleDescription.ts',
	);
	const lines = source.split('\n');
	return messages.map(
		({ ruleId, message, line }) => `${ruleId}: ${message} (${lines[line - 1]?.trim()})`,
	);
}

/** TypeScript text of a value, names without quotes: the lint reads the syntax tree. */
function literal(value: unknown): string {
	if (Array.isArray(value)) return `[\n${value.map(literal).join(',\n')}\n]`;
	if (typeof value !== 'object' || value === null) return text(value);
	const entries = Object.entries(value).map(([name, inner]) => {
		const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
		return `${key}: ${key === 'action' ? text(withoutBrands(String(inner))) : literal(inner)}`;
	});
	return `{\n${entries.join(',\n')}\n}`;
}

const text = (value: unknown): string =>
	typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value));

const BRANDS = [
	...NODES.flatMap((node) => Object.values(node.overlay.spellings)),
	'Microsoft Teams',
	'Security & Compliance Analyzer',
	'Veeam Explorer',
	'VMs',
].sort((a, b) => b.length - a.length);

/** The lint's sentence case knows no brands, hyphens or brackets: "Hyper-V" would have to be "hyper v". */
function withoutBrands(action: string): string {
	let plain = action;
	for (const name of BRANDS)
		plain = plain.replaceAll(new RegExp(`(?<=.)\\b${name}\\b`, 'g'), 'brand');
	return plain
		.replace(/[()&/.]|-(?=\w)/g, ' ')
		.replace(/ +/g, ' ')
		.trim();
}
