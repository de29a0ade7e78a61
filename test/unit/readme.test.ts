import {
	packageNodes,
	readReadme,
	resourceTable,
	resourceTables,
	withResources,
} from '../../scripts/readmeResources';

it('the README lists every resource and operation of every node', () => {
	const nodes = packageNodes();

	for (const { properties } of nodes) {
		expect(resourceTable(properties).split('\n').length).toBeGreaterThan(30);
	}
	expect(withResources(readReadme(), resourceTables(nodes))).toBe(readReadme());
});
