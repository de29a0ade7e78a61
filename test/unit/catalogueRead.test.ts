import {
	enumValues,
	existsIn,
	fieldsIn,
	fieldsOf,
	findOperation,
	isRequired,
	parseType,
	returnsFor,
	minimalValue,
	normalizeEnum,
	variantsOf,
} from '../../nodes/shared/catalogue';
import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';

const operation: Operation = {
	id: 'createJob',
	title: 'Create Job',
	tag: 'Jobs',
	method: 'POST',
	path: '/jobs',
	in: ['1', '2'],
	returns: { kind: 'list', items: 'data', fields: { id: 'uuid' } },
	returnsIn: { '1': { kind: 'item' } },
};

const catalogue: Catalogue = {
	product: 'test',
	versions: ['1', '2', '3'],
	operations: [operation],
	types: {
		Job: {
			fields: [
				{ name: 'type', type: '@Kind', required: true },
				{ name: 'name', type: 'string', required: true },
			],
			variants: {
				on: 'type',
				of: { Loop: 'Loop', Backup: 'Backup', Copy: { type: 'Copy', in: ['2', '3'] } },
			},
		},
		Loop: {
			fields: [
				{ name: 'type', type: '@Kind', required: true },
				{ name: 'again', type: '#Job', required: true },
			],
		},
		Backup: {
			fields: [
				{ name: 'type', type: '@Kind', required: true, only: ['Backup'] },
				{ name: 'name', type: 'string', required: true },
				{ name: 'objects', type: '#Thing[]', required: true, minItems: 2 },
				{ name: 'note', type: 'string' },
			],
		},
		Copy: {
			fields: [
				{ name: 'type', type: '@Kind', required: true, only: ['Copy'] },
				{ name: 'mode', type: 'string', required: true },
			],
			variants: { on: 'mode', of: { fast: 'Fast' } },
		},
		Fast: {
			fields: [
				{ name: 'type', type: '@Kind', required: true, only: ['Copy'] },
				{ name: 'mode', type: 'string', required: true },
				{ name: 'speed', type: 'integer', required: true, min: 5 },
			],
		},
		Thing: {
			fields: [
				{ name: 'id', type: 'uuid', required: true },
				{ name: 'since', type: 'dateTime', required: ['2', '3'] },
				{ name: 'state', type: '@State', default: 'Idle', required: true },
				{ name: 'size', type: 'integer', in: ['3'], required: true },
				{ name: 'size', type: 'string', in: ['1', '2'], required: true, minLength: 3 },
			],
		},
		Tree: {
			fields: [
				{ name: 'children', type: '#Tree[]', required: true },
				{ name: 'parent', type: '#Tree', required: true, nullable: true },
				{ name: 'labels', type: '{string}', required: true },
				{ name: 'spare', type: '#Tree' },
			],
		},
		Endless: { fields: [{ name: 'self', type: '#Endless', required: true }] },
		Choice: {
			fields: [
				{ name: 'id', type: 'uuid' },
				{ name: 'path', type: 'string' },
				{ name: 'note', type: 'string' },
			],
			oneOf: [['path'], ['id']],
		},
	},
	enums: {
		Kind: ['Loop', 'Backup', { value: 'Copy', in: ['2', '3'], as: { '2': 'copy' } }],
		State: [
			{ value: 'Running', as: { '1': 'running' } },
			{ value: 'Idle', in: ['3'] },
		],
	},
};

const ID = '00000000-0000-0000-0000-000000000000';
const TIME = '2025-01-01T00:00:00Z';

