import { enumValues, fieldsOf, isRequired, parseType, variantsOf } from './read';
import { isMetadata } from './leaves';
import type { ApiVersion, Catalogue, Field, TypeExpression } from './types';

/** Letters of the values of one key that are shown; of more than that none are. */
const MOST_OF_VALUES = 40;

/**
 * The keys of a JSON value, what is required first and marked: `type* (VirtualMachine, Tag), name*, size`.
 * Of an object with kinds those of all kinds; required is what every kind requires. '' where nothing is
 * known of it.
 *
 * @param expression of a list, what its entries hold
 * @param longest letters; keys that do not fit are left out, and `…` says so
 */
export function keysOf(
	catalogue: Catalogue,
	version: ApiVersion,
	expression: TypeExpression,
	longest: number,
): string {
	const type = parseType(expression);
	if (type.kind === 'list' || type.kind === 'map')
		return keysOf(catalogue, version, type.of, longest);
	if (type.kind !== 'object') return '';
	const kinds = variantsOf(catalogue, type.name, version)?.variants.map((one) => one.type) ?? [];
	const each = (kinds.length > 0 ? kinds : [type.name]).map((name) =>
		fieldsOf(catalogue, name, version).filter(({ name: own }) => !isMetadata(own)),
	);
	const keys = new Map<string, { field: Field; required: number }>();
	for (const field of each.flat()) {
		const known = keys.get(field.name) ?? { field, required: 0 };
		known.required += Number(isRequired(field, version));
		keys.set(field.name, known);
	}
	const texts = [...keys.values()]
		.map(({ field, required }) => ({ field, isDue: required === each.length }))
		.sort((a, b) => Number(b.isDue) - Number(a.isDue))
		.map(
			({ field, isDue }) => field.name + (isDue ? '*' : '') + valuesOf(catalogue, version, field),
		);
	let shown = '';
	for (const [index, text] of texts.entries()) {
		const next = shown === '' ? text : `${shown}, ${text}`;
		const isLast = index === texts.length - 1;
		if (next.length + (isLast ? 0 : 3) > longest) return shown === '' ? '' : `${shown}, …`;
		shown = next;
	}
	return shown;
}

function valuesOf(catalogue: Catalogue, version: ApiVersion, { type, only }: Field): string {
	const parsed = parseType(type);
	if (parsed.kind !== 'enum') return '';
	const values = only ?? enumValues(catalogue, parsed.name, version);
	const text = ` (${values.join(', ')})`;
	return text.length > MOST_OF_VALUES ? '' : text;
}
