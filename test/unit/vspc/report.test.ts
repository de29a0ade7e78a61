import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import { clientOf, refused, request } from '../../support/reportClient';

const HOUR = 3_600_000;
/** The server's clock, far from this machine's. */
const NOW = Date.parse('2020-02-02T06:00:00Z');
const DATE = 'Sun, 02 Feb 2020 06:00:00 GMT';
const hours = (count: number): string => new Date(NOW + count * HOUR).toISOString();

const page = (data: IDataObject[] = []) => ({
	data,
	meta: { pagingInfo: { total: data.length, count: data.length, offset: 0 } },
});

const PATHS = {
	about: '/about',
	companies: '/organizations/companies',
	jobs: '/infrastructure/backupServers/jobs',
	agentJobs: '/infrastructure/backupAgents/jobs',
	vb365Jobs: '/infrastructure/vb365Servers/organizations/jobs',
	vb365Servers: '/infrastructure/vb365Servers',
	servers: '/infrastructure/backupServers',
	repositories: '/infrastructure/backupServers/repositories',
	alarms: '/alarms/active',
	console: '/licensing/console',
	licenses: '/licensing/backupServers',
	vb365Licenses: '/licensing/vb365Servers',
	virtualMachines: '/protectedWorkloads/virtualMachines',
	byConsole: '/protectedWorkloads/computersManagedByConsole',
	byServer: '/protectedWorkloads/computersManagedByBackupServer',
};

type Answers = Partial<Record<keyof typeof PATHS, unknown>>;

const serverOf = (answers: Answers, version = '3.6.1') => {
	const usual = { console: { data: { status: 'Valid' } } } as Answers;
	const all = Object.entries(PATHS).map(([name, path]) => {
		const key = name as keyof typeof PATHS;
		return [path, answers[key] ?? usual[key] ?? page()];
	});
	return clientOf(version, Object.fromEntries(all) as Record<string, unknown>, DATE);
};

const context = { getWorkflowStaticData: () => ({}) };

const company = (instanceUid: string, name: string) => ({ instanceUid, name, status: 'Active' });
const COMPANIES = page([company('a', 'Acme'), company('b', 'Blue'), company('b2', 'Blue')]);
const agentJob = (organizationUid: string, name: string, more: IDataObject = {}): IDataObject => ({
	instanceUid: `${organizationUid}/${name}`,
	organizationUid,
	name,
	status: 'Failed',
	isEnabled: true,
	systemType: 'Windows',
	lastRun: hours(-3),
	lastEndTime: hours(-2),
	nextRun: hours(20),
	failureMessage: 'The computer was off',
	...more,
});

it('a report names the tenant of a job, and the provider has none', async () => {
	const client = serverOf({
		companies: COMPANIES,
		jobs: page([
			{
				...agentJob('provider', 'Hosted VMs'),
				mappedOrganizationUid: 'a',
				type: 'BackupVm',
				lastSessionTasks: [
					{ objectName: 'vm1', status: 'Failed', failureMessages: ['Disk full', 'Gave up'] },
					{ objectName: 'vm2', status: 'Warning', failureMessages: [] },
				],
			},
		]),
		agentJobs: page([agentJob('provider', 'Own')]),
	});
	const [model] = await collect(context, client, request());
	expect(model?.failures).toEqual([
		{
			id: 'provider/Hosted VMs',
			name: 'Hosted VMs',
			type: 'Backup VM',
			tenant: 'Acme',
			result: 'Failed',
			time: hours(-2),
			lastSuccess: null,
			failures: 1,
			objects: [{ name: 'vm1', result: 'Failed', reason: 'Disk full · Gave up' }],
		},
		{
			id: 'provider/Own',
			name: 'Own',
			type: 'Windows Agent Job',
			result: 'Failed',
			time: hours(-2),
			lastSuccess: null,
			failures: 1,
			objects: [],
			reason: 'The computer was off',
		},
	]);
	expect(model?.tenants.map(({ id, jobs, failed, status }) => [id, jobs, failed, status])).toEqual([
		['a', 1, 1, 'bad'],
		['b', 0, 0, 'good'],
		['b2', 0, 0, 'good'],
	]);
});

