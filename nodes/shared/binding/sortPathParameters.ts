import type { PropertyRequest } from '../form/dedupe';

/**
 * Gives path parameters their sections, before all others: those of an operation in the order of its
 * path, and the same property in one section for all operations, whichever place it has in theirs.
 * Otherwise a picker that is first in one path and second in another would be there twice.
 *
 * @param given the property requests of each operation, in the order of its path
 */
export function sortPathParameters(given: PropertyRequest[][]): PropertyRequest[] {
	const paths = dependingAlike(given);
	const texts = new Map<PropertyRequest, string>();
	for (const propertyRequest of paths.flat())
		texts.set(propertyRequest, JSON.stringify(propertyRequest.property));
	const textOf = (propertyRequest: PropertyRequest) => texts.get(propertyRequest) ?? '';
	const order = ordered(paths.map((path) => path.map(textOf)));
	const first = -2 * order.size;
	return paths.flatMap((path) => {
		let last = -1;
		return path.map((propertyRequest) => {
			const position = order.get(textOf(propertyRequest)) ?? 0;
			// Against the order (two paths that contradict each other): once more, after all.
			last = position > last ? position : position + order.size;
			return { ...propertyRequest, section: first + last };
		});
	});
}

/** Every text with its place, after those that stand before it in some sequence. */
function ordered(sequences: string[][]): Map<string, number> {
	const before = new Map<string, Set<string>>();
	for (const sequence of sequences)
		sequence.forEach((text, index) => {
			const earlier = before.get(text) ?? new Set();
			before.set(text, earlier);
			for (const other of sequence.slice(0, index)) if (other !== text) earlier.add(other);
		});
	const order = new Map<string, number>();
	while (before.size > 0) {
		const free = [...before].find(([, earlier]) => [...earlier].every((text) => order.has(text)));
		const [next] = free ?? [...before][0]!;
		order.set(next, order.size);
		before.delete(next);
	}
	return order;
}

/**
 * The same list for the same parameter, whatever it depends on in each path: `companyUid` alone and
 * `companyUid` of a reseller are one picker that is asked again when the reseller changes. To depend
 * on a parameter that is not shown does no harm.
 */
function dependingAlike(paths: PropertyRequest[][]): PropertyRequest[][] {
	const outers = new Map<string, Set<string>>();
	for (const { property } of paths.flat()) {
		const all = outers.get(property.name) ?? new Set();
		for (const outer of property.typeOptions?.loadOptionsDependsOn ?? []) all.add(outer);
		outers.set(property.name, all);
	}
	return paths.map((path) =>
		path.map((propertyRequest) => {
			const { property } = propertyRequest;
			const all = [...(outers.get(property.name) ?? [])].sort();
			if (property.type !== 'resourceLocator' || all.length === 0) return propertyRequest;
			const typeOptions = { loadOptionsDependsOn: all };
			// Always in one place, so that the same is the same as text.
			const { displayName, name, type } = property;
			const head = { displayName, name, type, typeOptions };
			return { ...propertyRequest, property: { ...head, ...property, ...{ typeOptions } } };
		}),
	);
}
