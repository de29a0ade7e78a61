import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { CONTROL, definitionIn, queryBindings } from '../binding/parameterBinding';
import { isEmpty, toWire } from '../binding/values';
import type { ApiVersion, Operation } from '../catalogue/types';
import { HOUR } from '../common/time';
import { isBeginning, withinHoursLabel, withinHoursOf } from '../form/withinHours';
import { readCollection } from './collection';
import type { Call } from './product';
import { lacking, readBinding, valueContext } from './fields';
import { ParameterError } from './parameterError';

/**
 * The beginnings of periods that are given in hours before now, by API name, in wire form.
 *
 * @throws ParameterError for what is no number of hours above 0, where the time itself is given too,
 *   and where the credential's version lacks the parameter
 */
export function readWithinHours(
	call: Call,
	operation: Operation,
	version: ApiVersion,
): Record<string, string> {
	const { overlay } = call.product;
	const given = readCollection(call, CONTROL.filters);
	const said: Record<string, string> = {};
	for (const binding of queryBindings(operation).filter(isBeginning)) {
		const name = withinHoursOf(binding.name);
		if (!(name in given)) continue;
		const label = withinHoursLabel(overlay, operation, binding);
		const own = () => call.product.labels.field(operation, binding);
		if (!isEmpty(readBinding(call, binding)))
			throw new ParameterError(
				`"${own()}" and "${label}" are both given`,
				'Remove one of them: each says from when on.',
			);
		const definition = definitionIn(binding.definitions, version);
		if (!definition)
			throw lacking(
				call,
				label,
				binding.definitions.flatMap((one) => one.in ?? operation.in),
			);
		const time = hoursAgo(given[name], label);
		said[binding.apiName] = toWire(
			valueContext(call, version, () => label),
			'dateTime',
			time,
		) as string;
	}
	return said;
}

/** @throws ParameterError for what is no number above 0, or lies before all time */
export function hoursAgo(given: IDataObject[string], label: string): DateTime {
	const hours = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	const now = DateTime.utc();
	// Luxon raises for Infinity, and takes what is larger than all dates for nothing.
	if (typeof hours === 'number' && hours > 0 && hours < now.toMillis() / HOUR)
		return now.minus({ hours });
	if (isEmpty(given))
		throw new ParameterError(
			`"${label}" is empty`,
			'Give the number of hours, or remove it: what is not there is not asked for.',
		);
	throw new ParameterError(
		`"${label}" is ${typeof given === 'number' ? given : JSON.stringify(given)}: it must be a number of hours above 0`,
		'Give a number such as 24 or 0.5; the time must not lie before 1970.',
	);
}
