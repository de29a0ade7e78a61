import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { check, olderSpecsFolder, specsFolder } from '../../scripts/catalogue/check';
import { run } from '../../scripts/catalogue/main';
import { CatalogueError } from '../../scripts/catalogue/openapi';
import { document, folder, operation, ref, taking } from './catalogueFixtures';
import type { Json } from './catalogueFixtures';

const string = { type: 'string' };

/** Message and description of the error that a run with these files ends with. */
function failure(files: Record<string, Json | string>, args?: string[]): [string, string] {
	const at = folder(files);
	const named = args ?? ['vbr', ...Object.keys(files).map((name) => path.join(at, name))];
	try {
		run(named, at);
	} catch (error) {
		expect(existsSync(path.join(at, 'nodes'))).toBe(false);
		if (!(error instanceof CatalogueError)) throw error;
		return [error.message.replaceAll(`${at}${path.sep}`, ''), error.description];
	}
	throw new Error('It did not fail.');
}

const teach = 'Teach scripts/catalogue this feature, or ask the vendor for a corrected file.';
const things = '#/paths/~1api~1v1~1things/put';

describe('the compiler refuses, naming file and place, and writes nothing', () => {
	const parameter = (one: Json) =>
		document({ '/a': { get: operation({ parameters: [{ name: 'p', ...one }] }) } });
	const body = (media: string) =>
		document({ '/a': { put: operation({ requestBody: { content: { [media]: {} } } }) } });

	it.each<[string, Json, string]>([
		[
			'an unknown schema keyword',
			taking({ type: 'object', if: {} }),
			`The schema keyword "if" is unknown to the compiler. (${things}/requestBody/content/application~1json/schema)`,
		],
		[
			'one in a schema that nothing uses',
			taking(string, { Unused: { properties: { a: { anyOf: [] } } } }),
			'The schema keyword "anyOf" is unknown to the compiler. (#/components/schemas/Unused/properties/a)',
		],
		[
			'an unknown type',
			taking({ type: 'tuple' }),
			`The type "tuple" is unknown to the compiler. (${things}/requestBody/content/application~1json/schema)`,
		],
		[
			'an enum of numbers',
			taking({ type: 'integer', enum: [1] }),
			`An enum of type integer is unknown to the compiler: it knows enums of text. (${things}/requestBody/content/application~1json/schema)`,
		],
		[
			'a oneOf without a discriminator',
			taking({ oneOf: [ref('A'), ref('A')] }, { A: {} }),
			`A oneOf without a discriminator is unknown to the compiler. (${things}/requestBody/content/application~1json/schema)`,
		],
		[
			'a reference to nothing',
			taking(ref('Nobody')),
			`The reference #/components/schemas/Nobody points at nothing. (${things}/requestBody/content/application~1json/schema)`,
		],
		[
			'a mapping to nothing',
			taking({ discriminator: { propertyName: 'a', mapping: { x: '#/components/schemas/No' } } }),
			`The reference #/components/schemas/No points at nothing. (${things}/requestBody/content/application~1json/schema/discriminator)`,
		],
		[
			'a parameter in a cookie',
			parameter({ in: 'cookie', schema: string }),
			'The parameter "p" travels in "cookie". (#/paths/~1a/get/parameters/0)',
		],
		[
			'a parameter without a schema',
			parameter({ in: 'query' }),
			'The parameter "p" has no schema. (#/paths/~1a/get/parameters/0)',
		],
		[
			'a parameter style',
			parameter({ in: 'query', style: 'deepObject', schema: string }),
			'The parameter "p" has the style "deepObject". (#/paths/~1a/get/parameters/0)',
		],
		[
			'a media type of a parameter',
			parameter({ in: 'query', content: { 'text/csv': {} } }),
			'The media type "text/csv" of a parameter is unknown to the compiler. (#/paths/~1a/get/parameters/0)',
		],
		[
			'a media type of a body',
			body('application/msgpack'),
			'The media type "application/msgpack" is unknown to the compiler. (#/paths/~1a/put/requestBody)',
		],
		[
			'a body without a media type',
			document({ '/a': { put: operation({ requestBody: { content: {} } }) } }),
			'The request body declares no media type. (#/paths/~1a/put/requestBody)',
		],
		[
			'a media type of an answer',
			document({
				'/a': { get: operation({ responses: { '200': { content: { 'audio/ogg': {} } } } }) },
			}),
			'The media type "audio/ogg" is unknown to the compiler. (#/paths/~1a/get/responses/200)',
		],
		[
			'an operation without answers',
			document({ '/a': { get: operation({ responses: undefined }) } }),
			'The operation declares no answers. (#/paths/~1a/get)',
		],
		[
			'a method',
			document({ '/a': { trace: operation() } }),
			'"trace" is neither a method the compiler knows nor a part of a path. (#/paths/~1a)',
		],
		[
			'a kind of component',
			{ ...document({}), components: { pathItems: {} } },
			'"pathItems" is no kind of component the compiler knows. (#/components/pathItems)',
		],
	])('%s', (_, one, message) => {
		expect(failure({ 'a.json': one })).toEqual([`a.json: ${message}`, teach]);
	});

	it('a header that nothing sends', () => {
		expect(failure({ 'a.json': parameter({ in: 'header', schema: string }) })).toEqual([
			'a.json: GET /a takes the header "p", which nothing sends.',
			'Let the adapter of Veeam Backup & Replication send it and name it in scripts/catalogue/products.ts.',
		]);
	});

	it('a body that travels in two ways', () => {
		const content = { 'multipart/form-data': {}, 'application/octet-stream': {} };
		expect(
			failure({ 'a.json': document({ '/a': { put: operation({ requestBody: { content } }) } }) }),
		).toEqual([
			'a.json: PUT /a takes its body in two ways: multipart/form-data and application/octet-stream.',
			'Teach scripts/catalogue which of them to use.',
		]);
	});

	it('a body that is another thing in another version', () => {
		const files = {
			'a.json': taking({ type: 'array', items: string }, {}, '1.0'),
			'b.json': taking(string, {}, '2.0'),
		};
		expect(failure(files)[0]).toBe(
			'The body of PUT /api/v1/things is string[] (json) in 1.0 and string (json) later.',
		);
	});

	const damaged = 'The file is damaged or no JSON or YAML: download it again.';
	const noOpenApi = 'Name an OpenAPI 3 or Swagger 2 file, in JSON or YAML.';
	it.each<[string, Record<string, Json | string>, string, string]>([
		[
			'broken JSON',
			{ 'a.json': '{"openapi": ' },
			'a.json: It cannot be read: Unexpected end of JSON input',
			damaged,
		],
		[
			'broken YAML',
			{ 'a.yaml': 'a: [1\nb: 2' },
			'a.yaml: It cannot be read: Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1:',
			damaged,
		],
		['an empty file', { 'a.yaml': '' }, 'a.yaml: It is no OpenAPI document.', noOpenApi],
		[
			'a file of another kind',
			{ 'a.json': { name: 'x' } },
			'a.json: It has no "info" and is no OpenAPI document.',
			noOpenApi,
		],
		[
			'another version of OpenAPI',
			{ 'a.json': { ...document({}), openapi: '4.0.0' } },
			'a.json: It says it is 4.0.0, neither OpenAPI 3 nor Swagger 2.',
			noOpenApi,
		],
		[
			'a file of another product',
			{ 'a.json': document({ '/a': {} }, {}, '3.6', 'vspc') },
			'a.json: It describes Veeam Service Provider Console, not Veeam Backup & Replication.',
			'Run: npm run catalogue -- vspc <file>.',
		],
		[
			'a file of no product',
			{ 'a.json': { ...document({}), info: { title: 'Petstore', version: '1' } } },
			'a.json: It is titled "Petstore", which is no product the catalogue knows.',
			'Name a file of Veeam Backup & Replication.',
		],
		[
			'a version given twice',
			{ 'a.json': document({}), 'b.json': document({}) },
			'Both a.json and b.json describe version 1.0-rev0.',
			'Name one file for each version.',
		],
	])('%s', (_, files, message, description) => {
		expect(failure(files)).toEqual([message, description]);
	});

	it('a file that is not there, an empty folder, an unknown product, no file at all', () => {
		const usage = 'Use: npm run catalogue -- <vb365|vbr|vspc> <file or folder>… [--drop]';
		const empty = folder({});
		expect(failure({}, ['vbr', 'nowhere.json'])).toEqual([
			'nowhere.json does not exist.',
			'Check the path.',
		]);
		expect(failure({}, ['vbr', empty])[0]).toBe(
			`No file of Veeam Backup & Replication in ${empty}.`,
		);
		expect(failure({}, ['vone', 'a.json'])).toEqual(['"vone" is no product.', usage]);
		expect(failure({}, ['vbr'])).toEqual(['No file is named.', usage]);
	});
});

