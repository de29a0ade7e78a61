/**
 * Preview Only, for every operation of every version that changes something: nothing but reads leaves
 * the client, what is shown is what would have been sent, and no secret is in it. The client is the real
 * one; what it sends is taken from its hands.
 */
import type { IDataObject, IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import { bodyInput } from '../../nodes/shared/binding/parameterBinding';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { changeableFields } from '../../nodes/shared/form/fieldsToChange';
import type { VeeamRequest } from '../../nodes/shared/http/types';
import { execute } from '../../nodes/shared/runtime/execute';
import type { Product } from '../../nodes/shared/runtime/product';
import { casesOf, resourceOf } from '../contract/cases';
import { describeSpecified, nodeOf } from '../support/specified';
import { isShown, mappedFields, shownProperties, untouched } from './formDriver.support';
import { answersOf, fullAnswer, kindsOfType, putsOf, valueAt } from './updates.support';

let sent: VeeamRequest[];
let answer: unknown;
let hints: string[];

jest.mock('../../nodes/shared/http/request', () => ({
	...jest.requireActual<object>('../../nodes/shared/http/request'),
	send: async (_: unknown, request: VeeamRequest) => {
		sent.push(request);
		return { status: 200, headers: {}, body: JSON.stringify(answer ?? {}) };
	},
}));
jest.mock('../../nodes/shared/http/files', () => ({
	...jest.requireActual<object>('../../nodes/shared/http/files'),
	download: async (_: unknown, request: VeeamRequest) => {
		sent.push(request);
		return { data: '', mimeType: 'text/csv', fileName: 'file.csv', fileSize: '3 B' };
	},
}));

const TOKEN = 'the-token-of-the-credential';
const SECRET = 'Winter 2031 "geheim"';
const LOOKS_SECRET =
	/(password|passphrase|secretKey|accessKey|sharedKey|privateKey|token|clientSecret|applicationSecret|keyFile|handshakeCode|verificationCode|communityString)$/i;

/** Runs items with their parameters; `undefined` where nothing came out. */
async function run(
	product: Product,
	version: string,
	items: IDataObject[],
): Promise<{ items?: IDataObject[]; error?: Error }> {
	sent = [];
	hints = [];
	const context = {
		getInputData: () => items.map(() => ({ json: {} })),
		getNode: () => ({ name: 'Veeam', type: 'veeam', typeVersion: 1, parameters: {} }),
		getTimezone: () => 'Europe/Berlin',
		continueOnFail: () => false,
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		getCredentials: async () => ({
			serverUrl: 'https://server.example:1234',
			authentication: 'token',
			accessToken: TOKEN,
			apiVersion: version,
		}),
		getNodeParameter: (
			name: string,
			index: number,
			fallback: unknown,
			options?: { extractValue?: boolean },
		) => {
			const parameters = items[index]!;
			const value = name in parameters ? parameters[name] : fallback;
			const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
			return isLocator && options?.extractValue ? (value as IDataObject).value : value;
		},
	} as unknown as IExecuteFunctions;
	try {
		const [output = []] = await execute(context, product);
		return { items: output.map(({ json }) => json) };
	} catch (error) {
		return { error: error as Error };
	}
}

/** The same parameters with a secret wherever a text is given under a name that says so. */
function withSecrets(value: unknown, name = ''): unknown {
	if (typeof value === 'string') {
		if (LOOKS_SECRET.test(name)) return SECRET;
		if (!/^\s*[[{]/.test(value)) return value;
		try {
			return JSON.stringify(withSecrets(JSON.parse(value)));
		} catch {
			return value;
		}
	}
	if (Array.isArray(value)) return value.map((one) => withSecrets(one, name));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, one]) => [key, withSecrets(one, key)]),
	);
}

/** What a request looks like on the wire, without its body. */
function urlOf({ path, pathParameters = {}, query = {} }: VeeamRequest, base: string): string {
	const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) =>
		encodeURIComponent(String(pathParameters[name])),
	);
	const asked = new URLSearchParams();
	for (const [name, value] of Object.entries(query))
		for (const one of [value].flat()) if (one !== undefined) asked.append(name, String(one));
	const search = asked.toString();
	return `https://server.example:1234${base}${filled}${search ? `?${search}` : ''}`;
}

const bodyOf = ({ body }: VeeamRequest): unknown =>
	body && 'value' in body
		? body.value
		: body && { file: `Binary field "${body.binaryProperty}" of the input item` };

