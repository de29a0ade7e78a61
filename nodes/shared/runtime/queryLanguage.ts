import type { IDataObject } from 'n8n-workflow';

import { allFields, parseType } from '../catalogue';
import type { ApiVersion, Operation, TypeExpression } from '../catalogue/types';
import { CONTROL, queryLanguage } from '../binding/parameterBinding';
import { queryFilter, QUERY_OPTION, takesOffset, WITHIN_HOURS } from '../form/queryLanguage';
import { readCollection } from './collection';
import type { Call } from './product';
import { unwrapped, valueContext } from './fields';
import { ParameterError } from './parameterError';
import { isEmpty, isHollow, readJson, toWire } from '../binding/values';
import { condition, type Condition, type Group } from './condition';
import { readScopes } from './scopes';
import { hoursAgo } from './withinHours';
import { isObject } from '../common/objects';

/** Operations whose value is a list. */
const OF_LISTS = new Set(['in', 'subset', 'superset']);

/**
 * What the user asked for in an operation's query language, as its JSON query parameters: filter,
 * sort and select, and the offset, each left out where nothing was given.
 *
 * @throws ParameterError for a condition without a field, a value of the wrong type, invalid JSON, an
 *   offset that is no position
 */
export function readQueryLanguage(
	call: Call,
	operation: Operation,
	version: ApiVersion,
): Record<string, string | number> {
	const language = queryLanguage(operation);
	if (language.size === 0) return {};
	const options = readCollection(call, CONTROL.queryOptions);
	const said: Record<string, unknown[]> = {
		filter: language.has('filter')
			? [
					...readScopes(call, operation, version),
					...readConditions(call, operation, version, options),
					...readFilterJson(options),
				]
			: [],
		select: toNames(options[QUERY_OPTION.select]).map((propertyPath) => ({ propertyPath })),
		sort: readSort(options),
	};
	return {
		...Object.fromEntries(
			Object.entries(said)
				.filter(([name, value]) => language.has(name) && value.length > 0)
				.map(([name, value]) => [name, JSON.stringify(value)]),
		),
		...(takesOffset(operation) ? readOffset(options[QUERY_OPTION.offset]) : {}),
	};
}

function readOffset(given: unknown): { offset?: number } {
	if (isEmpty(given)) return {};
	const offset = Number(given);
	if (Number.isInteger(offset) && offset >= 0) return offset > 0 ? { offset } : {};
	throw new ParameterError(
		`"Offset" is ${JSON.stringify(given)}: it must be a whole number of 0 or more`,
		'Give the number of results to leave out at the beginning.',
	);
}

function readConditions(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	options: IDataObject,
): Array<Condition | Group> {
	const given = rowsOf(
		readCollection(call, CONTROL.queryFilter).condition,
		queryFilter().displayName,
		'conditions',
		'without them every record would pass',
	);
	const items = given.map((one) => readCondition(call, operation, version, one));
	return options[QUERY_OPTION.match] === 'any' && items.length > 1
		? [{ operation: 'or', items }]
		: items;
}

function readCondition(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ property, operator: test = 'equals', value, ignoreCase = true }: IDataObject,
): Condition {
	const name = fieldName(property, 'Filter by Field');
	const type = allFields(operation)[name]?.replace(/\[\]$/, '');
	const context = valueContext(call, version, () => name);
	if (test === WITHIN_HOURS)
		return condition(
			name,
			'greaterThanOrEqual',
			toWire(context, 'dateTime', hoursAgo(value, name)),
			false,
		);
	const read = (one: unknown) =>
		readValue(type, String(test), one, (known) => toWire(context, known, one));
	const isList = OF_LISTS.has(String(test));
	const values = isList ? splitList(value, name) : [value];
	const takesEmptyText = (type === undefined || type === 'string') && test !== 'contains';
	if (values.length === 0 || values.some((one) => saysNothing(one, takesEmptyText)))
		throw emptyCondition(name);
	const compared = isList ? values.map(read) : read(value);
	return condition(name, String(test), compared, ignoreCase !== false);
}

