import { isDeepStrictEqual } from 'node:util';

import { versionsOf } from '../../nodes/shared/catalogue/stored';
import type { Range } from '../../nodes/shared/catalogue/stored';
import type { ApiVersion, Catalogue } from '../../nodes/shared/catalogue/types';

/**
 * A catalogue as it lies in its file: ranges (`since`, `until`) in place of lists of versions. A list
 * with a gap stays as it is. The other way round: `fromFile` of nodes/shared/catalogue.
 */
export function compact(catalogue: Catalogue): unknown {
	const { versions } = catalogue;
	const thing = (value: object): object =>
		Object.fromEntries(
			Object.entries(value).flatMap(([key, inner]): Array<[string, unknown]> => {
				if (key === 'in') return Object.entries(rangeOf(versions, inner as ApiVersion[]));
				if (FACTS_OF_VERSIONS.has(key) && Array.isArray(inner)) {
					const range = rangeOf(versions, inner as ApiVersion[]);
					// All of them: no list of fewer would be written so.
					return [[key, range.in ?? range]];
				}
				return [[key, inner]];
			}),
		);
	const things = (some: object[] | undefined) => some?.map(thing);
	return {
		...catalogue,
		operations: catalogue.operations.map((operation) => {
			const { pathParameters, query, body, returns } = operation;
			const { fieldsIn } = returns;
			return {
				...thing(operation),
				...(pathParameters ? { pathParameters: things(pathParameters) } : {}),
				...(query ? { query: things(query) } : {}),
				...(body ? { body: thing(body) } : {}),
				returns: fieldsIn
					? {
							...returns,
							fieldsIn: mapValues(fieldsIn, (some) => {
								const range = rangeOf(versions, some);
								return range.in ?? range;
							}),
						}
					: returns,
			};
		}),
		types: mapValues(catalogue.types, (type) => ({
			...type,
			fields: things(type.fields),
			...(type.variants
				? {
						variants: {
							on: type.variants.on,
							of: mapValues(type.variants.of, (target) =>
								typeof target === 'string' ? target : thing(target),
							),
						},
					}
				: {}),
		})),
		enums: mapValues(catalogue.enums, (values) =>
			values.map((value) => (typeof value === 'string' ? value : thing(value))),
		),
	};
}

/** Facts that hold in some versions of the thing only. */
const FACTS_OF_VERSIONS = new Set(['required', 'nullable']);

function rangeOf(versions: ApiVersion[], some: ApiVersion[]): Range & { in?: ApiVersion[] } {
	const [first, last] = [some[0], some.at(-1)];
	const range: Range = {
		...(first !== versions[0] ? { since: first } : {}),
		...(last !== versions.at(-1) ? { until: last } : {}),
	};
	return isDeepStrictEqual(versionsOf(versions, range), some) ? range : { in: some };
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