/** A shown value where its hidden texts are what was sent. */
function revealed(shown: unknown, real: unknown): unknown {
	if (shown === '*****' && (typeof real === 'string' || typeof real === 'number')) return real;
	if (Array.isArray(shown) && Array.isArray(real))
		return shown.map((one, index) => revealed(one, real[index]));
	if (typeof shown !== 'object' || shown === null || typeof real !== 'object') return shown;
	return Object.fromEntries(
		Object.entries(shown).map(([name, one]) => [
			name,
			revealed(one, (real as IDataObject)?.[name]),
		]),
	);
}

describeSpecified(({ registered, version }) => {
	const { product, folder } = registered;
	const catalogue = product.adapter.catalogue();
	const node = nodeOf(registered);
	const { description } = node;
	const answers = answersOf(folder);
	const updates = putsOf(registered, catalogue).updates;

	/** What the GET of the same path answers. */
	function recordOf({ path }: Operation): unknown {
		const get = catalogue.operations.find(
			(one) => one.method === 'GET' && one.path === path && one.in.includes(version),
		);
		return get?.returns.kind === 'item' ? fullAnswer(answers, get, version) : {};
	}

	/** The fields that a JSON Patch offers. */
	async function changeableOf(operation: Operation): Promise<ResourceMapperField[]> {
		const chosen = { resource: resourceOf(description, operation.id)!, operation: operation.id };
		const values = untouched(description.properties, chosen);
		const mapper = shownProperties(description.properties, values).find(
			({ name }) => name === 'fieldsToChange',
		);
		return mapper ? await mappedFields(node, mapper, values) : [];
	}

	/** Forms of an update by fields, a kind of object each, with what the server answers. */
	function updateForms(operation: Operation): Array<{ form: IDataObject; record: unknown }> {
		const { get } = updates.find(({ put }) => put === operation)!;
		const [least] = casesOf({ description, catalogue }, operation, version);
		return kindsOfType(catalogue, operation.body!.type, version).map((kind) => {
			const record = fullAnswer(answers, get, version, kind);
			const object = (get.returns.items ? record[get.returns.items] : record) as IDataObject;
			const fields = changeableFields({ catalogue, overlay: product.overlay }, operation.id, {
				version,
				record: object,
			});
			const texts = fields.filter(({ type }) => type === 'string');
			const given = [
				...texts.slice(0, 4),
				...texts.filter(({ id }) => LOOKS_SECRET.test(id) || valueAt(object, id) === undefined),
			].map(({ id }) => [
				id,
				LOOKS_SECRET.test(id) ? SECRET : 'f16c2ba4-e88f-467a-9a72-1d1a2c3b4d5e',
			]);
			return {
				form: { ...(least!.parameters as IDataObject), fieldsToChange: Object.fromEntries(given) },
				record,
			};
		});
	}

	it('sends nothing but reads, and shows what would be sent, without secrets', async () => {
		const wrong: unknown[] = [];
		const count = {
			operations: 0,
			previews: 0,
			reads: 0,
			compared: 0,
			secrets: 0,
			patches: 0,
			refused: 0,
		};
		for (const operation of catalogue.operations) {
			const isListed = operation.paging !== undefined;
			if (!operation.in.includes(version) || operation.method === 'GET' || isListed) continue;
			if (resourceOf(description, operation.id) === undefined) continue;
			const isUpdate = bodyInput(catalogue, operation) === 'update';
			const forms = isUpdate
				? updateForms(operation)
				: casesOf(
						{ description, catalogue, changeable: await changeableOf(operation) },
						operation,
						version,
					).map(({ parameters }) => ({
						form: withSecrets(parameters) as IDataObject,
						record: recordOf(operation),
					}));
			count.operations += 1;
			for (const { form, record } of forms) {
				answer = record;
				const control = description.properties.find(
					(one) => one.name === 'previewOnly' && isShown(one, form as never),
				);
				if (!control) wrong.push([operation.id, 'has no Preview Only']);
				const { items, error } = await run(product, version, [
					{ ...form, previewOnly: true, waitForCompletion: true },
				]);
				const reads = sent.filter(({ method }) => method === 'GET');
				if (sent.length > reads.length) wrong.push([operation.id, 'sent', sent]);
				count.reads += reads.length;
				const real = await run(product, version, [{ ...form, previewOnly: false }]);
				const written = sent.find(({ method }) => method !== 'GET');
				if (error) {
					count.refused += 1;
					// What a preview refuses is refused in earnest.
					if (written) wrong.push([operation.id, error.message]);
					continue;
				}
				const [item, ...more] = items!;
				if (!item?.preview || more.length > 0) wrong.push([operation.id, 'no preview', items]);
				count.previews += 1;
				if (!written) {
					if (!/is empty|nothing to change/.test(real.error?.message ?? 'nothing to change'))
						wrong.push([operation.id, 'not sent', real.error?.message]);
					continue;
				}
				count.compared += 1;
				const text = JSON.stringify(item);
				const isSecret = JSON.stringify(written).includes('geheim');
				if (isSecret) count.secrets += 1;
				if (/geheim|Winter/.test(text) || text.includes(TOKEN))
					wrong.push([operation.id, 'secret', text.slice(0, 300)]);
				const url = urlOf(written, product.adapter.basePath(version, written.path));
				const shownUrl = String(item!.url);
				if (item!.method !== written.method || (shownUrl !== url && !shownUrl.includes('*****')))
					wrong.push([operation.id, item!.method, item!.url, url]);
				const body = JSON.stringify(bodyOf(written));
				if (JSON.stringify(revealed(item!.body, bodyOf(written))) !== body)
					wrong.push([operation.id, 'body', item!.body, body]);
				const isPatch = bodyInput(catalogue, operation) === 'patch' && item!.changes !== undefined;
				if (isPatch) count.patches += 1;
				const object = (record as { data?: IDataObject }).data ?? {};
				const isOther = ({ path, value }: { path: string; value: unknown }) =>
					JSON.stringify(valueAt(object, path.slice(1))) !== JSON.stringify(value);
				// A step may say again what is.
				const expected =
					isUpdate ||
					(isPatch && (bodyOf(written) as Array<Parameters<typeof isOther>[0]>).some(isOther));
				const { changes = [] } = item as { changes?: unknown[] };
				if ((isUpdate || isPatch) && changes.length > 0 !== expected)
					wrong.push([operation.id, 'changes', changes, body]);
			}
		}
		console.info(`${registered.key} ${version}: ${JSON.stringify(count)}`);
		expect(wrong).toEqual([]);
		expect(count.compared).toBeGreaterThan(count.previews / 2);
		if (version !== '1.1-rev0') expect(count.secrets).toBeGreaterThan(3);
	}, 600_000);

	it('is decided item by item', async () => {
		answer = {};
		const one = catalogue.operations.find(
			({ id, in: versions, method }) =>
				versions.includes(version) && method === 'DELETE' && resourceOf(description, id),
		)!;
		const { parameters } = casesOf({ description, catalogue }, one, version)[0]!;
		const items = [true, false, 'true'].map((previewOnly) => ({ ...parameters, previewOnly }));
		const { items: output } = await run(product, version, items as IDataObject[]);
		expect(output!.map(({ preview }) => preview)).toEqual([true, undefined, true]);
		expect(sent.map(({ method }) => method)).toEqual(['DELETE']);
		for (const previewOnly of [undefined, null, '', 'perhaps', 0, {}]) {
			const { error } = await run(product, version, [
				{ ...parameters, previewOnly } as IDataObject,
			]);
			expect(error?.message).toMatch(/^"Preview Only" is /);
			expect(sent).toEqual([]);
		}
	});
	it('is shown where the object cannot be read, and says so', async () => {
		const patch = catalogue.operations.find(
			(one) => one.in.includes(version) && ['patch', 'update'].includes(bodyInput(catalogue, one)),
		)!;
		const parameters = {
			...casesOf({ description, catalogue }, patch, version)[0]!.parameters,
			bodyMode: 'json',
			bodyJson: '{"name": "New"}',
			fieldsToChange: {},
			previewOnly: true,
		};
		for (const broken of [undefined, {}, [], 'text', { errors: [] }]) {
			answer = broken;
			const { items, error } = await run(product, version, [parameters as IDataObject]);
			const isObject = JSON.stringify(broken) === '{"errors":[]}';
			expect([error?.message, items?.length]).toEqual([undefined, 1]);
			expect(sent.map(({ method }) => method)).toEqual(['GET']);
			if (isObject) continue;
			expect(items![0]).not.toHaveProperty('changes');
			expect(hints.join()).toMatch(/shows the request, but not what it changes/);
		}
	});
});
