import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { findOperation, nearestVersion } from '../catalogue';
import type { Operation } from '../catalogue/types';
import { bodyInput, CONTROL, pathBindings } from '../binding/parameterBinding';
import { changeableFields, FIELDS_METHOD, type Known } from '../form/fieldsToChange';
import { connect } from '../http';
import type { Labels } from './labels';
import type { ListSource } from './listSearch';
import { readRecord } from './mergeUpdate';
import type { Product } from './product';

type ResourceMapping = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

/** Seconds that a form waits for the object whose values it shows. */
const PATIENCE = 5;

/**
 * `methods.resourceMapping` of a node: the fields of an update or of a JSON Patch. Those of an update
 * come with the values that the object has now, where it is chosen and the server answers in time.
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
			const updates = operation && bodyInput(sources.catalogue, operation) === 'update';
			const known = updates ? await knownOf(this, adapter, operation) : undefined;
			return { fields: changeableFields(sources, id, known) };
		},
	};
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
