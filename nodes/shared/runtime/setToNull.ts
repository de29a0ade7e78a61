import { CONTROL, offersJson } from '../binding/parameterBinding';
import { isEmpty } from '../binding/values';
import { isNullable } from '../catalogue';
import type { ApiVersion, Field, Operation } from '../catalogue/types';
import { setToNull } from '../form/setToNull';
import type { Call } from './product';
import { ParameterError } from './parameterError';

/** The fields that are to be null, as the form names them; none where nothing was chosen. */
export function fieldsToNull({ context, itemIndex }: Call): string[] {
	const given = context.getNodeParameter(CONTROL.setToNull, itemIndex, []) as unknown;
	const names = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',') : [];
	return [...new Set(names.filter((name) => !isEmpty(name)).map((name) => String(name).trim()))];
}

/** Stands for null among values, where null itself means that an expression gave nothing. */
export const NULL = Symbol('null');

/**
 * @param definitions of the field in the credential's version: several where variants differ in it
 * @throws ParameterError where the field cannot be null there
 */
export function refuseNull(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	name: string,
	definitions: Array<Pick<Field, 'nullable'>>,
): void {
	if (definitions.some((one) => isNullable(one, version))) return;
	const asJson = offersJson(call.product.adapter.catalogue(), operation)
		? ' To send null all the same, give the body as JSON.'
		: '';
	throw new ParameterError(
		`"${call.product.labels.fieldAt(operation, name.split('.'))}" cannot be null in API ${version}`,
		`Remove it from "${setToNull().displayName}", or give it a value.${asJson}`,
	);
}

/** For a field that has a value and is to be null. */
export const nullAndValue = (call: Call, operation: Operation, name: string): ParameterError =>
	new ParameterError(
		`"${call.product.labels.fieldAt(operation, name.split('.'))}" has a value and is to be null`,
		`Remove the value, or remove the field from "${setToNull().displayName}".`,
	);
