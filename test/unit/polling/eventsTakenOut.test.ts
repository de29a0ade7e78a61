/**
 * Events that the user takes out of a trigger, and picks again, in a whole poll: what was open is closed
 * once, by an item that is another one than any that comes after; the worlds are the campaign's.
 */
import type { IDataObject } from 'n8n-workflow';

import { Clock, MINUTE } from '../../campaign/clock';
import { Host, type Keeping } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire, type Answer, type Product } from '../../campaign/wire';

const ELSE = { events: ['serverReachability'] };

let clock: Clock;
beforeEach(() => (clock = new Clock(Date.parse('2026-03-02T07:00:00Z'))));
afterEach(() => clock.restore());

class Workflow {
	readonly heard: IDataObject[] = [];
	readonly errors: string[] = [];
	private readonly parameters: IDataObject = {};
	private readonly host: Host;

	constructor(
		product: Product,
		version: string,
		answer: (path: string) => Answer | undefined,
		parameters: IDataObject,
		keeping: Keeping = 'memory',
	) {
		Object.assign(this.parameters, { options: {}, ...parameters });
		this.host = new Host({
			node: triggerOf(product),
			clock,
			wire: new Wire(clock, product, version, ({ path }) => answer(path)),
			keeping,
			parameters: this.parameters,
			credential: credentialOf(product, version),
		});
	}

	/** n8n takes the workflow in. */
	async activate(): Promise<void> {
		const { error } = await this.host.activate(CALM);
		if (error) throw error;
	}

	/** @returns what came of it, in short */
	async poll(edit: IDataObject = {}, trouble = CALM): Promise<string[]> {
		Object.assign(this.parameters, edit);
		clock.now += 6 * MINUTE;
		const { items, error } = await this.host.poll(trouble);
		if (error) this.errors.push(error.message);
		this.heard.push(...items);
		return items.map(({ transition, condition, object }) =>
			[transition, condition, (object as IDataObject).id].join(' '),
		);
	}

	/** How many different ids the items have that say this. */
	idsOf(transition: string, condition: string): { items: number; ids: number } {
		const own = this.heard.filter(
			(item) => item.transition === transition && item.condition === condition,
		);
		return { items: own.length, ids: new Set(own.map(({ eventId }) => eventId)).size };
	}
}

let offline: string[];
let expiring: string[];
beforeEach(() => {
	offline = [];
	expiring = [];
});

/** Repositories of a backup server; what is asked whether it is there answers, too. */
const backupServer = (path: string): Answer | undefined => {
	if (path === '/api/v1/jobs/states') return { list: [] };
	return path === '/api/v1/backupInfrastructure/repositories/states'
		? {
				list: ['a', 'b'].map((id) => ({
					...{ id, name: `Repository ${id}`, type: 'WinLocal', description: '', path: 'D:\\' },
					...{ capacityGB: 1000, freeGB: 500, usedSpaceGB: 1, isOutOfDate: false },
					isOnline: !offline.includes(id),
				})),
			}
		: undefined;
};
const REPOSITORIES = {
	events: ['repositoryStateChanged'],
	repositoryConditions: ['offline'],
};

it('closes what was open also where the poll itself fails', async () => {
	const workflow = new Workflow('vbr', '1.3-rev1', backupServer, REPOSITORIES);
	await workflow.activate();
	offline = ['a'];
	expect(await workflow.poll()).toEqual(['problem offline a']);
	const page = { kind: 'page', at: 1, lasts: true } as const;
	expect(await workflow.poll(ELSE, page)).toEqual(['recovered offline a']);
	expect(await workflow.poll()).toEqual([]);
	expect(workflow.errors).toEqual([]);
});

it('finishes closing where the event is picked again before all was closed', async () => {
	const options = { maxItems: 1 };
	const workflow = new Workflow('vbr', '1.3-rev1', backupServer, { ...REPOSITORIES, options });
	await workflow.activate();
	offline = ['a', 'b'];
	await workflow.poll();
	await workflow.poll();
	expect(await workflow.poll(ELSE)).toEqual(['recovered offline a']);
	expect(await workflow.poll(REPOSITORIES)).toEqual(['recovered offline b']);
	// What is wrong now was so when the user picked the event again.
	expect([await workflow.poll(), await workflow.poll()]).toEqual([[], []]);
	offline = [];
	expect([await workflow.poll(), await workflow.poll()]).toEqual([[], []]);
});

