/** What an update by fields takes from the editor, an expression or an AI tool, and what it says. */
import type { IDataObject } from 'n8n-workflow';

import { product } from '../../nodes/VeeamBackupReplication/product';
import { product as serviceProviderConsole } from '../../nodes/VeeamServiceProviderConsole/product';
import { ID, Recorder, run } from './formDriver.support';

let recorder: Recorder;

jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

const RECORD = {
	id: ID,
	name: 'Nightly',
	type: 'VSphereBackup',
	description: 'As it is',
	isDisabled: false,
	isHighPriority: true,
	schedule: { runAutomatically: true, daily: { isEnabled: true, localTime: '22:00' } },
	readByNobody: 'answered only',
};

beforeEach(() => {
	recorder = new Recorder('1.3-rev2');
	recorder.record = RECORD;
});

const update = async (fieldsToChange: unknown, more: IDataObject = {}) =>
	await run(product, { operation: 'updateJob', jobId: ID, fieldsToChange, ...more } as never);

const sentBody = () => {
	const body = recorder.writes[0]?.body;
	return body && 'value' in body ? (body.value as IDataObject) : undefined;
};

const { readByNobody, ...TAKEN } = RECORD;
const changed = { ...TAKEN, description: 'New' };

describe('fields to change', () => {
	it.each([
		['a mapper', { mappingMode: 'defineBelow', value: { description: 'New' }, schema: [] }],
		['a plain object', { description: 'New' }],
		['JSON text', '{"description": "New"}'],
		[
			'a mapper whose value is JSON text',
			{ mappingMode: 'defineBelow', value: '{"description":"New"}' },
		],
		['the ID and the kind as they are', { description: 'New', id: ID, type: 'vspherebackup' }],
	])('may come as %s', async (_, given) => {
		await update(given);
		expect(sentBody()).toEqual(changed);
		expect(JSON.stringify(sentBody())).not.toContain(readByNobody);
	});

	it('leave out what the editor offers and nobody added: older n8n says false there', async () => {
		const schema = [
			{ id: 'description', removed: false },
			{ id: 'isHighPriority', removed: true },
		];
		const value = { description: 'New', isHighPriority: false };
		await update({ mappingMode: 'defineBelow', value, schema });
		expect(sentBody()).toEqual(changed);
	});

	it('leave out what the editor shows as added in a workflow that was made without it', async () => {
		const schema = ['description', 'isHighPriority', 'name'].map((id) => ({ id, removed: false }));
		await update({ mappingMode: 'defineBelow', value: { description: 'New' }, schema });
		expect(sentBody()).toEqual(changed);
	});

	it.each([
		['nothing', null, '"Fields to Change" is empty: "Update (Job)" has nothing to change'],
		['no value', { mappingMode: 'defineBelow', value: null }, /has nothing to change$/],
		['a list', [1], '"Fields to Change" is not an object'],
		['an empty field', { description: null }, '"Description" is empty'],
		[
			'a field that was added and left empty',
			{
				mappingMode: 'defineBelow',
				value: {},
				schema: [
					{ id: 'name', removed: false },
					{ id: 'description', removed: true },
				],
			},
			'"Name" is empty',
		],
		['an empty part', { schedule: {} }, '"Schedule" is empty'],
		['a part as one value', { schedule: 'daily' }, '"Schedule" is not a single value'],
		['an unknown field', { descripton: 'x' }, '"Update (Job)" has no field "descripton"'],
		['a wrong type', { isHighPriority: 'very' }, /of "High Priority" is not true or false$/],
		[
			'another kind',
			{ type: 'HyperVBackup' },
			/cannot be changed: the object has type "VSphereBackup"$/,
		],
		['another ID', { id: 'f' }, /cannot be changed: the object has id/],
		[
			'a field of another kind',
			{ includeUsbDrives: true },
			/does not exist in an object of the kind "VSphereBackup"$/,
		],
	])('that hold %s are refused, and nothing is written', async (_, given, message) => {
		const { error } = await update(given);
		expect(error?.message).toMatch(message);
		expect(recorder.writes).toEqual([]);
	});

	it('refuse a field that is given twice, and one that has a value and is to be null', async () => {
		const twice = {
			'schedule.daily.localTime': '20:00',
			schedule: { daily: { localTime: '21:00' } },
		};
		const { error } = await update(twice);
		expect(error?.message).toBe('"Local Time (Daily, Schedule)" is given twice');
		const both = await update({ 'schedule.daily.localTime': '20:00' }, { setToNull: ['schedule'] });
		expect(both.error?.message).toBe('"Schedule" has a value and is to be null');
		expect(recorder.writes).toEqual([]);
	});

	it.each([[['']], [[null]], [{ description: null }], [7], [['description', ' ']]])(
		'refuse %j as fields to set to null',
		async (setToNull) => {
			const { error } = await update({ description: 'New' }, { setToNull } as never);
			expect(error?.message).toBe('"Set to Null" holds what is not the name of a field');
			expect(recorder.writes).toEqual([]);
		},
	);

	it('that are misspelt are answered by the names most like them', async () => {
		const { error } = await update({ 'schedule.daily.localtimes': '21:00' });
		expect(error?.description).toContain('"schedule.daily.localTime"');
	});

	it('lists are replaced whole, and a part that was not there is made', async () => {
		await update({ 'schedule.daily.days': ['monday'], 'schedule.retry.isEnabled': 'true' });
		expect(sentBody()?.schedule).toEqual({
			...RECORD.schedule,
			daily: { ...RECORD.schedule.daily, days: ['Monday'] },
			retry: { isEnabled: true },
		});
	});
});

