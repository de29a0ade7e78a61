import type { IDataObject } from 'n8n-workflow';

import { branchesOf, leavesOf } from '../catalogue';
import type { ApiVersion, Operation } from '../catalogue/types';
import { setAt } from '../binding/objectPaths';
import { CONTROL, type ParameterBinding } from '../binding/parameterBinding';
import { FIELDS_TO_SET } from '../form/controls';
import { settableLeaves } from '../form/fieldsToSet';
import type { Call } from './product';
import {
	empty,
	flattened,
	idOf,
	isAtOrIn,
	kindsGiven,
	notOneValue,
	notThere,
	wireValue,
} from './fieldsToChange';
import { readMapper } from './mapper';
import { NULL, refuseNull, withNulls } from './setToNull';
import { isObject } from '../common/objects';

/** What the form says of a body before the fields inside its objects. */
export interface Chosen {
	/** The objects of the body whose fields are given one by one. */
	parts: ParameterBinding[];
	/** The choice of the dropdown of variants: `{type: "S3Compatible"}`; `{}` where there is none. */
	kind: IDataObject;
	/** Of the fields that are to be null, those inside the objects. */
	nulls: string[];
}

/**
 * The fields inside the objects of a body, as the objects that they make up, in wire form. What was
 * not added is not there.
 *
 * @throws ParameterError naming a field that is empty, of the wrong type, of another kind of object or of
 *   another version, or that there is not
 */
export function readFieldsToSet(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ parts, kind, nulls }: Chosen,
): IDataObject {
	const catalogue = call.product.adapter.catalogue();
	const type = operation.body?.type ?? 'any';
	const any = leavesOf(catalogue, type, version);
	const said = flattened(readMapper(call, CONTROL.fieldsToSet, FIELDS_TO_SET), any);
	const given = withNulls(call, operation, said, nulls);
	if (given.length === 0) return {};
	const kinds = { ...kindsGiven(any, given), ...kind };
	const leaves = new Map(
		settableLeaves(catalogue, operation, version, parts, kinds).map((leaf) => [idOf(leaf), leaf]),
	);
	const known = [...leaves.keys()];
	return given.reduce<IDataObject>((body, [id, value]) => {
		const leaf = leaves.get(id);
		if (!leaf) {
			const inner = known.find((one) => isAtOrIn(one, id));
			if (inner !== undefined && value === NULL) {
				const objects = branchesOf(catalogue, type, version, kinds);
				const object = objects.find((one) => idOf(one) === id);
				refuseNull(call, operation, version, id, object?.fields ?? []);
				return setAt(body, id.split('.'), null);
			}
			if (inner !== undefined) throw notOneValue(call, operation, { id, inner, value });
			const isField = any.some((one) => idOf(one) === id && isPart(parts, id));
			const record = isField ? kinds : undefined;
			throw notThere(call, operation, version, { id, record, kind: Object.keys(kind)[0], known });
		}
		// What is missing is said of all at once.
		if ((value === undefined || value === null) && leaf.required) return body;
		if (value === undefined || value === null)
			throw empty(call.product.labels.fieldAt(operation, leaf.path));
		return setAt(body, leaf.path, wireValue(call, operation, version, leaf, value));
	}, {});
}

const isPart = (parts: ParameterBinding[], id: string): boolean =>
	parts.some(({ apiName }) => isAtOrIn(id, apiName));

/** Whether anything was given for a mapper, whatever it is. */
export const holdsFields = (call: Call): boolean => {
	const given = readMapper(call, CONTROL.fieldsToSet, FIELDS_TO_SET);
	return isObject(given) && Object.keys(given).length > 0;
};
