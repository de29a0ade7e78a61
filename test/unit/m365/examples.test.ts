import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { properties } from '../../../nodes/VeeamBackupMicrosoft365/properties';

interface Example {
	nodes: INode[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

const all = properties();

describe.each(['microsoft-365-unprotected-users.json', 'restore-user-mail-to-pst.json'])(
	'the example %s',
	(file) => {
		const example = JSON.parse(
			readFileSync(join(__dirname, '../../../examples', file), 'utf8'),
		) as Example;
		const ours = example.nodes.filter(({ type }) => /veeamBackupMicrosoft365$/.test(type));

		it('holds only what the form of the node knows', () => {
			expect(ours.length).toBeGreaterThan(2);
			for (const { name, parameters } of ours) {
				const known = NodeHelpers.getNodeParameters(
					all,
					parameters,
					true,
					false,
					{ typeVersion: 1 },
					null,
				);
				expect([name, known]).toMatchObject([name, parameters]);
				expect([name, Object.keys(known!)]).toEqual([
					name,
					expect.arrayContaining(Object.keys(parameters)),
				]);
			}
		});

		it('connects nodes that are there', () => {
			const names = new Set(example.nodes.map(({ name }) => name));
			for (const [from, { main }] of Object.entries(example.connections))
				for (const { node } of main.flat()) {
					expect(names).toContain(from);
					expect(names).toContain(node);
				}
		});
	},
);
