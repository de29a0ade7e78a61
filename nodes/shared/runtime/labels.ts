import type { Catalogue, Operation } from '../catalogue/types';
import { fieldProperty } from '../form/fields';
import { leafLabel, type PartPath } from '../form/mapperFields';
import type { ProductOverlay } from '../form/overlay';
import { labelOf, nameOperations, type NamedOperation } from '../form/operationNames';
import type { ParameterBinding } from '../binding/parameterBinding';

/** What things are called in the editor, for messages. Computed when a message needs it. */
export interface Labels {
	/** "Get Many States (Repository)" */
	operation(operation: Operation): string;
	/** The label of a field. `inPath`: of what the request is about. */
	field(operation: Operation, binding: ParameterBinding, inPath?: boolean): string;
	/** The label of a part of a body, by what leads to it: "Local Time (Daily, Schedule)". */
	fieldAt(operation: Operation, path: PartPath): string;
	/** The label of the dropdown of variants, by its parameter name. */
	variant(operation: Operation, parameterName: string): string;
}

export function createLabels(catalogue: () => Catalogue, overlay: ProductOverlay): Labels {
	// Naming all operations takes some 100 ms: once, on the first message, and not per request.
	let byId: Map<string, NamedOperation> | undefined;
	return {
		operation({ id }) {
			byId ??= new Map(
				nameOperations(catalogue(), overlay).map((named) => [named.operation.id, named]),
			);
			const named = byId.get(id);
			if (!named) return id;
			return `${named.name} (${overlay.resources[named.resource]?.name ?? named.resource})`;
		},
		field: (operation, binding, inPath) =>
			fieldProperty({ catalogue: catalogue(), overlay }, operation, binding, inPath).displayName,
		fieldAt: (operation, path) => leafLabel(overlay, operation, path),
		variant: (operation, parameterName) => labelOf(overlay, operation, parameterName),
	};
}
