import type { IDataObject } from 'n8n-workflow';

import { hint } from '../common/hint';
import { isSecret } from '../form/fields';
import type { Operation, Returns } from '../catalogue/types';
import type { RequestBody, VeeamRequest } from '../http/types';
import type { Merged } from './mergeUpdate';
import { isObject, type Difference } from '../binding/objectPaths';
import { CONTROL } from '../binding/parameterBinding';
import { isEmpty } from '../binding/values';
import { previewOnly } from '../form/controls';
import { asItems } from './output';
import { readSwitch } from './outputOptions';
import { ParameterError } from './parameterError';
import type { Call, OutputItems } from './product';

/**
 * Whether the request is only to be shown; an expression may give the word.
 *
 * @throws ParameterError where an expression gave neither: what was meant as a trial must not be sent
 */
export function isPreviewOnly({ context, itemIndex }: Call): boolean {
	const value = context.getNodeParameter(CONTROL.previewOnly, itemIndex, false) as unknown;
	const label = previewOnly().displayName;
	if (!isEmpty(value)) return readSwitch(value, label);
	throw new ParameterError(
		`"${label}" is empty`,
		'Nothing has been sent. Switch it on or off, or let the expression give true or false.',
	);
}

/** Stands for what must not be read over a shoulder. */
const HIDDEN = '*****';

/**
 * What would be sent, in place of sending it: `{preview, method, url, headers, body?, changes?}`.
 * Secrets are hidden, in the body too.
 *
 * @param differences of an update: what it changes
 */
export function previewOf(
	call: Call,
	request: VeeamRequest,
	differences?: Difference[],
): OutputItems {
	const { body } = request;
	const changes = differences?.map(({ field, ...values }) => ({
		field,
		...(isSecret(field.split('.').at(-1) ?? '')
			? concealedValues(values)
			: (withoutSecrets(values) as typeof values)),
	}));
	return asItems([
		{
			preview: true,
			...call.client.preview({
				...request,
				query: withoutSecrets(request.query) as VeeamRequest['query'],
			}),
			...(body === undefined ? {} : { body: shown(body) as IDataObject }),
			...(changes ? { changes: changes as IDataObject[] } : {}),
		},
	]);
}

/** The value of a secret: its texts and numbers hidden. What an object holds goes by the names in it. */
function concealed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(concealed);
	return typeof value === 'string' || typeof value === 'number'
		? hidden(value)
		: withoutSecrets(value);
}

const hidden = (value: unknown): unknown => (value === null || value === '' ? value : HIDDEN);

const concealedValues = <T extends object>(values: T): T =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, concealed(value)])) as T;

/** Of a file, where it comes from. */
function shown(body: RequestBody): unknown {
	if ('value' in body) return withoutSecrets(body.value);
	return { file: `Binary field "${body.binaryProperty}" of the input item` };
}

/** A value with all that is a secret by its name hidden, at any depth; steps of a JSON Patch too. */
function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (!isObject(value)) return value;
	const { op, path } = value;
	const patched = typeof op === 'string' && typeof path === 'string' ? path.split('/').at(-1) : '';
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name,
			isSecret(name === 'value' && patched ? patched : name)
				? concealed(entry)
				: withoutSecrets(entry),
		]),
	);
}

/** The item of an update that changes nothing: the object as it is; nothing is sent. */
export function unchanged(
	call: Call,
	operation: Operation,
	{ kind }: Returns,
	{ record }: Merged,
): OutputItems {
	hint(
		call.context,
		`"${call.product.labels.operation(operation)}" has nothing to change: the object has these values already. Nothing has been sent.`,
	);
	return asItems([kind === 'item' ? record : { success: true, changed: false }]);
}

/** Adds to a refusal what it means: HTTP 412 says that the object is not as it was read. */
export function changedMeanwhile(error: Error & { httpCode?: string | null }): Error {
	if (error.httpCode !== '412') return error;
	const failure = error as Error & { description?: string | null };
	failure.description = [
		failure.description,
		'Somebody changed the object between reading and writing it. Nothing has been changed: run the node again.',
	]
		.filter(Boolean)
		.join(' ');
	return failure;
}
