import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	fromFile,
	knows,
	knowsValue,
	operationBy,
	standing,
	versionFor,
} from '../../nodes/shared/catalogue';
import { idFrom, idFromTitle } from '../../scripts/catalogue/ids';
import { serialise } from '../../scripts/catalogue/serialise';
import { answering, compiled, document, operation, ref, taking } from './catalogueFixtures';
import type { Json } from './catalogueFixtures';

const string = { type: 'string' };
const object = (properties: Json, extra: Json = {}) => ({ type: 'object', properties, ...extra });
const get = (operationId: string, parts: Json = {}) => ({
	get: operation({ operationId, ...parts }),
});

describe('versions of an API in one catalogue', () => {
	it('stand oldest first, whatever order the files come in', () => {
		const versions = ['v10', 'v9', 'v8'].map((version) =>
			document({ [`/${version}/Jobs`]: get('Job_Get') }, {}, version, 'vb365'),
		);
		const { versions: ordered, operations } = compiled(versions, 'vb365');
		expect(ordered).toEqual(['v8', 'v9', 'v10']);
		expect(operations.map((one) => [one.id, one.path, one.in])).toEqual([
			['updateThing', '/Jobs', ['v8', 'v9', 'v10']],
		]);
	});

	it('match operations by method and path, and title them as the newest does', () => {
		const old = { '/a': get('GetOld', { summary: 'Old' }), '/gone': get('GetGone') };
		const now = { '/a': get('GetNew', { summary: 'New' }), '/added': get('GetAdded') };
		const { operations } = compiled([document(old, {}, '1.0'), document(now, {}, '2.0')]);
		expect(operations.map(({ id, title, in: some }) => ({ id, title, in: some }))).toEqual([
			{ id: 'getNew', title: 'New', in: ['1.0', '2.0'] },
			{ id: 'getAdded', title: 'Update Thing', in: ['2.0'] },
			{ id: 'getGone', title: 'Update Thing', in: ['1.0'] },
		]);
	});

	it('tell of each parameter where it exists and where it is required', () => {
		const query = (...parameters: Json[]) => ({
			'/a': get('GetA', { parameters: parameters.map((one) => ({ in: 'query', ...one })) }),
		});
		const stays = { name: 'stays', required: true, schema: string };
		const { operations } = compiled([
			document(
				query(stays, { name: 'gone', schema: string }, { name: 'kind', schema: string }),
				{},
				'1.0',
			),
			document(
				query(
					{ ...stays, required: false },
					{ name: 'kind', schema: { type: 'array', items: string } },
				),
				{},
				'2.0',
			),
			document(
				query(
					stays,
					{ name: 'kind', schema: { type: 'array', items: string } },
					{ name: 'added', schema: string },
				),
				{},
				'3.0',
			),
		]);
		expect(operations[0]!.query).toEqual([
			{ name: 'stays', type: 'string', required: ['1.0', '3.0'] },
			{ name: 'kind', type: 'string[]', in: ['2.0', '3.0'] },
			{ name: 'added', type: 'string', in: ['3.0'] },
			{ name: 'gone', type: 'string', in: ['1.0'] },
			{ name: 'kind', type: 'string', in: ['1.0'] },
		]);
	});

	it('tell of each field the same, take limits from the newest, and the default from the newest that requires the field', () => {
		const Thing = (a: Json, extra: Json) => object({ a: { type: 'integer', ...a }, ...extra });
		const { types } = compiled([
			taking(
				ref('Thing'),
				{ Thing: { ...Thing({ default: 1 }, { b: string }), required: ['a'] } },
				'1.0',
			),
			taking(ref('Thing'), { Thing: Thing({ default: 2, maximum: 5 }, { c: string }) }, '2.0'),
		]);
		expect(types.Thing!.fields).toEqual([
			// Only a required field is sent by its default: 2.0, which does not require it, never sends one.
			{ name: 'a', type: 'integer', required: ['1.0'], default: 1, max: 5 },
			{ name: 'c', type: 'string', in: ['2.0'] },
			{ name: 'b', type: 'string', in: ['1.0'] },
		]);
	});

	it('tell of each field where it may be null, as each file says it', () => {
		const nullable = { ...string, nullable: true };
		const kept = (a: Json, b: Json, c: Json, version: string) =>
			taking(ref('Thing'), { Thing: object({ a, b, c }) }, version);
		const { types } = compiled([
			kept(nullable, string, nullable, '1.0'),
			kept(nullable, nullable, string, '2.0'),
			kept(nullable, nullable, nullable, '3.0'),
		]);
		expect(types.Thing!.fields).toEqual([
			{ name: 'a', type: 'string', nullable: true },
			{ name: 'b', type: 'string', nullable: ['2.0', '3.0'] },
			{ name: 'c', type: 'string', nullable: ['1.0', '3.0'] },
		]);
	});

	it('tell of each enum value where it exists and how a version spells it', () => {
		const Thing = object({ state: ref('EState') });
		const state = (...values: string[]) => ({ Thing, EState: { ...string, enum: values } });
		const { enums } = compiled([
			taking(ref('Thing'), state('running', 'Gone', 'Idle'), '1.0'),
			taking(ref('Thing'), state('Running', 'Idle', 'Added'), '2.0'),
		]);
		expect(enums).toEqual({
			EState: [
				{ value: 'Running', as: { '1.0': 'running' } },
				'Idle',
				{ value: 'Added', in: ['2.0'] },
				{ value: 'Gone', in: ['1.0'] },
			],
		});
	});

	it('tell of each variant where it exists, in the spelling of the newest', () => {
		const schemas = (...values: string[]) => ({
			EType: { ...string, enum: values },
			Thing: {
				...object({ type: ref('EType') }),
				discriminator: {
					propertyName: 'type',
					mapping: Object.fromEntries(
						values.map((one) => [one, `#/components/schemas/${one.toUpperCase()}`]),
					),
				},
			},
			A: { allOf: [ref('Thing')], ...object({ a: string }) },
			B: { allOf: [ref('Thing')], ...object({ b: string }) },
		});
		const { types } = compiled([
			taking(ref('Thing'), schemas('a'), '1.0'),
			taking(ref('Thing'), schemas('A', 'B'), '2.0'),
		]);
		expect(types.Thing!.variants).toEqual({
			on: 'type',
			of: { A: 'A', B: { type: 'B', in: ['2.0'] } },
		});
		expect(types.A!.fields[0]).toEqual({ name: 'type', type: '@EType', only: ['A'] });
	});

	it('keep one type where the vendor renamed it, and all its fields', () => {
		const inner = (name: string, properties: Json) => ({ [name]: object(properties) });
		const { operations, types } = compiled([
			taking(
				ref('OldSpec'),
				{
					...inner('OldSpec', { part: ref('OldPart') }),
					...inner('OldPart', { x: string, self: ref('OldSpec') }),
				},
				'1.0',
			),
			taking(
				ref('NewSpec'),
				{
					...inner('NewSpec', { part: ref('NewPart') }),
					...inner('NewPart', { y: string, self: ref('NewSpec') }),
				},
				'2.0',
			),
		]);
		expect(operations[0]!.body!.type).toBe('#NewSpec');
		expect(types).toEqual({
			NewSpec: { fields: [{ name: 'part', type: '#NewPart' }] },
			NewPart: {
				fields: [
					{ name: 'y', type: 'string', in: ['2.0'] },
					{ name: 'self', type: '#NewSpec' },
					{ name: 'x', type: 'string', in: ['1.0'] },
				],
			},
		});
	});

	it('keep both types where the old name goes on elsewhere', () => {
		const both = { Shared: object({ s: string }), Own: object({ o: string }) };
		const { types } = compiled([
			taking(
				ref('Thing'),
				{ ...both, Thing: object({ a: ref('Shared'), b: ref('Shared') }) },
				'1.0',
			),
			taking(ref('Thing'), { ...both, Thing: object({ a: ref('Shared'), b: ref('Own') }) }, '2.0'),
		]);
		expect(types).toEqual({
			Thing: {
				fields: [
					{ name: 'a', type: '#Shared' },
					{ name: 'b', type: '#Own' },
				],
			},
			Shared: { fields: [{ name: 's', type: 'string' }] },
			Own: {
				fields: [
					{ name: 'o', type: 'string', in: ['2.0'] },
					{ name: 's', type: 'string', in: ['1.0'] },
				],
			},
		});
	});

	it('tell of a body where it exists', () => {
		const bare = document({ '/api/v1/things': { put: operation() } }, {}, '1.0');
		const { operations } = compiled([bare, taking(object({ a: string }), {}, '2.0')]);
		expect(operations[0]!.body).toEqual({
			media: 'json',
			required: true,
			type: '#UpdateThingBody',
			in: ['2.0'],
		});
	});

	it('tell of an answer where it was another, and join its fields', () => {
		const list = object({ data: { type: 'array', items: ref('Item') } });
		const answer = (schema: Json, properties: Json, version: string) =>
			document({ '/a': get('GetA', answering(schema)) }, { Item: object(properties) }, version);
		const { operations } = compiled([
			answer(ref('Item'), { id: string, old: string }, '1.0'),
			answer(list, { id: { type: 'integer' } }, '2.0'),
			answer(list, { id: { type: 'integer' }, added: string }, '3.0'),
		]);
		expect(operations[0]).toMatchObject({
			returns: {
				kind: 'list',
				items: 'data',
				status: [200],
				fields: { id: 'integer', added: 'string', old: 'string' },
			},
			returnsIn: { '1.0': { kind: 'item', status: [200] } },
		});
		expect(Object.keys(operations[0]!.returnsIn!)).toEqual(['1.0']);
	});
});