describe('reading a catalogue', () => {
	it('takes type expressions apart', () => {
		expect(parseType('string')).toEqual({ kind: 'scalar', name: 'string' });
		expect(parseType('@State')).toEqual({ kind: 'enum', name: 'State' });
		expect(parseType('#Job[]')).toEqual({ kind: 'list', of: '#Job' });
		expect(parseType('{#Job[]}')).toEqual({ kind: 'map', of: '#Job[]' });
	});

	it('finds an operation by its id', () => {
		expect(findOperation(catalogue, 'createJob')).toBe(operation);
		expect(findOperation(catalogue, 'createjob')).toBeUndefined();
	});

	it('knows what a version knows, by the thing itself or by what it belongs to', () => {
		expect(existsIn({ in: ['2'] }, '2', ['1'])).toBe(true);
		expect(existsIn({ in: ['2'] }, '1', ['1'])).toBe(false);
		expect(existsIn({}, '1', ['1'])).toBe(true);
		expect(existsIn({}, '2', ['1'])).toBe(false);
	});

	it('knows what is required always, in some versions, never', () => {
		const [always, some] = [{ required: true as const }, { required: ['2'] }];
		expect([isRequired(always), isRequired(always, '1')]).toEqual([true, true]);
		expect([isRequired(some), isRequired(some, '2'), isRequired(some, '1')]).toEqual([
			true,
			true,
			false,
		]);
		expect([isRequired({}), isRequired({}, '1')]).toEqual([false, false]);
	});

	it('gives the fields of a version, and for all versions the newest of each name', () => {
		const size = (version?: string) =>
			fieldsOf(catalogue, 'Thing', version).filter(({ name }) => name === 'size');
		expect(size('3').map(({ type }) => type)).toEqual(['integer']);
		expect(size('1').map(({ type }) => type)).toEqual(['string']);
		expect(size().map(({ type }) => type)).toEqual(['integer']);
		expect(fieldsOf(catalogue, 'Nobody')).toEqual([]);
		expect(fieldsIn(catalogue, undefined, '1')).toEqual([]);
	});

	it('gives the fields of the variant a value belongs to, through both levels', () => {
		const names = (value: Record<string, unknown>, version?: string) =>
			fieldsOf(catalogue, 'Job', version, value).map(({ name }) => name);
		expect(names({ type: 'backup' })).toEqual(['type', 'name', 'objects', 'note']);
		expect(names({ type: 'Copy', mode: 'fast' }, '2')).toEqual(['type', 'mode', 'speed']);
		expect(names({ type: 'Copy' }, '3')).toEqual(['type', 'mode']);
		expect(names({ type: 'Copy' }, '1')).toEqual(['type', 'name']);
		expect(names({})).toEqual(['type', 'name']);
	});

	it('gives the variants of a version as it spells them', () => {
		expect(variantsOf(catalogue, 'Job', '2')).toEqual({
			on: 'type',
			variants: [
				{ value: 'Loop', type: 'Loop' },
				{ value: 'Backup', type: 'Backup' },
				{ value: 'copy', type: 'Copy' },
			],
		});
		expect(variantsOf(catalogue, 'Job', '1')!.variants.map(({ value }) => value)).toEqual([
			'Loop',
			'Backup',
		]);
		expect(variantsOf(catalogue, 'Thing')).toBeUndefined();
	});

	it('gives the values of an enum, those of a version as it spells them', () => {
		expect(enumValues(catalogue, 'State')).toEqual(['Running', 'Idle']);
		expect(enumValues(catalogue, 'State', '1')).toEqual(['running']);
		expect(enumValues(catalogue, 'Nobody')).toEqual([]);
	});

	it('spells a value as the version does, whatever its case, and leaves an unknown one alone', () => {
		expect(normalizeEnum(catalogue, 'State', 'RUNNING', '1')).toBe('running');
		expect(normalizeEnum(catalogue, 'State', 'running', '3')).toBe('Running');
		expect(normalizeEnum(catalogue, 'State', 'running')).toBe('Running');
		expect(normalizeEnum(catalogue, 'State', 'sleeping', '3')).toBe('sleeping');
		expect(normalizeEnum(catalogue, 'Nobody', 'x')).toBe('x');
	});

	it('gives the answer of a version, with the fields all versions share', () => {
		expect(returnsFor(operation, '2')).toBe(operation.returns);
		expect(returnsFor(operation, '1')).toEqual({ kind: 'item', fields: { id: 'uuid' } });
	});
});

describe('a skeleton', () => {
	it('has every required field of the first variant that can be built, as the version wants it', () => {
		expect(minimalValue(catalogue, '#Job', '3')).toEqual({
			type: 'Backup',
			name: '',
			objects: [
				{ id: ID, since: TIME, state: 'Idle', size: 0 },
				{ id: ID, since: TIME, state: 'Idle', size: 0 },
			],
		});
		expect(minimalValue(catalogue, '#Thing', '1')).toEqual({
			id: ID,
			state: 'running',
			size: 'xxx',
		});
	});

	it('is of the variant asked for, whatever its case, both levels down', () => {
		expect(minimalValue(catalogue, '#Job', '2', { variant: 'COPY' })).toEqual({
			type: 'copy',
			mode: 'fast',
			speed: 5,
		});
	});

	it('has the optional fields of the outermost object where they are asked for', () => {
		const built = minimalValue(catalogue, '#Job', '3', { variant: 'Backup', optional: true });
		expect(built).toMatchObject({ type: 'Backup', note: '' });
		expect(minimalValue(catalogue, '#Choice', '3')).toEqual({ path: '' });
		expect(minimalValue(catalogue, '#Choice', '3', { optional: true })).toEqual({
			path: '',
			note: '',
		});
	});

	it('carries the value of its own variant where that is used by itself', () => {
		expect(minimalValue(catalogue, '#Fast', '2')).toEqual({ type: 'copy', mode: '', speed: 5 });
	});

	it('ends where a type holds itself', () => {
		expect(minimalValue(catalogue, '#Tree', '3')).toEqual({
			children: [],
			parent: null,
			labels: {},
		});
		expect(minimalValue(catalogue, '#Endless', '3')).toEqual({});
	});

	it('is one element of a list, and a plain value of a scalar', () => {
		expect(minimalValue(catalogue, '@State[]', '1')).toEqual(['running']);
		expect(minimalValue(catalogue, 'boolean')).toBe(false);
		expect(minimalValue(catalogue, 'dateTime')).toBe(TIME);
		expect(minimalValue(catalogue, 'password')).toBe('');
	});
});
