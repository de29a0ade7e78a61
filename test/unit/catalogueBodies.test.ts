import { body, ref } from './catalogueFixtures';
import type { Json } from './catalogueFixtures';
import { Shapes } from '../../scripts/catalogue/shapes';

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
						{ name: 'byte', type: 'base64' },
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
					{ name: 'mode', type: '@ThingMode' },
					{ name: 'inner', type: '#Inner' },
				],
			},
			ThingSchedule: {
				fields: [
					{ name: 'level', type: '@ThingScheduleDays' },
					{ name: 'days', type: '@ThingScheduleDays[]' },
				],
			},
			ThingSteps: { fields: [{ name: 'level', type: '@ThingScheduleDays' }] },
			Inner: { fields: [{ name: 'mode', type: '@InnerMode', nullable: true }] },
		});
	});

	it('calls an enum without a name after its field where all fields that share it have one name', () => {
		const level = { type: 'string', enum: ['Low', 'High'] };
		const Thing = { type: 'object', properties: { level, inner: ref('Inner') } };
		const Inner = { type: 'object', properties: { level } };
		expect(body(ref('Thing'), { Thing, Inner }).enums).toEqual({ Level: ['Low', 'High'] });
	});

	it('leaves out what is required by name and declared nowhere, and notes it', () => {
		const Thing = { type: 'object', required: ['ghost'], properties: { a: string } };
		expect(body(ref('Thing'), { Thing }).types.Thing).toEqual({
			fields: [{ name: 'a', type: 'string' }],
		});
		const shapes = new Shapes({ components: { schemas: { Thing } } } as never);
		shapes.expression(ref('Thing'), '');
		expect([...shapes.undeclared]).toEqual(['Thing.ghost']);
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
		{ name: 'type', type: '@EType', required: true },
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
