import { CONTROL, offersJson } from '../binding/parameterBinding';
import { isEmpty } from '../binding/values';
import { isNullable } from '../catalogue';
import type { ApiVersion, Field, Operation } from '../catalogue/types';
import { setToNull } from '../form/setToNull';
import type { Call } from './product';
import { ParameterError } from './parameterError';

/**
 * The fields that are to be null, as the form names them; none where nothing was chosen.
 *
 * @throws ParameterError where an expression gives something else than names
 */
export function fieldsToNull({ context, itemIndex }: Call): string[] {
	const given = context.getNodeParameter(CONTROL.setToNull, itemIndex, []) as unknown;
	if (isEmpty(given)) return [];
	const names = typeof given === 'string' ? given.split(',') : given;
	if (Array.isArray(names) && names.every((name) => typeof name === 'string' && name.trim() !== ''))
		return [...new Set(names.map((name: string) => name.trim()))];
	throw new ParameterError(
		`"${setToNull().displayName}" holds what is not the name of a field`,
		'Choose the fields from the list, or let the expression give their names.',
	);
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

/**
 * Fields by their names with their values, and with those that are to be null. What stands inside one that
 * is to be null goes with it.
 *
 * @throws ParameterError naming a field that has a value and is to be null, or that has two values
 */
export function withNulls(
	call: Call,
	operation: Operation,
	given: Array<[string, unknown]>,
	nulls: string[],
): Array<[string, unknown]> {
	const isIn = (id: string, outer: string) => id === outer || id.startsWith(`${outer}.`);
	const both = nulls.find((name) => given.some(([id]) => isIn(id, name)));
	if (both !== undefined) throw nullAndValue(call, operation, both);
	const twice = given.find(([id], index) => given.findIndex(([other]) => other === id) < index);
	if (twice)
		throw new ParameterError(
			`"${call.product.labels.fieldAt(operation, twice[0].split('.'))}" is given twice`,
			'It stands there by its whole name and inside an object: remove one of them.',
		);
	const outermost = nulls.filter(
		(name) => !nulls.some((outer) => outer !== name && isIn(name, outer)),
	);
	return [...given, ...outermost.map((name): [string, unknown] => [name, NULL])];
}
