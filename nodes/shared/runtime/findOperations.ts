import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { hint } from '../common/hint';
import { nameOperations } from '../form/operationNames';
import { asItems } from './output';
import { ParameterError } from './parameterError';
import type { Call, OutputItems, OwnOperation, Product } from './product';

/** What one operation is called, and what is behind it. */
interface FoundOperation {
	resource: string;
	operation: string;
	action: string;
	/** What Veeam's reference calls it; empty where it is none of the API's. */
	title: string;
	/** The values of the node's parameters, for workflows that are written by hand. */
	parameters: { resource: string; operation: string };
	/** Empty where no single request answers it. */
	request: string;
	/** API versions that have it; empty where all do. */
	apiVersions: string[];
}

/**
 * API Request > Find Operations. It is the last action in the node panel, which lists a tenth of the
 * operations (form/actionPanel.ts): who opens it reads where the others are. Nothing is asked of a server.
 */
export const findOperations: OwnOperation = {
	resource: 'apiRequest',
	operation: 'findOperations',
	name: 'Find Operations',
	action: 'Find an operation that is not listed here',
	description: 'All that this node can do, by words',
	properties: () => [
		{
			displayName:
				'All operations are in the form: click <b>Resource</b> above and type part of its name. When executed, this lists the operations that have all of the words below.',
			name: 'findNotice',
			type: 'notice',
			default: '',
		},
		search(),
	],
	execute: find,
};

const search = (): INodeProperties => ({
	displayName: 'Search',
	name: 'findWords',
	type: 'string',
	default: '',
	placeholder: 'e.g. replica get many',
	description: 'Words of a resource, an operation or a path. Empty: all operations.',
});

async function find({ context, product, itemIndex }: Call): Promise<OutputItems> {
	const given = context.getNodeParameter('findWords', itemIndex, '') as unknown;
	if (typeof given === 'object' && given !== null)
		throw new ParameterError(
			`The value of "${search().displayName}" is not a text`,
			'Let the expression give words, or leave the field empty to list all operations.',
		);
	const words = String(given ?? '')
		.toLowerCase()
		.split(/\s+/)
		.filter(Boolean);
	const all = everyOperation(product);
	const having = (textOf: (one: FoundOperation) => string) =>
		all.filter((one) => words.every((word) => textOf(one).includes(word)));
	const byOurs = having(wordsOf);
	// Whoever knows the vendor's reference types a title; a single word of it would find too much.
	const found =
		byOurs.length > 0 || words.length < 2
			? byOurs
			: having((one) => `${wordsOf(one)} ${one.title}`.toLowerCase());
	if (found.length === 0)
		hint(context, `No operation has all of these words: ${words.join(', ')}. Search with fewer.`);
	return asItems(found as unknown as IDataObject[]);
}

/** What a search looks at: what the operation is called, its values and its path, not the names of the fields. */
const wordsOf = ({ resource, operation, action, parameters, request }: FoundOperation): string =>
	[resource, operation, action, ...Object.values(parameters), request].join(' ').toLowerCase();

/** By resource and operation, in the order of the alphabet; those of our own first. */
function everyOperation({ adapter, overlay, ownOperations }: Product): FoundOperation[] {
	const catalogue = adapter.catalogue();
	const nameOf = (resource: string) => overlay.resources[resource]?.name ?? resource;
	const own = ownOperations.map(({ resource, operation, name, action }) => ({
		resource: nameOf(resource),
		operation: name,
		action,
		title: '',
		parameters: { resource, operation },
		request: '',
		apiVersions: [],
	}));
	const named = nameOperations(catalogue, overlay).map(({ operation, resource, name, action }) => ({
		resource: nameOf(resource),
		operation: name,
		action,
		title: operation.title,
		parameters: { resource, operation: operation.id },
		request: `${operation.method} ${operation.path}`,
		apiVersions: operation.in.length === catalogue.versions.length ? [] : [...operation.in],
	}));
	return [...own, ...named];
}
