/** Events of the console, poll by poll, on lists that a test changes. */
import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';

import { alarm } from '../../../nodes/VeeamServiceProviderConsole/triggers/alarm';
import { backupServerStateChanged } from '../../../nodes/VeeamServiceProviderConsole/triggers/backupServerStateChanged';
import { jobFinished } from '../../../nodes/VeeamServiceProviderConsole/triggers/jobFinished';
import { license } from '../../../nodes/VeeamServiceProviderConsole/triggers/license';
import { adapter } from '../../../nodes/VeeamServiceProviderConsole/api/adapter';
import { incidentKey } from '../../../nodes/shared/monitoring/items';
import type { PollContext } from '../../../nodes/shared/monitoring/pollContext';
import type { EventDefinition, Notification } from '../../../nodes/shared/monitoring/types';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T08:00:00Z');
const PATHS = {
	agent: '/infrastructure/backupAgents/jobs',
	server: '/infrastructure/backupServers/jobs',
	vb365: '/infrastructure/vb365Servers/organizations/jobs',
	alarms: '/alarms/active',
	console: '/licensing/console',
	licenses: '/licensing/backupServers',
	servers: '/infrastructure/backupServers',
};
type Lists = Record<string, IDataObject[] | Error>;

const refused = (status: string) =>
	new NodeApiError(
		{ name: 'Veeam' } as INode,
		{},
		{ message: 'The user may not do this.', httpCode: status },
	);

/** A trigger with one event, whose memory goes through JSON from poll to poll. */
class Trigger {
	lists: Lists = {};
	record: unknown = { data: { status: 'Valid' } };
	now = START;
	memory: unknown;
	remainingItems = 500;

	constructor(
		private readonly event: EventDefinition,
		public options: IDataObject = {},
		private readonly common: Partial<PollContext['common']> = {},
	) {}

	async poll(): Promise<Notification[]> {
		const defaults = [...(this.event.fields ?? []), ...(this.event.options ?? [])].map(
			({ name, default: usual }) => [name, usual],
		);
		const read = (path: string): IDataObject[] => {
			const found = this.lists[path] ?? [];
			if (found instanceof Error) throw found;
			return found;
		};
		const pollContext = {
			client: { version: '3.6.1' },
			adapter,
			common: { emitCurrentProblems: false, reminderHours: 0, maxItems: 500, ...this.common },
			options: { ...Object.fromEntries(defaults), ...this.options } as IDataObject,
			remainingItems: this.remainingItems,
			serverNow: () => this.now,
			isExpired: () => false,
			pages: async function* ({ path }: { path: string }) {
				await Promise.resolve();
				yield { items: read(path), headers: {}, from: 0, next: undefined };
			},
			get: async () => {
				if (this.record instanceof Error) throw this.record;
				return await Promise.resolve(this.record);
			},
		} as unknown as PollContext;
		const { notifications, memory } = await this.event.poll(pollContext, this.memory);
		this.memory = JSON.parse(JSON.stringify(memory));
		return notifications;
	}
}

const time = (hours: number) => new Date(START + hours * HOUR).toISOString();
const job = (more: IDataObject): IDataObject => ({
	instanceUid: '22222222-2222-2222-2222-222222222222',
	name: 'Daily',
	isEnabled: true,
	status: 'Success',
	lastEndTime: time(-5),
	...more,
});
const told = (all: Notification[]) => all.map(({ transition, message }) => [transition, message]);

