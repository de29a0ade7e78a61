/**
 * Every "From List" and every dropdown of what there is, of all products and API versions, on the
 * simulated servers: what a person would choose from.
 */
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { PRODUCTS, type ProductKey, type RegisteredProduct } from '../../nodes/products';
import { fitOf, pickersOf } from '../../nodes/shared/form/pickers';
import { listSearch, loadOptions } from '../support/executeNode';
import { operationPickers } from '../support/operationPickers';
import { isShown } from '../support/shown';
import { benchOf } from './bench.support';

jest.setTimeout(600_000);

interface Entry {
	name: string;
	value: unknown;
}

/** What one list showed. */
interface Seen {
	/** "session › stopSession › sessionId" */
	where: string;
	entries: Entry[];
	error?: { message: string; description?: string | null };
}

const GUID = /^\{?[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}\}?$/i;

/** Entries of an outer list that are tried until one has something inside. */
const TRIED = 4;

/** What an estate has only after something was started: restore sessions of each kind, to look into. */
async function prepare(key: ProductKey, bench: Awaited<ReturnType<typeof benchOf>>): Promise<void> {
	if (key !== 'vb365') return;
	const [organization] = await bench.json({
		...{ resource: 'organization', operation: 'getOrganizations', limit: 1 },
	});
	for (const type of ['Vex', 'Veod', 'Vesp', 'Vet'])
		await bench.json({
			resource: 'restoreSession',
			operation: 'createRestoreSessionForOrganization',
			organizationId: { __rl: true, mode: 'id', value: String(organization!.id) },
			additionalFields: { type },
			waitForCompletion: true,
		});
}

/** Lists whose records say no word of themselves: they are chosen by their IDs. */
const NAMELESS: Array<{ where: RegExp; because: string }> = [
	{
		where: /^vbr .* helperApplianceTemplateId$/,
		because: 'the simulated template has an empty specification; a real one says its location',
	},
	{
		where: /^vspc 3\.5\.1 backupPolicy .* policyUid$/,
		because: 'a policy got its name in 3.6',
	},
	{
		where: /^vspc .* computerUid$/,
		because: 'the simulated computer has no information; a real one says its host name',
	},
];

/** The fields of a form whose value is picked, wherever they stand in it. */
function* picked(
	properties: INodeProperties[],
	form: INodeParameters,
	inside: INodeParameters = form,
): Generator<INodeProperties> {
	for (const property of properties) {
		if (!isShown(property, inside, form)) continue;
		if (property.type === 'resourceLocator') yield property;
		if (/Choices$/.test(property.typeOptions?.loadOptionsMethod ?? '')) yield property;
		if (property.type === 'collection')
			yield* picked((property.options ?? []) as INodeProperties[], form, {});
	}
}

/** Walks all lists of a product in a version. */
async function walk({ key, product, Node }: RegisteredProduct, version: string): Promise<Seen[]> {
	const bench = await benchOf(key, {}, { apiVersion: version });
	const node = new Node() as INodeType;
	const { description } = node;
	const catalogue = product.adapter.catalogue();
	const known = new Map<string, Promise<Seen>>();
	const seen: Seen[] = [];

	async function open(property: INodeProperties, parameters: INodeParameters): Promise<Entry[]> {
		const setup = { node, credentials: bench.credentials, parameters };
		const method = property.typeOptions?.loadOptionsMethod;
		if (method !== undefined) {
			const options: INodePropertyOptions[] = await loadOptions({ ...setup, method });
			return options;
		}
		const search = String(property.modes![0]!.typeOptions!.searchListMethod);
		return (await listSearch({ ...setup, method: search })).results;
	}

	/** What a field shows; what its list lies in is chosen before, from its own list. */
	async function look(
		property: INodeProperties,
		start: INodeParameters,
		outer: string[],
	): Promise<Seen & { parameters: INodeParameters }> {
		const where = `${String(start.resource)} › ${String(start.operation)} › ${property.name}`;
		const [first, ...more] = outer;
		if (first === undefined)
			return await open(property, start).then(
				(entries) => ({ where, entries, parameters: start }),
				(error: Seen['error']) => ({ where, entries: [], error, parameters: start }),
			);
		const field = description.properties.find(
			(one) => one.name === first && one.type === 'resourceLocator' && isShown(one, start),
		);
		// A name that is typed.
		if (!field) return await look(property, { ...start, [first]: 'name' }, more);
		let why: Seen['error'];
		const choices = await open(field, start).catch((error: Seen['error']): Entry[] => {
			why = error;
			return [];
		});
		let last: (Seen & { parameters: INodeParameters }) | undefined;
		for (const { value } of choices.slice(0, TRIED)) {
			const chosen = { ...start, [first]: { __rl: true, mode: 'list', value: String(value) } };
			last = await look(property, chosen, more);
			if (last.entries.length > 0) return last;
		}
		return last ?? { where, entries: [], parameters: start, error: why };
	}

	try {
		await prepare(key, bench as never);
		const resources = operationPickers(description.properties);
		for (const list of resources)
			for (const { value: operation } of list.options as INodePropertyOptions[])
				for (const resource of (list.displayOptions?.show?.resource ?? []) as string[]) {
					const start = { resource, operation } as INodeParameters;
					const behind = catalogue.operations.find(({ id }) => id === operation);
					if (behind && !behind.in.includes(version)) continue;
					for (const property of picked(description.properties, start)) {
						const picker =
							behind && pickersOf(catalogue, product.overlay, behind).get(property.name);
						// The same list for another operation shows the same, unless it fits less.
						const fit = picker && fitOf(product.overlay, picker.list, behind)?.of;
						const what = picker
							? [picker.list.id, picker.idField, property.type, fit].join(' ')
							: `${String(operation)} ${property.name}`;
						if (known.has(what)) continue;
						const outer = picker?.outer.map(({ parameter }) => parameter) ?? [];
						const found = look(property, start, outer);
						known.set(what, found);
						seen.push(await found);
					}
				}
	} finally {
		await bench.close();
	}
	return seen;
}

describe.each(PRODUCTS)('$key', (registered) => {
	describe.each(registered.product.adapter.catalogue().versions)('API %s', (version) => {
		let seen: Seen[];
		beforeAll(async () => (seen = await walk(registered, version)));

		it('every list has entries, or says how to get one', () => {
			const silent = seen.filter(
				({ entries, error }) => entries.length === 0 && !(error?.description ?? '').trim(),
			);
			const count = seen.filter(({ entries }) => entries.length > 0).length;
			console.info(`${registered.key} ${version}: ${seen.length} lists, ${count} with entries`);
			expect(count).toBeGreaterThan(10);
			expect(silent).toEqual([]);
		});

		it('no two entries of a list read alike', () => {
			const alike = seen.flatMap(({ where, entries }) => {
				const names = entries.map(({ name }) => name);
				const twins = names.filter((name, at) => names.indexOf(name) !== at);
				return twins.length > 0 ? [`${where}: ${twins[0]}`] : [];
			});
			expect(alike).toEqual([]);
		});

		it('every entry has a name', () => {
			const nameless = seen.flatMap(({ where, entries }) => {
				if (NAMELESS.some((one) => one.where.test(`${registered.key} ${version} ${where}`)))
					return [];
				const found = entries.find(({ name }) => GUID.test(name) || name.trim() === '');
				return found ? [`${where}: ${found.name}`] : [];
			});
			expect(nameless).toEqual([]);
		});
	});
});
