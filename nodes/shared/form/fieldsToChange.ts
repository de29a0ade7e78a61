import type {
	FieldType,
	ILoadOptionsFunctions,
	INodeProperties,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { findOperation, parseType } from '../catalogue';
import type { Operation, TypeExpression } from '../catalogue/types';
import { enumOptions, type Sources } from './fields';
import { byName, labelOf } from './operationNames';
import { bodyBindings, CONTROL } from '../binding/parameterBinding';

/** Name of the method that tells the fields of a JSON Patch. */
const METHOD = 'fieldsToChange';

/**
 * The fields of a JSON Patch with their new values. A resource mapper, whose fields come from the
 * catalogue when the form opens: written out they would take a fourth of the description's budget.
 */
export const fieldsToChange = (): INodeProperties => ({
	displayName: 'Fields to Change',
	name: CONTROL.fieldsToChange,
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	required: true,
	typeOptions: {
		loadOptionsDependsOn: [CONTROL.operation],
		resourceMapper: {
			resourceMapperMethod: METHOD,
			mode: 'map',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: false,
			supportAutoMap: false,
		},
	},
});

type ResourceMapping = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

/** `methods.resourceMapping` of a node with operations that take a JSON Patch. */
export function resourceMappingMethods(sources: Sources): Record<string, ResourceMapping> {
	return {
		async [METHOD]() {
			const id = String(this.getCurrentNodeParameter(CONTROL.operation) ?? '');
			return { fields: changeableFields(sources, id) };
		},
	};
}

/** The fields of an operation's JSON Patch, by label. No request leaves for the server. */
export function changeableFields(sources: Sources, operationId: string): ResourceMapperField[] {
	const { catalogue, overlay } = sources;
	const operation = findOperation(catalogue, operationId);
	if (operation?.body?.media !== 'jsonPatch') return [];
	return bodyBindings(catalogue, operation)
		.filter(({ apiName }) => !isServers(sources, operation, apiName))
		.map(({ apiName, definitions }): ResourceMapperField => {
			const type = definitions.at(-1)?.type ?? 'string';
			const parsed = parseType(type);
			const types = new Set(definitions.map((definition) => mapperType(definition.type)));
			return {
				id: apiName,
				displayName: labelOf(overlay, operation, apiName),
				defaultMatch: false,
				required: false,
				display: true,
				removed: true,
				// Another type in another version: text takes both, JSON as well.
				type: types.size > 1 ? 'string' : mapperType(type),
				...(parsed.kind === 'enum' ? { options: enumOptions(sources, parsed.name) } : {}),
			};
		})
		.sort((a, b) => byName(a.displayName, b.displayName));
}

/** What no user changes: what the path says already, and what the server alone knows. */
const isServers = ({ overlay }: Sources, { path }: Operation, apiName: string): boolean =>
	path.includes(`{${apiName}}`) ||
	(overlay.serverOwned ?? []).some((pattern) => pattern.test(apiName));

function mapperType(expression: TypeExpression): FieldType {
	const type = parseType(expression);
	if (type.kind === 'list') return 'array';
	if (type.kind === 'enum') return 'options';
	if (type.kind !== 'scalar') return 'object';
	if (type.name === 'boolean') return 'boolean';
	if (type.name === 'integer' || type.name === 'number') return 'number';
	if (type.name === 'dateTime' || type.name === 'date') return 'dateTime';
	return 'string';
}
