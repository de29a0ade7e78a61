/** Reports of a backup server without a job, with one and with 10,000: figures, verdict and every form. */
import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { LANGUAGES, type Language } from '../../../nodes/shared/report/speech';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { backupServer } from '../../support/backupServer';
import { SLIP, textsOf } from '../../support/damage';
import { request } from '../../support/reportClient';

jest.setTimeout(120_000);

const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Every hundredth failed. */
const resultOf = (index: number): string => (index % 100 === 99 ? 'Failed' : 'Success');

const job = (_: unknown, index: number): IDataObject => ({
	...{ id: `j${index}`, name: `Job ${index}`, type: 'Backup', status: 'Inactive', workload: 'vm' },
	...{ lastResult: resultOf(index), lastRun: at(-3), nextRun: at(9) },
});
const session = (_: unknown, index: number): IDataObject => ({
	...{ id: `s${index}`, jobId: `j${index}`, name: `Job ${index}`, sessionType: 'BackupJob' },
	...{ state: 'Stopped', creationTime: at(-3), endTime: at(-2) },
	result: { result: resultOf(index), message: 'Disk is full', isCanceled: false },
});

const LANGUAGE = Object.keys(LANGUAGES) as Language[];

it.each([
	[0, 'warning', 0],
	[1, 'good', 0],
	[10_000, 'bad', 100],
] as const)('%i jobs', async (count, status, failed) => {
	const client = backupServer('1.3-rev2', {
		jobs: Array.from({ length: count }, job),
		sessions: Array.from({ length: count }, session),
		license: { status: 'Valid' },
	});
	const model = await collect({ getWorkflowStaticData: () => ({}) }, client, {
		...request(),
		sections: ['jobs', 'missedRuns', 'allJobs', 'licenses'],
	});
	expect(model.verdict.status).toBe(status);
	expect(model.counts).toMatchObject({ jobs: count, failed, succeeded: count - failed });
	expect(model.allJobs).toHaveLength(count);
	for (const language of LANGUAGE) {
		const spoken = { ...model, language };
		const html = renderHtml(spoken, 20, '');
		const blocks = renderSlackBlocks(spoken, 20);
		const card = renderTeamsCard(spoken, 20);
		expect(Buffer.byteLength(html)).toBeLessThanOrEqual(102_400);
		expect(blocks.length).toBeLessThanOrEqual(50);
		expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(28_672);
		const texts = [html, renderText(spoken, 20), ...textsOf(blocks), ...textsOf(card)];
		expect(texts.filter((text) => SLIP.test(text))).toEqual([]);
	}
	// Every job is in the file, whatever the mail has room for.
	const rows = renderCsv(model).split('\n');
	expect(rows.filter((row) => /\bJob \d/.test(row)).length).toBeGreaterThanOrEqual(count);
});
