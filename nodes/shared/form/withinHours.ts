import type { INodeProperties } from 'n8n-workflow';

import { CONTROL, queryBindings, type ParameterBinding } from '../binding/parameterBinding';
import type { Operation } from '../catalogue/types';
import { labelOf } from './operationNames';
import type { ProductOverlay } from './overlay';

/**
 * "Created Within the Last (Hours)", beside every filter that is the beginning of a period in the
 * past: a workflow that runs by schedule has no fixed date to give.
 */

/** Name of the entry, by the API's name of the parameter that it stands for. */
export const withinHoursOf = (apiName: string): string => `${apiName}WithinHours`;

/** How the APIs call the beginning of a period; what expires after a time lies ahead. */
const BEGINNING = /^(?!expire).*(After(?![a-z])|From$|LowerBound$)|^from$/;

/** Whether a parameter is the beginning of a period that may be given in hours before now. */
export const isBeginning = ({ apiName, collection, definitions }: ParameterBinding): boolean =>
	collection === CONTROL.filters &&
	BEGINNING.test(apiName) &&
	// Some specifications call times plain text.
	definitions.every(
		({ type }) => type === 'dateTime' || (type === 'string' && /Time/.test(apiName)),
	);

/** "Created Within the Last (Hours)" of "Created After". */
export function withinHoursLabel(
	overlay: ProductOverlay,
	operation: Operation,
	{ apiName }: ParameterBinding,
): string {
	const [what = ''] = labelOf(overlay, operation, apiName).split(/\b(?:After|From|Lower Bound)\b/);
	return `${what.trim()} Within the Last (Hours)`.trim();
}

/** The entries beside an operation's own filters. */
export const withinHoursProperties = (
	overlay: ProductOverlay,
	operation: Operation,
): INodeProperties[] =>
	queryBindings(operation)
		.filter(isBeginning)
		.map((binding) => ({
			displayName: withinHoursLabel(overlay, operation, binding),
			name: withinHoursOf(binding.name),
			type: 'number',
			default: 24,
		}));
