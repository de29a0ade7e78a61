/**
 * Prints what the editor shows, for review: every resource, operation and field, with the names that
 * workflows store. `npm run names` prints all of Backup & Replication, `npm run names -- job` one
 * resource, `npm run names -- vb365` and `npm run names -- vspc alarm` those of another product.
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { adapter as vb365 } from '../nodes/VeeamBackupMicrosoft365/adapter';
import { names as vb365Names } from '../nodes/VeeamBackupMicrosoft365/names';
import { adapter as vbr } from '../nodes/VeeamBackupReplication/adapter';
import { names as vbrNames } from '../nodes/VeeamBackupReplication/names';
import { adapter as vspc } from '../nodes/VeeamServiceProviderConsole/adapter';
import { names as vspcNames } from '../nodes/VeeamServiceProviderConsole/names';
import { fieldProperty, variantOptions, type Sources } from '../nodes/shared/description/fields';
import { labelOf, nameOperations } from '../nodes/shared/description/operationNames';
import {
	bodyInput,
	bodyPlaces,
	pathPlaces,
	queryPlaces,
	returnsList,
	simplifies,
	startsWork,
	variantPlace,
	type Place,
} from '../nodes/shared/description/parameterNames';
import type { Operation } from '../nodes/shared/catalogue/types';

const PRODUCTS = {
	vbr: { catalogue: vbr.catalogue(), names: vbrNames },
	vb365: { catalogue: vb365.catalogue(), names: vb365Names },
	vspc: { catalogue: vspc.catalogue(), names: vspcNames },
};

const given = process.argv.slice(2);
const product = given[0] !== undefined && given[0] in PRODUCTS ? given.shift() : 'vbr';
const sources: Sources = PRODUCTS[product as keyof typeof PRODUCTS];
const { names } = sources;

const kindOf = ({ type, options, typeOptions }: INodeProperties): string => {
	const list = typeOptions?.multipleValues ? ' list' : '';
	const values = (options as INodePropertyOptions[] | undefined)
		?.map(({ name }) => name)
		.join(' | ');
	return values ? `${type}: ${values.slice(0, 70)}` : type + list;
};

function line(operation: Operation, place: Place, inPath = false): string {
	const property = fieldProperty(sources, operation, place, inPath);
	const mark = place.alwaysRequired ? '*' : ' ';
	const hint = property.description ? ` — ${property.description}` : '';
	return `      ${mark} ${property.displayName}  [${place.name}, ${kindOf(property)}]${hint}`;
}

/** The body's fields; those of several variants once, with the variants that have them. */
function bodyLines(operation: Operation): string[] {
	const { catalogue } = sources;
	const input = bodyInput(catalogue, operation);
	if (input !== 'fields') return input === 'none' ? [] : [`      body: ${input}`];
	const dropdown = variantPlace(catalogue, operation);
	if (!dropdown)
		return bodyPlaces(catalogue, operation)
			.filter(({ filledFrom }) => !filledFrom)
			.map((place) => line(operation, place));
	const options = variantOptions(sources, operation) ?? [];
	const shown = new Map<string, string[]>();
	for (const { value, name } of options)
		for (const place of bodyPlaces(catalogue, operation, String(value))) {
			if (place.filledFrom) continue;
			const text = line(operation, place);
			shown.set(text, [...(shown.get(text) ?? []), name]);
		}
	const label = labelOf(names, operation, dropdown.name);
	return [
		`      ${label}  [${dropdown.name}]: ${options.map(({ name }) => name).join(' | ')}`,
		...[...shown].map(([text, variants]) =>
			variants.length === options.length ? text : `${text}  if ${variants.join(', ')}`,
		),
	];
}

let resource = '';
const only = given[0];
for (const named of nameOperations(sources.catalogue, names)) {
	const { operation } = named;
	if (only !== undefined && named.resource !== only) continue;
	if (named.resource !== resource) {
		resource = named.resource;
		console.log(`\n${names.resources[resource]?.name} [${resource}]`);
	}
	const traits = [
		returnsList(operation) ? 'Return All, Limit' : '',
		simplifies(operation) ? 'Simplify' : '',
		startsWork(operation) ? 'Wait for Completion' : '',
	].filter(Boolean);
	console.log(`  ${named.name} — ${named.action} [${operation.id}] ${traits.join(', ')}`);
	for (const place of pathPlaces(operation)) console.log(line(operation, place, true));
	for (const place of queryPlaces(operation)) console.log(line(operation, place));
	for (const text of bodyLines(operation)) console.log(text);
}