it('says each time that the version lacks what is picked, with another id', async () => {
	const workflow = new Workflow('vbr', '1.2-rev1', backupServer, REPOSITORIES);
	await workflow.activate();
	const both = { repositoryConditions: ['offline', 'outOfDate'] };
	const lacking = 'changed notInVersion repositoryStateChanged';
	expect(await workflow.poll(both)).toEqual([lacking]);
	expect(await workflow.poll()).toEqual([]);
	await workflow.poll(REPOSITORIES);
	expect(await workflow.poll(both)).toEqual([lacking]);
	await workflow.poll(ELSE);
	expect(await workflow.poll({ ...REPOSITORIES, ...both })).toEqual([lacking]);
	expect(workflow.idsOf('changed', 'notInVersion')).toEqual({ items: 3, ids: 3 });
});

/** A console with its own license and those of two backup servers, which can expire on the same day again. */
const console_ = (path: string): Answer | undefined => {
	if (path === '/users/me') return { record: { data: {} } };
	if (path === '/organizations/companies') return { list: [] };
	if (path === '/infrastructure/backupServers')
		return { list: [{ instanceUid: 's', name: 'Server', status: 'Healthy' }] };
	const far = { status: 'Valid', expirationDate: '2027-01-01T00:00:00Z', units: 100, usedUnits: 1 };
	const near = { ...far, expirationDate: '2026-03-20T00:00:00Z' };
	if (path === '/licensing/console') return { record: { data: far } };
	return path === '/licensing/backupServers'
		? {
				list: ['s', 't'].map((backupServerUid) => ({
					...(expiring.includes(backupServerUid) ? near : far),
					backupServerUid,
				})),
			}
		: undefined;
};
const LICENSES = { events: ['license'], licenseOf: ['console', 'servers'] };

it.each([
	['the event', ELSE],
	['one of its lists', { licenseOf: ['console'] }],
])('gives other ids to what happens after %s was taken out and picked again', async (_, edit) => {
	const workflow = new Workflow('vspc', '3.6', console_, LICENSES);
	await workflow.activate();
	for (let round = 0; round < 3; round++) {
		expiring = ['s'];
		expect(await workflow.poll()).toEqual(['problem expiring s']);
		expect(await workflow.poll(edit)).toEqual(['recovered expiring s']);
		expiring = [];
		expect(await workflow.poll(LICENSES)).toEqual([]);
	}
	expect(workflow.idsOf('problem', 'expiring')).toEqual({ items: 3, ids: 3 });
	expect(workflow.idsOf('recovered', 'expiring')).toEqual({ items: 3, ids: 3 });
});

it('finishes closing a list that is picked again before all of it was closed', async () => {
	const options = { maxItems: 1 };
	const workflow = new Workflow('vspc', '3.6', console_, { ...LICENSES, options });
	await workflow.activate();
	expiring = ['s', 't'];
	const problems = [await workflow.poll(), await workflow.poll(), await workflow.poll()].flat();
	expect(problems).toEqual(['problem expiring s', 'problem expiring t']);
	expect(await workflow.poll({ licenseOf: ['console'] })).toEqual(['recovered expiring s']);
	expect(await workflow.poll(LICENSES)).toEqual(['recovered expiring t']);
	expect([await workflow.poll(), await workflow.poll(), await workflow.poll()].flat()).toEqual([]);
});

it('remembers, in the scheduler, what a poll read on top of a first one that was saved', async () => {
	const workflow = new Workflow('vbr', '1.3-rev1', backupServer, ELSE, 'scheduler');
	await workflow.activate();
	// Saved and taken in anew, in the same process of n8n.
	await workflow.activate();
	await workflow.poll(REPOSITORIES);
	offline = ['a'];
	expect(await workflow.poll()).toEqual(['problem offline a']);
});