it('a job counts once: by the run of the period, else as running, disabled or idle', async () => {
	const client = serverOf({
		agentJobs: page([
			agentJob('a', 'failed'),
			agentJob('a', 'warned', { status: 'warning' }),
			agentJob('a', 'well', { status: 'Success' }),
			agentJob('a', 'running', { status: 'Running' }),
			agentJob('a', 'off', { status: 'None', isEnabled: false }),
			agentJob('a', 'failed before', { lastEndTime: hours(-25) }),
			agentJob('a', 'new', { status: 'None', lastEndTime: null, lastRun: null }),
		]),
		vb365Jobs: page([
			{ instanceUid: 'v', name: 'Mailboxes', lastStatus: 'Failed', lastRun: hours(-1) },
		]),
	});
	const [model] = await collect(context, client, request());
	expect(model?.counts).toMatchObject({
		jobs: 8,
		failed: 2,
		warned: 1,
		succeeded: 1,
		running: 1,
		disabled: 1,
		idle: 2,
	});
});

it('runs are missed where the next one is past, by the clock of the server', async () => {
	const client = serverOf({
		companies: COMPANIES,
		agentJobs: page([
			agentJob('a', 'missed', { nextRun: hours(-2) }),
			agentJob('a', 'late by minutes', { nextRun: hours(-0.1) }),
			agentJob('a', 'disabled', { nextRun: hours(-2), isEnabled: false }),
			agentJob('a', 'running', { nextRun: hours(-2), status: 'Running' }),
			agentJob('a', 'not scheduled', { nextRun: null }),
		]),
	});
	const [model] = await collect(context, client, request());
	expect(model?.missedRuns).toEqual([
		{ id: 'a/missed', name: 'missed', tenant: 'Acme', expected: hours(-2), lastRun: hours(-3) },
	]);
});

describe('tenants', () => {
	const answers: Answers = {
		companies: COMPANIES,
		agentJobs: page([agentJob('a', 'One'), agentJob('b', 'Two'), agentJob('provider', 'Own')]),
		alarms: page([
			{
				object: { organizationUid: 'b', objectName: 'srv' },
				lastActivation: { status: 'Warning', message: 'Old version', time: hours(-9) },
			},
		]),
	};

	it.each([
		['left out', { excludeTenants: ['acme'] }, ['Own', 'Two'], ['b', 'b2']],
		['chosen', { includeTenants: ['A*'] }, ['One'], ['a']],
		['of no such name', { includeTenants: ['Nobody'] }, [], []],
	])('%s: only the others are told', async (_, options, jobs, tenants) => {
		const [model] = await collect(context, serverOf(answers), request(options));
		expect(model?.failures.map(({ name }) => name)).toEqual(jobs);
		expect(model?.tenants.map(({ id }) => id)).toEqual(tenants);
		expect(model?.counts.jobs).toBe(jobs.length);
	});

	it('one by one, also where two have the same name, in no more requests', async () => {
		const client = serverOf(answers);
		const models = await collect(context, client, request({ onePerTenant: true }));
		expect(
			models.map(({ tenant, failures, findings, tenants, verdict }) => [
				tenant,
				failures.map(({ name }) => name),
				findings.map(({ text }) => text),
				tenants,
				verdict.status,
			]),
		).toEqual([
			['Acme', ['One'], [], [], 'bad'],
			['Blue', ['Two'], ['srv: Old version'], [], 'bad'],
			['Blue', [], [], [], 'warning'],
		]);
		expect(models[2]?.verdict.text).toBe('No job was found');
		const whole = serverOf(answers);
		await collect(context, whole, request());
		expect(client.asked).toEqual(whole.asked);
	});

	it('that may not be listed: the rest comes, unless some are chosen', async () => {
		const hidden = { ...answers, companies: refused(403) };
		const [model] = await collect(context, serverOf(hidden), request());
		expect(model?.unavailable).toEqual([{ section: 'tenants', reason: 'Companies: Refused' }]);
		expect(model?.failures.map(({ name }) => name)).toEqual(['One', 'Own', 'Two']);
		for (const options of [{ onePerTenant: true }, { includeTenants: ['Acme'] }])
			await expect(collect(context, serverOf(hidden), request(options))).rejects.toThrow('Refused');
	});
});

it('a report comes without the lists that are refused or that the version lacks', async () => {
	const client = serverOf(
		{ alarms: refused(404), agentJobs: refused(403), byConsole: refused(403), jobs: page([]) },
		'3.5.1',
	);
	const [model] = await collect(context, client, request());
	const gap = (sections: string[], reason: string) =>
		sections.map((section) => ({ section, reason: `${reason}: Refused` }));
	expect(model?.unavailable).toEqual([
		...gap(['jobs', 'missedRuns', 'tenants'], 'Agent Jobs'),
		...gap(['findings', 'tenants'], 'Alarms'),
		...gap(['unprotected'], 'Computers managed by the console'),
	]);
	expect(model?.verdict.status).toBe('warning');
	for (const part of ['jobs', 'missed runs', 'findings', 'restore points'])
		expect(model?.verdict.text).toContain(part);
});

