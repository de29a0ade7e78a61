/**
 * Each operation of every version (a) with an untouched form, (b) with all that an expression can fail
 * to give, in all fields at once, in all optional ones and in each one on top: nothing may be sent that
 * was not said. No server is asked: a recorder takes the requests.
 */
import { readFileSync } from 'node:fs';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { bodyInput, variantBinding } from '../../nodes/shared/binding/parameterBinding';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { SampleAnswers } from '../support/sampleAnswers';
import {
	mappedFields,
	Recorder,
	run,
	shownProperties,
	untouched,
} from '../unit/formDriver.support';
import { casesOf, resourceOf } from './cases';
import { nameOf, type OpenApi } from './openapi';
import { putBasePathIntoPaths } from './prepare';
import { emptied, isOwn, NOTHINGS, type Said, unsaid, visibleSwitches, WHOLE } from './said';
import { describeSpecified, nodeOf } from '../support/specified';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

/** Query parameters that an operation requires and gives a default for, by the vendor's file. */
function requiredDefaults(file: string): (method: string, path: string) => IDataObject {
	const document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
	const shared = (document.components.parameters ?? {}) as Record<string, object>;
	return (method, path) => {
		const { parameters = [] } = document.paths[path]?.[method.toLowerCase()] ?? {};
		const all = parameters.map(
			(one) => (one.$ref ? shared[nameOf(one.$ref)] : one) as typeof one & { required?: boolean },
		);
		return Object.fromEntries(
			all
				.filter(({ required, schema }) => required && schema?.default !== undefined)
				.map(({ name = '', schema }) => [name, schema?.default as string]),
		);
	};
}

