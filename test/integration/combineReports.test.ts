import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';
import { executeNode, TestCredentials } from '../support/executeNode';
import { badDay, goodDay } from '../unit/report/models';

/** No server is asked: there is none behind this credential. */
const credentials = new TestCredentials([], {});

const PARAMETERS = { resource: 'report', operation: 'combineReports' };

const json = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, never>;

describe('Combine Reports', () => {
	it('makes one item of all, in every form, paired with each of them', async () => {
		const { items } = await executeNode({
			node: VeeamBackupReplication,
			parameters: PARAMETERS,
			credentials,
			items: [
				{ json: json({ ...goodDay(), server: 'a' }) },
				{ json: json({ ...badDay(), server: 'b' }) },
			],
		});
		expect(items).toHaveLength(1);
		const [item] = items;
		expect(item!.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(item!.json).toMatchObject({
			subject: expect.stringMatching(
				/^❌ Backup Report \(2 servers\): 1 of 2 servers needs attention\. b: /,
			),
			html: expect.stringContaining('Servers'),
			text: expect.stringContaining('SERVERS (2)'),
			slackBlocks: expect.any(Array),
			teamsCard: expect.objectContaining({ type: 'AdaptiveCard' }),
		});
		expect(item!.binary?.data).toMatchObject({ mimeType: 'text/csv' });
	});

	it('refuses an item that is no report, and says which', async () => {
		await expect(
			executeNode({
				node: VeeamBackupReplication,
				parameters: PARAMETERS,
				credentials,
				items: [{ json: json(goodDay()) }, { json: { id: 1 } }],
			}),
		).rejects.toThrow('Item 2 is no report');
	});
});
