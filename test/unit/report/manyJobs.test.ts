/** Reports of each product without a job, with one and with 10,000: figures, verdict and every form. */
import type { IDataObject } from 'n8n-workflow';

import { collect as collectMicrosoft365 } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import { collect as collectReplication } from '../../../nodes/VeeamBackupReplication/report/collect';
import { collect as collectConsole } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel, ReportSection } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { LANGUAGES, type Language } from '../../../nodes/shared/report/speech';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { backupServer } from '../../support/backupServer';
import { SLIP, textsOf } from '../../support/damage';
import { request } from '../../support/reportClient';
import { makeBigEstate, type MadeJob, type MadeSession } from '../m365/oracle/estate';
import { serve } from '../m365/oracle/server';
import { consoleOf } from '../vspc/console';
import { LISTS, NOW } from '../vspc/estates';

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

const times = <T>(count: number, make: (_: unknown, index: number) => T): T[] =>
	Array.from({ length: count }, make);

const WANTED = {
	...request(),
	sections: ['jobs', 'missedRuns', 'allJobs', 'licenses'] as ReportSection[],
};
const context = () => ({ getWorkflowStaticData: () => ({}) });

async function ofReplication(count: number): Promise<ReportModel> {
	const client = backupServer('1.3-rev2', {
		jobs: times(count, job),
		sessions: times(count, session),
		license: { status: 'Valid' },
	});
	return await collectReplication(context(), client, WANTED);
}

async function ofMicrosoft365(count: number): Promise<ReportModel> {
	const big = makeBigEstate('v8', 10_000);
	const before = (minutes: number) => new Date(big.now - minutes * 60_000).toISOString();
	const jobs = times(count, (_, index) => ({
		...{ id: `j${index}`, name: `Job ${index}`, organizationId: 'org-1', isEnabled: true },
		...{ lastStatus: resultOf(index), lastRun: before(90), nextRun: before(-60) },
	}));
	const sessions = jobs.map(({ id, lastStatus, lastRun }) => ({
		...{ id: `s-${id}`, jobId: id, status: lastStatus, jobType: 'Backup' },
		...{ creationTime: lastRun, endTime: before(60) },
	}));
	const { client } = serve({
		...big,
		jobs: jobs.map((record) => ({ kind: 'Backup', record }) as unknown as MadeJob),
		sessions: sessions.map((record) => ({ record }) as unknown as MadeSession),
		license: {
			...{ expired: false, overused: false },
			record: {
				...{ status: 'Valid', licenseExpires: null, expirationDate: null },
				...{ totalNumber: 10, usedNumber: 4 },
			},
		},
	});
	return await collectMicrosoft365(context(), client, WANTED);
}

async function ofConsole(count: number): Promise<ReportModel> {
	const then = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();
	const jobs = times(count, (_, index) => ({
		...{ instanceUid: `j${index}`, name: `Job ${index}`, type: 'BackupVm', isEnabled: true },
		...{ backupServerUid: 'server', organizationUid: 'provider', status: resultOf(index) },
		...{ lastRun: then(-3), lastEndTime: then(-2), endTime: then(-2) },
	}));
	const { client } = consoleOf(
		{
			version: '3.6.1',
			answers: { [LISTS.server]: jobs },
			console: { status: 'Valid', expirationDate: null },
			refused: new Set(),
		},
		500,
	);
	const [model] = await collectConsole(context(), client, WANTED);
	return model!;
}

const LANGUAGE = Object.keys(LANGUAGES) as Language[];

const REPORTS = {
	'Backup & Replication': ofReplication,
	'Microsoft 365': ofMicrosoft365,
	'Service Provider Console': ofConsole,
};

const CASES = (Object.keys(REPORTS) as Array<keyof typeof REPORTS>).flatMap((product) => [
	{ product, count: 0, status: 'warning', failed: 0 },
	{ product, count: 1, status: 'good', failed: 0 },
	{ product, count: 10_000, status: 'bad', failed: 100 },
]);

it.each(CASES)('$product with $count jobs', async ({ product, count, status, failed }) => {
	const model = await REPORTS[product](count);
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