describe('Job Finished', () => {
	it('reports a run that the console hears of ten hours, or six days, after its end', async () => {
		for (const late of [10, 6 * 24]) {
			const trigger = new Trigger(jobFinished);
			trigger.lists[PATHS.agent] = [job({}), job({ instanceUid: 'other' })];
			expect(await trigger.poll()).toEqual([]);
			const failed = job({ status: 'Failed', lastEndTime: time(2) });
			trigger.now = START + 4 * HOUR;
			trigger.lists[PATHS.agent] = [job({}), job({ instanceUid: 'other', lastEndTime: time(4) })];
			expect(await trigger.poll()).toEqual([]);
			trigger.now = START + (2 + late) * HOUR;
			trigger.lists[PATHS.agent] = [failed, job({ instanceUid: 'other', lastEndTime: time(4) })];
			expect(told(await trigger.poll())).toEqual([['problem', 'Agent Job "Daily" failed.']]);
			expect(await trigger.poll()).toEqual([]);
		}
	});

	it('takes no history for news: runs that go on at the start, a list that was cut then', async () => {
		const trigger = new Trigger(jobFinished);
		const all = Array.from({ length: 60 }, (_, index) =>
			job({
				instanceUid: `j${index}`,
				status: index < 50 ? 'Running' : 'Failed',
				lastEndTime: time(-700),
			}),
		);
		trigger.lists[PATHS.server] = all.slice(0, 52);
		expect(await trigger.poll()).toEqual([]);
		trigger.now += HOUR;
		trigger.lists[PATHS.server] = all;
		expect(await trigger.poll()).toEqual([]);
		trigger.lists[PATHS.server] = all.map((one, index) =>
			index < 3 ? { ...one, status: 'Failed', lastEndTime: time(0.5) } : one,
		);
		expect(await trigger.poll()).toHaveLength(3);
	});

	it("one server's success does not close another's failure of a job with the same id", async () => {
		const trigger = new Trigger(jobFinished);
		const [one, two] = ['u1', 'u2'].map((uniqueUid) => job({ uniqueUid }));
		trigger.lists[PATHS.server] = [one!, two!];
		await trigger.poll();
		const failed = { ...one, status: 'Failed', lastEndTime: time(1) };
		trigger.lists[PATHS.server] = [failed, two!];
		const [problem] = await trigger.poll();
		trigger.lists[PATHS.server] = [failed, { ...two, lastEndTime: time(1) }];
		expect(await trigger.poll()).toEqual([]);
		trigger.lists[PATHS.server] = [{ ...failed, status: 'Success', lastEndTime: time(2) }, two!];
		const [recovered] = await trigger.poll();
		expect([problem?.transition, recovered?.transition]).toEqual(['problem', 'recovered']);
		const key = ({ object, condition }: Notification) => incidentKey('s', object, condition);
		expect(key(recovered!)).toBe(key(problem!));
		expect(key(problem!)).toContain('u1');
	});

	it('reports both of two that fail at the same time', async () => {
		const trigger = new Trigger(jobFinished);
		const both = ['u1', 'u2'].map((uniqueUid) => job({ uniqueUid }));
		trigger.lists[PATHS.server] = both;
		await trigger.poll();
		trigger.lists[PATHS.server] = both.map((one) => ({
			...one,
			status: 'Failed',
			lastEndTime: time(1),
		}));
		expect(await trigger.poll()).toHaveLength(2);
	});

	it('a refused list is named once, and does not silence the others', async () => {
		const trigger = new Trigger(jobFinished);
		trigger.lists = { [PATHS.vb365]: refused('403'), [PATHS.server]: [job({})] };
		const [first] = await trigger.poll();
		expect(first?.message).toMatch(/^Microsoft 365 Jobs cannot be watched: /);
		trigger.lists[PATHS.server] = [job({ status: 'Failed', lastEndTime: time(1) })];
		expect(told(await trigger.poll())).toEqual([['problem', 'Job "Daily" failed.']]);
		trigger.lists[PATHS.vb365] = [job({ lastStatus: 'Failed', lastRun: time(-30) })];
		expect(told(await trigger.poll())).toEqual([
			['recovered', 'Microsoft 365 Jobs are watched again.'],
		]);
		trigger.lists = {
			[PATHS.vb365]: refused('403'),
			[PATHS.server]: refused('403'),
			[PATHS.agent]: refused('403'),
		};
		await expect(trigger.poll()).rejects.toThrow('The user may not do this.');
	});

	it('closes the failure of a job that two looks did not bring, not of one that blinks', async () => {
		const trigger = new Trigger(jobFinished);
		trigger.lists[PATHS.server] = [job({})];
		await trigger.poll();
		const failed = [job({ status: 'Failed', lastEndTime: time(1) })];
		trigger.lists[PATHS.server] = failed;
		expect(await trigger.poll()).toHaveLength(1);
		for (const rows of [[], failed, []]) {
			trigger.lists[PATHS.server] = rows;
			expect(await trigger.poll()).toEqual([]);
		}
		expect(told(await trigger.poll())).toEqual([
			['recovered', 'Job "Daily" is no longer there: the problem is closed.'],
		]);
		// What comes back as it was is no news.
		trigger.lists[PATHS.server] = failed;
		expect(await trigger.poll()).toEqual([]);
	});

	it('keeps one entry for each job: 900 hourly jobs in 30 days, 5,000 agents', async () => {
		const trigger = new Trigger(jobFinished);
		const hourly = (hour: number) =>
			Array.from({ length: 900 }, (_, index) => ({
				instanceUid: `mail-${index}`,
				name: `Mail ${index}`,
				isEnabled: true,
				lastStatus: (index + hour) % 3 === 0 ? 'Failed' : 'Success',
				lastRun: time(hour),
			}));
		trigger.lists[PATHS.agent] = Array.from({ length: 5_000 }, (_, index) =>
			job({ instanceUid: `agent-${index}` }),
		);
		const sizes: number[] = [];
		for (let hour = 0; hour <= 30 * 24; hour += 4 * 24 + 1) {
			trigger.now = START + hour * HOUR;
			trigger.lists[PATHS.vb365] = hourly(hour);
			await trigger.poll();
			sizes.push(JSON.stringify(trigger.memory).length);
		}
		process.stdout.write(`Job Finished: ${Math.max(...sizes)} bytes for 5,900 jobs\n`);
		expect(Math.max(...sizes)).toBeLessThan(500_000);
		expect(sizes.at(-1)).toBeLessThan(sizes[2]! * 1.05);
	});

	it('what there is no room for comes with the next poll', async () => {
		const trigger = new Trigger(jobFinished);
		const all = Array.from({ length: 7 }, (_, index) => job({ instanceUid: `j${index}` }));
		trigger.lists[PATHS.agent] = all;
		await trigger.poll();
		trigger.lists[PATHS.agent] = all.map((one) => ({
			...one,
			status: 'Failed',
			lastEndTime: time(1),
		}));
		trigger.remainingItems = 3;
		const counts = [];
		for (let poll = 0; poll < 4; poll++) counts.push((await trigger.poll()).length);
		expect(counts).toEqual([3, 3, 1, 0]);
	});
});