describe('the id of an operation', () => {
	it.each([
		['GetAllRepositories', 'getManyRepositories'],
		['ViewAllJobs', 'getManyJobs'],
		['ViewJob', 'getJob'],
		['Viewpoint', 'viewpoint'],
		['GetAllowedThings', 'getAllowedThings'],
		['Job_GetWithFiltering', 'getJob'],
		['Job_GetAllAsync', 'getManyJob'],
		['BackupRepository_GetRepositories', 'getBackupRepositories'],
		['Job_StartAction', 'startJob'],
		['Job_GetExcludedItems', 'getJobExcludedItems'],
		['startFlrMount', 'startFlrMount'],
		['OAuth2IssueToken', 'oAuth2IssueToken'],
		['VSphereThing', 'vSphereThing'],
	])('after %s is %s', (vendor, own) => expect(idFrom(vendor)).toBe(own));

	it.each([
		['Get Backup Jobs', 'getBackupJobs'],
		['Restore Version of SharePoint Document', 'restoreVersionOfSharePointDocument'],
		['Get Mailbox Data by Repository and Mailbox ID', 'getMailboxDataByRepositoryAndMailboxId'],
		['Get Backed-Up Organizations', 'getBackedUpOrganizations'],
		['License Report Approve', undefined],
		['Get', undefined],
	])('after the title "%s" is %s', (title, own) => expect(idFromTitle(title)).toBe(own));

	it('begins with the verbs that the ids of the product have', () => {
		const page = {
			type: 'object',
			properties: { data: { type: 'array', items: {} }, meta: { type: 'object' } },
		};
		const steps = { 'application/json-patch+json': { schema: { type: 'array', items: {} } } };
		const paths = {
			'/api/v3/things': { get: operation({ operationId: 'GetAllThings', ...answering(page) }) },
			'/api/v3/thing': {
				patch: operation({ operationId: 'PatchThing', requestBody: { content: steps } }),
				put: operation({ operationId: 'UpdateThing' }),
			},
		};
		const ids = (key: string) =>
			compiled([document(paths, {}, '1.0', key)], key).operations.map(({ id }) => id);
		expect(ids('vspc').sort()).toEqual(['editThing', 'listThings', 'updateThing']);
		expect(ids('vbr').sort()).toEqual(['getManyThings', 'patchThing', 'updateThing']);
	});

	it('is unique where the vendor uses a name twice', () => {
		const paths = { '/a/big': get('GetA'), '/a/small': get('GetA'), '/b/small': get('GetA') };
		const ids = compiled([document(paths)]).operations.map(({ id }) => id);
		expect(ids).toEqual(['getAByGetBig', 'getAByGetSmall', 'getAByGetSmall2']);
	});

	it('stays as committed when the vendor renames the operation, and is not given to another', () => {
		const committed = compiled([document({ '/a': get('GetThing') })]);
		const next = document({ '/a': get('GetRenamed'), '/b': get('GetThing') }, {}, '2.0');
		const { operations } = compiled([next], 'vbr', committed);
		expect(operations.map(({ id, path }) => [path, id])).toEqual([
			['/a', 'getThing'],
			['/b', 'getThingByGetB'],
		]);
	});
});