it('an object of a kind that the version does not take is not written', async () => {
	recorder.record = { ...RECORD, type: 'Unheard' };
	const { error } = await update({ description: 'New' });
	expect(error?.message).toMatch(/does not take objects of the kind "Unheard" in API 1.3-rev2$/);
	expect(recorder.writes).toEqual([]);
});

it('a server newer than the package keeps the fields that the package does not know', async () => {
	recorder = new Recorder('9.0-rev0');
	recorder.record = RECORD;
	await update({ description: 'New' });
	expect(sentBody()).toEqual({ ...changed, readByNobody });
});

describe('a server that marks the states of its objects', () => {
	it('is asked to refuse the change of another state, and the refusal is explained', async () => {
		const client = recorder.client();
		const refused = Object.assign(new Error('Precondition failed'), { httpCode: '412' });
		recorder.client = () => ({
			...client,
			request: async (request) => {
				const answer = await client.request(request);
				if (request.method !== 'GET') throw refused;
				return { ...answer, headers: { etag: '"7"' } };
			},
		});
		await update({ description: 'New' });
		expect(recorder.writes[0]?.headers).toEqual({ 'If-Match': '"7"' });
		expect((refused as { description?: string }).description).toMatch(
			/^Somebody changed the object between reading and writing it/,
		);
	});
});

describe('a preview', () => {
	const preview = async (parameters: IDataObject) => {
		const { items, error } = await run(product, { ...parameters, previewOnly: true } as never);
		if (error) throw error;
		expect(recorder.writes).toEqual([]);
		return items![0]!;
	};

	it('of an update by fields lists what differs', async () => {
		const item = await preview({
			operation: 'updateJob',
			jobId: ID,
			fieldsToChange: { 'schedule.daily.localTime': '21:15' },
		});
		expect(item).toMatchObject({
			preview: true,
			method: 'PUT',
			changes: [{ field: 'schedule.daily.localTime', from: '22:00', to: '21:15' }],
		});
	});

	it('of a whole body lists what it would take away', async () => {
		const { schedule, ...rest } = TAKEN;
		const bodyJson = JSON.stringify({ ...rest, description: 'New' });
		const item = await preview({ operation: 'updateJob', jobId: ID, bodyMode: 'json', bodyJson });
		expect(item.changes).toEqual(
			expect.arrayContaining([
				{ field: 'description', from: 'As it is', to: 'New' },
				{ field: 'schedule.daily.localTime', from: schedule.daily.localTime, to: null },
			]),
		);
	});

	it('of an API request sends nothing', async () => {
		const item = await preview({
			operation: 'apiRequest',
			requestMethod: 'POST',
			requestPath: '/api/v1/jobs/x/start',
			requestBody: '{"password": "secret", "credentialsId": "c"}',
		});
		expect(item).toMatchObject({ method: 'POST', body: { password: '*****', credentialsId: 'c' } });
	});

	it('of a JSON Patch lists what it replaces', async () => {
		recorder = new Recorder('3.6.1');
		recorder.record = { data: { instanceUid: ID, name: 'Old', status: 'Active' } };
		const { items } = await run(serviceProviderConsole, {
			operation: 'editCompany',
			companyUid: ID,
			previewOnly: true,
			fieldsToChange: { name: 'New', status: 'Active' },
		} as never);
		expect(items![0]).toMatchObject({
			method: 'PATCH',
			changes: [{ field: 'name', from: 'Old', to: 'New' }],
		});
		expect(recorder.writes).toEqual([]);
	});
});
