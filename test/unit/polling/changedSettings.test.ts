/** Settings that change while problems are open. */
import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../../nodes/shared/monitoring/incidents';
import { snapshotEvent, onePage } from '../../../nodes/shared/monitoring/snapshotDiff';
import { namePasses } from '../../../nodes/shared/monitoring/options';
import type { Notification } from '../../../nodes/shared/monitoring/types';
import { watchOf } from './polling.support';

interface Thing extends IDataObject {
	id: string;
	name: string;
	free: number;
	online: boolean;
}

const picked = (name: string) => (options: IDataObject) =>
	(options.conditions as string[]).includes(name);

const low: Condition = {
	name: 'low',
	isWanted: picked('low'),
	level: ({ free }, _, { options }) => Number(Number(free) < Number(options.limit)),
	message: ({ name }, transition) => `${String(name)} low ${transition}`,
	current: ({ free }) => ({ free }),
};
const offline: Condition = {
	name: 'offline',
	isWanted: picked('offline'),
	level: ({ online }) => Number(!online),
	message: ({ name }, transition) => `${String(name)} offline ${transition}`,
	current: ({ online }) => ({ online }),
};

let things: Thing[];
const event = snapshotEvent(
	{ value: 'test', name: 'Test', description: '' },
	{
		type: 'Thing',
		pages: (_, from) => onePage(things, from),
		object: ({ id, name }, options) => ({
			id: String(id),
			name: String(name),
			isLeftOut: !namePasses(String(name), options.include, ''),
		}),
		conditions: [low, offline],
		tracked: [
			{
				name: 'free',
				isWanted: picked('free'),
				value: ({ free }) => Number(free),
				message: ({ name }, before, after) => `${String(name)}: ${before} → ${after}`,
			},
		],
		presence: {
			isWanted: (options, which) => picked(which)(options),
			message: ({ name }, which) => `${name} ${which}`,
		},
	},
);

const USUAL = { conditions: ['low', 'offline'], limit: 10, include: '' };
let options: IDataObject;
let memory: unknown;
beforeEach(async () => {
	things = ['a', 'b', 'c'].map((id) => ({ id, name: `T${id}`, free: 50, online: true }));
	options = USUAL;
	memory = undefined;
	await poll();
});

async function poll(
	changed: IDataObject = {},
	common = {},
	remainingItems = 500,
): Promise<string[]> {
	const isChanged = Object.keys(changed).length > 0;
	const optionsBefore = options;
	options = { ...options, ...changed };
	const context = {
		...watchOf({ options, common, remainingItems }),
		...(isChanged ? { settingsChanged: true as const, optionsBefore } : {}),
	};
	const outcome = await event.poll(context, memory);
	memory = JSON.parse(JSON.stringify(outcome.memory));
	return outcome.notifications.map(({ transition, message }) => `${transition}: ${message}`);
}

const thing = (id: string) => things.find((one) => one.id === id)!;

it('keep what is open where its condition is still picked, and close it when it is over', async () => {
	thing('a').free = 5;
	expect(await poll()).toEqual(['problem: Ta low problem']);
	expect(await poll({ limit: 20 })).toEqual([]);
	thing('a').free = 30;
	expect(await poll()).toEqual(['recovered: Ta low recovered']);
});

it('close what is no problem by a new threshold, and report what is one', async () => {
	thing('a').free = 5;
	await poll();
	expect(await poll({ limit: 3 })).toEqual(['recovered: Ta low recovered']);
	thing('b').free = 15;
	expect(await poll({ limit: 20 })).toEqual(['problem: Ta low problem', 'problem: Tb low problem']);
});

it('report what happened to a condition that stays while the workflow was being changed', async () => {
	thing('a').online = false;
	expect(await poll({ limit: 20 })).toEqual(['problem: Ta offline problem']);
});

it('close the problems of a condition that is taken out, by an item, and no others', async () => {
	Object.assign(thing('a'), { free: 5, online: false });
	thing('b').online = false;
	await poll();
	expect(await poll({ conditions: ['low'] })).toEqual([
		'recovered: Thing "Ta": this condition is no longer picked in the trigger, so the problem is closed.',
		'recovered: Thing "Tb": this condition is no longer picked in the trigger, so the problem is closed.',
	]);
	thing('a').free = 50;
	expect(await poll()).toEqual(['recovered: Ta low recovered']);
});