describe('npm run catalogue', () => {
	const version = (one: string) =>
		taking({ type: 'object', properties: { a: { type: 'string', enum: ['X', 'Y'] } } }, {}, one);
	const written = (at: string) =>
		path.join(at, 'nodes', 'VeeamBackupReplication', 'api', 'operations.json');

	it('writes the catalogue, says what was read and kept, and the next time that nothing changed', () => {
		const at = folder({ 'a.json': version('1.0'), 'other.json': document({}, {}, '3.6', 'vspc') });
		const first = run(['vbr', at], at).replaceAll(`${at}${path.sep}`, '').split('\n');
		expect(first).toEqual([
			'other.json: passed over, it describes Veeam Service Provider Console',
			'a.json (1.0)',
			'  operations       1 read,     1 kept',
			'  parameters       0 read,     0 kept',
			'  body fields      1 read,     1 kept',
			'  enum values      2 read,     2 kept',
			'vbr: 1 operations, 1 types, 1 enums over 1 versions, 0 KB',
			'Written to nodes/VeeamBackupReplication/api/operations.json.',
		]);
		expect(run(['vbr', at], at).split('\n').at(-1)).toBe('Nothing has changed.');
	});

	it('does not drop a version by accident', () => {
		const at = folder({ 'a.json': version('1.0'), 'b.json': version('2.0') });
		run(['vbr', at], at);
		const before = readFileSync(written(at), 'utf8');
		const alone = ['vbr', path.join(at, 'b.json')];
		expect(() => run(alone, at)).toThrow('The catalogue also has 1.0, of which no file is named.');
		expect(readFileSync(written(at), 'utf8')).toBe(before);
		run([...alone, '--drop'], at);
		expect(JSON.parse(readFileSync(written(at), 'utf8')).versions).toEqual(['2.0']);
	});

	it('leaves the committed catalogue alone when a file is broken', () => {
		const at = folder({ 'a.json': version('1.0') });
		run(['vbr', at], at);
		const before = readFileSync(written(at), 'utf8');
		writeFileSync(path.join(at, 'b.json'), '{');
		expect(() => run(['vbr', at], at)).toThrow(/b\.json: It cannot be read/);
		expect(readFileSync(written(at), 'utf8')).toBe(before);
	});
});

