import { returnsField } from '../catalogue';
import type { ApiVersion, Operation } from '../catalogue/types';
import { scopesOf, type ListScope } from '../form/scopes';
import { isHollow, toWire } from '../binding/values';
import type { Call } from './product';
import { isExpression, lacking, unwrapped, valueContext } from './fields';
import { ParameterError } from './parameterError';
import { condition, type Condition, type Group } from './condition';

/**
 * The conditions of Company, Location and Backup Server, where one is chosen: the field that says it
 * is that one; where records have several such fields, any of them.
 *
 * @throws ParameterError for what is no ID, for an expression that gives nothing (a list of all
 *   companies would go to one), and where the credential's version has no such field
 */
export function readScopes(
	call: Call,
	operation: Operation,
	version: ApiVersion,
): Array<Condition | Group> {
	const { overlay } = call.product;
	return scopesOf(overlay, operation).flatMap((one) => readScope(call, operation, version, one));
}

function readScope(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ scope: { parameter, label }, fields }: ListScope,
): Array<Condition | Group> {
	const given = unwrapped(
		call.context.getNodeParameter(parameter, call.itemIndex, '', { extractValue: true }),
	);
	if (isHollow(given)) {
		if (!isExpression(call, parameter)) return [];
		throw new ParameterError(
			`"${label}" is empty`,
			'The item has no such field. To list those of all, clear the field.',
		);
	}
	const there = fields.filter((name) => returnsField(operation, name, version));
	if (there.length === 0)
		throw lacking(
			call,
			label,
			operation.in.filter((other) => fields.some((name) => returnsField(operation, name, other))),
		);
	const id = toWire(
		valueContext(call, version, () => label),
		'uuid',
		given,
	);
	const items = there.map((name) => condition(name, 'equals', id, false));
	return items.length > 1 ? [{ operation: 'or', items }] : items;
}
