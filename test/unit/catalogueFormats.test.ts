import path from 'node:path';

import { build } from '../../scripts/catalogue/build';
import { load } from '../../scripts/catalogue/load';
import { compiled, document, folder, operation, product, taking } from './catalogueFixtures';
import type { Json } from './catalogueFixtures';

const swagger = `swagger: "2.0"
info: { title: Veeam Service Provider Console REST API, version: "3.7" }
host: server:1280
basePath: /api/v3
schemes: [https]
consumes: [application/json]
produces: [application/json]
parameters:
  Version: { name: X-Client-Version, in: header, type: string }
  NewThing: { name: body, in: body, required: true, schema: { $ref: "#/definitions/NewThing" } }
responses:
  One: { description: OK, schema: { $ref: "#/definitions/ThingAnswer" } }
paths:
  /things:
    parameters:
      - $ref: "#/parameters/Version"
    get:
      operationId: GetThings
      summary: Get Things
      tags: [Things]
      parameters:
        - { name: offset, in: query, type: integer, format: int32, default: 0 }
        - { name: limit, in: query, type: integer, minimum: 1, maximum: 500, default: 100 }
        - { name: state, in: query, type: array, items: { type: string, enum: [Up, Down] }, collectionFormat: multi }
        - { name: ids, in: query, type: array, items: { type: string, format: uuid } }
      responses:
        "200":
          description: OK
          schema:
            type: object
            properties:
              data: { type: array, items: { $ref: "#/definitions/Thing" } }
              meta: { type: object }
    post:
      operationId: CreateThing
      summary: Create Thing
      tags: [Things]
      parameters:
        - $ref: "#/parameters/NewThing"
      responses:
        "200": { $ref: "#/responses/One" }
        "202": { description: Accepted }
  /things/{uid}/license:
    put:
      operationId: InstallLicense
      summary: Install License
      tags: [Things]
      consumes: [multipart/form-data]
      parameters:
        - { name: uid, in: path, required: true, type: string, format: uuid }
        - { name: license, in: formData, required: true, type: file }
        - { name: note, in: formData, type: string }
      responses:
        "204": { description: Done }
  /things/{uid}/report:
    get:
      operationId: GetReport
      summary: Get Report
      tags: [Things]
      produces: [application/pdf]
      parameters:
        - { name: uid, in: path, required: true, type: string }
      responses:
        "200": { description: OK, schema: { type: file } }
definitions:
  ThingAnswer:
    type: object
    properties:
      data: { $ref: "#/definitions/Thing" }
      meta: { type: object }
  Thing:
    type: object
    properties:
      uid: { type: string, format: uuid, readOnly: true }
      name: { type: string, x-nullable: true }
  NewThing:
    type: object
    discriminator: kind
    required: [kind]
    properties:
      kind: { type: string }
      # a property that is called like a keyword
      discriminator: { type: string, x-nullable: true }
  Big:
    allOf:
      - $ref: "#/definitions/NewThing"
      - type: object
        properties:
          size: { type: integer, format: int64 }
`;

