import { NodeHelpers, type ILoadOptionsFunctions, type INodeProperties } from 'n8n-workflow';

import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import { loadOptionsMethods } from '../../nodes/shared/form/dynamicOptions';
import {
	bodyInput,
	bodyBindings,
	pathBindings,
	queryBindings,
	singular,
	variantBinding,
} from '../../nodes/shared/binding/parameterBinding';
import { oneOf } from '../../nodes/shared/form/conditionCompression';
import { versionNote } from '../../nodes/shared/form/versionNote';
import { catalogue, overlay, properties } from './description.support';

const operation: Operation = {
	id: 'updateDisk',
	title: 'Update Disk',
	tag: 'Disks',
	method: 'PUT',
	path: '/servers/{serverId}/disks/{id}',
	in: ['1', '2'],
	pathParameters: [
		{ name: 'serverId', type: 'uuid', required: true },
		{ name: 'id', type: 'uuid', required: true },
	],
	query: [
		{ name: 'force', type: 'boolean' },
		{ name: 'scope', type: 'string', required: true },
		{ name: 'limit', type: 'integer' },
	],
	body: { media: 'json', type: '#Disk' },
	returns: { kind: 'item' },
};

const invented: Catalogue = {
	product: 'test',
	versions: ['1', '2'],
	operations: [operation],
	types: {
		Disk: {
			fields: [
				{ name: 'kind', type: 'string', required: true },
				{ name: 'id', type: 'uuid', required: true },
				{ name: 'name', type: 'string', required: true },
				{ name: 'scope', type: 'string', required: true },
				{ name: 'limit', type: 'integer', required: true },
				{ name: 'hint', type: 'string' },
				{ name: 'tier', type: 'string', required: true, in: ['2'] },
			],
			variants: { on: 'kind', of: { Fast: 'FastDisk', Slow: { type: 'SlowDisk', in: ['2'] } } },
		},
		FastDisk: { fields: [{ name: 'kind', type: 'string', required: true }] },
		SlowDisk: { fields: [{ name: 'delay', type: 'integer', required: true, in: ['2'] }] },
		Parts: { fields: [{ name: 'parts', type: '#Disk[]' }] },
	},
	enums: {},
};

const where = (bindings: ReturnType<typeof queryBindings>) =>
	bindings.map(({ apiName, name, collection }) => [apiName, name, collection]);

describe('the node parameter of an API field', () => {
	it('of a path is called as in the API, an id after what it identifies', () => {
		expect(where(pathBindings(operation))).toEqual([
			['serverId', 'serverId', undefined],
			['id', 'diskId', undefined],
		]);
		expect(
			['repositories', 'proxies', 'addresses', 'status', 'vm', 'series'].map(singular),
		).toEqual(['repository', 'proxy', 'address', 'status', 'vm', 'series']);
	});

	it('of a query stands on top if required, else among the filters', () => {
		expect(where(queryBindings(operation))).toEqual([
			['force', 'force', 'filters'],
			['scope', 'scope', undefined],
			['limit', 'limit', 'filters'],
		]);
	});

	it('of a paged list leaves offset and limit to Return All and Limit', () => {
		const list: Operation = { ...operation, returns: { kind: 'page', items: 'data' } };
		expect(where(queryBindings(list)).map(([apiName]) => apiName)).toEqual(['force', 'scope']);
	});

	it('of a body takes no name that another parameter has', () => {
		expect(where(bodyBindings(invented, operation))).toEqual([
			['id', 'id', undefined],
			['name', 'name', undefined],
			['scope', 'bodyScope', undefined],
			['limit', 'bodyLimit', undefined],
			['hint', 'hint', 'additionalFields'],
			// Asked for by the newest version alone.
			['tier', 'tier', undefined],
		]);
	});

	it('of a body that repeats the id of the path is filled from there', () => {
		const [id, name] = bodyBindings(invented, operation);
		expect([id?.filledFrom, name?.filledFrom]).toEqual(['diskId', undefined]);
	});

	it('is required as long as every version of its variant requires it', () => {
		const [delay] = bodyBindings(invented, operation, 'Slow');
		expect(delay).toMatchObject({ alwaysRequired: true, versions: ['2'] });
	});

	it('that tells variants apart is a dropdown named after the collection', () => {
		expect(variantBinding(invented, operation)).toEqual({
			apiName: 'kind',
			name: 'diskKind',
			optional: false,
		});
	});

	it('is JSON where a body holds nothing but nested parts', () => {
		const bodyOf = (type: string) => ({ ...operation, body: { media: 'json' as const, type } });
		expect(bodyInput(invented, bodyOf('#Disk'))).toBe('fields');
		expect(bodyInput(invented, bodyOf('#Parts'))).toBe('json');
		expect(bodyInput(invented, bodyOf('uuid[]'))).toBe('json');
	});
});

