import type { Catalogue, EnumValue, TypeExpression } from '../../nodes/shared/catalogue/types';
import { compare } from './order';
import { ANONYMOUS } from './shapes';

/**
 * Drops types and enums that nothing refers to, and gives those without a vendor's name one:
 * `JobSpec>schedule` becomes `JobSpecSchedule`; equal enums share one, called after their field
 * (`AccountType`) where they stand in fields of one name.
 */
export function nameAndPrune(catalogue: Catalogue): Catalogue {
	const used = reachable(catalogue);
	const types = pick(catalogue.types, used.types);
	const enums = pick(catalogue.enums, used.enums);
	const typeNames = rename(
		Object.keys(types).map((name) => [name]),
		() => [],
	);
	const enumNames = rename(groupEqual(enums), fieldName);
	const change = (expression: TypeExpression) =>
		expression.replace(REFERENCES, (_, mark: string, name: string) =>
			mark === '#' ? `#${typeNames.get(name)}` : `@${enumNames.get(name)}`,
		);
	const renamed = mapExpressions({ ...catalogue, types, enums: {} }, change);
	const entries = Object.entries(renamed.types).map(([name, type]) => {
		for (const [value, target] of Object.entries(type.variants?.of ?? {})) {
			const name = typeNames.get(typeof target === 'string' ? target : target.type)!;
			type.variants!.of[value] = typeof target === 'string' ? name : { ...target, type: name };
		}
		return [typeNames.get(name)!, type] as const;
	});
	return {
		...renamed,
		types: Object.fromEntries(entries),
		enums: Object.fromEntries(
			Object.entries(enums).map(([name, values]) => [enumNames.get(name)!, values]),
		),
	};
}

const REFERENCES = /([#@])([^\]}[{]+)/g;

/** Names of the types and enums that the operations lead to. */
function reachable(catalogue: Catalogue): { types: Set<string>; enums: Set<string> } {
	const types = new Set<string>();
	const enums = new Set<string>();
	const visit = (expression: TypeExpression) => {
		for (const [, mark, name] of expression.matchAll(REFERENCES)) {
			if (mark === '@') enums.add(name!);
			else enter(name!);
		}
	};
	const enter = (name: string) => {
		if (types.has(name)) return;
		types.add(name);
		const { fields, variants, additional } = catalogue.types[name]!;
		fields.forEach((field) => visit(field.type));
		for (const target of Object.values(variants?.of ?? {})) {
			enter(typeof target === 'string' ? target : target.type);
		}
		if (additional) visit(additional);
	};
	for (const { body, pathParameters, query, returns } of catalogue.operations) {
		if (body) visit(body.type);
		[...(pathParameters ?? []), ...(query ?? [])].forEach(({ type }) => visit(type));
		Object.values(returns.fields ?? {}).forEach(visit);
	}
	return { types, enums };
}

/** The same catalogue with every type expression changed. */
function mapExpressions(
	catalogue: Catalogue,
	change: (expression: TypeExpression) => TypeExpression,
): Catalogue {
	const copy = structuredClone(catalogue);
	const changeAll = (things: Array<{ type: string }> | undefined) => {
		for (const thing of things ?? []) thing.type = change(thing.type);
	};
	for (const { body, pathParameters, query, returns } of copy.operations) {
		changeAll([...(body ? [body] : []), ...(pathParameters ?? []), ...(query ?? [])]);
		for (const [name, type] of Object.entries(returns.fields ?? {})) {
			returns.fields![name] = change(type);
		}
	}
	for (const type of Object.values(copy.types)) {
		changeAll(type.fields);
		if (type.additional) type.additional = change(type.additional);
	}
	return copy;
}

/** Enums without a vendor's name that hold the same values, together; all others alone. */
function groupEqual(enums: Record<string, EnumValue[]>): string[][] {
	const groups = new Map<string, string[]>();
	for (const name of Object.keys(enums).sort(compare)) {
		const key = name.includes(ANONYMOUS) ? JSON.stringify(enums[name]) : name;
		groups.set(key, [...(groups.get(key) ?? []), name]);
	}
	return [...groups.values()];
}

/** Old name -> new name; the vendor's own names stay, `suggest` names the rest where it is free. */
function rename(groups: string[][], suggest: (group: string[]) => string[]): Map<string, string> {
	const names = new Map<string, string>();
	const taken = new Set(groups.flat().filter((name) => !name.includes(ANONYMOUS)));
	const suggestions = groups.map((group) => ({ group, suggestion: suggest(group)[0] }));
	for (const { group, suggestion } of suggestions) {
		if (!group[0]!.includes(ANONYMOUS)) {
			names.set(group[0]!, group[0]!);
			continue;
		}
		const contested = suggestions.filter((other) => other.suggestion === suggestion).length > 1;
		const plain =
			suggestion !== undefined && !contested && !taken.has(suggestion)
				? suggestion
				: joined(group[0]!);
		let name = plain;
		for (let count = 2; taken.has(name); count += 1) name = `${plain}${count}`;
		taken.add(name);
		for (const old of group) names.set(old, name);
	}
	return names;
}

/** The field's name, where all members of a group stand in fields of one name. */
function fieldName(group: string[]): string[] {
	const fields = new Set(group.map((name) => name.split(ANONYMOUS).at(-1)!));
	return fields.size === 1 && group[0]!.includes(ANONYMOUS) ? [pascal([...fields][0]!)] : [];
}

function joined(name: string): string {
	return name.split(ANONYMOUS).map(pascal).join('');
}

function pascal(text: string): string {
	return text
		.split(/[^A-Za-z0-9]+/)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join('');
}

function pick<T>(record: Record<string, T>, names: Set<string>): Record<string, T> {
	return Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)));
}
