/**
 * Prints what the editor shows, for review: every resource, operation and field, with the names that
 * workflows store. `npm run names` prints all three products and their triggers, `npm run names --
 * vb365` one product, `npm run names -- vspc company` one resource of it.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { PRODUCTS } from '../nodes/products';
import { fieldProperty, variantOptions, type Sources } from '../nodes/shared/form/fields';
import { byName, labelOf, nameOperations } from '../nodes/shared/form/operationNames';
import {
	bodyInput,
	bodyBindings,
	pathBindings,
	queryBindings,
	returnsList,
	simplifies,
	startsWork,
	variantBinding,
	type ParameterBinding,
} from '../nodes/shared/binding/parameterBinding';
import type { Operation } from '../nodes/shared/catalogue/types';
import type { OwnOperation } from '../nodes/shared/runtime/product';

const kindOf = ({ type, options, typeOptions }: INodeProperties): string => {
	const list = typeOptions?.multipleValues ? ' list' : '';
	const values = (options as INodePropertyOptions[] | undefined)
		?.map(({ name }) => name)
		.join(' | ');
	return values ? `${type}: ${values.slice(0, 70)}` : type + list;
};

function line(
	sources: Sources,
	operation: Operation,
	place: ParameterBinding,
	inPath = false,
): string {
	const property = fieldProperty(sources, operation, place, inPath);
	const mark = place.alwaysRequired ? '*' : ' ';
	const hint = property.description ? ` — ${property.description}` : '';
	return `      ${mark} ${property.displayName}  [${place.name}, ${kindOf(property)}]${hint}`;
}

/** The body's fields; those of several variants once, with the variants that have them. */
function bodyLines(sources: Sources, operation: Operation): string[] {
	const { catalogue, overlay } = sources;
	const input = bodyInput(catalogue, operation);
	if (input !== 'fields') return input === 'none' ? [] : [`      body: ${input}`];
	const dropdown = variantBinding(catalogue, operation);
	if (!dropdown)
		return bodyBindings(catalogue, operation)
			.filter(({ filledFrom }) => !filledFrom)
			.map((place) => line(sources, operation, place));
	const options = variantOptions(sources, operation) ?? [];
	const shown = new Map<string, string[]>();
	for (const { value, name } of options)
		for (const place of bodyBindings(catalogue, operation, String(value))) {
			if (place.filledFrom) continue;
			const text = line(sources, operation, place);
			shown.set(text, [...(shown.get(text) ?? []), name]);
		}
	const label = labelOf(overlay, operation, dropdown.name);
	return [
		`      ${label}  [${dropdown.name}]: ${options.map(({ name }) => name).join(' | ')}`,
		...[...shown].map(([text, variants]) =>
			variants.length === options.length ? text : `${text}  if ${variants.join(', ')}`,
		),
	];
}

function printProduct(
	sources: Sources,
	ownOperations: readonly OwnOperation[],
	only: string | undefined,
): void {
	const { overlay } = sources;
	const titleOf = (resource: string) => overlay.resources[resource]?.name ?? resource;
	const all = nameOperations(sources.catalogue, overlay)
		.filter(({ resource }) => only === undefined || resource === only)
		.sort((a, b) => byName(titleOf(a.resource), titleOf(b.resource)));
	let resource = '';
	for (const named of all) {
		const { operation } = named;
		if (named.resource !== resource) {
			resource = named.resource;
			console.log(`\n${titleOf(resource)} [${resource}]`);
		}
		const traits = [
			returnsList(operation) ? 'Return All, Limit' : '',
			simplifies(operation) ? 'Simplify' : '',
			startsWork(operation) ? 'Wait for Completion' : '',
		].filter(Boolean);
		console.log(`  ${named.name} — ${named.action} [${operation.id}] ${traits.join(', ')}`);
		const description = overlay.operations[operation.id]?.description;
		if (description) console.log(`      "${description}"`);
		for (const place of pathBindings(operation)) console.log(line(sources, operation, place, true));
		for (const place of queryBindings(operation)) console.log(line(sources, operation, place));
		for (const text of bodyLines(sources, operation)) console.log(text);
	}
	for (const { name, action, properties } of ownOperations) {
		if (only !== undefined) continue;
		console.log(`\n  ${name} — ${action} (our own)`);
		for (const property of properties()) printProperty(property, '      ');
	}
}

/** A property with the entries of its collections, as a trigger has them. */
function printProperty(property: INodeProperties, indent: string): void {
	const { displayName, name, description, type, options } = property;
	const hint = description ? ` — ${description}` : '';
	console.log(`${indent}${displayName}  [${name}, ${kindOf(property)}]${hint}`);
	if (type !== 'collection') return;
	for (const entry of options as INodeProperties[]) printProperty(entry, `${indent}  `);
}

/** The form of a product's trigger, where there is one. */
async function printTrigger(folder: string): Promise<void> {
	const nodes = join(__dirname, '..', 'nodes', folder);
	for (const file of globSync('*Trigger.node.ts', { cwd: nodes })) {
		const module = (await import(join(nodes, file))) as Record<string, new () => INodeType>;
		const Trigger = module[file.replace('.node.ts', '')];
		if (!Trigger) throw new Error(`${file} has no class of its name`);
		const { description } = new Trigger();
		console.log(`\n${description.displayName} [${description.name}]`);
		for (const property of description.properties) printProperty(property, '      ');
	}
}

async function main([first, ...further]: string[]): Promise<void> {
	const one = PRODUCTS.find(({ key }) => key === first);
	// A resource alone is one of Backup & Replication.
	const only = one ? further[0] : first;
	const wanted = one ? [one] : only ? PRODUCTS.slice(0, 1) : PRODUCTS;
	for (const { folder, product } of wanted) {
		const sources = { catalogue: product.adapter.catalogue(), overlay: product.overlay };
		console.log(`\n===== ${folder} =====`);
		printProduct(sources, product.ownOperations, only);
		if (only === undefined) await printTrigger(folder);
	}
}

void main(process.argv.slice(2));
