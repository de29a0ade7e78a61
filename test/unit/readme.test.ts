import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';
import { readReadme, resourceTable, withResources } from '../../scripts/readmeResources';

it('the README lists every resource and operation the node has', () => {
	const table = resourceTable(new VeeamBackupReplication().description.properties);
	expect(table.split('\n').length).toBeGreaterThan(50);
	expect(withResources(readReadme(), table)).toBe(readReadme());
});
