import type {
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { findOperation, leavesOf, versionFor } from '../catalogue';
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
import type { VeeamClient } from '../http/types';
import { flattened, kindsGiven } from './fieldsToChange';
import type { Labels } from './labels';
import type { ListSource } from './listSearch';
import { readRecord } from './mergeUpdate';
import { withChoices } from './pickedFields';
import type { Product } from './product';
import { isObject } from '../common/objects';

type ResourceMapping = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

/** Seconds that a form waits for the object whose values it shows. */
const PATIENCE = 5;

/**
 * `methods.resourceMapping` of a node: the fields of an update or of a JSON Patch, or those inside the
 * objects of another body. Those of an update come with the values that the object has now, where it is
 * chosen and the server answers in time.
 */
export function resourceMappingMethods(source: ListSource): Record<string, ResourceMapping> {
	return {
		async [FIELDS_METHOD]() {
			const { adapter, overlay } = source;
			const sources = { catalogue: adapter.catalogue(), overlay };
			const id = String(this.getCurrentNodeParameter(CONTROL.operation) ?? '');
			const operation = findOperation(sources.catalogue, id);
			if (!operation) return { fields: [] };
			const input = bodyInput(sources.catalogue, operation);
			const client = await connected(this, adapter);
			const isSet = input === 'fields';
			const known =
				input === 'update' && client ? await knownOf(this, adapter, client, operation) : undefined;
			const offered = isSet
				? toSet(this, sources, operation, client)
				: { fields: changeableFields(sources, id, known) };
			const given = givenValues(this, isSet ? CONTROL.fieldsToSet : CONTROL.fieldsToChange);
			const chosen = chosenObject(this, operation) ?? {};
			const version = versionOf(sources, operation, client);
			const fields = await withChoices(
				{ adapter, overlay },
				{ client, operation, version, chosen, given },
				offered.fields,
			);
			return { ...offered, fields: withAdded(fields, given) };
		},
	};
}

/** The fields inside the objects of a body, of the variant that is chosen. */
function toSet(
	context: ILoadOptionsFunctions,
	sources: Sources,
	operation: Operation,
	client: VeeamClient | undefined,
): ResourceMapperFields {
	const { catalogue, overlay } = sources;
	const version = versionOf(sources, operation, client);
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
	const leaves = leavesOf(catalogue, operation.body?.type ?? 'any', version);
	const given = flattened(givenValues(context, CONTROL.fieldsToSet), leaves);
	const opened: Opened = {
		version,
		parts: variants.flatMap((one) => partsOf(catalogue, operation, one)),
		kinds: {
			...kindsGiven(leaves, given),
			...(dropdown && variant ? { [dropdown.apiName]: variant } : {}),
		},
	};
	const fields = settableFields(sources, operation, opened);
	if (fields.length === 0)
		return { fields, emptyFieldsNotice: `API ${version} takes no such fields here.` };
	return { fields };
}

/** Fields that have a value stand in the form: n8n asks for no other sign where a workflow was made by API. */
const withAdded = (fields: ResourceMapperField[], given: IDataObject): ResourceMapperField[] =>
	fields.map((field) => (field.id in given ? { ...field, removed: false } : field));

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

/** Undefined where the credential gives no connection: the form opens all the same. */
const connected = async (
	context: ILoadOptionsFunctions,
	adapter: ListSource['adapter'],
): Promise<VeeamClient | undefined> => await connect(context, 0, adapter).catch(() => undefined);

/** The credential's version, or the newest that has the operation. */
function versionOf(
	{ catalogue }: Sources,
	operation: Operation,
	client: VeeamClient | undefined,
): ApiVersion {
	const version = client && versionFor(catalogue, client.version, operation);
	return version !== undefined && operation.in.includes(version)
		? version
		: (operation.in.at(-1) ?? '');
}

/** The credential's version and the object, where it can be had. */
async function knownOf(
	context: ILoadOptionsFunctions,
	adapter: ListSource['adapter'],
	client: VeeamClient,
	operation: Operation,
): Promise<Known> {
	const version = versionFor(adapter.catalogue(), client.version, operation);
	const pathParameters = chosenObject(context, operation);
	if (!pathParameters || !operation.in.includes(version)) return { version };
	const labels = { operation: ({ id }: Operation) => id } as Labels;
	const call = { client, product: { adapter, labels } as Product };
	const limits = { answerWithinSeconds: PATIENCE };
	return await readRecord(call, operation, version, pathParameters, limits).then(
		({ record }) => ({ version, record }),
		() => ({ version }),
	);
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
