import type {
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { findOperation, leavesOf, nearestVersion } from '../catalogue';
import type { ApiVersion, Operation } from '../catalogue/types';
import {
	bodyInput,
	bodyType,
	CONTROL,
	pathBindings,
	variantBinding,
} from '../binding/parameterBinding';
import { changeableFields, type Known } from '../form/fieldsToChange';
import { partsOf, settableFields, type Opened } from '../form/fieldsToSet';
import type { Sources } from '../form/fields';
import { FIELDS_METHOD } from '../form/mapperFields';
import { labelOf } from '../form/operationNames';
import { connect } from '../http';
import { isObject } from '../binding/objectPaths';
import { flattened, kindsGiven } from './fieldsToChange';
import type { Labels } from './labels';
import type { ListSource } from './listSearch';
import { readRecord } from './mergeUpdate';
import type { Product } from './product';

type ResourceMapping = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

/** Seconds that a form waits for the object whose values it shows. */
const PATIENCE = 5;

/**
 * `methods.resourceMapping` of a node: the fields of an update or of a JSON Patch, or those inside the
 * objects of another body. Those of an update come with the values that the object has now, where it is
 * chosen and the server answers in time.
 */
export function resourceMappingMethods({
	adapter,
	overlay,
}: ListSource): Record<string, ResourceMapping> {
	return {
		async [FIELDS_METHOD]() {
			const sources = { catalogue: adapter.catalogue(), overlay };
			const id = String(this.getCurrentNodeParameter(CONTROL.operation) ?? '');
			const operation = findOperation(sources.catalogue, id);
			const input = operation && bodyInput(sources.catalogue, operation);
			if (operation && input === 'fields') return await toSet(this, adapter, sources, operation);
			const known = input === 'update' ? await knownOf(this, adapter, operation!) : undefined;
			const fields = changeableFields(sources, id, known);
			return { fields: withAdded(fields, givenIds(this, CONTROL.fieldsToChange)) };
		},
	};
}

/** The fields inside the objects of a body, of the variant that is chosen. */
async function toSet(
	context: ILoadOptionsFunctions,
	adapter: ListSource['adapter'],
	sources: Sources,
	operation: Operation,
): Promise<ResourceMapperFields> {
	const { catalogue, overlay } = sources;
	const version = await versionOf(context, adapter, operation);
	const dropdown = variantBinding(catalogue, operation);
	const chosen = dropdown && textOf(context, dropdown.name);
	if (dropdown && chosen === '' && !dropdown.optional)
		return {
			fields: [],
			emptyFieldsNotice: `Choose "${labelOf(overlay, operation, dropdown.name)}" first: the fields depend on it.`,
		};
	const all = Object.keys(bodyType(catalogue, operation)?.variants?.of ?? {});
	const variant = all.find((one) => one.toLowerCase() === chosen?.toLowerCase());
	// An expression may give any of them.
	const variants = variant === undefined && chosen ? all : [variant];
	const type = operation.body?.type ?? 'any';
	const given = flattened(
		givenValues(context, CONTROL.fieldsToSet),
		leavesOf(catalogue, type, version),
	);
	const opened: Opened = {
		version,
		parts: variants.flatMap((one) => partsOf(catalogue, operation, one)),
		kinds: {
			...kindsGiven(leavesOf(catalogue, type, version), given),
			...(dropdown && variant ? { [dropdown.apiName]: variant } : {}),
		},
	};
	const fields = settableFields(sources, operation, opened);
	if (fields.length === 0)
		return { fields, emptyFieldsNotice: `API ${version} takes no such fields here.` };
	return { fields: withAdded(fields, givenIds(context, CONTROL.fieldsToSet)) };
}

/** Fields that have a value stand in the form: n8n asks for no other sign where a workflow was made by API. */
const withAdded = (fields: ResourceMapperField[], given: Set<string>): ResourceMapperField[] =>
	fields.map((field) => (given.has(field.id) ? { ...field, removed: false } : field));

const givenIds = (context: ILoadOptionsFunctions, parameter: string): Set<string> =>
	new Set(Object.keys(givenValues(context, parameter)));

/** What stands in a plain field of the form; '' where nothing does. */
function textOf(context: ILoadOptionsFunctions, name: string): string {
	const value = context.getCurrentNodeParameter(name) as unknown;
	return typeof value === 'string' ? value.trim() : '';
}

/** The values of a mapper by the IDs of its fields; none where an expression gives them all. */
function givenValues(context: ILoadOptionsFunctions, parameter: string): IDataObject {
	const given = context.getCurrentNodeParameter(parameter) as unknown;
	const values = isObject(given) && 'mappingMode' in given ? given.value : given;
	return isObject(values) ? values : {};
}

/** The credential's version, or the newest that has the operation. */
async function versionOf(
	context: ILoadOptionsFunctions,
	adapter: ListSource['adapter'],
	operation: Operation,
): Promise<ApiVersion> {
	const newest = operation.in.at(-1) ?? '';
	try {
		const client = await connect(context, 0, adapter);
		const version = nearestVersion(adapter.catalogue().versions, client.version);
		return operation.in.includes(version) ? version : newest;
	} catch {
		return newest;
	}
}

/** The credential's version and the object; nothing where they cannot be had: the form opens all the same. */
async function knownOf(
	context: ILoadOptionsFunctions,
	adapter: ListSource['adapter'],
	operation: Operation,
): Promise<Known | undefined> {
	try {
		const client = await connect(context, 0, adapter);
		const version = nearestVersion(adapter.catalogue().versions, client.version);
		const pathParameters = chosenObject(context, operation);
		if (!pathParameters || !operation.in.includes(version)) return { version };
		const labels = { operation: ({ id }: Operation) => id } as Labels;
		const call = { client, product: { adapter, labels } as Product };
		const limits = { answerWithinSeconds: PATIENCE };
		return await readRecord(call, operation, version, pathParameters, limits).then(
			({ record }) => ({ version, record }),
			() => ({ version }),
		);
	} catch {
		return undefined;
	}
}

/** The path of the chosen object; undefined where something is not chosen yet, or is an expression. */
function chosenObject(
	context: ILoadOptionsFunctions,
	operation: Operation,
): Record<string, string> | undefined {
	const values: Record<string, string> = {};
	for (const { apiName, name } of pathBindings(operation)) {
		const value = context.getCurrentNodeParameter(name, { extractValue: true }) as unknown;
		const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
		if (text === '' || text.startsWith('=')) return undefined;
		values[apiName] = text;
	}
	return values;
}
