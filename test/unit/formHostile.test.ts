/**
 * Whatever an expression gives to a parameter of a form, the node sends what it means or says in words
 * what is wrong: no error of the language's own, and nothing that stands for "no value" at the server.
 */
import type { IDataObject, INodeType } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { casesOf, resourceOf } from '../contract/cases';
import { ID, Recorder, run, untouched } from './formDriver.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

const HOSTILE: Array<[name: string, value: unknown]> = [
	['undefined', undefined],
	['null', null],
	['an empty text', ''],
	['a blank', ' '],
	['zero', 0],
	['below zero', -1],
	['no number', NaN],
	['no end', Infinity],
	['a switch', true],
	['an empty list', []],
	['a list of a list', [[]]],
	['a list of null', [null]],
	['an empty object', {}],
	['an object', { a: {} }],
	['an empty locator', { __rl: true }],
	['a locator without a value', { __rl: true, mode: 'id' }],
	['a locator of an object', { __rl: true, mode: 'list', value: {} }],
	['a control character', '\u0000'],
	['a long text', 'x'.repeat(70_000)],
	['no date', new Date(NaN)],
];

/** What the language says by itself, never a node. */
const RAW =
	/Cannot (read|destructure|convert)|is not a function|is not iterable|Invalid array length/;

/** What no server should get. */
const NOTHING = /\[object Object\]|"undefined"|\bNaN\b|"Infinity"|Invalid Date/;

/** Every parameter of a form, and every entry of its collections, with how a value comes there. */
function placesIn(form: IDataObject): Array<[name: string, put: (value: unknown) => IDataObject]> {
	return Object.entries(form)
		.filter(([name]) => name !== 'resource' && name !== 'operation')
		.flatMap(([name, held]): ReturnType<typeof placesIn> => {
			const isCollection =
				typeof held === 'object' &&
				held !== null &&
				!Array.isArray(held) &&
				!('__rl' in held) &&
				!('mappingMode' in held);
			const entries = isCollection ? Object.keys(held) : [];
			return [
				[name, (value) => ({ ...form, [name]: value }) as IDataObject],
				...entries.map((entry): [string, (value: unknown) => IDataObject] => [
					`${name}.${entry}`,
					(value) =>
						({ ...form, [name]: { ...(held as IDataObject), [entry]: value } }) as IDataObject,
				]),
			];
		});
}

/** One operation of each sort: how it asks, what it sends, and what comes back. */
function oneOfEach(operations: Operation[]): Operation[] {
	const sorts = new Map<string, Operation>();
	for (const operation of operations) {
		const { method, returns, body, paging } = operation;
		const sort = [method, returns.kind, body?.media, paging].join();
		if (!sorts.has(sort)) sorts.set(sort, operation);
	}
	return [...sorts.values()];
}

it.each(PRODUCTS)(
	'$key sends or refuses in words whatever stands in a parameter',
	async ({ product, Node }) => {
		const catalogue = product.adapter.catalogue();
		const { description } = new Node() as INodeType;
		const version = catalogue.versions.at(-1)!;
		const wrong: string[] = [];
		let tried = 0;
		const operations = catalogue.operations.filter(
			(one) => one.in.includes(version) && resourceOf(description, one.id) !== undefined,
		);
		for (const operation of oneOfEach(operations)) {
			const one = casesOf({ description, catalogue }, operation, version).at(-1)!;
			const form = {
				...untouched(description.properties, { ...one.parameters, waitForCompletion: true }),
				...one.parameters,
			} as IDataObject;
			for (const [name, put] of placesIn(form)) {
				for (const [what, value] of HOSTILE) {
					recorder = new Recorder(version);
					recorder.record = one.record ?? { id: ID };
					const { error } = await run(product, put(value) as never);
					tried += 1;
					const asked = recorder.sent.map(({ path, pathParameters, query, body }) =>
						JSON.stringify([path, pathParameters, query, body]),
					);
					const isWorded = !error || (Boolean(error.description) && !RAW.test(error.message));
					if (!isWorded || NOTHING.test(asked.join()))
						wrong.push(`${operation.id} ${name}, ${what}: ${error?.message ?? asked.join()}`);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(tried).toBeGreaterThan(1000);
	},
	300_000,
);