it('a report fails where nothing may be read, and where the login does', async () => {
	const all = (status: number) =>
		serverOf(Object.fromEntries(Object.keys(PATHS).map((name) => [name, refused(status)])));
	await expect(collect(context, all(403), request())).rejects.toThrow(NodeApiError);
	const client = all(401);
	await expect(collect(context, client, request())).rejects.toThrow('Refused');
	expect(client.asked).toEqual([PATHS.about]);
});

it('licenses alone are read without the jobs, and name their server', async () => {
	const client = serverOf({
		companies: COMPANIES,
		servers: page([{ instanceUid: 's', name: 'vbr.acme', organizationUid: 'a' }]),
		licenses: page([
			{
				backupServerUid: 's',
				status: 'Expired',
				expirationDate: hours(-30),
				units: 10,
				usedUnits: 4,
			},
		]),
		vb365Servers: page([{ instanceUid: 'm', name: 'vbo.blue', organizationUid: 'b' }]),
		vb365Licenses: page([
			{ vb365ServerUid: 'm', status: 'Valid', licensedUsers: 10, protectedUsers: 11 },
		]),
	});
	const [model] = await collect(context, client, request({ sections: ['licenses'] }));
	expect(model?.licenses).toEqual([
		{
			name: 'vbr.acme',
			tenant: 'Acme',
			status: 'bad',
			state: 'Expired',
			expires: hours(-30),
			daysLeft: -2,
			used: 4,
			total: 10,
			unit: 'units',
		},
		{
			name: 'vbo.blue',
			tenant: 'Blue',
			status: 'warning',
			state: 'Valid',
			used: 11,
			total: 10,
			unit: 'users',
		},
		{ name: 'Veeam Service Provider Console', status: 'good', state: 'Valid' },
	]);
	expect(client.asked).toEqual([
		PATHS.about,
		PATHS.companies,
		PATHS.servers,
		PATHS.console,
		PATHS.licenses,
		PATHS.vb365Servers,
		PATHS.vb365Licenses,
	]);
});

it('names come as they are', async () => {
	const name = '<script>alert("1")</script> \u202e🚀';
	const client = serverOf({
		companies: page([company('a', name)]),
		agentJobs: page([agentJob('a', name, { failureMessage: name })]),
	});
	const [model] = await collect(context, client, request());
	expect(model?.failures).toMatchObject([{ name, tenant: name, reason: name }]);
	expect(model?.tenants).toMatchObject([{ name }]);
});

it('a typing error in Include Tenants gives a report that names it, also with one for each', async () => {
	const answers: Answers = { companies: COMPANIES, agentJobs: page([agentJob('a', 'One')]) };
	for (const onePerTenant of [false, true]) {
		const options = request({ includeTenants: ['Acmee*'], onePerTenant });
		const models = await collect(context, serverOf(answers), options);
		expect(models.map(({ verdict }) => verdict)).toEqual([
			{ status: 'warning', text: 'No tenant matches "Acmee*"' },
		]);
	}
});

it('a typing error in Include Jobs is a warning that names it', async () => {
	const well = page([agentJob('a', 'SQL daily', { status: 'Success' })]);
	const client = serverOf({ companies: COMPANIES, agentJobs: well });
	const [model] = await collect(context, client, request({ includeJobs: ['SLQ*', 'SQL*'] }));
	expect(model?.verdict).toEqual({ status: 'warning', text: 'Nothing matches "SLQ*"' });
});

it('computers of backup servers count, also where a Microsoft 365 job exists; each once', async () => {
	const row = {
		instanceUid: 'c1',
		name: 'srv1',
		latestRestorePointDate: hours(-240),
		operationMode: 'Server',
	};
	const [model] = await collect(
		context,
		serverOf({
			vb365Jobs: page([
				{
					instanceUid: 'v',
					name: 'Mail',
					lastStatus: 'Success',
					lastRun: hours(-1),
					isEnabled: true,
				},
			]),
			byServer: page([row, row]),
		}),
		request(),
	);
	expect(model?.counts.unprotected).toBe(1);
	expect(model?.verdict).toEqual({
		status: 'bad',
		text: '1 object without a recent restore point',
	});
});

