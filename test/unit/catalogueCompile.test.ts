import { answering, body, compiled, document, operation, ref } from './catalogueFixtures';
import type { Json } from './catalogueFixtures';

const string = { type: 'string' };

describe('a request body in the catalogue', () => {
	it('names its type, and keeps the fields in the order of the file with what limits them', () => {
		const Thing = {
			type: 'object',
			required: ['name', 'tags'],
			properties: {
				name: { type: 'string', minLength: 1, pattern: '^a' },
				id: { type: 'string', format: 'uuid', nullable: true },
				count: { type: 'integer', format: 'int32', minimum: 1, maximum: 9, default: 3 },
				more: { type: 'number', minimum: 1, exclusiveMinimum: true },
				tags: { type: 'array', items: string, minItems: 1, maxItems: 4, uniqueItems: true },
				at: { type: 'string', format: 'date-time' },
				byte: { type: 'string', format: 'byte' },
				anything: { description: 'no type' },
			},
		};
		expect(body(ref('Thing'), { Thing })).toEqual({
			body: { media: 'json', required: true, type: '#Thing' },
			types: {
				Thing: {
					fields: [
						{ name: 'name', type: 'string', required: true, minLength: 1, pattern: '^a' },
						{ name: 'id', type: 'uuid', nullable: true },
						{ name: 'count', type: 'integer', default: 3, min: 1, max: 9 },
						{ name: 'more', type: 'number', min: 2 },
						{ name: 'tags', type: 'string[]', required: true, minItems: 1, maxItems: 4 },
						{ name: 'at', type: 'dateTime' },
						{ name: 'byte', type: 'string' },
						{ name: 'anything', type: 'any' },
					],
				},
			},
			enums: {},
		});
	});

	it('is flat where the schema inherits, the fields of the base first', () => {
		const Base = { type: 'object', required: ['id'], properties: { id: string, note: string } };
		const Middle = { allOf: [ref('Base')], properties: { middle: string } };
		const Thing = {
			allOf: [ref('Middle'), { type: 'object', required: ['own'], properties: { own: string } }],
		};
		expect(body(ref('Thing'), { Base, Middle, Thing }).types).toEqual({
			Thing: {
				fields: [
					{ name: 'id', type: 'string', required: true },
					{ name: 'note', type: 'string' },
					{ name: 'middle', type: 'string' },
					{ name: 'own', type: 'string', required: true },
				],
			},
		});
	});

	it('leaves out what only the server writes, and keeps what only the client writes', () => {
		const Thing = {
			type: 'object',
			properties: { id: { ...string, readOnly: true }, secret: { ...string, writeOnly: true } },
		};
		expect(body(ref('Thing'), { Thing }).types).toEqual({
			Thing: { fields: [{ name: 'secret', type: 'string' }] },
		});
	});

	it('refers to itself by name where it is circular', () => {
		const Tree = {
			type: 'object',
			properties: {
				children: { type: 'array', items: ref('Tree') },
				byName: { allOf: [ref('Tree')] },
			},
		};
		expect(body(ref('Tree'), { Tree }).types).toEqual({
			Tree: {
				fields: [
					{ name: 'children', type: '#Tree[]' },
					{ name: 'byName', type: '#Tree' },
				],
			},
		});
	});

	it('takes maps, free objects, named lists and named scalars', () => {
		const Thing = {
			type: 'object',
			properties: {
				labels: { type: 'object', additionalProperties: string },
				limits: ref('Limits'),
				free: { type: 'object' },
				names: ref('Names'),
				size: ref('Size'),
			},
			additionalProperties: { type: 'integer' },
		};
		const schemas = {
			Thing,
			Limits: { type: 'object', additionalProperties: { type: 'array', items: ref('Size') } },
			Names: { type: 'array', items: string },
			Size: { type: 'integer', minimum: 1 },
		};
		expect(body(ref('Thing'), schemas).types).toEqual({
			Thing: {
				fields: [
					{ name: 'labels', type: '{string}' },
					{ name: 'limits', type: '{integer[]}' },
					{ name: 'free', type: '{any}' },
					{ name: 'names', type: 'string[]' },
					{ name: 'size', type: 'integer', min: 1 },
				],
				additional: 'integer',
			},
		});
	});

	it('names what the vendor left without a name after where it stands', () => {
		const level = { type: 'string', enum: ['Low', 'High'] };
		const Thing = {
			type: 'object',
			properties: {
				schedule: { type: 'object', properties: { level, days: { type: 'array', items: level } } },
				steps: { type: 'array', items: { type: 'object', properties: { level } } },
				mode: { type: 'string', enum: ['A'] },
				inner: ref('Inner'),
			},
		};
		const Inner = { type: 'object', properties: { mode: { type: 'string', enum: ['B', null] } } };
		const { types, enums } = body(ref('Thing'), { Thing, Inner });
		expect(enums).toEqual({
			ThingMode: ['A'],
			InnerMode: ['B'],
			ThingScheduleDays: ['Low', 'High'],
		});
		expect(types).toEqual({
			Thing: {
				fields: [
					{ name: 'schedule', type: '#ThingSchedule' },
					{ name: 'steps', type: '#ThingSteps[]' },
					{ name: 'mode', type: '=ThingMode' },
					{ name: 'inner', type: '#Inner' },
				],
			},
			ThingSchedule: {
				fields: [
					{ name: 'level', type: '=ThingScheduleDays' },
					{ name: 'days', type: '=ThingScheduleDays[]' },
				],
			},
			ThingSteps: { fields: [{ name: 'level', type: '=ThingScheduleDays' }] },
			Inner: { fields: [{ name: 'mode', type: '=InnerMode', nullable: true }] },
		});
	});

	it('calls an enum without a name after its field where all fields that share it have one name', () => {
		const level = { type: 'string', enum: ['Low', 'High'] };
		const Thing = { type: 'object', properties: { level, inner: ref('Inner') } };
		const Inner = { type: 'object', properties: { level } };
		expect(body(ref('Thing'), { Thing, Inner }).enums).toEqual({ Level: ['Low', 'High'] });
	});

	it('keeps a field that is required by name and declared nowhere', () => {
		const Thing = { type: 'object', required: ['ghost'], properties: { a: string } };
		expect(body(ref('Thing'), { Thing }).types.Thing).toEqual({
			fields: [
				{ name: 'a', type: 'string' },
				{ name: 'ghost', type: 'any', required: true },
			],
		});
	});

	it('says where exactly one of several fields has to be there', () => {
		const Thing = {
			type: 'object',
			oneOf: [{ required: ['id'] }, { required: ['path'] }],
			properties: { id: string, path: string },
		};
		expect(body(ref('Thing'), { Thing }).types.Thing!.oneOf).toEqual([['id'], ['path']]);
	});

	it('holds the union of the shapes that Veeam Backup for Microsoft 365 merges', () => {
		const Thing = {
			type: 'object',
			properties: { shared: string },
			'x-anyOf': [ref('One'), ref('Two')],
		};
		const One = { type: 'object', properties: { shared: { type: 'integer' }, one: string } };
		const Two = { type: 'object', properties: { two: string } };
		expect(body(ref('Thing'), { Thing, One, Two }).types).toEqual({
			Thing: {
				fields: [
					{ name: 'shared', type: 'string' },
					{ name: 'one', type: 'string' },
					{ name: 'two', type: 'string' },
				],
			},
		});
	});
});

