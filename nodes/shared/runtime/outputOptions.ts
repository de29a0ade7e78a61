import type { WaitOptions } from '../http/types';
import type { Call } from './product';
import type { OutputOptions } from './output';
import { CONTROL } from '../binding/parameterBinding';
import { includeReasons, outputField } from '../form/controls';
import { readCollection } from './collection';
import { ParameterError } from './parameterError';
import { isEmpty } from '../binding/values';

/**
 * Reads what the user asked of the output.
 *
 * @throws ParameterError for a limit below 1 or a timeout that is none
 */
export function readOutputOptions(
	call: Call,
	shape: { paged: boolean; simplifies: boolean; waits: boolean },
): OutputOptions {
	const parameter = <T>(name: string, fallback: T): T =>
		call.context.getNodeParameter(name, call.itemIndex, fallback) as T;
	const { select, expand } = readCollection(call, CONTROL.queryOptions);
	const isOn = (name: string, label: string): boolean => readSwitch(parameter(name, false), label);
	return {
		limit:
			shape.paged && !isOn('returnAll', 'Return All')
				? readLimit(parameter('limit', 50))
				: undefined,
		// Who chose the fields gets those.
		simplify: shape.simplifies && isEmpty(select) && isOn('simplify', 'Simplify'),
		includeReasons: isOn(CONTROL.includeReasons, includeReasons().displayName),
		embeds: !isEmpty(expand),
		wait:
			shape.waits && isOn('waitForCompletion', 'Wait for Completion')
				? readWaitOptions(call)
				: undefined,
		outputField:
			readFieldName(parameter('outputFieldName', 'data'), outputField().displayName) || 'data',
	};
}

/** A switch of the node, also from an expression that gives text: "false" is off. */
export function readSwitch(value: unknown, label: string): boolean {
	if (typeof value === 'boolean') return value;
	if (isEmpty(value)) return false;
	const text = String(value).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new ParameterError(
		`"${label}" is ${JSON.stringify(value)}: it must be true or false`,
		'Switch it on or off, or let the expression give true or false.',
	);
}

/**
 * The name of a binary field of an item; '' where none is given.
 *
 * @throws ParameterError where it is no name
 */
export function readFieldName(value: unknown, label: string): string {
	if (isEmpty(value)) return '';
	if (typeof value === 'string' || Number.isFinite(value)) return String(value).trim();
	throw new ParameterError(
		`"${label}" is ${JSON.stringify(value)}: it must be a name`,
		'Give the name of the field that holds the file, mostly "data".',
	);
}

function readLimit(value: unknown): number {
	const limit = Number(value);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new ParameterError(
		`"Limit" is ${JSON.stringify(value)}: it must be a whole number of 1 or more`,
		'Give the number of results you want, or switch on Return All.',
	);
}

/** Options of waiting, as the collection `options` holds them. */
export function readWaitOptions(call: Pick<Call, 'context' | 'itemIndex'>): WaitOptions {
	const options = readCollection(call, CONTROL.options);
	const timeoutSeconds = Number(options.timeoutSeconds ?? 3600);
	if (!Number.isFinite(timeoutSeconds) || timeoutSeconds <= 0)
		throw new ParameterError(
			`"Timeout" is ${JSON.stringify(options.timeoutSeconds)}: it must be a number of seconds above 0`,
			'Give the seconds to wait, such as 3600 for an hour.',
		);
	return { timeoutSeconds, onFailure: options.onFailure === 'return' ? 'return' : 'error' };
}
