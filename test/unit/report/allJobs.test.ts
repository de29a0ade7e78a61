/** The section of all jobs: what each job did last, from what the report reads in any case. */
import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import { renderCsv } from '../../../nodes/shared/report/csv';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { durationOf } from '../../../nodes/shared/report/tables';
import { speechOf } from '../../../nodes/shared/report/speech';
import { renderText } from '../../../nodes/shared/report/text';
import { backupServer, REVISIONS } from '../../support/backupServer';
import { request } from '../../support/reportClient';

const NOW = Date.now();
const at = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();

const job = (name: string, more = {}) => ({
	...{ id: name, name, type: 'VSphereBackup', status: 'Inactive', lastResult: 'Success' },
	...{ lastRun: at(-3), nextRun: at(20), ...more },
});
const session = (jobId: string, result: string) => ({
	...{ id: `s ${jobId}`, jobId, name: jobId, sessionType: 'BackupJob', state: 'Stopped' },
	...{ creationTime: at(-3), endTime: at(-1.75) },
	result: { result, message: '', isCanceled: false },
});
const ESTATE = {
	jobs: [
		job('Delta', { status: 'Running', lastRun: at(-0.5), lastResult: 'None' }),
		job('Alpha'),
		job('Beta', { lastResult: 'Failed' }),
		job('Gamma', { status: 'Disabled', lastRun: at(-90) }),
	],
	sessions: [session('Alpha', 'Success'), session('Beta', 'Failed')],
};

const report = async (revision: (typeof REVISIONS)[number], sections: string[]) => {
	const client = backupServer(revision, ESTATE);
	const model = await collect({ getWorkflowStaticData: () => ({}) }, client, {
		...request(),
		sections: sections as never,
	});
	return { model, asked: client.asked };
};

describe.each(REVISIONS)('%s', (revision) => {
	it('lists every job by name, the running and disabled ones as such', async () => {
		const { model } = await report(revision, ['allJobs']);
		expect(model.allJobs).toEqual([
			expect.objectContaining({
				...{ name: 'Alpha', state: 'Success', start: at(-3), end: at(-1.75), nextRun: at(20) },
			}),
			expect.objectContaining({ name: 'Beta', state: 'Failed', end: at(-1.75) }),
			expect.objectContaining({ name: 'Delta', state: 'Running', start: at(-0.5) }),
			expect.objectContaining({ name: 'Gamma', state: 'Disabled' }),
		]);
		expect(model.allJobs![3]).not.toHaveProperty('nextRun');
	});

	it('takes no further request where sessions or jobs have sizes, and no verdict depends on it', async () => {
		const without = await report(revision, ['jobs']);
		const all = await report(revision, ['jobs', 'allJobs']);
		// 1.2-rev1 has what runs read and transferred in their tasks alone: one list for all jobs.
		const more = revision === '1.2-rev1' ? ['/api/v1/taskSessions'] : [];
		const paths = (asked: typeof all.asked) => asked.map(({ path }) => path).sort();
		expect(paths(all.asked)).toEqual([...paths(without.asked), ...more].sort());
		expect(all.model.verdict).toEqual(without.model.verdict);
		expect(all.model.counts).toEqual(without.model.counts);
	});
});

it('is a table of every form', async () => {
	const { model } = await report('1.3-rev1', ['allJobs']);
	const text = renderText({ ...model, timeZone: 'UTC' } as ReportModel, 20);
	expect(text).toContain('ALL JOBS (4)');
	expect(text).toMatch(/\[Success\] Alpha - .*, began .*, ended .*, 1:15 h, next run /);
	expect(text).toMatch(/\[Disabled\] Gamma - /);
	expect(renderCsv(model)).toMatch(/\r\nAll Jobs,,Alpha,[^\r]*,Success,[^\r]*Z,[^\r]*Z,[^\r]*Z,/);
});

it.each([
	[at(-3), at(-1.75), '1:15 h'],
	[at(-3), at(-2.8), '12 min'],
	[at(-3), at(-4), undefined],
	[at(-3), undefined, undefined],
])('says how long a run from %s to %s took', (start, end, said) => {
	expect(
		durationOf({ ...{ id: '1', name: 'J', state: 'Success' }, start, end }, speechOf('en')),
	).toBe(said);
});