describe('Alarm', () => {
	const open = (more: IDataObject = {}): IDataObject => ({
		instanceUid: 'a1',
		alarmTemplateUid: 't1',
		repeatCount: 1,
		object: {
			instanceUid: 'x',
			type: 'BackupServerJob',
			organizationUid: null,
			computerName: null,
			objectName: null,
		},
		lastActivation: {
			instanceUid: 'l1',
			time: time(0),
			status: 'Error',
			message: 'Backup failed\r\n',
			remark: '\r\n',
		},
		...more,
	});

	it('names the alarm and what the object is, without empty quotes and line ends', async () => {
		const trigger = new Trigger(alarm);
		await trigger.poll();
		trigger.lists = {
			[PATHS.alarms]: [open(), open({ instanceUid: 'a2', name: 'Job state' })],
			'/alarms/templates': [{ instanceUid: 't1', name: 'Job status' }],
		};
		const [first, second] = await trigger.poll();
		expect(first?.message).toBe(
			'Alarm "Job status" on a backup server job was triggered (error): Backup failed',
		);
		expect(second?.message).toMatch(/^Alarm "Job state" on a backup server job /);
		expect(first?.current).toMatchObject({ remark: null });
		expect(first?.details?.company).toBeNull();
	});

	it('is not closed by one empty answer, but by two', async () => {
		const trigger = new Trigger(alarm);
		await trigger.poll();
		trigger.lists[PATHS.alarms] = [open()];
		expect(await trigger.poll()).toHaveLength(1);
		for (const rows of [[], [open()], []]) {
			trigger.lists[PATHS.alarms] = rows;
			expect(await trigger.poll()).toEqual([]);
		}
		expect(await trigger.poll()).toMatchObject([{ transition: 'recovered' }]);
	});
});

