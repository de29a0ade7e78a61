import type { IDataObject } from 'n8n-workflow';

import { isSecret } from '../form/fields';
import type { Operation, Returns } from '../catalogue/types';
import type { RequestBody, VeeamRequest } from '../http/types';
import type { Merged } from './mergeUpdate';
import { isObject, type Difference } from '../binding/objectPaths';
import { asItems } from './output';
import type { Call, OutputItems } from './product';

/** Whether a switch is on; an expression may give the word. */
export function isOn({ context, itemIndex }: Call, name: string): boolean {
	const value = context.getNodeParameter(name, itemIndex, false) as unknown;
	return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true');
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
			? { from: hidden(values.from), to: hidden(values.to) }
			: (withoutSecrets(values) as typeof values)),
	}));
	return asItems([
		{
			preview: true,
			...call.client.preview(request),
			...(body === undefined ? {} : { body: shown(body) as IDataObject }),
			...(changes ? { changes: changes as IDataObject[] } : {}),
		},
	]);
}

const hidden = (value: unknown): unknown => (value === null || value === '' ? value : HIDDEN);

/** Of a file, where it comes from. */
function shown(body: RequestBody): unknown {
	if ('value' in body) return withoutSecrets(body.value);
	return { file: `Binary field "${body.binaryProperty}" of the input item` };
}

/** A value with every text that is a secret by its name hidden, at any depth; steps of a JSON Patch too. */
function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (!isObject(value)) return value;
	const { op, path } = value;
	const patched = typeof op === 'string' && typeof path === 'string' ? path.split('/').at(-1) : '';
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name,
			typeof entry === 'string' && isSecret(name === 'value' && patched ? patched : name)
				? hidden(entry)
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
	if ('addExecutionHints' in call.context)
		call.context.addExecutionHints({
			message: `"${call.product.labels.operation(operation)}" has nothing to change: the object has these values already. Nothing has been sent.`,
			location: 'outputPane',
			type: 'info',
		});
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
