/**
 * "Set to Null" in updates by fields and in JSON Patches, for every operation of every version: what may be null is told by that version's own file.
 */
import { readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';

import { bodyInput } from '../../nodes/shared/binding/parameterBinding';
import type { Operation } from '../../nodes/shared/catalogue/types';
import type { OpenApi } from '../contract/openapi';
import { casesOf, resourceOf } from '../contract/cases';
import { putBasePathIntoPaths } from '../contract/prepare';
import { describeSpecified, nodeOf } from '../support/specified';
import { choicesOf, ID, Recorder, run, shownProperties } from './formDriver.support';
import { answeredSchema, bodySchema, placesOf, rawOperation } from './rawSchemas.support';
import {
	answersOf,
	fullAnswer,
	kindsOfType,
	lackingIn,
	pathsThatDiffer,
	putsOf,
	takenBy,
	valueAt,
	type Json,
} from './updates.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

/** Places of each update, and of each of its kinds, that cannot be null. */
const OTHERS = 25;

describeSpecified(({ registered, version, file }) => {
	const { product, folder } = registered;
	const catalogue = product.adapter.catalogue();
	const node = nodeOf(registered);
	const document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
	const base = product.adapter.basePath(version);

	/** The fields that the form offers under "Set to Null"; a field of some versions says which. */
	async function offered(operation: Operation): Promise<string[]> {
		const chosen = {
			resource: resourceOf(node.description, operation.id),
			operation: operation.id,
			bodyMode: 'fields',
		} as never;
		const setting = shownProperties(node.description.properties, chosen).find(
			({ name }) => name === 'setToNull',
		);
		const choices = setting ? await choicesOf(node, setting, chosen) : [];
		const labels = choices.map(({ name }) => name);
		expect(new Set(labels).size).toBe(labels.length);
		return choices.map(({ value }) => String(value));
	}

	/** What else the form demands. */
	const parametersOf = (operation: Operation) =>
		casesOf({ description: node.description, catalogue }, operation, version)[0]!
			.parameters as IDataObject;

	const sent = () => {
		const body = recorder.writes[0]?.body;
		return body && 'value' in body ? (body.value as unknown) : undefined;
	};

	it('an update sends null where it may, leaves all else as it is, and refuses it by name elsewhere', async () => {
		const answers = answersOf(folder);
		const wrong: unknown[] = [];
		let [taken, refused] = [0, 0];
		for (const { put, get } of putsOf(registered, catalogue).updates) {
			if (!put.in.includes(version)) continue;
			const places = placesOf(document, bodySchema(document, rawOperation(document, put, base)));
			const choices = await offered(put);
			const required = parametersOf(put);
			// All that may be null; of the hundreds of others in a job some from each part.
			const step = Math.ceil(places.length / OTHERS);
			const some = places.filter(
				({ takesNull }, index) => takesNull.includes(true) || index % step === 0,
			);
			for (const kind of kindsOfType(catalogue, put.body!.type, version)) {
				const answer = fullAnswer(answers, get, version, kind);
				const record = (get.returns.items ? answer[get.returns.items] : answer) as Json;
				const before = takenBy(catalogue, put.body!.type, version, record) as Json;
				const lacks = lackingIn(catalogue, put.body!.type, version, before);
				for (const { path, takesNull } of some) {
					recorder = new Recorder(version);
					recorder.record = answer;
					const given = lacks
						.filter((name) => name !== path && !name.startsWith(`${path}.`))
						.map((name) => [name, name.endsWith('Ids') ? [ID] : ID]);
					const { error } = await run(product, {
						...required,
						fieldsToChange: Object.fromEntries(given) as IDataObject,
						setToNull: [path],
					} as never);
					const body = sent() as Json | undefined;
					const differ = body
						? pathsThatDiffer(before, body).filter((one) => !lacks.includes(one))
						: [];
					const isSent = !error && body !== undefined && valueAt(body, path) === null;
					const isAlone = differ.every((one) => one === path || one.startsWith(`${path}.`));
					const isRefused = body === undefined && error !== undefined;
					taken += Number(isSent);
					refused += Number(isRefused);
					// The path says which object it is.
					const isId = path === 'id' && put.path.endsWith('{id}') && !choices.includes(path);
					const right =
						(isId && isRefused) ||
						(takesNull.includes(true) && isSent && isAlone && choices.includes(path)) ||
						(takesNull.includes(false) && isRefused && /"/.test(error.message));
					if (!right) wrong.push([put.id, kind, path, takesNull, error?.message, differ]);
				}
			}
		}
		console.info(`${registered.key} ${version}: null taken ${taken}, refused ${refused}`);
		expect(wrong).toEqual([]);
		expect(refused).toBeGreaterThan(0);
		if (registered.key === 'vb365') expect(taken).toBeGreaterThan(10);
	}, 300_000);

	const patches = catalogue.operations.filter(
		(one) => one.in.includes(version) && bodyInput(catalogue, one) === 'patch',
	);

	if (patches.length > 0)
		it('a JSON Patch replaces by null where it may, and refuses it by name elsewhere', async () => {
			const wrong: unknown[] = [];
			let [taken, refused] = [0, 0];
			for (const patch of patches) {
				const schema = answeredSchema(document, rawOperation(document, patch, base), 'data');
				const choices = await offered(patch);
				const required = parametersOf(patch);
				for (const { path, takesNull } of placesOf(document, schema)) {
					if (path.includes('.')) continue;
					recorder = new Recorder(version);
					const { error } = await run(product, {
						...required,
						fieldsToChange: {},
						setToNull: [path],
					} as never);
					const step = [{ op: 'replace', path: `/${path}`, value: null }];
					const isSent = !error && JSON.stringify(sent()) === JSON.stringify(step);
					const isRefused =
						sent() === undefined && /cannot be null in API/.test(error?.message ?? '');
					taken += Number(isSent);
					refused += Number(isRefused);
					const right =
						(takesNull.includes(true) && isSent && choices.includes(path)) ||
						(takesNull.includes(false) && isRefused);
					if (!right) wrong.push([patch.id, path, takesNull, error?.message, sent()]);
				}
			}
			console.info(`${registered.key} ${version}: patches by null ${taken}, refused ${refused}`);
			expect(wrong).toEqual([]);
			expect(refused).toBeGreaterThan(50);
			if (version === '3.6.1') expect(taken).toBeGreaterThan(50);
		}, 300_000);
});