describe('a condition on one of many values', () => {
	it('is the list where that is short', () => {
		expect(oneOf(['startJob'], ['startJob', 'stopJob'])).toEqual(['startJob']);
	});

	/** The values for which n8n itself shows a parameter with this condition. */
	const shownFor = (condition: ReturnType<typeof oneOf>, all: string[]) =>
		all.filter((operation) =>
			NodeHelpers.displayParameter(
				{ operation },
				{ displayOptions: { show: { operation: condition } } } as unknown as INodeProperties,
				{ typeVersion: 1 },
				null,
			),
		);

	it('else holds for exactly the values wanted, and is shorter than their list', () => {
		const all = catalogue.operations.map(({ id }) => id);
		for (let step = 2; step < 40; step += 3) {
			const wanted = all.filter((_, index) => index % step === 0);
			expect(shownFor(oneOf(wanted, all), all)).toEqual(wanted);
		}
		const many = all.filter((id) => id.startsWith('getMany'));
		expect(oneOf(many, all)).toHaveLength(1);
	});

	it('tells a value from a longer one that starts alike', () => {
		const wanted = ['getManyBackups', 'getManyBackupFiles', 'getManyJobs', 'getManyRepositories'];
		const all = [...wanted, 'getManyBackupsOfServers', 'getMany'];
		expect(shownFor(oneOf(wanted, all), all)).toEqual(wanted);
	});

	it('needs no regular expression: n8n runs each in a sandbox with a time limit', () => {
		expect(JSON.stringify(properties())).not.toContain('regex');
	});
});

describe('which versions know something', () => {
	it.each([
		[['2', '3'], 'API 2 or later'],
		[['1', '2'], 'API 2 or earlier'],
		[['1', '3'], 'API 1 or 3'],
		[['2'], 'API 2'],
	])('%j reads "%s"', (needed, note) => {
		expect(versionNote(['1', '2', '3'], needed)).toBe(note);
	});
});

describe('choices that are loaded', () => {
	const methods = loadOptionsMethods({ catalogue, overlay });
	const load = async (method: string, chosen: string) =>
		await methods[method]!.call({
			getCurrentNodeParameter: () => chosen,
		} as unknown as ILoadOptionsFunctions);

	it('are those of the chosen operation', async () => {
		const columns = async (operationId: string) =>
			(await load('orderColumnOptions', operationId)).map(({ value }) => value);
		expect(await columns('getManyProxies')).toEqual([
			'Description',
			'HostName',
			'Name',
			'Status',
			'Type',
		]);
		expect(await columns('getManyTasks')).not.toEqual(await columns('getManyProxies'));
	});

	it('of a body are its variants', async () => {
		expect((await load('proxyTypeOptions', 'createProxy')).map(({ name }) => name)).toEqual([
			'General Purpose Proxy',
			'Hyper-V Proxy',
			'vSphere Proxy',
		]);
	});

	it('are none where the operation has no such parameter', async () => {
		expect(await load('orderColumnOptions', 'startJob')).toEqual([]);
		expect(await load('orderColumnOptions', 'noSuchOperation')).toEqual([]);
	});
});