describe('npm run catalogue:check', () => {
	const all = {
		'vbr.json': taking(string, {}, '1.0'),
		'vb365.json': document({ '/v8/a': { get: operation() } }, {}, 'v8', 'vb365'),
		'vspc.json': document({ '/a': { get: operation() } }, {}, '3.6', 'vspc'),
	};

	it('says that it is skipped where there are no files', () => {
		expect(check(undefined)).toBe(
			'SKIPPED: VEEAM_SPECS is not set and ../shared/specs is not there.',
		);
		expect(specsFolder({ VEEAM_SPECS: 'specs' })).toBe(path.resolve('specs'));
		expect(olderSpecsFolder({ VEEAM_SPECS_OLDER: 'older' })).toBe(path.resolve('older'));
	});

	it('passes what is committed, CRLF or not, and only counts what has no node yet', () => {
		const at = folder(all);
		run(['vbr', at], at);
		const file = path.join(at, 'nodes', 'VeeamBackupReplication', 'api', 'operations.json');
		writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
		expect(check(at, at).match(/ {2}(the committed|no node).*/g)).toEqual([
			'  no node yet: checked for loss, not written',
			'  the committed catalogue is the same',
			'  no node yet: checked for loss, not written',
		]);
		expect(existsSync(path.join(at, 'nodes', 'VeeamBackupMicrosoft365'))).toBe(false);
	});

	it('reads the files of older versions from a folder of their own', () => {
		const older = { '1.0': taking(string, {}, '1.0') };
		const newer = { ...all, 'vbr.json': taking(string, {}, '2.0') };
		const at = folder(newer);
		const before = folder({ 'old.json': older['1.0'] });
		run(['vbr', at, before], at);
		expect(check(at, at)).toContain('SKIPPED: vbr: the folder has no file of 1.0');
		expect(check(at, at, before)).toContain('  the committed catalogue is the same');
	});

	it('passes over a product of which the folder lacks files', () => {
		const at = folder({ ...all, 'later.json': taking(string, {}, '2.0') });
		run(['vbr', at], at);
		const fewer = folder({ 'vbr.json': all['vbr.json'] });
		expect(check(fewer, at)).toBe(
			[
				'SKIPPED: vb365: the folder has no file of it',
				'SKIPPED: vbr: the folder has no file of 2.0',
				'SKIPPED: vspc: the folder has no file of it',
			].join('\n'),
		);
	});

	it('fails where the committed catalogue differs, and keeps its ids', () => {
		const at = folder(all);
		run(['vbr', at], at);
		const file = path.join(at, 'nodes', 'VeeamBackupReplication', 'api', 'operations.json');
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, text.replace('"id": "updateThing"', '"id": "changeThing"'));
		expect(() => check(at, at)).not.toThrow();
		writeFileSync(file, text.replace('"type":"string"', '"type":"integer"'));
		expect(() => check(at, at)).toThrow(
			/operations\.json is not what the files give, from line \d+ on:\n {2}committed .*integer.*\n {2}compiled .*string/,
		);
	});
});