describe('License', () => {
	const of = (more: IDataObject): IDataObject => ({
		backupServerUid: 's',
		status: 'Valid',
		expirationDate: null,
		...more,
	});
	const wrong = async (record: IDataObject) => {
		const trigger = new Trigger(license);
		trigger.lists[PATHS.licenses] = [of({ units: 10, usedUnits: 1 })];
		await trigger.poll();
		trigger.lists[PATHS.licenses] = [of(record)];
		return (await trigger.poll()).map(({ severity, message }) => [severity, message]);
	};

	it('that has a warning is no error; others that are not valid are', async () => {
		expect(await wrong({ status: 'Warning' })).toEqual([
			['warning', 'The license of "s" has a warning.'],
		]);
		expect(await wrong({ status: 'Expired' })).toEqual([
			['error', 'The license of "s" is not valid (expired): install a valid license.'],
		]);
	});

	it.each([
		['sockets', { units: 0, usedUnits: 0, sockets: 10, usedSockets: 12 }, '12 of 10 sockets'],
		['capacity', { units: 50, usedUnits: 1, capacity: 10, usedCapacity: 12 }, '12 of 10 TB'],
		['units', { units: 10, usedUnits: 12, sockets: null }, '12 of 10 units'],
	])('that is used up is reported by what is used up: %s', async (_, record, figures) => {
		const [first] = await wrong(record);
		expect(first?.[1]).toContain(figures);
	});

	it('a refused list is named once and leaves the others running', async () => {
		const trigger = new Trigger(license, { licenseOf: ['console', 'servers', 'vb365'] });
		const [console_, vb365] = [refused('403'), refused('403')];
		trigger.record = console_;
		trigger.lists = {
			'/licensing/vb365Servers': vb365,
			[PATHS.licenses]: [of({ units: 10, usedUnits: 1 })],
		};
		expect(told(await trigger.poll())).toEqual([
			['problem', expect.stringMatching(/^Licenses of the console cannot be watched: /)],
			['problem', expect.stringMatching(/^Licenses of Microsoft 365 servers cannot be watched: /)],
		]);
		trigger.lists[PATHS.licenses] = [of({ units: 10, usedUnits: 10 })];
		expect(await trigger.poll()).toMatchObject([{ condition: 'overused', transition: 'problem' }]);
		trigger.record = { data: { status: 'Valid' } };
		expect(told(await trigger.poll())).toEqual([
			['recovered', 'Licenses of the console are watched again.'],
		]);
		trigger.lists[PATHS.licenses] = refused('403');
		trigger.record = console_;
		await expect(trigger.poll()).rejects.toThrow('The user may not do this.');
	});

	it('kinds that are taken out close what they have open, in their own words', async () => {
		const trigger = new Trigger(license, { licenseOf: ['console', 'servers'] });
		trigger.lists[PATHS.licenses] = [of({ units: 10, usedUnits: 1 })];
		await trigger.poll();
		trigger.lists[PATHS.licenses] = [of({ units: 10, usedUnits: 10 })];
		expect(await trigger.poll()).toHaveLength(1);
		trigger.options = { licenseOf: ['console'] };
		expect(told(await trigger.poll())).toEqual([
			['recovered', expect.stringMatching(/no longer picked in the trigger/)],
		]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('of the console is not closed by an answer that is none', async () => {
		const trigger = new Trigger(license, { licenseOf: ['console'] });
		await trigger.poll();
		trigger.record = { data: { status: 'Expired' } };
		expect(await trigger.poll()).toHaveLength(1);
		for (const answer of ['{"data":{"sta', { data: null }, { data: {} }, undefined]) {
			trigger.record = answer;
			await expect(trigger.poll()).rejects.toThrow('did not answer with a license');
		}
	});
});

it('a version that is left out once is no change', async () => {
	const trigger = new Trigger(backupServerStateChanged, { backupServerConditions: ['version'] });
	const server = (version?: string) => ({
		instanceUid: 's',
		name: 'vbr',
		status: 'Healthy',
		version,
	});
	for (const version of ['12.3', undefined, '12.3']) {
		trigger.lists[PATHS.servers] = [server(version)];
		expect(await trigger.poll()).toEqual([]);
	}
	trigger.lists[PATHS.servers] = [server('13.0')];
	expect(await trigger.poll()).toHaveLength(1);
});