it('begin a condition that is added silently, and report it where current problems are wanted', async () => {
	await poll({ conditions: ['low'] });
	thing('a').online = false;
	await poll();
	const before = memory;
	expect(await poll({ conditions: ['low', 'offline'] })).toEqual([]);
	thing('b').online = false;
	expect(await poll()).toEqual(['problem: Tb offline problem']);
	memory = before;
	expect(await poll({ conditions: ['low', 'offline'] }, { emitCurrentProblems: true })).toEqual([
		'problem: Ta offline problem',
		'problem: Tb offline problem',
	]);
});

it('close the problems of an object that the filters leave out, and begin those they let in silently', async () => {
	thing('a').free = 5;
	await poll({ include: 'Ta, Tb' });
	thing('c').free = 5;
	expect(await poll({ include: 'Tb, Tc' })).toEqual([
		'recovered: Thing "Ta" is left out by the trigger\'s filters now: the problem is closed.',
	]);
	thing('b').free = 5;
	expect(await poll()).toEqual(['problem: Tb low problem']);
});

it('close the problem of an object that is renamed out of the filters; it is not gone', async () => {
	await poll({ include: 'T*', conditions: ['low', 'added', 'removed'] });
	thing('a').free = 5;
	await poll();
	thing('a').name = 'Other';
	expect(await poll()).toEqual([
		'recovered: Thing "Ta" is now called "Other", which the trigger\'s filters leave out: the problem is closed.',
	]);
	expect([await poll(), await poll(), await poll()]).toEqual([[], [], []]);
	thing('a').name = 'Ta';
	// Neither is it new when it has its name again; what is wrong with it is.
	expect(await poll()).toEqual(['problem: Ta low problem']);
});

it('report what came up while the workflow was being changed, and not what they let in', async () => {
	await poll({ include: 'Ta, Tb, Tc' });
	things.push({ id: 'd', name: 'Td', free: 5, online: true });
	await poll();
	things.push({ id: 'e', name: 'Ta', free: 5, online: true });
	expect(await poll({ include: '' })).toEqual(['problem: Ta low problem']);
});

it('report what comes up while the first look with them takes several polls', async () => {
	const USUAL_AND_NEW = ['low', 'offline', 'added'];
	await poll({ conditions: USUAL_AND_NEW });
	Object.assign(thing('a'), { free: 5, online: false });
	Object.assign(thing('b'), { free: 5, online: false });
	const found = await poll({ limit: 11 }, {}, 1);
	things.push({ id: 'd', name: 'Td', free: 5, online: true });
	for (let count = 0; count < 8; count++) found.push(...(await poll({}, {}, 1)));
	expect(found.sort()).toEqual([
		'added: Td added',
		'problem: Ta low problem',
		'problem: Ta offline problem',
		'problem: Tb low problem',
		'problem: Tb offline problem',
		'problem: Td low problem',
	]);
});

it('compare values that stay picked, and begin those that are added', async () => {
	await poll({ conditions: ['low', 'free'] });
	thing('a').free = 40;
	expect(await poll({ limit: 11 })).toEqual(['changed: Ta: 50 → 40']);
	await poll({ conditions: ['low'] });
	thing('a').free = 30;
	await poll();
	expect(await poll({ conditions: ['low', 'free'] })).toEqual([]);
	thing('a').free = 20;
	expect(await poll()).toEqual(['changed: Ta: 30 → 20']);
});

it('close everything of an event that is taken out, within the room there is', async () => {
	for (const one of things) Object.assign(one, { free: 5, online: false });
	await poll();
	const closed: Notification[] = [];
	let left: unknown = memory;
	for (let polls = 0; left !== undefined; polls++) {
		const { notifications, memory: more } = event.leave!(left, 2);
		expect(notifications.length).toBeLessThanOrEqual(3);
		closed.push(...notifications);
		left = more;
		expect(polls).toBeLessThan(5);
	}
	expect(
		closed
			.map(({ object, condition, transition }) => [object.id, condition, transition].join(' '))
			.sort(),
	).toEqual(['a', 'b', 'c'].flatMap((id) => [`${id} low recovered`, `${id} offline recovered`]));
});

it('says nothing of the going of what the filters leave out by then', async () => {
	const both = { conditions: ['low', 'removed'], includeNames: 'T*' };
	await poll(both);
	things = things.filter(({ id }) => id === 'a');
	expect(await poll({ includeNames: 'Ta, Tb' })).toEqual([]);
	expect(await poll()).toEqual(['removed: Tb removed']);
});
