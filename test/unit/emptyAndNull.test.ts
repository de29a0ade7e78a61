/**
 * Empty and null can be said, for every operation of every version: what is taken is told by the
 * vendor's own file.
 */
import { readFileSync } from 'node:fs';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bodyInput } from '../../nodes/shared/binding/parameterBinding';
import type { Operation } from '../../nodes/shared/catalogue/types';
import type { OpenApi, Schema } from '../contract/openapi';
import { putBasePathIntoPaths } from '../contract/prepare';
import { casesOf, resourceOf, type Case } from '../contract/cases';
import { describeSpecified, nodeOf } from '../support/specified';
import { choicesOf, Recorder, run, shownProperties } from './formDriver.support';
import { bodySchema, whole } from './rawSchemas.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

/** The schemas of body fields, by name: one for each variant that has the field. */
function bodyFields(document: OpenApi, method: string, path: string): Map<string, Schema[]> {
	const raw = document.paths[path]?.[method.toLowerCase()] ?? {};
	const base = whole(document, bodySchema(document, raw));
	const variants = Object.values(base.discriminator?.mapping ?? {});
	const fields = new Map<string, Schema[]>();
	for (const { properties = {}, required = [] } of [
		base,
		...variants.map(($ref) => whole(document, { $ref })),
	])
		for (const [name, schema] of Object.entries(properties))
			fields.set(name, [
				...(fields.get(name) ?? []),
				{ ...whole(document, schema), isDue: required.includes(name) },
			]);
	return fields;
}

/** Whether an empty text is a value of the schema. */
const takesEmptyText = ({
	type,
	enum: values,
	format,
	minLength,
	pattern,
	isDue,
}: Schema): boolean =>
	type === 'string' &&
	!values &&
	// What is required has to say something.
	isDue !== true &&
	(format === undefined || format === 'password') &&
	!(Number(minLength) > 0) &&
	(typeof pattern !== 'string' || new RegExp(pattern).test(''));

describeSpecified(({ registered, version, file }) => {
	const { product } = registered;
	const catalogue = product.adapter.catalogue();
	const node = nodeOf(registered);
	const { description } = node;
	const document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
	const base = product.adapter.basePath(version);
	const operations = catalogue.operations.filter(
		(one) =>
			one.in.includes(version) &&
			bodyInput(catalogue, one) === 'fields' &&
			resourceOf(description, one.id) !== undefined,
	);
	const fieldsOf = ({ method, path }: Operation) => bodyFields(document, method, base + path);

	async function send(one: Case, changes: IDataObject) {
		recorder = new Recorder(version);
		const { error } = await run(product, { ...(one.parameters as IDataObject), ...changes });
		const [sent] = recorder.sent;
		const body = sent?.body && 'value' in sent.body ? (sent.body.value as IDataObject) : {};
		return { error, sent, body };
	}
	const made = new Map<Operation, Case[]>();
	function casesFor(operation: Operation): Case[] {
		const cases = made.get(operation) ?? casesOf({ description, catalogue }, operation, version);
		made.set(operation, cases);
		return cases;
	}
	const added = ({ parameters }: Case) => (parameters.additionalFields ?? {}) as INodeParameters;

	it('sends an added text that is empty as "" where it is one, and refuses it by name elsewhere', async () => {
		const wrong: string[] = [];
		let empty = 0;
		for (const operation of operations) {
			const fields = fieldsOf(operation);
			for (const one of casesFor(operation)) {
				if (one.extent !== 'all') continue;
				for (const name of Object.keys(added(one))) {
					const schemas = fields.get(name) ?? [];
					if (schemas.length === 0 || !schemas.every(({ type }) => type === 'string')) continue;
					const takes = schemas.map(takesEmptyText);
					const additionalFields = { ...added(one), [name]: '' };
					const { error, body, sent } = await send(one, { additionalFields });
					empty += 1;
					const isSent = body[name] === '' && !error;
					const isRefused = sent === undefined && /is empty$/.test(error?.message ?? '');
					// Where variants differ either may be right.
					const right = (takes.includes(true) && isSent) || (takes.includes(false) && isRefused);
					if (!right)
						wrong.push(
							`${operation.id} [${one.name}] ${name}: ${error?.message ?? JSON.stringify(body[name])}`,
						);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(empty).toBeGreaterThan(5);
	}, 300_000);

	it('sends null for what is set to null where it may be, and refuses it by name elsewhere', async () => {
		const wrong: string[] = [];
		let tried = 0;
		let taken = 0;
		for (const operation of operations) {
			const fields = fieldsOf(operation);
			for (const one of casesFor(operation)) {
				if (one.extent !== 'all') continue;
				const setting = shownProperties(description.properties, one.parameters).find(
					({ name }) => name === 'setToNull',
				);
				const offered = setting
					? (await choicesOf(node, setting, one.parameters)).map(({ value }) => String(value))
					: [];
				for (const name of Object.keys(added(one))) {
					const may = (fields.get(name) ?? []).map(({ nullable }) => nullable === true);
					const additionalFields = { ...added(one) };
					delete additionalFields[name];
					const { error, sent, body } = await send(one, {
						additionalFields,
						setToNull: [name],
					});
					tried += 1;
					const isSent = !error && body[name] === null;
					const isRefused =
						sent === undefined && /cannot be null in API/.test(error?.message ?? '');
					if (isSent) taken += 1;
					if (
						!(may.includes(true) && isSent && offered.includes(name)) &&
						!(may.includes(false) && isRefused)
					)
						wrong.push(
							`${operation.id} [${one.name}] ${name}: ${error?.message ?? JSON.stringify(body[name])}`,
						);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(tried).toBeGreaterThan(5);
		if (registered.key === 'vb365' || version === '3.6.1') expect(taken).toBeGreaterThan(5);
	}, 300_000);

	it('refuses what an expression failed to give to an added field', async () => {
		const wrong: string[] = [];
		for (const operation of operations)
			for (const one of casesFor(operation)) {
				if (one.extent !== 'all') continue;
				for (const name of Object.keys(added(one)))
					for (const nothing of [undefined, null]) {
						const additionalFields = { ...added(one), [name]: nothing };
						const { error, sent } = await send(one, { additionalFields });
						if (sent !== undefined || !/is empty|are empty/.test(error?.message ?? ''))
							wrong.push(`${operation.id} [${one.name}] ${name}: ${error?.message}`);
					}
			}
		expect(wrong).toEqual([]);
	}, 300_000);
});