it('a repository in state Error is never well; a license with a warning is no error', async () => {
	const server = { instanceUid: 's', name: 'vbr', status: 'Healthy' };
	const [model] = await collect(
		context,
		serverOf({
			servers: page([server]),
			repositories: page([
				{ instanceUid: 'r', backupServerUid: 's', name: 'Main', _embedded: { status: 'Error' } },
			]),
			licenses: page([{ backupServerUid: 's', status: 'Warning', capacity: 10, usedCapacity: 12 }]),
		}),
		request({ sections: ['repositories', 'licenses'] }),
	);
	expect(model?.verdict).toMatchObject({
		status: 'bad',
		text: expect.stringContaining('1 repository is in trouble (Error)'),
	});
	expect(model?.licenses.find(({ name }) => name === 'vbr')).toMatchObject({
		status: 'warning',
		used: 12,
		total: 10,
		unit: 'TB',
	});
});

it('an answer that is no license of the console is said, not called well', async () => {
	const [model] = await collect(
		context,
		serverOf({ console: { data: {} } }),
		request({ sections: ['licenses'] }),
	);
	expect(model?.unavailable).toMatchObject([{ section: 'licenses' }]);
	expect(model?.verdict.status).toBe('warning');
});

describe('the history', () => {
	const heatmap = '/infrastructure/jobSessionHeatmap/';
	const session = (organizationUid: string, jobName: string, age: number, result: string) => ({
		...{ jobName, organizationUid, serverName: 'vbr', result },
		...{ startTime: hours(-age - 1), endTime: hours(-age) },
	});
	const days = (...sessions: IDataObject[]) => ({ data: { dataPerDays: [{ sessions }] } });
	const report = async (answer: unknown, options = {}, version = '3.6.1') => {
		const client = serverOf({ companies: COMPANIES }, version);
		const answers: typeof client.request = async (one) =>
			one.path === heatmap && answer !== undefined
				? { status: 200, headers: {}, body: answer }
				: await client.request(one);
		return await collect(
			context,
			{ ...client, request: answers },
			request({ sections: ['jobs', 'history'], ...options }),
		);
	};
	const sessions = days(
		session('a', 'Nightly', 3, 'Success'),
		session('a', 'Nightly', 50, 'Failed'),
		session('b', 'Nightly', 26, 'Warning'),
		session('b', 'Running', 0, 'Unknown'),
	);

	it('has the past runs of each company, and no verdict depends on it', async () => {
		const [model] = await report(sessions);
		expect(model!.history!.days.at(-1)).toBe('2020-02-02');
		expect(model!.history!.jobs).toEqual([
			expect.objectContaining({
				tenant: 'Acme',
				name: 'Nightly',
				marks: ['none', 'none', 'none', 'none', 'bad', 'none', 'good'],
			}),
			expect.objectContaining({
				tenant: 'Blue',
				marks: ['none', 'none', 'none', 'none', 'none', 'warning', 'none'],
			}),
		]);
		const [without] = await report(sessions, { sections: ['jobs'] });
		expect(model!.verdict).toEqual(without!.verdict);
	});

	it('is its own in the report of each tenant', async () => {
		const models = await report(sessions, { onePerTenant: true });
		expect(models.map(({ history }) => history!.jobs.map(({ tenant }) => tenant))).toEqual([
			['Acme'],
			['Blue'],
			[],
		]);
	});

	it('is a note where the version has none, and a gap where the answer is none', async () => {
		const [old] = await report(undefined, {}, '3.5.1');
		expect([old!.history, old!.unavailable]).toEqual([undefined, []]);
		expect(old!.notes.join()).toContain('History: API 3.5.1 has the last run of each job only');
		const [cut] = await report({});
		expect(cut!.unavailable).toEqual([
			{ section: 'history', reason: expect.stringContaining('did not answer with sessions') },
		]);
	});
});

it('lists all jobs by name where they are asked for, and the running and disabled ones by what they are', async () => {
	const client = serverOf({
		companies: COMPANIES,
		agentJobs: page([
			agentJob('a', 'Laptops'),
			agentJob('a', 'Asleep', { isEnabled: false, lastEndTime: hours(-99), lastRun: hours(-100) }),
			agentJob('b', 'Now', { status: 'Running', lastRun: hours(-1), lastEndTime: hours(-25) }),
		]),
	});
	const [model] = await collect(context, client, request({ sections: ['allJobs'] }));
	expect(model!.allJobs).toMatchObject([
		{ name: 'Asleep', tenant: 'Acme', state: 'Disabled' },
		{ name: 'Laptops', state: 'Failed', start: hours(-3), end: hours(-2), nextRun: hours(20) },
		{ name: 'Now', tenant: 'Blue', state: 'Running', start: hours(-1) },
	]);
	expect(model!.allJobs![0]).not.toHaveProperty('nextRun');
});

