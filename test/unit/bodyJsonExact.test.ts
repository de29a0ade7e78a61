/**
 * Body: JSON sends what was given, letter by letter where a value of the language cannot hold it: in every
 * way in which an operation takes a body.
 */
import type { IDataObject, INodeType } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { bodyInput } from '../../nodes/shared/binding/parameterBinding';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { openBody } from '../../nodes/shared/http/upload';
import { casesOf, resourceOf, SAMPLES } from '../contract/cases';
import { Recorder, run } from './formDriver.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

const ID = String(SAMPLES.uuid);

/** Objects as a person types them, or an expression gives them. */
const OBJECTS = [
	'{"size": 9007199254740993, "small": 0.1}',
	'{"big": 123456789012345678901234567890}',
	'{"exact": 1.10, "power": 1e400, "minus": -0}',
	'{"name": "a", "name": "b"}',
	'{"2": "second", "1": "first"}',
	'{"number": "007", "text": "1", "blank": " x ", "none": ""}',
	'{"unicode": "ä€😀\\u0041\\ud83d", "slash": "a\\/b", "line": "\\n\\t\\u2028"}',
	'{"__proto__": {"a": 1}, "constructor": {"prototype": {}}}',
	'{"nothing": null, "no": false, "zero": 0, "list": [], "object": {}, "deep": [[[null, {}]]]}',
	'{"pagination": {"skip": 3, "limit": 4}, "limit": 5, "skip": 6}',
	'{"quote": "a\\"b}", "bracket": "]}{["}',
	'{}',
	'  { "blank" :\n\t1 }\n',
];

/** What arrives, in the form in which two texts of the same meaning are the same. */
const canonical = (text: string): string =>
	text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) =>
		part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : '',
	);

async function wire(): Promise<string | undefined> {
	const body = recorder.writes[0]?.body;
	const { body: text } = await openBody({} as never, 0, body);
	return text as string | undefined;
}

describe.each(PRODUCTS)('$key', ({ product, Node }) => {
	const catalogue = product.adapter.catalogue();
	const version = catalogue.versions.at(-1)!;
	const { description } = new Node() as INodeType;
	const operations = catalogue.operations.filter(
		(one) =>
			one.in.includes(version) &&
			(one.body?.in?.includes(version) ?? true) &&
			resourceOf(description, one.id) !== undefined &&
			one.body?.media === 'json' &&
			one.paging === undefined &&
			['fields', 'json', 'update', 'patch'].includes(bodyInput(catalogue, one)),
	);
	/** What else the form demands. */
	const restOf = (operation: Operation) =>
		casesOf({ description, catalogue }, operation, version)[0]!.parameters as IDataObject;

	it('sends every text as it was given, through every operation', async () => {
		const wrong: string[] = [];
		let sent = 0;
		for (const operation of operations) {
			const isPatch = bodyInput(catalogue, operation) === 'patch';
			for (const object of OBJECTS) {
				const given = isPatch
					? `[{"op": "replace", "path": "/a~1b", "value": ${object}}]`
					: operation.body!.type.endsWith('[]')
						? `[${object}, ${object}]`
						: object;
				recorder = new Recorder(version);
				const { error } = await run(product, {
					...restOf(operation),
					operation: operation.id,
					bodyMode: 'json',
					bodyJson: given,
				});
				const arrived = await wire();
				// A body of nothing may go without.
				const isNothing = canonical(object) === '{}';
				if (isNothing && (arrived === undefined || arrived === 'null')) continue;
				sent += 1;
				const own = `,"id":"${ID}"}`;
				const expected = canonical(given);
				const isSame =
					arrived !== undefined &&
					(canonical(arrived) === expected ||
						// An update repeats the ID of the path.
						canonical(arrived) === expected.replace(/\}$/, own) ||
						canonical(arrived) === `{${own.slice(1)}`);
				if (error || !isSame) wrong.push(`${operation.id}: ${given}: ${error?.message ?? arrived}`);
			}
		}
		console.info(`${version}: ${operations.length} operations, ${sent} bodies`);
		expect(wrong).toEqual([]);
		expect(sent).toBeGreaterThan(100);
	}, 120_000);

	it('takes an object from an expression as it is, and refuses in words what is no JSON', async () => {
		const wrong: string[] = [];
		const values: unknown[] = [
			undefined,
			null,
			'',
			' ',
			'text',
			'{',
			'[1,]',
			"{'a': 1}",
			'undefined',
		];
		for (const operation of operations) {
			const isPatch = bodyInput(catalogue, operation) === 'patch';
			const object = { a: [null, '', 0, false, { b: 'ä' }], c: '9007199254740993' };
			const given = isPatch ? [{ op: 'add', path: '/a', value: object }] : object;
			recorder = new Recorder(version);
			const { error } = await run(product, {
				...restOf(operation),
				operation: operation.id,
				bodyMode: 'json',
				bodyJson: given as never,
			});
			const arrived = JSON.parse((await wire()) ?? 'null') as IDataObject | null;
			if (arrived && !Array.isArray(arrived) && arrived.id === ID) delete arrived.id;
			if (error || JSON.stringify(arrived) !== JSON.stringify(given))
				wrong.push(`${operation.id}: ${error?.message} ${JSON.stringify(arrived)}`);
			for (const bodyJson of values) {
				recorder = new Recorder(version);
				const refused = await run(product, {
					...restOf(operation),
					operation: operation.id,
					bodyMode: 'json',
					bodyJson,
				} as never);
				const body = await wire();
				const isRefused = recorder.writes.length === 0 && Boolean(refused.error?.description);
				// Without a body, where the operation may go without one.
				const isWithout = recorder.writes.length === 1 && body === undefined;
				const isBlank = bodyJson === undefined || bodyJson === null || bodyJson === '';
				if (!isRefused && !(isBlank && isWithout))
					wrong.push(`${operation.id}: ${JSON.stringify(bodyJson)}: sent ${body}`);
			}
		}
		expect(wrong).toEqual([]);
	}, 120_000);

	it('refuses a body where the version has none', async () => {
		for (const operation of catalogue.operations) {
			const hasNone =
				operation.in.includes(version) && operation.body?.in?.includes(version) === false;
			if (!hasNone || resourceOf(description, operation.id) === undefined) continue;
			recorder = new Recorder(version);
			const { error } = await run(product, {
				...restOf(operation),
				operation: operation.id,
				bodyMode: 'json',
				bodyJson: '{"a": 1}',
			});
			expect(error?.message).toMatch(/^"Body \(JSON\)" needs API /);
			expect(recorder.sent).toEqual([]);
		}
	});

	it('leaves the input item as it is', async () => {
		for (const operation of operations.filter(({ method }) => method === 'PUT')) {
			const bodyJson = { name: 'New' };
			recorder = new Recorder(version);
			await run(product, {
				...restOf(operation),
				operation: operation.id,
				bodyMode: 'json',
				bodyJson,
			});
			expect(bodyJson).toEqual({ name: 'New' });
		}
	});

	it('sends the body of an API request letter by letter', async () => {
		for (const requestBody of OBJECTS.filter((one) => one !== '{}')) {
			recorder = new Recorder(version);
			const { error } = await run(product, {
				operation: 'apiRequest',
				requestMethod: 'POST',
				requestPath: `${product.adapter.basePath(version)}/anything`,
				requestBody,
			});
			expect(error).toBeUndefined();
			expect(canonical((await wire()) ?? '')).toBe(canonical(requestBody));
		}
	});
});
