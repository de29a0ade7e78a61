/**
 * Lists that are read beside an operation, to choose from and for the names of what IDs name: asked for
 * with all that the version's own file requires.
 */
import { readFileSync } from 'node:fs';

import { allFields, dueQuery } from '../../nodes/shared/catalogue';
import { pickersOf, recordPicker } from '../../nodes/shared/form/pickers';
import { nameOf, type OpenApi, type OpenApiOperation } from '../contract/openapi';
import { putBasePathIntoPaths } from '../contract/prepare';
import { describeSpecified } from '../support/specified';

type RawParameter = NonNullable<OpenApiOperation['parameters']>[number] & { required?: boolean };

describeSpecified(({ registered, version, file }) => {
	const { adapter, overlay } = registered.product;
	const catalogue = adapter.catalogue();
	const document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);

	const shared = (document.components.parameters ?? {}) as Record<string, RawParameter>;

	const requiredBy = (path: string): string[] => {
		const item = document.paths[adapter.basePath(version) + path]!;
		const all = [
			...(item.get?.parameters ?? []),
			...((item.parameters as unknown as RawParameter[]) ?? []),
		] as RawParameter[];
		return all
			.map((one) => (one.$ref ? shared[nameOf(one.$ref)]! : one))
			.filter(({ in: place, required }) => place === 'query' && required)
			.map(({ name }) => name ?? '');
	};

	it('says all that a list has to be asked by', () => {
		const lists = new Set(
			catalogue.operations
				.filter((one) => one.in.includes(version))
				.flatMap((operation) => [
					...[...pickersOf(catalogue, overlay, operation).values()].map(({ list }) => list),
					...Object.keys(allFields(operation)).flatMap((field) =>
						(recordPicker(catalogue, overlay, operation, field) ?? []).map(({ list }) => list),
					),
				])
				.filter((list) => list.in.includes(version)),
		);
		expect(lists.size).toBeGreaterThan(10);
		const wrong = [...lists].flatMap((list) => {
			const given = Object.keys(dueQuery(catalogue, version, list));
			const lacking = requiredBy(list.path).filter((name) => !given.includes(name));
			return lacking.length > 0 ? [`${list.path}: ${lacking.join(', ')}`] : [];
		});
		expect(wrong).toEqual([]);
	});
});