describe('the written catalogue', () => {
	const documents = [
		taking(
			object({ name: string, kind: { ...string, enum: ['A', 'B'] } }, { required: ['name'] }),
			{},
			'1.0',
		),
		document(
			{
				'/api/v1/things': {
					put: operation(),
					get: operation({
						operationId: 'GetThings',
						parameters: [{ name: 'q', in: 'query', schema: string }],
					}),
				},
			},
			{},
			'2.0',
		),
	];

	it('has a block for an operation and a line for a field', () => {
		expect(serialise(compiled(documents))).toBe(`{
"product": "vbr",
"versions": ["1.0","2.0"],
"operations": [
{"id": "getThings",
 "title": "Update Thing",
 "tag": "Things",
 "method": "GET",
 "path": "/api/v1/things",
 "since": "2.0",
 "query": [
  {"name":"q","type":"string"}],
 "returns": {"kind":"nothing","status":[204]}},
{"id": "updateThing",
 "title": "Update Thing",
 "tag": "Things",
 "method": "PUT",
 "path": "/api/v1/things",
 "body": {"media":"json","required":true,"type":"#UpdateThingBody","until":"1.0"},
 "returns": {"kind":"nothing","status":[204]}}
],
"types": {
"UpdateThingBody": {"fields": [
  {"name":"name","type":"string","required":true},
  {"name":"kind","type":"@Kind"}]}
},
"enums": {
"Kind": [
  "A",
  "B"]
}
}
`);
	});

	it('reads back as the catalogue, and is the same whatever order the files come in', () => {
		const text = serialise(compiled(documents));
		expect(fromFile(JSON.parse(text))).toEqual(compiled(documents));
		expect(serialise(compiled([...documents].reverse()))).toBe(text);
	});

	it.each(['VeeamBackupReplication', 'VeeamBackupMicrosoft365', 'VeeamServiceProviderConsole'])(
		'of %s changes by fewer than 100 lines with a version that adds an operation and a parameter',
		(folder) => {
			const file = join(__dirname, '../../nodes', folder, 'api/operations.json');
			const catalogue = structuredClone(fromFile(JSON.parse(readFileSync(file, 'utf8'))));
			const then = serialise(catalogue);
			const newest = catalogue.versions.at(-1)!;
			catalogue.versions.push('99.0');
			const follow = (value: unknown): void => {
				if (Array.isArray(value)) {
					if (value !== catalogue.versions && value.at(-1) === newest) value.push('99.0');
					else value.forEach(follow);
				} else if (typeof value === 'object' && value !== null)
					Object.values(value).forEach(follow);
			};
			follow(catalogue.operations);
			follow(catalogue.types);
			follow(catalogue.enums);
			const [first] = catalogue.operations;
			const query = [{ name: 'invented', type: 'string', in: ['99.0'] }];
			catalogue.operations.push({ ...first!, id: 'invent', path: '/invented', in: ['99.0'] });
			first!.query = [...(first!.query ?? []), ...query];
			const now = serialise(catalogue).split('\n');
			const known = new Set(then.split('\n'));
			const kept = new Set(now);
			const changed =
				now.filter((line) => !known.has(line)).length +
				then.split('\n').filter((line) => !kept.has(line)).length;
			expect(changed).toBeGreaterThan(3);
			expect(changed).toBeLessThan(100);
		},
	);
});

