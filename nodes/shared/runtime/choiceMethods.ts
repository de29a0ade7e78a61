import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { findOperation } from '../catalogue';
import { valuesAt } from '../common/valuesAt';
import { CONTROL } from '../binding/parameterBinding';
import { choicesMethodOf } from '../form/locator';
import { pickersOf } from '../form/pickers';
import { connect } from '../http';
import { within } from '../http/bounds';
import { dropdownEntries, inTime, MOST_ENTRIES } from './dropdownEntries';
import { nothingToPick, versionOfList, type ListSource } from './listSearch';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Seconds that the list of a dropdown has. */
const PATIENCE = 15;

/** `methods.loadOptions` for the dropdowns of what there is: one for each that the properties ask for. */
export function choiceMethods(
	source: ListSource,
	properties: INodeProperties[],
): Record<string, LoadOptions> {
	const suffix = choicesMethodOf('');
	return Object.fromEntries(
		[...valuesAt('loadOptionsMethod', properties)]
			.filter((method) => method.endsWith(suffix))
			.map((method) => [method, choices(source, method.slice(0, -suffix.length))]),
	);
}

/**
 * The objects that a field of the chosen operation names by their ID.
 *
 * The method raises a NodeOperationError where there are none, where the credential's version lacks the
 * list, and where it is late; an error of the server as it is.
 */
function choices(source: ListSource, parameter: string): LoadOptions {
	return async function () {
		const { adapter, overlay } = source;
		const catalogue = adapter.catalogue();
		const id = String(this.getCurrentNodeParameter(CONTROL.operation) ?? '');
		const operation = findOperation(catalogue, id);
		const picker = operation && pickersOf(catalogue, overlay, operation).get(parameter);
		if (!picker) return [];
		const client = await connect(this, 0, adapter);
		const version = versionOfList(this, adapter, client, picker.list);
		const broken = new AbortController();
		const timed = inTime({ adapter, overlay }, client, broken.signal, PATIENCE);
		const at = { version, chosen: {} };
		const read = async () => await dropdownEntries({ adapter, overlay }, timed, at, picker);
		const { entries, isCut } = await within(PATIENCE * 1000, broken, read).catch(
			(error: unknown) => {
				if (!broken.signal.aborted) throw error;
				throw new NodeOperationError(
					this.getNode(),
					`The list did not come within ${PATIENCE} seconds`,
					{ description: 'Try again, or give the ID by an expression.' },
				);
			},
		);
		if (entries.length === 0) throw nothingToPick(this, { adapter, overlay }, picker, 0);
		// An empty value is refused, so that this line is no choice.
		const rest = { name: `First ${MOST_ENTRIES}: Give Others by an Expression`, value: '' };
		return isCut ? [...entries, rest] : entries;
	};
}