describe('a body with variants', () => {
	const variant = (properties: Json, extra: Json = {}) => ({
		allOf: [ref('Job'), { type: 'object', properties, ...extra }],
	});
	/** Base and children refer to each other, as in VBR; `Files` has variants of its own. */
	const schemas = {
		EType: { type: 'string', enum: ['Vm', 'Share', 'Folder', 'Tape'] },
		Job: {
			type: 'object',
			required: ['type'],
			properties: { type: ref('EType'), name: string },
			oneOf: [ref('Vm'), ref('Files')],
			discriminator: {
				propertyName: 'type',
				mapping: {
					Vm: '#/components/schemas/Vm',
					Share: '#/components/schemas/Files',
					Folder: '#/components/schemas/Files',
				},
			},
		},
		Vm: variant({ vm: string }, { required: ['vm'] }),
		Files: {
			...variant({ source: string, next: ref('Job') }),
			oneOf: [ref('Smb')],
			discriminator: { propertyName: 'source', mapping: { Smb: '#/components/schemas/Smb' } },
		},
		Smb: { allOf: [ref('Files'), { type: 'object', properties: { share: string } }] },
	};
	const shared = [
		{ name: 'type', type: '=EType', required: true },
		{ name: 'name', type: 'string' },
	];

	it('has a complete type for each, several values to one type, two levels, and none for a value without', () => {
		const files = [{ ...shared[0], only: ['Share', 'Folder'] }, shared[1]];
		expect(body(ref('Job'), schemas)).toEqual({
			body: { media: 'json', required: true, type: '#Job' },
			types: {
				Job: {
					fields: shared,
					variants: { on: 'type', of: { Vm: 'Vm', Share: 'Files', Folder: 'Files' } },
				},
				Vm: {
					fields: [
						{ ...shared[0], only: ['Vm'] },
						shared[1],
						{ name: 'vm', type: 'string', required: true },
					],
				},
				Files: {
					fields: [...files, { name: 'source', type: 'string' }, { name: 'next', type: '#Job' }],
					variants: { on: 'source', of: { Smb: 'Smb' } },
				},
				Smb: {
					fields: [
						...files,
						{ name: 'source', type: 'string', only: ['Smb'] },
						{ name: 'next', type: '#Job' },
						{ name: 'share', type: 'string' },
					],
				},
			},
			enums: { EType: ['Vm', 'Share', 'Folder', 'Tape'] },
		});
	});

	it('does not drag in its siblings where one variant is used by itself', () => {
		expect(Object.keys(body(ref('Vm'), schemas).types)).toEqual(['Vm']);
	});

	it('takes the names of the schemas for values where no mapping is given', () => {
		const Job = { ...schemas.Job, discriminator: { propertyName: 'type' } };
		expect(body(ref('Job'), { ...schemas, Job }).types.Job!.variants).toEqual({
			on: 'type',
			of: { Vm: 'Vm', Files: 'Files' },
		});
	});
});

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
					{ name: 'kind', type: '=Kind', required: true },
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
			{ media: 'multipart', type: '#UpdateThingBody' },
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