describe('whether a version knows something', () => {
	const catalogue = fromFile(
		JSON.parse(
			readFileSync(
				join(__dirname, '../../nodes/VeeamBackupReplication/api/operations.json'),
				'utf8',
			),
		),
	);
	const known = (operation: string, part?: string) =>
		catalogue.versions.filter((version) => knows(catalogue, version, operation, part));

	it('is said of operations, parameters, body fields and fields of records', () => {
		expect(known('GET /api/v1/adDomains')).toEqual(['1.3-rev0', '1.3-rev1', '1.3-rev2']);
		expect(known('getManyADDomains')).toEqual(['1.3-rev0', '1.3-rev1', '1.3-rev2']);
		expect(known('GET /api/v1/adDomains', 'nameFilter')).toHaveLength(3);
		expect(known('GET /api/v1/adDomains', 'invented')).toEqual([]);
		expect(known('GET /api/v1/sessions/{id}/taskSessions', 'limit')).toEqual([
			'1.3-rev1',
			'1.3-rev2',
		]);
		expect(known('GET /api/v1/backupObjects', 'returns.backupId')).toEqual(['1.3-rev2']);
		expect(known('GET /api/v1/license', 'returns.expirationDate')).toEqual([
			'1.2-rev1',
			'1.3-rev0',
			'1.3-rev1',
		]);
		expect(known('POST /api/v1/backupInfrastructure/repositories', 'body.name')).toEqual(
			catalogue.versions,
		);
		expect(known('POST /api/v1/backupInfrastructure/repositories', 'body.invented')).toEqual([]);
	});

	it('is right for a version newer than all, and for one in between', () => {
		expect(knows(catalogue, '1.4-rev0', 'GET /api/v1/backupObjects', 'returns.backupId')).toBe(
			true,
		);
		expect(knows(catalogue, '1.2-rev9', 'GET /api/v1/adDomains')).toBe(false);
		const column = 'ESuspiciousActivityEventsFiltersOrderColumn';
		expect(knowsValue(catalogue, '1.3-rev9', column, 'creationTimeUtc')).toBe(true);
		expect(knowsValue(catalogue, '1.2-rev1', column, 'CreationTimeUtc')).toBe(false);
	});

	// By hand from the vendor's files: 1.1-rev0 and 1.2-rev1 are the neighbours of what lies between.
	it.each([
		['1.1-rev0', 'GET /api/v1/jobs', undefined, 'known'],
		['1.2-rev0', 'GET /api/v1/jobs', undefined, 'known'],
		['1.1-rev0', 'GET /api/v1/license', undefined, 'unknown'],
		['1.1-rev1', 'GET /api/v1/license', undefined, 'unverified'],
		['1.2-rev0', 'GET /api/v1/license', undefined, 'unverified'],
		['1.2-rev1', 'GET /api/v1/license', undefined, 'known'],
		['1.1-rev0', 'GET /api/v1/objectRestorePoints', undefined, 'known'],
		['1.1-rev2', 'GET /api/v1/objectRestorePoints', undefined, 'unverified'],
		['1.2-rev1', 'GET /api/v1/objectRestorePoints', undefined, 'unknown'],
		['1.2-rev0', 'GET /api/v1/adDomains', undefined, 'unknown'],
		['1.2-rev0', 'GET /api/v1/nowhere', undefined, 'unknown'],
		['1.0-rev2', 'GET /api/v1/jobs', undefined, 'unverified'],
		['1.4-rev0', 'GET /api/v1/adDomains', undefined, 'known'],
		['1.4-rev0', 'GET /api/v1/objectRestorePoints', undefined, 'unknown'],
		['1.2-rev0', 'GET /api/v1/sessions', 'jobIdFilter', 'known'],
		['1.2-rev0', 'GET /api/v1/credentials', 'typeFilter', 'unverified'],
		['1.1-rev0', 'GET /api/v1/credentials', 'typeFilter', 'unknown'],
		['1.2-rev0', 'POST /api/v1/backupInfrastructure/repositories', 'body.tag', 'unverified'],
		['1.2-rev0', 'POST /api/v1/backupInfrastructure/repositories', 'body.name', 'known'],
		['1.2-rev0', 'GET /api/v1/sessions', 'returns.jobId', 'unverified'],
	])('stands in %s for %s %s as %s', (version, operation, part, expected) => {
		expect(standing(catalogue, version, operation, part)).toBe(expected);
		expect(knows(catalogue, version, operation, part)).toBe(
			expected === 'known' || (version === '1.0-rev2' && expected === 'unverified'),
		);
	});

	it.each([
		['1.2-rev0', 'GET /api/v1/license', '1.2-rev1'],
		['1.2-rev0', 'GET /api/v1/objectRestorePoints', '1.1-rev0'],
		['1.2-rev0', 'GET /api/v1/jobs', '1.2-rev1'],
		['1.1-rev0', 'GET /api/v1/license', '1.1-rev0'],
		['1.4-rev0', 'GET /api/v1/jobs', '1.3-rev2'],
		['1.0-rev2', 'GET /api/v1/license', '1.1-rev0'],
	])('reads for %s the facts of %s as %s has them', (version, operation, expected) => {
		expect(versionFor(catalogue, version, operationBy(catalogue, operation)!)).toBe(expected);
	});
});