/** What an expression over a field that is not there leaves behind. An empty text is compared with. */
const saysNothing = (value: unknown, takesEmptyText: boolean): boolean =>
	!(takesEmptyText && value === '') && isHollow(value);

const emptyCondition = (name: string): ParameterError =>
	new ParameterError(
		`The value that "${name}" is compared with in "Filter by Field" is empty`,
		'Give a value, or write null to look for what has none. If it comes from an expression, the item has no such field.',
	);

/**
 * A value by the type of the field it is compared with; where that is not known (a field inside
 * another), as JSON reads it: `true`, `5`, `null`, and text in all other cases.
 */
function readValue(
	type: TypeExpression | undefined,
	test: string,
	value: unknown,
	toKnown: (type: TypeExpression) => unknown,
): unknown {
	if (typeof value !== 'string' || test === 'contains') return value ?? null;
	if (value === 'null') return null;
	const parsed = type === undefined ? undefined : parseType(type);
	if (
		type !== undefined &&
		(parsed?.kind === 'enum' || parsed?.kind === 'scalar') &&
		type !== 'object'
	)
		return value === '' ? value : toKnown(type === 'uuid' ? 'string' : type);
	try {
		const read: unknown = JSON.parse(value);
		return read;
	} catch {
		return value;
	}
}

/** "a, b" or `["a", "b"]`. */
function splitList(value: unknown, name: string): unknown[] {
	const read = typeof value === 'string' && /^\s*\[/.test(value) ? readJson(value, name) : value;
	if (Array.isArray(read)) return read;
	return String(read ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function readFilterJson(options: IDataObject): unknown[] {
	const given = options[QUERY_OPTION.filterJson];
	if (isEmpty(given)) return [];
	const read = readJson(given, 'Filter (JSON)');
	const list = Array.isArray(read) ? read : [read];
	if (list.some((one) => typeof one !== 'object' || isHollow(one)))
		throw new ParameterError(
			'"Filter (JSON)" is neither a condition nor a list of conditions',
			'Write it as [{"property":"name","operation":"equals","value":"x"}].',
		);
	return list;
}

function readSort(options: IDataObject): unknown[] {
	const given = options[QUERY_OPTION.sort];
	if (isEmpty(given)) return [];
	const rows = isObject(given) ? given.order : given;
	return rowsOf(rows, 'Sort', 'orders', 'the records would come in any order').map(
		({ property, direction = 'ascending' }) => ({
			property: fieldName(property, 'Sort'),
			direction,
		}),
	);
}

/**
 * The rows of a fixed collection; none where there are none.
 *
 * @param without what would happen if they were passed over
 * @throws ParameterError where an expression gives something else
 */
function rowsOf(given: unknown, label: string, rows: string, without: string): IDataObject[] {
	if (isEmpty(given)) return [];
	if (Array.isArray(given) && given.every(isObject)) return given;
	throw new ParameterError(
		`"${label}" holds ${rows} that cannot be read: ${JSON.stringify(given)}`,
		`Add them one by one: ${without}.`,
	);
}

/** The names of fields: a list, or text from an expression with commas between. */
function toNames(given: unknown): string[] {
	const names = Array.isArray(given) ? given : [given].flatMap(split);
	const wrong = names.find(
		(name) => typeof name !== 'string' && name !== undefined && name !== null,
	);
	if (wrong !== undefined)
		throw new ParameterError(
			`"Fields to Return" holds ${typeof wrong === 'number' ? String(wrong) : JSON.stringify(wrong)}, which is not the name of a field`,
			'Choose the fields from the list, or give their names.',
		);
	return names.map((name) => (typeof name === 'string' ? name.trim() : '')).filter(Boolean);
}

const split = (given: unknown): unknown[] =>
	typeof given === 'string' ? given.split(',') : [given];

function fieldName(given: unknown, where: string): string {
	const name = String(unwrapped(given) ?? '').trim();
	if (name !== '') return name;
	throw new ParameterError(
		`A field in "${where}" is empty`,
		'Choose a field from the list, or give its name.',
	);
}