describe('a Swagger 2 file in YAML', () => {
	it('gives the same catalogue as its OpenAPI 3 twin, with nothing lost', () => {
		const at = folder({ 'vspc.yaml': swagger });
		const { sources } = load(product('vspc'), [path.join(at, 'vspc.yaml')]);
		const { catalogue, measures } = build(product('vspc'), sources);
		expect(catalogue).toEqual({
			product: 'vspc',
			versions: ['3.7'],
			operations: [
				{
					id: 'listThings',
					title: 'Get Things',
					tag: 'Things',
					method: 'GET',
					path: '/things',
					in: ['3.7'],
					query: [
						{ name: 'offset', type: 'integer', default: 0 },
						{ name: 'limit', type: 'integer', default: 100, min: 1, max: 500 },
						{ name: 'state', type: '@State[]' },
						{ name: 'ids', type: 'uuid[]', separator: ',' },
					],
					paging: 'query',
					returns: {
						kind: 'page',
						items: 'data',
						status: [200],
						fields: { uid: 'uuid', name: 'string' },
					},
				},
				{
					id: 'createThing',
					title: 'Create Thing',
					tag: 'Things',
					method: 'POST',
					path: '/things',
					in: ['3.7'],
					body: { media: 'json', required: true, type: '#NewThing' },
					returns: {
						kind: 'item',
						items: 'data',
						status: [200, 202],
						fields: { uid: 'uuid', name: 'string' },
					},
				},
				{
					id: 'installLicense',
					title: 'Install License',
					tag: 'Things',
					method: 'PUT',
					path: '/things/{uid}/license',
					in: ['3.7'],
					pathParameters: [{ name: 'uid', type: 'uuid', required: true }],
					body: {
						media: 'multipart',
						required: true,
						type: '#InstallLicenseBody',
						filePart: 'license',
					},
					returns: { kind: 'nothing', status: [204] },
				},
				{
					id: 'getReport',
					title: 'Get Report',
					tag: 'Things',
					method: 'GET',
					path: '/things/{uid}/report',
					in: ['3.7'],
					pathParameters: [{ name: 'uid', type: 'string', required: true }],
					returns: { kind: 'file', media: ['application/pdf'], status: [200] },
				},
			],
			types: {
				NewThing: {
					fields: [
						{ name: 'kind', type: 'string', required: true },
						{ name: 'discriminator', type: 'string', nullable: true },
					],
					variants: { on: 'kind', of: { Big: 'Big' } },
				},
				Big: {
					fields: [
						{ name: 'kind', type: 'string', required: true, only: ['Big'] },
						{ name: 'discriminator', type: 'string', nullable: true },
						{ name: 'size', type: 'integer' },
					],
				},
				InstallLicenseBody: {
					fields: [
						{ name: 'license', type: 'binary', required: true },
						{ name: 'note', type: 'string' },
					],
				},
			},
			enums: { State: ['Up', 'Down'] },
		});
		expect(measures[0]!.measure).toEqual({
			operations: { read: 4, kept: 4, without: {} },
			parameters: { read: 8, kept: 6, without: { 'headers left to the adapter': 2 } },
			bodyFields: { read: 5, kept: 5, without: {} },
			enumValues: { read: 0, kept: 0, without: {} },
			lost: [],
		});
	});

	it.each([
		[
			'collectionFormat: multi',
			'collectionFormat: pipes',
			'The parameter "state" joins its values as "pipes".',
		],
		['schemes: [https]', 'webhooks: {}', '"webhooks" is no part of Swagger 2 the compiler knows.'],
		[
			'"#/parameters/NewThing"',
			'"#/parameters/No"',
			'The reference #/parameters/No points at nothing.',
		],
		['x-nullable: true', 'if: {}', 'The schema keyword "if" is unknown to the compiler.'],
	])('is refused with %s as %s', (known, unknown, message) => {
		const at = folder({ 'a.yaml': swagger.replace(known, unknown) });
		expect(() => load(product('vspc'), [path.join(at, 'a.yaml')])).toThrow(message);
	});
});

describe('an OpenAPI 3.1 file', () => {
	it('gives the same catalogue as its 3.0 twin', () => {
		const schema = (nullable: Json, more: Json, fixed: Json) => ({
			type: 'object',
			properties: { a: nullable, b: { type: 'integer', ...more }, c: fixed },
		});
		const old = taking(
			schema(
				{ type: 'string', nullable: true },
				{ minimum: 1, exclusiveMinimum: true },
				{ type: 'string', enum: ['x'] },
			),
		);
		const now = taking(
			schema({ type: ['string', 'null'] }, { exclusiveMinimum: 1 }, { type: 'string', const: 'x' }),
		);
		expect(compiled([{ ...now, openapi: '3.1.0' }])).toEqual(compiled([old]));
	});

	it('is refused where 3.0 has no word for it', () => {
		const now = { ...taking({ type: ['string', 'integer'] }), openapi: '3.1.0' };
		expect(() => compiled([now])).toThrow('The type ["string","integer"] is unknown');
	});
});

describe('the path of the server', () => {
	it('goes in front of the paths, and the prefix that the adapter adds comes off', () => {
		const servers = [{ url: 'https://server:1280/api/v3/' }];
		const paths = { '/things': { get: operation() } };
		const withServer = { ...document(paths, {}, '3.7', 'vspc'), servers };
		expect(compiled([withServer], 'vspc').operations[0]!.path).toBe('/things');
	});
});
