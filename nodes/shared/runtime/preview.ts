import type { IDataObject } from 'n8n-workflow';

import { hint } from '../common/hint';
import { mapSecrets } from '../common/secretNames';
import type { Operation, Returns } from '../catalogue/types';
import type { RequestBody, VeeamRequest } from '../http/types';
import type { Merged } from './mergeUpdate';
import { setAt, valueAt, type Difference } from '../binding/objectPaths';
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
	const changes = differences?.map(({ field, ...values }) => {
		const path = field.split('.');
		const shown = Object.entries(values).map(([name, value]) => [
			name,
			valueAt(withoutSecrets(setAt({}, path, value)), path),
		]);
		return { field, ...(Object.fromEntries(shown) as typeof values) };
	});
	if (body?.media === 'json' && body.text !== undefined)
		hint(
			call.context,
			'The body is sent letter by letter as it was given. In the preview numbers of more than 15 digits are rounded, and of a name that comes twice the last is shown.',
		);
	return asItems([
		{
			preview: true,
			...call.client.preview({
				...request,
				query: withoutSecrets(request.query),
				pathParameters: withoutSecrets(request.pathParameters),
			}),
			...(body === undefined ? {} : { body: shown(body) as IDataObject }),
			...(changes ? { changes: changes as IDataObject[] } : {}),
		},
	]);
}

/** Of a file, where it comes from. */
function shown(body: RequestBody): unknown {
	if ('value' in body) return withoutSecrets(body.value);
	return { file: `Binary field "${body.binaryProperty}" of the input item` };
}

/** A value with all that is a secret by its name hidden, at any depth; steps of a JSON Patch too. */
const withoutSecrets = <T>(value: T): T =>
	mapSecrets(value, (secret) => (secret === '' ? secret : HIDDEN)) as T;

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
