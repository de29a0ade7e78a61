/**
 * Sections of a Microsoft 365 report that are chosen: random restore sessions, retrievals and changes of
 * owner on each version, against what was put there; version, growth and what runs sent.
 */
import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import type { ReportSection } from '../../../nodes/shared/report/model';
import { clientOf, refused, request } from '../../support/reportClient';
import { diceOf } from './oracle/random';

const NOW = Date.parse('2026-11-21T06:00:00Z');
const DATE = new Date(NOW).toUTCString();
const at = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();
const GB = 1024 ** 3;
const VERSIONS = ['v6', 'v7', 'v8'] as const;
const page = (results: IDataObject[]) => ({ offset: 0, limit: 10_000, results });

const report = async (
	version: string,
	answers: Record<string, unknown>,
	sections: ReportSection[],
	kept: IDataObject = {},
) => {
	const client = clientOf(version, answers, DATE);
	const model = await collect({ getWorkflowStaticData: () => kept }, client, {
		...request(),
		sections,
	});
	return { ...model, asked: client.asked };
};

describe.each(VERSIONS)('%s', (version) => {
	it('counts the restores, retrievals and owner changes of the period, and judges none', async () => {
		const faults: string[] = [];
		for (let seed = 1; seed <= 300; seed++) {
			const dice = diceOf(seed);
			const many = (make: () => IDataObject) => Array.from({ length: dice.from(0, 5) }, make);
			let truth = 0;
			const begun = (counts: boolean) => {
				const hours = dice.pick([-1, -20, -30, -400]);
				if (counts && hours > -24) truth++;
				return at(hours);
			};
			const restores = many(() => ({
				...{ id: String(dice.from(1, 1e9)), type: dice.pick(['Vex', 'Veod', 'Vesp', 'Vet']) },
				...{ name: 'R', state: dice.pick(['Working', 'Stopped']), creationTime: begun(true) },
				...{ result: dice.pick(['Success', 'Failed']), initiatedBy: 'HOST\\ada' },
			}));
			const retrievals = many(() => ({
				...{ id: String(dice.from(1, 1e9)), name: 'D', creationTime: begun(true) },
				...{ type: 'RetrievalRemoving', status: dice.pick(['Running', 'Success', 'Failed']) },
			}));
			const owners = many(() => ({
				...{ id: String(dice.from(1, 1e9)), status: 'Succeeded', repositoryIds: ['r'] },
				startTime: begun(version === 'v8'),
			}));
			const { counts, verdict, activities } = await report(
				version,
				{
					'/RestoreSessions': page(restores),
					'/DataRetrievalSessions': page(retrievals),
					'/RepositoryOwnerChangeSessions': page(owners),
				},
				['activities'],
			);
			if (counts.activities !== truth) faults.push(`${seed}: ${counts.activities} for ${truth}`);
			if (verdict.status !== 'good') faults.push(`${seed}: ${verdict.text}`);
			const deleted = activities?.filter(({ isDeletion }) => isDeletion).length;
			const young = retrievals.filter(({ creationTime }) => String(creationTime) >= at(-24)).length;
			if (deleted !== young) faults.push(`${seed}: ${deleted} removals for ${young}`);
		}
		expect(faults).toEqual([]);
	});

	it('says who restored what, and misses a list that is refused', async () => {
		const { activities, verdict, unavailable, asked } = await report(
			version,
			{
				'/RestoreSessions': page([
					{
						...{ id: '1', type: 'Vex', name: 'Ada', state: 'Stopped', result: 'Failed' },
						...{
							creationTime: at(-2),
							endTime: at(-1),
							initiatedBy: 'HOST\\bob',
							reason: 'Case 7',
						},
					},
				]),
				'/ServiceInstance': { version: '8' },
				'/DataRetrievalSessions': refused(403),
				'/RepositoryOwnerChangeSessions': page([]),
			},
			['about', 'activities'],
		);
		expect(activities).toEqual([
			{
				...{ kind: 'Exchange Restore', name: 'Ada', user: 'HOST\\bob', state: 'Failed' },
				...{ time: at(-2), end: at(-1), reason: 'Case 7', isDeletion: false },
			},
		]);
		expect(unavailable).toMatchObject([{ section: 'activities' }]);
		expect(verdict.status).toBe('warning');
		expect(asked).toHaveLength(version === 'v8' ? 4 : 3);
	});

	it('says the version in one request, and not that half an answer is one', async () => {
		const whole = await report(version, { '/ServiceInstance': { version: '8.1.0.305' } }, [
			'about',
		]);
		expect(whole.about).toEqual([{ version: '8.1.0.305', apiVersion: version }]);
		expect(whole.asked).toEqual(['/ServiceInstance']);
		await expect(report(version, { '/ServiceInstance': {} }, ['about'])).rejects.toThrow();
	});

	it('says what jobs sent, what repositories hold, and how that has grown', async () => {
		const answers = (free: number) => ({
			'/Jobs': page([
				{
					...{ id: 'j', name: 'Mail', isEnabled: true, lastStatus: 'Success' },
					...{ lastRun: at(-3), nextRun: at(9) },
				},
			]),
			'/CopyJobs': page([]),
			'/JobSessions': page([
				{
					...{ id: 's', jobId: 'j', status: 'Success', creationTime: at(-3), endTime: at(-2) },
					_links: { job: { href: `/${version}/Jobs/j` } },
					statistics: { transferredDataBytes: 5 * GB, processedObjects: 1 },
				},
			]),
			'/BackupRepositories': page([
				{ id: 'r', name: 'R', capacityBytes: 100 * GB, freeSpaceBytes: free * GB },
			]),
		});
		const kept: IDataObject = {};
		const first = await report(version, answers(60), ['allJobs', 'growth'], kept);
		expect(first.allJobs).toMatchObject([{ name: 'Mail', transferredGB: 5 }]);
		expect(first.growth).toEqual([
			{ usedGB: 40, transferredGB: 5 },
			{ id: 'r', name: 'R', usedGB: 40 },
		]);
		// A day ago it held 30 GB.
		const [sample] = Object.values(kept.reportSizes as Record<string, IDataObject[]>)[0]!;
		Object.assign(sample!, { at: NOW - 86_400_000, used: { '': 30, r: 30 } });
		const second = await report(version, answers(60), ['growth'], kept);
		expect(second.growth).toMatchObject([{ grownGB: 10, since: at(-24) }, { grownGB: 10 }]);
	});
});
