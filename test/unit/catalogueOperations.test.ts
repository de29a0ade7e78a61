import { answering, compiled, document, operation, ref } from './catalogueFixtures';
import type { Json } from './catalogueFixtures';

const string = { type: 'string' };

describe('an operation in the catalogue', () => {
	const page = {
		type: 'object',
		properties: { data: { type: 'array', items: ref('Item') }, pagination: {} },
	};
	const Item = {
		type: 'object',
		properties: {
			id: { type: 'string', format: 'uuid' },
			inner: ref('Item'),
			all: { type: 'array', items: ref('Item') },
		},
	};
	const fields = { id: 'uuid', inner: 'object', all: 'object[]' };
	const returns = (parts: Json, schemas: Json = {}, method = 'get', key = 'vbr') => {
		const paths = { '/api/v1/items': { [method]: operation(parts) } };
		return compiled([document(paths, { Item, ...schemas }, '3.0', key)], key).operations[0]!
			.returns;
	};
	const query = (...names: string[]) => ({
		parameters: names.map((name) => ({ name, in: 'query', schema: { type: 'integer' } })),
	});

	it('has its parameters, those of the path included, and none of the headers the adapter sends', () => {
		const paths = {
			'/api/v1/things/{id}': {
				parameters: [
					{ name: 'id', in: 'path', required: true, schema: { type: 'string' } },
					{ name: 'x-api-version', in: 'header', schema: string },
				],
				get: operation({
					operationId: 'GetThing',
					summary: 'Get Thing',
					deprecated: true,
					security: [],
					parameters: [
						{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
						{ name: 'kind', in: 'query', required: true, schema: { type: 'string', enum: ['A'] } },
						{ name: 'ids', in: 'query', explode: false, schema: { type: 'array', items: string } },
						{
							name: 'filter',
							in: 'query',
							content: { 'application/json': { schema: ref('Filter') } },
						},
					],
				}),
			},
		};
		const Filter = { type: 'array', items: { type: 'object', properties: { property: string } } };
		const { operations, types, enums } = compiled([document(paths, { Filter })]);
		expect(operations).toEqual([
			{
				id: 'getThing',
				title: 'Get Thing',
				tag: 'Things',
				method: 'GET',
				path: '/api/v1/things/{id}',
				in: ['1.0-rev0'],
				deprecated: true,
				anonymous: true,
				pathParameters: [{ name: 'id', type: 'uuid', required: true }],
				query: [
					{ name: 'kind', type: '@Kind', required: true },
					{ name: 'ids', type: 'string[]', separator: ',' },
					{ name: 'filter', type: '#Filter[]', json: true },
				],
				returns: { kind: 'nothing', status: [204] },
			},
		]);
		expect(types).toEqual({ Filter: { fields: [{ name: 'property', type: 'string' }] } });
		expect(enums).toEqual({ Kind: ['A'] });
	});

	it('leaves token and logout to the credential', () => {
		const paths = {
			'/api/oauth2/token': { post: operation({ operationId: 'CreateToken' }) },
			'/api/oauth2/logout': { post: operation({ operationId: 'Logout' }) },
			'/api/v1/things': { get: operation({ operationId: 'GetAllThings' }) },
		};
		expect(compiled([document(paths)]).operations.map(({ id }) => id)).toEqual(['getManyThings']);
	});

	it('titles itself where the file does not', () => {
		const nameless = operation({ operationId: 'Job_getSessionLog', summary: undefined });
		const [read] = compiled([document({ '/api/v1/a': { get: nameless } })]).operations;
		expect(read!.title).toBe('Job Get Session Log');
	});

	it.each([
		[
			'a page where it takes both paging parameters',
			{ ...query('skip', 'limit'), ...answering(page) },
			{ kind: 'page', items: 'data', status: [200], fields },
		],
		[
			'a list where it does not',
			answering(page),
			{ kind: 'list', items: 'data', status: [200], fields },
		],
		[
			'a list where it is the array itself',
			answering({ type: 'array', items: ref('Item') }),
			{ kind: 'list', items: '', status: [200], fields },
		],
		['an item', answering(ref('Item'), '201'), { kind: 'item', status: [201], fields }],
		[
			'nothing where the object has no fields',
			answering({ type: 'object' }),
			{ kind: 'nothing', status: [200] },
		],
		[
			'nothing after a 204, whatever the file says',
			answering(ref('Item'), '204'),
			{ kind: 'nothing', status: [204] },
		],
		[
			'a file',
			answering({ type: 'string', format: 'binary' }, '200', 'application/octet-stream'),
			{ kind: 'file', media: ['application/octet-stream'], status: [200] },
		],
		[
			'a file declared as an object',
			answering({ type: 'object' }, '200', 'application/xml'),
			{ kind: 'file', media: ['application/xml'], status: [200] },
		],
		[
			'the JSON of */*',
			answering(ref('Item'), '200', '*/*'),
			{ kind: 'item', status: [200], fields },
		],
	])('brings back %s', (_, parts, expected) => {
		expect(returns(parts)).toEqual(expected);
	});

	it('brings back a session, sessions or a task where it changes something', () => {
		const SessionModel = { type: 'object', properties: { state: string } };
		const schemas = {
			SessionModel,
			TaskModel: SessionModel,
			SessionsResult: {
				type: 'object',
				properties: { sessions: { type: 'array', items: ref('SessionModel') } },
			},
		};
		const told = { status: [201], fields: { state: 'string' } };
		const post = (name: string) => returns(answering(ref(name), '201'), schemas, 'post');
		expect(post('SessionModel')).toEqual({ kind: 'session', ...told });
		expect(post('TaskModel')).toEqual({ kind: 'task', ...told });
		expect(post('SessionsResult')).toEqual({ kind: 'sessions', items: 'sessions', ...told });
		expect(returns(answering(ref('SessionModel'), '201'), schemas)).toEqual({
			kind: 'item',
			...told,
		});
	});

	it('says which field an item of Service Provider Console is wrapped in', () => {
		const wrapped = { type: 'object', properties: { data: ref('Item'), meta: {}, errors: {} } };
		expect(returns(answering(wrapped), {}, 'get', 'vspc')).toEqual({
			kind: 'item',
			items: 'data',
			status: [200],
			fields,
		});
	});

	it('lists the fields of all variants of an item', () => {
		const Item = {
			type: 'object',
			properties: { type: string },
			discriminator: {
				propertyName: 'type',
				mapping: { a: '#/components/schemas/A', b: '#/components/schemas/B' },
			},
		};
		const A = {
			allOf: [ref('Item')],
			type: 'object',
			properties: { a: string, secret: { ...string, writeOnly: true } },
		};
		const B = {
			allOf: [ref('Item')],
			type: 'object',
			properties: { b: { type: 'array', items: string } },
		};
		expect(returns(answering(ref('Item')), { Item, A, B }).fields).toEqual({
			type: 'string',
			a: 'string',
			b: 'string[]',
		});
	});

	it.each([
		[
			'application/octet-stream',
			{ type: 'string', format: 'binary' },
			{ media: 'binary', type: 'binary' },
		],
		[
			'multipart/form-data',
			{ type: 'object', properties: { license: { type: 'string', format: 'binary' } } },
			{ media: 'multipart', type: '#UpdateThingBody', filePart: 'license' },
		],
		['application/x-www-form-urlencoded', ref('Item'), { media: 'form', type: '#Item' }],
		['application/json', { type: 'array', items: string }, { media: 'json', type: 'string[]' }],
	])('sends %s', (media, schema, expected) => {
		const requestBody = { content: { [media]: { schema } } };
		const paths = { '/api/v1/a': { post: operation({ requestBody }) } };
		expect(compiled([document(paths, { Item })]).operations[0]!.body).toEqual(expected);
	});

	it('sends a JSON Patch on the fields of what it answers with, the bare patch where that is unknown', () => {
		const Patch = { type: 'object', properties: { op: string, path: string, value: string } };
		const schema = { type: 'array', items: ref('Patch') };
		const requestBody = { required: true, content: { 'application/json': { schema } } };
		const wrapped = { type: 'object', properties: { data: ref('Item'), meta: {} } };
		const paths = {
			'/a': { patch: operation({ requestBody, ...answering(wrapped) }) },
			'/b': { patch: operation({ requestBody }) },
		};
		const { operations, types } = compiled(
			[document(paths, { Patch, Item }, '3.0', 'vspc')],
			'vspc',
		);
		expect(operations.map((one) => one.body)).toEqual([
			{ media: 'jsonPatch', required: true, type: '#Item' },
			{ media: 'jsonPatch', required: true, type: '#Patch[]' },
		]);
		expect(Object.keys(types)).toEqual(['Item', 'Patch']);
	});
});