/** Everything is well, and there is something in each list. */
const WELL: Answers = {
	companies: page([company('a', 'Acme')]),
	jobs: page([agentJob('a', 'Backup', { status: 'Success', backupServerUid: 'v' })]),
	agentJobs: page([agentJob('a', 'Agent', { status: 'Success' })]),
	vb365Jobs: page([
		{
			instanceUid: 'mail',
			name: 'Mail',
			vspcOrganizationUid: 'a',
			vb365ServerUid: 'm',
			vb365ServerName: 'MAIL01',
			lastStatus: 'Success',
			lastRun: hours(-3),
			nextRun: hours(20),
			isEnabled: true,
		},
	]),
	servers: page([{ instanceUid: 'v', name: 'VBR01', organizationUid: 'a', status: 'Healthy' }]),
	repositories: page([
		{
			instanceUid: 'r',
			name: 'Repository',
			backupServerUid: 'v',
			_embedded: {
				capacity: 1000,
				isCapacityAvailable: true,
				freeSpace: 500,
				isFreeSpaceAvailable: true,
				status: 'Healthy',
			},
		},
	]),
	alarms: page([]),
	console: { data: { status: 'Valid' } },
	licenses: page([{ backupServerUid: 'v', status: 'Valid' }]),
	vb365Licenses: page([{ vb365ServerUid: 'm', status: 'Valid' }]),
	...Object.fromEntries(
		(['virtualMachines', 'byConsole', 'byServer'] as const).map((list) => [
			list,
			page([
				{
					instanceUid: list,
					name: list,
					organizationUid: 'a',
					latestRestorePointDate: hours(-3),
				},
			]),
		]),
	),
};

const changed = (list: keyof Answers, change: IDataObject) => {
	const [first] = (WELL[list] as { data: IDataObject[] }).data;
	return page([{ ...first, ...change }]);
};

// The thirteen requests of a report. No list can be left out for another: each turns the verdict alone.
describe.each(['3.5.1', '3.6', '3.6.1'])('%s: what each list decides', (version) => {
	it.each<[keyof Answers, unknown, string]>([
		['companies', page([]), 'No tenant'],
		['jobs', changed('jobs', { status: 'Failed' }), '1 job failed'],
		['agentJobs', changed('agentJobs', { status: 'Failed' }), '1 job failed'],
		['vb365Jobs', changed('vb365Jobs', { lastStatus: 'Failed' }), '1 job failed'],
		['servers', changed('servers', { status: 'Inaccessible' }), '1 repository is offline'],
		[
			'repositories',
			changed('repositories', { _embedded: { status: 'Error' } }),
			'1 repository is in trouble (Error)',
		],
		[
			'alarms',
			page([{ instanceUid: 'x', lastActivation: { status: 'Error', message: 'Trouble' } }]),
			'1 finding',
		],
		['console', { data: { status: 'Expired' } }, 'license'],
		['licenses', changed('licenses', { status: 'Expired' }), 'license'],
		['vb365Licenses', changed('vb365Licenses', { status: 'Expired' }), 'license'],
		[
			'virtualMachines',
			changed('virtualMachines', { latestRestorePointDate: hours(-500) }),
			'1 object without a recent restore point',
		],
		[
			'byConsole',
			changed('byConsole', { latestRestorePointDate: null }),
			'1 object without a recent restore point',
		],
		[
			'byServer',
			changed('byServer', { latestRestorePointDate: hours(-500) }),
			'1 object without a recent restore point',
		],
	])('%s', async (list, trouble, said) => {
		const options = request(list === 'companies' ? { includeTenants: ['Acme'] } : {});
		const [well] = await collect(context, serverOf(WELL, version), options);
		expect(well?.verdict).toMatchObject({ status: 'good' });
		const client = serverOf({ ...WELL, [list]: trouble }, version);
		const [model] = await collect(context, client, options);
		expect(model?.verdict.status).not.toBe('good');
		expect(model?.verdict.text).toContain(said);
		// The console's own license is nobody's: a report about some tenants does not ask for it.
		expect(client.asked).toHaveLength(list === 'companies' ? 13 : 14);
		expect(new Set(client.asked).size).toBe(client.asked.length);
	});
});
