/**
 * The sections of a console's report that are chosen, against a plain oracle: random proxies, failover
 * plans and activities beside the servers of random estates, over all tenants and of each. Shares
 * nothing with the code under test.
 */
import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import type { ReportModel, ReportSection } from '../../../nodes/shared/report/model';
import { request } from '../../support/reportClient';
import { consoleOf } from './console';
import { estateOf, HOUR, LISTS, NOW, chancesOf, VERSIONS, type Version } from './estates';

const ESTATES = 300;
const SECTIONS: ReportSection[] = ['infrastructure', 'verifications', 'activities', 'growth'];
const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();

const PROXIES = '/infrastructure/backupServers/proxies';
const PLANS = '/infrastructure/backupServers/failoverplans';
const LOG = '/eventLogs/activityLogs';

type Status = 'good' | 'warning' | 'bad';

function make(seed: number, version: Version) {
	const estate = { ...estateOf(seed, version), refused: new Set<string>() };
	const r = chancesOf(seed + 1_000_000);
	const evil = r.oneOf([0, 0, 0.2, 0.5]);
	const servers = estate.answers[LISTS.servers] ?? [];
	const m365 = estate.answers[LISTS.vb365Servers] ?? [];
	const companies = (estate.answers[LISTS.companies] ?? []).map(({ instanceUid }) => instanceUid);
	for (const server of [...servers, ...m365])
		server.status = r.maybe(evil)
			? r.oneOf(['Inaccessible', 'Warning'])
			: r.oneOf(['Healthy', 'Unknown']);
	const rows: Array<{ owner: unknown; section: ReportSection; status: Status }> = [];
	for (const { organizationUid: owner, status } of [...servers, ...m365])
		if (status === 'Inaccessible' || status === 'Warning')
			rows.push({
				owner,
				section: 'infrastructure',
				status: status === 'Warning' ? 'warning' : 'bad',
			});
	const proxies = servers.flatMap(({ instanceUid, organizationUid: owner }) =>
		r.times(3, (index): IDataObject => {
			const status = r.maybe(evil)
				? r.oneOf(['Error', 'Warning'])
				: r.oneOf(['Healthy', 'Unknown']);
			const [isDisabled, isOutOfDate] = [r.maybe(0.2), r.maybe(evil / 2)];
			if (!isDisabled && (status === 'Error' || status === 'Warning' || isOutOfDate))
				rows.push({
					owner,
					section: 'infrastructure',
					status: status === 'Error' ? 'bad' : 'warning',
				});
			return {
				...{ instanceUid: r.uuid(), name: `Proxy ${index}`, backupServerUid: instanceUid },
				...{ status, isDisabled, isOutOfDate, hostName: 'h', type: 'vSphere', version: '13' },
			};
		}),
	);
	const plans = servers.flatMap(({ instanceUid, organizationUid: owner }) =>
		r.times(2, (index): IDataObject => {
			const isFailed = r.maybe(evil);
			if (isFailed) rows.push({ owner, section: 'verifications', status: 'bad' });
			return {
				...{ instanceUid: r.uuid(), name: `Plan ${index}`, backupServerUid: instanceUid },
				status: isFailed
					? r.oneOf(['Failed', 'UndoFailed'])
					: r.oneOf(['Ready', 'InProgress', 'Completed', 'Success', 'Unknown']),
			};
		}),
	);
	const activities: Array<{ owner: unknown }> = [];
	const log = r.times(6, (index): IDataObject => {
		const activityLogType = r.oneOf([
			'RestorePerformed',
			'BackupJobDeleted',
			'LoginSuccessful',
			'BackupJobStarted',
		]);
		const owner = companies.length > 0 ? r.oneOf(companies) : null;
		const hours = -r.oneOf([2, 20, 30]);
		if (hours > -24 && ['RestorePerformed', 'BackupJobDeleted'].includes(activityLogType))
			activities.push({ owner });
		return {
			...{
				activityLogType,
				activityKind: 'Internal',
				date: at(hours - index / 1_000),
				message: 'Who did it\r\n',
			},
			...{ organizationUid: owner ?? null },
		};
	});
	const refused = r.maybe(0.15) ? r.oneOf([PROXIES, PLANS, LOG]) : undefined;
	if (refused) estate.refused.add(refused);
	Object.assign(estate.answers, { [PROXIES]: proxies, [PLANS]: plans, [LOG]: log });
	return { estate, rows, activities, refused, proxies, companies };
}

