/** An error about a parameter does not quote what was typed into a field for a secret. */
import type { IDataObject, INodeType } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { isSecretName } from '../../nodes/shared/common/secretNames';
import { casesOf, resourceOf } from '../contract/cases';
import { Recorder, run } from './formDriver.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

const SECRET = 'Sommer-2031-geheim';

/** What an expression may give by mistake where a secret is wanted. */
const GIVEN: unknown[] = [
	{ value: SECRET },
	[SECRET],
	[[SECRET]],
	{ password: { value: SECRET } },
	`[${SECRET}`,
	`{"a": ${SECRET}}`,
];

/** Fields for a secret in a form, and in what its collections and mappers hold. */
function fieldsIn(
	held: IDataObject,
	put: (value: IDataObject) => IDataObject,
): Array<[string, (value: unknown) => IDataObject]> {
	return Object.entries(held).flatMap(([name, value]): ReturnType<typeof fieldsIn> => {
		const set = (one: unknown) => put({ ...held, [name]: one } as IDataObject);
		if (isSecretName(name.split('.').at(-1) ?? '')) return [[name, set]];
		const isHolder = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isHolder ? fieldsIn(value as IDataObject, set) : [];
	});
}

it.each(PRODUCTS)(
	'$key quotes no secret in an error of a field',
	async ({ product, Node }) => {
		const catalogue = product.adapter.catalogue();
		const { description } = new Node() as INodeType;
		const version = catalogue.versions.at(-1)!;
		const leaks: string[] = [];
		let errors = 0;
		for (const operation of catalogue.operations) {
			if (!operation.in.includes(version) || !operation.body) continue;
			if (resourceOf(description, operation.id) === undefined) continue;
			for (const one of casesOf({ description, catalogue }, operation, version)) {
				if (one.extent !== 'all') continue;
				for (const [name, put] of fieldsIn(one.parameters as IDataObject, (whole) => whole))
					for (const value of GIVEN) {
						recorder = new Recorder(version);
						recorder.record = one.record ?? {};
						const { error } = await run(product, put(value));
						if (!error) continue;
						errors += 1;
						const { message, description: advice = '' } = error;
						if (/Sommer|geheim/.test(`${message} ${advice}`))
							leaks.push(`${operation.id} ${name}: ${message}`);
					}
			}
		}
		expect(leaks).toEqual([]);
		expect(errors).toBeGreaterThan(10);
	},
	300_000,
);

it.each([
	[`{"password": ${SECRET}}`, "Unexpected token 'S' (line 1, column 14)"],
	[`{"a": 1,\n "password": "${SECRET}" "b"}`, 'line 2, column 35'],
	[`{"a": 1,\n\n}`, 'line 3, column 1'],
	[`{"password": "${SECRET}`, 'Unexpected end of JSON input (line 1, column 33)'],
	[`{"password": "${SECRET}\n"}`, 'line 1, column 33'],
	['// why\n{}', "Unexpected token '/' (line 1, column 1)"],
	["{'a': 1}", 'line 1, column 2'],
	[`{"a": undefined, "b": "${SECRET}"}`, "Unexpected token 'u' (line 1, column 7)"],
	['{"a": [object Object]}', "Unexpected token 'o' (line 1, column 8)"],
	['{"a": 1} x', 'line 1, column 10'],
	['{"a": tru}', 'line 1, column 10'],
])('broken JSON is named by its place, not by its text: %j', async (requestBody, place) => {
	const { product } = PRODUCTS[0]!;
	recorder = new Recorder(product.adapter.catalogue().versions.at(-1)!);
	const { error } = await run(product, {
		operation: 'apiRequest',
		requestMethod: 'POST',
		requestPath: '/api/v1/jobs',
		requestBody,
	});
	expect(error?.message).toContain('"Body (JSON)" is not valid JSON: ');
	expect(error?.message).toContain(place);
	expect(error?.message).not.toMatch(/Somm|geheim/);
	expect(recorder.sent).toEqual([]);
});
