/**
 * A value that cannot be read is a gap of the reports that are about whose it is, and of no other: with
 * some tenants chosen, what another tenant has is not looked at.
 */
import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import type { ReportSection } from '../../../nodes/shared/report/model';
import { request } from '../../support/reportClient';
import { consoleOf } from './console';
import { LISTS, NOW, type Estate } from './estates';

const then = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();

const PROXIES = '/infrastructure/backupServers/proxies';
const PLANS = '/infrastructure/backupServers/failoverplans';

/** What a company has, all of it well, by the path of its list. */
const of = (company: string): Record<string, IDataObject> => ({
	[LISTS.companies]: { instanceUid: company, name: company },
	[LISTS.servers]: {
		...{ instanceUid: `server-${company}`, name: `vbr-${company}`, organizationUid: company },
		status: 'Healthy',
	},
	[LISTS.server]: {
		...{ instanceUid: `job-${company}`, name: 'Daily', type: 'BackupVm', isEnabled: true },
		...{ backupServerUid: `server-${company}`, organizationUid: company, status: 'Success' },
		...{ lastRun: then(-3), lastEndTime: then(-2), endTime: then(-2) },
	},
	[LISTS.alarms]: {
		instanceUid: `alarm-${company}`,
		object: { organizationUid: company, objectName: 'vm1', type: 'Vm' },
		lastActivation: { status: 'Resolved', time: then(-1), message: '' },
	},
	[LISTS.repositories]: {
		...{ instanceUid: `repository-${company}`, backupServerUid: `server-${company}` },
		name: 'Main',
		_embedded: {
			...{ status: 'Healthy', capacity: 100, freeSpace: 50, usedSpace: 50 },
			...{ isCapacityAvailable: true, isFreeSpaceAvailable: true },
		},
	},
	[LISTS.serverLicenses]: {
		...{ backupServerUid: `server-${company}`, status: 'Valid', expirationDate: null },
		...{ units: 10, usedUnits: 1 },
	},
	[PROXIES]: {
		...{ instanceUid: `proxy-${company}`, name: 'proxy', backupServerUid: `server-${company}` },
		...{ status: 'Healthy', isDisabled: false, isOutOfDate: false },
	},
	[PLANS]: {
		...{ instanceUid: `plan-${company}`, name: 'plan', backupServerUid: `server-${company}` },
		status: 'Ready',
	},
});

const CASES: Array<[path: string, change: (record: IDataObject) => IDataObject]> = [
	[LISTS.server, (record) => ({ ...record, status: 'Bogus' })],
	[LISTS.servers, (record) => ({ ...record, status: 'Bogus' })],
	[
		LISTS.alarms,
		// The console is asked for errors and warnings; one that it gives nevertheless is not understood.
		(record) => ({ ...record, lastActivation: { status: 'Bogus', time: then(-1) } }),
	],
	[LISTS.serverLicenses, (record) => ({ ...record, status: 'Bogus' })],
	[PROXIES, (record) => ({ ...record, status: 'Bogus' })],
	[PLANS, (record) => ({ ...record, status: 'Bogus' })],
];

const SECTIONS: ReportSection[] = [
	...(['jobs', 'repositories', 'licenses', 'findings', 'tenants'] as const),
	...(['infrastructure', 'verifications'] as const),
];

async function verdictFor(
	company: string,
	path: string,
	change: (one: IDataObject) => IDataObject,
) {
	const [ours, others] = [of('ours'), of('others')];
	const changed = company === 'ours' ? ours : others;
	changed[path] = change(changed[path]!);
	const answers = Object.fromEntries(
		Object.keys(ours).map((one) => [one, [ours[one]!, others[one]!]]),
	);
	const estate: Estate = {
		version: '3.6.1',
		answers,
		console: { status: 'Valid', expirationDate: null },
		refused: new Set(),
	};
	const { client } = consoleOf(estate, 500);
	// The filter of the alarms would leave out what this is about.
	const whole = {
		...client,
		request: async (one: Parameters<typeof client.request>[0]) =>
			await client.request(one.path === LISTS.alarms ? { ...one, query: {} } : one),
	};
	const [model] = await collect({ getWorkflowStaticData: () => ({}) }, whole, {
		...request({ includeTenants: ['ours'] }),
		sections: SECTIONS,
	});
	return model!;
}

it.each(CASES)('%s', async (path, change) => {
	const theirs = await verdictFor('others', path, change);
	expect([theirs.verdict.status, theirs.unavailable]).toEqual(['good', []]);
	const own = await verdictFor('ours', path, change);
	expect(own.verdict.status).not.toBe('good');
	expect(own.unavailable).not.toEqual([]);
});