describe('what is left cannot be watched', () => {
	const LACKING = { repositoryConditions: ['outOfDate'] };
	const BOTH = { repositoryConditions: ['offline', 'lowSpace'] };

	it('closes what the conditions taken out had open, and says then what is wrong', async () => {
		const options = { maxItems: 1 };
		const workflow = new Workflow('vbr', '1.2-rev1', backupServer, { ...REPOSITORIES, options });
		await workflow.activate();
		offline = ['a', 'b'];
		await workflow.poll();
		await workflow.poll();
		expect(await workflow.poll(LACKING)).toEqual(['recovered offline a']);
		expect(await workflow.poll()).toEqual(['recovered offline b']);
		expect(workflow.heard.slice(-2)).toMatchObject([
			{ current: { problem: false, watched: false } },
			{ current: { problem: false, watched: false } },
		]);
		expect(workflow.errors).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
		expect(workflow.errors).toEqual([
			'API 1.2-rev1 has none of the picked conditions of "Repository State Changed"',
		]);
		// Picked again, it begins silently.
		expect(await workflow.poll(REPOSITORIES)).toEqual([]);
		offline = ['b'];
		expect([await workflow.poll(), await workflow.poll()]).toEqual([[], []]);
		offline = ['a', 'b'];
		expect(await workflow.poll()).toEqual(['problem offline a']);
		expect(workflow.idsOf('problem', 'offline')).toEqual({ items: 3, ids: 3 });
		expect(workflow.idsOf('recovered', 'offline')).toEqual({ items: 2, ids: 2 });
	});

	it('closes an event that is taken out at the same time, and one that is the last', async () => {
		const jobs = { events: ['jobMissedRun', 'repositoryStateChanged'], ...BOTH };
		const workflow = new Workflow('vbr', '1.2-rev1', backupServer, jobs);
		await workflow.activate();
		offline = ['a'];
		expect(await workflow.poll()).toEqual(['problem offline a']);
		expect(await workflow.poll({ events: [] })).toEqual(['recovered offline a']);
		expect(await workflow.poll()).toEqual([]);
		expect(workflow.errors).toEqual(['No event is picked']);
	});

	it('leaves open what is still picked', async () => {
		const workflow = new Workflow('vbr', '1.2-rev1', backupServer, REPOSITORIES);
		await workflow.activate();
		offline = ['a'];
		expect(await workflow.poll()).toEqual(['problem offline a']);
		const more = { events: ['repositoryStateChanged', 'noSuchEvent'] };
		expect([await workflow.poll(more), await workflow.poll(more)]).toEqual([[], []]);
		offline = [];
		expect(await workflow.poll(REPOSITORIES)).toEqual(['recovered offline a']);
	});
});

it('closes, with its company, what an agent had open, where the version lacks what is left', async () => {
	const company = { organizationUid: 'c' };
	const agents = (path: string): Answer | undefined => {
		if (path === '/organizations/companies')
			return { list: [{ instanceUid: 'c', name: 'Tenant', status: 'Active' }] };
		const agent = { instanceUid: 'a', name: 'PC', operationMode: 'Server', ...company };
		const status = offline.length > 0 ? 'NotRunning' : 'Active';
		return path === '/infrastructure/backupAgents'
			? { list: [{ ...agent, status, managementAgentStatus: 'Online', installationType: 'Full' }] }
			: undefined;
	};
	const workflow = new Workflow('vspc', '3.5.1', agents, {
		...{ events: ['agentStateChanged'], agentConditions: ['offline'] },
		agentStateChangedOptions: { offlineMinutes: 0 },
	});
	await workflow.activate();
	offline = ['a'];
	expect(await workflow.poll()).toEqual(['problem offline a']);
	expect(await workflow.poll({ agentConditions: ['outOfDate'] })).toEqual(['recovered offline a']);
	expect(workflow.heard[1]).toMatchObject({ company: { id: 'c', name: 'Tenant' } });
	expect(String(workflow.heard[1]?.message)).toMatch(/^Tenant: /);
	expect([await workflow.poll(), workflow.errors.length]).toEqual([[], 1]);
});

it('closes, of the event of two lists, what the version can no longer watch', async () => {
	const lists = (path: string): Answer | undefined =>
		path === '/api/v1/backupInfrastructure/managedServers'
			? {
					list: [
						{
							...{ id: 'a', name: 'Server', type: 'WindowsHost', description: '' },
							status: offline.length > 0 ? 'Unavailable' : 'Available',
						},
					],
				}
			: backupServer(path);
	const workflow = new Workflow('vbr', '1.2-rev1', lists, {
		events: ['proxyOrServerStateChanged'],
		proxyOrServerConditions: ['unavailable'],
	});
	await workflow.activate();
	offline = ['a'];
	expect(await workflow.poll()).toEqual(['problem unavailable a']);
	const edit = { proxyOrServerConditions: ['outOfDate'] };
	expect(await workflow.poll(edit)).toEqual(['recovered unavailable a']);
	expect([await workflow.poll(), workflow.errors.length]).toEqual([[], 1]);
});
