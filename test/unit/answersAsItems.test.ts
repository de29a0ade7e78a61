/**
 * Answers as items, for every operation of every version: the answers are made from the vendor's
 * schema, and pass the real client on their way.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { PRODUCTS, type RegisteredProduct } from '../../nodes/products';
import { returnsFor } from '../../nodes/shared/catalogue';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { connect } from '../../nodes/shared/http';
import { send, type OutputOptions } from '../../nodes/shared/runtime/output';
import { answeredOperations, describeSpecified } from '../support/specified';
import { SampleAnswers } from '../support/sampleAnswers';

let answer: unknown;
let hints: string[];

jest.mock('../../nodes/shared/http/request', () => ({
	...jest.requireActual<object>('../../nodes/shared/http/request'),
	send: async () => ({ status: 200, headers: {}, body: JSON.stringify(answer ?? '') }),
}));

const OPTIONS: OutputOptions = { simplify: false, outputField: 'data', pageIn: 'none' };

/** The items that an operation makes of `answer`. */
async function itemsOf(
	{ product }: Pick<RegisteredProduct, 'product'>,
	version: string,
	operation: Operation,
	options: Partial<OutputOptions> = {},
): Promise<IDataObject[]> {
	hints = [];
	const { credentialType } = product.adapter;
	const context = {
		getNode: () => ({ name: 'Veeam', type: 'veeam', typeVersion: 1, parameters: {} }),
		getCredentials: async () => ({
			serverUrl: 'https://server.example',
			authentication: 'token',
			accessToken: 'token',
			apiVersion: version,
			name: credentialType,
		}),
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	} as unknown as IExecuteFunctions;
	const client = await connect(context, 0, product.adapter);
	const { method, path } = operation;
	const label = product.labels.operation(operation);
	const pathParameters = Object.fromEntries(
		(operation.pathParameters ?? []).map(({ name }) => [name, '1']),
	);
	const items = await send(
		{ context, client, product, itemIndex: 0 },
		operation,
		returnsFor(operation, version),
		{ method, path, label, pathParameters },
		{ ...OPTIONS, ...options },
	);
	return items.map(({ json }) => json);
}

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A session of Backup & Replication, whatever holds it. */
const isSession = (value: unknown): boolean =>
	isObject(value) && ['id', 'sessionType', 'state'].every((name) => name in value);

/** The list of sessions that an answer is, or has in the one list at its top. */
function sessionsIn(body: unknown): IDataObject[] {
	const lists = Array.isArray(body)
		? [body]
		: isObject(body)
			? Object.values(body).filter((one) => Array.isArray(one))
			: [];
	return (lists as IDataObject[][]).find((list) => list.length > 0 && list.every(isSession)) ?? [];
}

/** Whether the outcome of a session is nested. */
const hasNestedResult = ({ result }: IDataObject): boolean =>
	isObject(result) &&
	Object.keys(result).every((name) => /^(result|message|isCanceled)$/.test(name));

/** `null` beside every element of every list at the top and one level below. */
const withNulls = (value: unknown, depth = 0): unknown =>
	Array.isArray(value)
		? [null, ...value.flatMap((one) => [one as unknown, null])]
		: isObject(value) && depth < 2
			? Object.fromEntries(
					Object.entries(value).map(([name, one]) => [name, withNulls(one, depth + 1)]),
				)
			: value;

describeSpecified(({ registered, version, file }) => {
	const samples = new SampleAnswers(file);
	const answered = answeredOperations({ registered, version }, samples).filter(
		({ operation }) => returnsFor(operation, version).kind !== 'file',
	);

	it('makes objects of every answer, a session each of a list of sessions, `null` being nothing', async () => {
		const wrong: string[] = [];
		let sessions = 0;
		for (const { operation, schema } of answered) {
			const say = (what: string) => wrong.push(`${operation.id}: ${what}`);
			answer = samples.sample(schema);
			const started = sessionsIn(answer);
			const plain = await itemsOf(registered, version, operation);
			if (!plain.every(isObject)) say(`items that are no objects: ${JSON.stringify(plain)}`);
			if (started.length > 0) {
				sessions += started.length;
				const ids = plain.map(({ id }) => id);
				if (JSON.stringify(ids) !== JSON.stringify(started.map(({ id }) => id)))
					say(`${started.length} sessions came as ${JSON.stringify(ids)}`);
			}
			for (const simplify of [true, false]) {
				const shown = await itemsOf(registered, version, operation, { simplify });
				if (shown.some(hasNestedResult)) say(`a nested result, Simplify ${simplify}`);
			}
			const whole = answer;
			answer = withNulls(whole);
			const found = await itemsOf(registered, version, operation).catch((error: Error) => [
				{ error: error.message },
			]);
			if (found.length !== plain.length || !found.every(isObject))
				say(`with null: ${JSON.stringify(found).slice(0, 200)}`);
		}
		expect(wrong).toEqual([]);
		// VBR 12.0 has 131 operations with an answer.
		expect(answered.length).toBeGreaterThan(version === '1.1-rev0' ? 120 : 200);
		if (registered.key === 'vbr') expect(sessions).toBeGreaterThan(version === '1.1-rev0' ? 3 : 10);
	});
});

describe('work that goes on', () => {
	const [vbr, m365] = PRODUCTS as [RegisteredProduct, RegisteredProduct];
	const operationOf = ({ product }: RegisteredProduct, id: string) =>
		product.adapter.catalogue().operations.find((one) => one.id === id)!;
	const SESSION = { id: '1', name: 'Backup', sessionType: 'BackupJob', state: 'Starting' };

	it('is told, with how to wait for it', async () => {
		answer = { ...SESSION, result: { result: 'None', message: '', isCanceled: false } };
		const [item] = await itemsOf(vbr, '1.3-rev2', operationOf(vbr, 'startJob'));
		expect(item).toEqual({ ...SESSION, result: 'None', message: '', isCanceled: false });
		expect(hints).toEqual([
			'Start (Job) continues on the server. Switch on "Wait for Completion" to get its result, or wait for it later with Session > Wait for Completion.',
		]);
	});

	it('is told although the answer says nothing of it', async () => {
		answer = undefined;
		await itemsOf(m365, 'v7', operationOf(m365, 'startBackupJob'));
		expect(hints).toEqual([
			'Start (Backup Job) continues on the server. Switch on "Wait for Completion" to get its result.',
		]);
	});

	it.each([
		['that has ended', { ...SESSION, state: 'Stopped' }],
		[
			'of a task that has ended',
			{ id: '1', type: 'FlrRestore', state: 'stopped', result: 'Success' },
		],
		['that is none', { id: '1', name: 'x' }],
	])('is not told where the answer is work %s', async (_, body) => {
		answer = body;
		await itemsOf(vbr, '1.3-rev2', operationOf(vbr, 'startJob'));
		expect(hints).toEqual([]);
	});

	it('keeps a result that holds more than an outcome', async () => {
		answer = { status: 'Finished', result: { message: 'x', changes: [1] } };
		const [item] = await itemsOf(vbr, '1.3-rev2', operationOf(vbr, 'getSession'));
		expect(item).toEqual(answer);
	});
});