describeSpecified(({ registered, version, file }) => {
	const { product } = registered;
	const catalogue = product.adapter.catalogue();
	const base = product.adapter.basePath(version);
	const node = nodeOf(registered);
	const { description } = node;
	const all = description.properties;
	const isNewest = version === catalogue.versions.at(-1);
	const defaultsOf = requiredDefaults(file);
	const samples = new SampleAnswers(file);
	const answers = new Map(
		samples.all().map(({ methodAndPath, schema }) => [methodAndPath, schema]),
	);
	const operations = catalogue.operations.filter(
		({ id, in: versions }) => versions.includes(version) && resourceOf(description, id),
	);
	const count = { operations: operations.length, runs: 0, sent: 0 };
	const wrong: string[] = [];

	/** The object that an update reads first. */
	function recordOf({ method, path }: Operation): IDataObject {
		const schema = method === 'PUT' ? answers.get(`GET ${base}${path}`) : undefined;
		return (schema ? samples.sample(schema) : {}) as IDataObject;
	}

	async function judge(
		operation: Operation,
		what: string,
		parameters: INodeParameters,
		said: Pick<Said, 'named' | 'anywhere'>,
	): Promise<void> {
		recorder = new Recorder(version);
		const answer = recordOf(operation);
		recorder.record = answer;
		const envelope = product.adapter.itemEnvelope ?? '';
		const record = (envelope in answer ? answer[envelope] : answer) as IDataObject;
		const { error } = await run(product, parameters as IDataObject);
		count.runs += 1;
		// What reads the object that is to be changed says nothing.
		const sent = recorder.sent.filter(
			({ method }) => method !== 'GET' || operation.method === 'GET',
		);
		if (error && sent.length > 0)
			wrong.push(`${operation.id} ${what}: sent, then ${error.message}`);
		if (error) return;
		count.sent += 1;
		const defaults = defaultsOf(operation.method, base + operation.path);
		for (const request of sent)
			for (const one of unsaid(request, { ...said, defaults, record }))
				wrong.push(`${operation.id} ${what}: ${one}`);
	}

	afterAll(() => {
		const number = (value: number) => value.toLocaleString('en');
		process.stdout.write(
			`${registered.key} ${version}: ${number(count.operations)} operations, ${number(count.runs)} runs of forms that say nothing, ${number(count.sent)} sent something\n`,
		);
	});

	it('sends nothing from an untouched form but the switches that stand in it', async () => {
		wrong.length = 0;
		for (const operation of operations) {
			const chosen = {
				resource: resourceOf(description, operation.id)!,
				operation: operation.id,
			};
			const start = untouched(all, chosen);
			// Switches of an update would switch off what is on.
			const isUpdate = ['PUT', 'PATCH'].includes(operation.method);
			const named = isUpdate ? new Map() : visibleSwitches(shownProperties(all, start), start);
			await judge(operation, 'untouched', start, { named, anywhere: [] });
		}
		expect(wrong).toEqual([]);
	}, 600_000);

	it('sends nothing that an expression failed to give', async () => {
		wrong.length = 0;
		for (const operation of operations) {
			const mapper = all.find(
				(property) =>
					property.name === 'fieldsToChange' &&
					shownProperties(all, { ...untouched(all, chosenOf(operation)) }).includes(property),
			);
			const changeable = mapper ? await mappedFields(node, mapper, chosenOf(operation)) : undefined;
			const dropdown = variantBinding(catalogue, operation);
			const input = bodyInput(catalogue, operation);
			const filled = casesOf({ description, catalogue, changeable }, operation, version);
			for (const { name, extent, parameters, body, query } of filled) {
				if (extent !== 'all') continue;
				const shown = shownProperties(all, parameters).filter(
					(property) => !isOwn(property) && property.name !== dropdown?.name,
				);
				const given = (which: INodeProperties[]): Map<string, unknown[]> =>
					saidBy(operation, parameters, which, [...body, ...query]);
				for (const [kind, nothing] of NOTHINGS) {
					const without = (which: INodeProperties[]): INodeParameters => ({
						...parameters,
						...(Object.fromEntries(
							which.map((one) => [one.name, emptied(one, parameters[one.name], nothing)]),
						) as INodeParameters),
					});
					// A filter may look for what is an empty text.
					const looked: Array<[string, unknown[]]> =
						nothing === '' && shown.some((one) => one.name === 'queryFilter')
							? [['filter', [ANY]]]
							: [];
					const nowhere = [undefined, null].includes(nothing as null) ? [] : [nothing];
					const variant: Array<[string, unknown[]]> = dropdown
						? [[dropdown.apiName.toLowerCase(), [parameters[dropdown.name]]]]
						: [];
					const tryOut = async (what: string, which: INodeProperties[]) =>
						await judge(operation, `[${name}] ${what} ${kind}`, without(which), {
							named: new Map([
								...given(shown.filter((one) => !which.includes(one))),
								...variant,
								...looked,
							]),
							anywhere: nowhere,
						});
					await tryOut('all', shown);
					const optional = shown.filter(
						({ type }) => type === 'collection' || type === 'resourceMapper',
					);
					if (optional.length > 0) await tryOut('optional', optional);
					if (isNewest && input !== 'update')
						for (const one of shown.filter((property) => !optional.includes(property)))
							await tryOut(`"${one.displayName}"`, [one]);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(count.runs).toBeGreaterThan(operations.length);
	}, 600_000);

	const chosenOf = ({ id }: Operation): INodeParameters => ({
		resource: resourceOf(description, id)!,
		operation: id,
	});
});

/** The API names of what is filled in: their values were said, whatever they look like on the wire. */
function saidBy(
	operation: Operation,
	parameters: INodeParameters,
	filled: INodeProperties[],
	names: string[],
): Map<string, unknown[]> {
	const said = new Map<string, unknown[]>();
	const path = (operation.pathParameters ?? []).map(({ name }) => name);
	for (const property of filled) {
		if (property.name === 'bodyJson') said.set(WHOLE, [ANY]);
		if (/^query(Filter|Options)$/.test(property.name)) said.set('filter', [ANY]);
		// Where to begin is said among the options of the query, and stays where the body is empty.
		const { offset } = (parameters[property.name] ?? {}) as { offset?: unknown };
		if (property.name === 'queryOptions' && offset !== undefined) said.set('offset', [offset]);
		const inside =
			property.type === 'collection' ? Object.keys(parameters[property.name] as object) : [];
		// Fields inside objects are named by the way to them: the outermost stands in the body.
		const { value = {} } = (parameters[property.name] ?? {}) as { value?: object };
		const mapped = property.name === 'fieldsToSet' ? Object.keys(value) : [];
		for (const one of [property.name, ...inside, ...mapped.map((id) => id.split('.')[0]!)]) {
			const plain = one.replace(/^(query|body)(?=[A-Z])/, '').toLowerCase();
			for (const name of [...names, ...path])
				if (name.toLowerCase() === plain) said.set(plain, [ANY]);
		}
	}
	return said;
}

/** Stands for whatever was filled in. */
const ANY = Symbol('given');