function truth(made: ReturnType<typeof make>, tenant?: unknown) {
	const { rows, activities, refused, proxies, estate } = made;
	const isOurs = ({ owner }: { owner: unknown }) => tenant === undefined || owner === tenant;
	// What the refused list would have said is not known.
	const noProxies = refused === PROXIES;
	const servers = [...estate.answers[LISTS.servers]!, ...estate.answers[LISTS.vb365Servers]!];
	const ofServers = servers.filter(
		({ status, organizationUid }) =>
			(status === 'Inaccessible' || status === 'Warning') && isOurs({ owner: organizationUid }),
	);
	const known = rows
		.filter(isOurs)
		.filter(({ section }) => !(section === 'verifications' && refused === PLANS))
		.filter(({ section }) => !(section === 'infrastructure' && noProxies));
	const statuses: unknown[] = [
		...known.map(({ status }) => status),
		...(noProxies ? ofServers.map(({ status }) => (status === 'Warning' ? 'warning' : 'bad')) : []),
		...(refused ? ['warning'] : []),
	];
	void proxies;
	return {
		status: statuses.includes('bad') ? 'bad' : statuses.length > 0 ? 'warning' : 'good',
		counts: {
			infrastructure: noProxies
				? ofServers.length
				: known.filter(({ section }) => section === 'infrastructure').length,
			verifications:
				refused === PLANS
					? null
					: known.filter(({ section }) => section === 'verifications').length,
			activities: refused === LOG ? null : activities.filter(isOurs).length,
		},
	};
}

describe.each(VERSIONS)('VSPC %s', (version) => {
	it(`tells the truth of ${ESTATES} estates, and of each tenant of them`, async () => {
		const faults: string[] = [];
		const seen = { good: 0, warning: 0, bad: 0 };
		let requests = 0;
		for (let seed = 1; seed <= ESTATES; seed++) {
			const made = make(seed, version);
			const { client, asked } = consoleOf(made.estate, seed % 3 === 0 ? 2 : 500);
			const options = { ...request(), sections: SECTIONS };
			const context = { getWorkflowStaticData: () => ({}) };
			const [all] = await collect(context, client, options);
			if (seed % 3 !== 0) requests = Math.max(requests, asked.length);
			const check = (model: ReportModel | undefined, tenant?: unknown) => {
				const { status, counts } = truth(made, tenant);
				const about = `seed ${seed}${tenant === undefined ? '' : ' of a tenant'}`;
				if (tenant === undefined) seen[status as Status]++;
				if (model?.verdict.status !== status)
					faults.push(
						`${about}: ${model?.verdict.status} "${model?.verdict.text}" for ${status} ${JSON.stringify(model?.unavailable)}`,
					);
				for (const [name, count] of Object.entries(counts)) {
					const is = model?.counts[name as keyof ReportModel['counts']];
					if (is !== count) faults.push(`${about}: ${name} ${is} for ${count}`);
				}
			};
			check(all);
			if (made.companies.length === 0) continue;
			const each = await collect(context, client, { ...options, onePerTenant: true });
			const sorted = [...made.estate.answers[LISTS.companies]!].sort((a, b) =>
				String(a.name).localeCompare(String(b.name)),
			);
			sorted.forEach(({ instanceUid }, index) => check(each[index], instanceUid));
		}
		process.stdout.write(
			`VSPC ${version}: ${ESTATES} estates ${JSON.stringify(seen)}, at most ${requests} requests, ${faults.length} faults\n`,
		);
		expect(faults.slice(0, 5)).toEqual([]);
		expect(Math.min(seen.good, seen.warning, seen.bad)).toBeGreaterThan(ESTATES / 20);
	}, 240_000);

	it('groups extents under their scale-out repository, counts what is stored once, and says what is sent', async () => {
		const estate = { ...estateOf(1, version), refused: new Set<string>() };
		const GB = 1024 ** 3;
		const store = (id: string, free: number, more: IDataObject) => ({
			...{ instanceUid: id, name: id, backupServerUid: 's' },
			_embedded: {
				...{ capacity: 100 * GB, freeSpace: free * GB, usedSpace: (100 - free) * GB },
				...{ isCapacityAvailable: true, isFreeSpaceAvailable: true, isUsedSpaceAvailable: true },
				...{ hostName: '', status: 'Healthy', ...more },
			},
		});
		estate.answers[LISTS.servers] = [{ instanceUid: 's', name: 'vbr', status: 'Healthy' }];
		estate.answers[LISTS.repositories] = [
			store('5', 20, { type: 'ScaleOut' }),
			store('6', 8, { type: 'Windows', parentRepositoryUid: '5' }),
			store('7', 32, { type: 'Linux', parentRepositoryUid: '5' }),
			store('8', 60, { type: 'Windows', parentRepositoryUid: null }),
		];
		const { client } = consoleOf(estate, 500);
		const [model] = await collect({ getWorkflowStaticData: () => ({}) }, client, {
			...request(),
			sections: ['scaleOut', 'growth', 'about'],
		});
		expect(model?.scaleOut).toMatchObject([
			{ name: '5 (vbr)', status: 'good', extents: [{ name: '6' }, { name: '7' }] },
		]);
		expect(model?.growth?.map(({ name, usedGB }) => [name, usedGB])).toEqual([
			[undefined, 200],
			['6 (vbr)', 92],
			['7 (vbr)', 68],
			['8 (vbr)', 40],
		]);
	});
});
