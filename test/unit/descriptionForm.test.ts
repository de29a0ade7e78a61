import type { INode, INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import {
	bodyInput,
	bodyPaging,
	bodyBindings,
	bodyType,
	pathBindings,
	queryBindings,
	variantBinding,
	type ParameterBinding,
} from '../../nodes/shared/binding/parameterBinding';
import { operationOptions } from '../support/operationPickers';
import { type BuiltNode, NODES } from './description.support';

const shown = (property: INodeProperties, values: INodeParameters, root = values): boolean =>
	NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, null, root);

/** One way to fill in the form of an operation: with JSON, or with the fields of a variant. */
interface Way {
	operation: Operation;
	values: INodeParameters;
	bindings: ParameterBinding[];
	variant?: string;
}

function waysOf(catalogue: Catalogue, resource: string, operation: Operation): Way[] {
	const always = [...pathBindings(operation), ...queryBindings(operation)];
	const values = { resource, operation: operation.id };
	if (bodyInput(catalogue, operation) !== 'fields')
		return [{ operation, values, bindings: always }];
	const dropdown = variantBinding(catalogue, operation);
	const variants = Object.keys(bodyType(catalogue, operation)?.variants?.of ?? {});
	const hasChoice = !isSmall(catalogue, operation);
	return [
		...(hasChoice
			? [{ operation, values: { ...values, bodyMode: 'json' }, bindings: always }]
			: []),
		...(dropdown ? variants : [undefined]).map((variant) => ({
			operation,
			variant,
			values: {
				...values,
				...(hasChoice ? { bodyMode: 'fields' } : {}),
				...(dropdown && variant !== undefined ? { [dropdown.name]: variant } : {}),
			},
			bindings: [
				...always,
				...bodyBindings(catalogue, operation, variant).filter(({ filledFrom }) => !filledFrom),
			],
		})),
	];
}

/** A body of less than four texts, numbers, switches, choices or lists of these, all of them known. */
function isSmall(catalogue: Catalogue, operation: Operation): boolean {
	const { fields = [], variants, additional } = bodyType(catalogue, operation) ?? {};
	const names = new Set(fields.map(({ name }) => name));
	const flat =
		/^(string|uuid|dateTime|date|time|uri|email|password|integer|number|boolean|@\w+)(\[\])?$/;
	const isFlat = fields.every(({ type }) => flat.test(type));
	return (
		isFlat && names.size < 4 && !variants && !additional && !operation.paging?.startsWith('body')
	);
}

/** What the form shows on top, and the names in each collection. */
function formOf(all: INodeProperties[], { values }: Way) {
	const form = {
		properties: all.filter((property) => shown(property, values)),
		top: [] as string[],
		filters: [] as string[],
		additionalFields: [] as string[],
	};
	for (const property of form.properties) {
		form.top.push(property.name);
		if (property.name !== 'filters' && property.name !== 'additionalFields') continue;
		const entries = property.options as INodeProperties[];
		form[property.name].push(
			...entries.filter((entry) => shown(entry, {}, values)).map(({ name }) => name),
		);
	}
	return form;
}

/** Every way to fill in every operation of a node, with the form it is shown. */
function formsOf({ catalogue, properties }: BuiltNode) {
	const all = properties();
	const options = operationOptions(all);
	const resourceOf = new Map(options.map(({ value, resource }) => [String(value), resource]));
	const ways = catalogue.operations.flatMap((operation) =>
		waysOf(catalogue, resourceOf.get(operation.id)!, operation),
	);
	return { all, options, ways, forms: ways.map((way) => ({ way, form: formOf(all, way) })) };
}

const labelled = ({ operation, values, variant }: Way, names: string[]) => [
	operation.id,
	String(values.bodyMode),
	variant,
	[...names].sort(),
];

describe.each(NODES)('the form of each operation of $product', (node) => {
	const { catalogue } = node;
	const { all, options, ways, forms } = formsOf(node);

	it('can be chosen: every operation of the catalogue once, and those of our own', () => {
		const ours = node.ownOperations.map(({ operation }) => operation);
		expect(ours).toContain('apiRequest');
		expect(options.map(({ value }) => value).sort()).toEqual(
			[...catalogue.operations.map(({ id }) => id), ...ours].sort(),
		);
	});

	it('shows each name once', () => {
		for (const { way, form } of forms) {
			for (const names of [form.top, form.filters, form.additionalFields])
				expect(labelled(way, names)).toEqual(labelled(way, [...new Set(names)]));
		}
	});

	it.each(['filters', 'additionalFields'] as const)(
		'offers in %s exactly the optional fields of the operation and the variant',
		(collection) => {
			for (const { way, form } of forms) {
				const expected = way.bindings
					.filter((binding) => binding.collection === collection)
					.map(({ name }) => name);
				// What stands beside the API's own: see withinHours.test.ts.
				const own = form[collection].filter((name) => !name.endsWith('WithinHours'));
				expect(labelled(way, own)).toEqual(labelled(way, expected));
			}
		},
	);

	it('shows on top exactly the required fields, and the switches that fit', () => {
		const SWITCHES = new Set(
			(
				'resource operation filters additionalFields bodyMode bodyJson returnAll simplify ' +
				'waitForCompletion binaryPropertyName outputFieldName queryFilter queryOptions ' +
				'fieldsToChange fieldsToSet setToNull previewOnly includeReasons ' +
				'filterCompany filterLocation filterBackupServer'
			).split(' '),
		);
		for (const { way, form } of forms) {
			const dropdown = variantBinding(catalogue, way.operation)?.name;
			const expected = way.bindings.filter(({ collection }) => !collection).map(({ name }) => name);
			const given = form.top.filter((name) => !SWITCHES.has(name) && name !== dropdown);
			expect(labelled(way, given)).toEqual(labelled(way, expected));
		}
	});

	it('asks for the objects of a path in the order of the path', () => {
		for (const { way, form } of forms) {
			const wanted = pathBindings(way.operation).map(({ name }) => name);
			const given = form.top.filter((name) => wanted.includes(name));
			expect([way.operation.id, given]).toEqual([way.operation.id, wanted]);
		}
	});

	it('keeps what a user fills in', () => {
		const oneOfEachResource = [...new Map(ways.map((way) => [way.values.resource, way])).values()];
		for (const { values, bindings } of oneOfEachResource) {
			const filled: INodeParameters = { ...values };
			for (const { name, collection } of bindings)
				if (collection)
					filled[collection] = { ...(filled[collection] as INodeParameters), [name]: 'kept' };
				else filled[name] = 'kept';
			const kept = NodeHelpers.getNodeParameters(
				all,
				filled,
				true,
				false,
				{ typeVersion: 1 },
				null,
			);
			expect(kept).toMatchObject(filled);
		}
	});

	it('insists on what every version requires', () => {
		const required = forms.flatMap(({ way, form }) =>
			way.bindings
				// Those inside objects are open in the resource mapper: see fieldsToSet.test.ts.
				.filter(({ alwaysRequired, collection }) => alwaysRequired && collection === undefined)
				.map(({ name }) => form.properties.find((property) => property.name === name)),
		);
		expect(required.length).toBeGreaterThan(500);
		// A switch is never empty, a description may be.
		const lenient = required.filter((property) => !property?.required);
		expect(new Set(lenient.map((property) => property?.type ?? 'missing'))).toEqual(
			new Set(['boolean', 'string']),
		);
		expect(
			new Set(lenient.filter((one) => one?.type === 'string').map((one) => one?.name)),
		).toEqual(new Set(['description']));
	});

	it('offers the variants that the catalogue knows, or loads them', () => {
		for (const operation of catalogue.operations) {
			const dropdown = variantBinding(catalogue, operation);
			if (!dropdown || bodyInput(catalogue, operation) !== 'fields') continue;
			const property = all.find(
				(one) =>
					one.name === dropdown.name && shown(one, { operation: operation.id, bodyMode: 'fields' }),
			);
			const given = (property?.options as INodePropertyOptions[] | undefined)
				?.map(({ value }) => value)
				.filter((value) => value !== '');
			const known = Object.keys(bodyType(catalogue, operation)!.variants!.of);
			if (given) expect(given.sort()).toEqual(known.sort());
			else expect(property?.typeOptions?.loadOptionsMethod).toBe(`${dropdown.name}Options`);
		}
	});
});

describe('the form of Backup & Replication', () => {
	const { all, forms, ways } = formsOf(NODES[0]!);

	it('asks in JSON mode for nothing that JSON holds', () => {
		const issuesOf = (parameters: INodeParameters) => {
			// As n8n does before it runs a workflow: defaults filled in, hidden parameters left out.
			const filled = NodeHelpers.getNodeParameters(
				all,
				parameters,
				true,
				false,
				{ typeVersion: 1 },
				null,
			)!;
			const node = { typeVersion: 1, parameters: filled } as INode;
			const issues = NodeHelpers.getNodeParametersIssues(all, node, null);
			return Object.keys(issues?.parameters ?? {}).sort();
		};
		const create = { resource: 'repository', operation: 'createRepository' };
		expect(issuesOf({ ...create, bodyMode: 'json', repositoryType: 'WinLocal' })).toEqual([]);
		expect(issuesOf({ ...create, repositoryType: 'WinLocal' })).toEqual(['hostId', 'name']);
		expect(issuesOf(create)).toContain('repositoryType');
	});

	it('shows the switches of lists, work, files and bodies where they belong', () => {
		const has = (id: string, mode?: string) =>
			forms.find(({ way }) => way.operation.id === id && (way.values.bodyMode ?? mode) === mode)!
				.form.top;
		expect(has('getManyRepositoryStates')).toEqual([
			'resource',
			'operation',
			'returnAll',
			'filters',
			'simplify',
		]);
		expect(has('startJob', 'fields')).toEqual(
			expect.arrayContaining(['jobId', 'waitForCompletion']),
		);
		expect(has('uploadEntraUser')).toContain('binaryPropertyName');
		expect(has('downloadSupportLogBundle')).toContain('outputFieldName');
		expect(has('createJob', 'json')).toEqual([
			'resource',
			'operation',
			'bodyMode',
			'bodyJson',
			'previewOnly',
		]);
		const update = { resource: 'job', operation: 'updateJob', bodyMode: 'fields' };
		expect(all.filter((property) => shown(property, update)).map(({ name }) => name)).toEqual(
			'resource operation jobId bodyMode fieldsToChange filters previewOnly'.split(' '),
		);
	});

	it('has the choice of JSON but where a body is a few flat fields', () => {
		const small = ways.filter(({ operation }) => isSmall(NODES[0]!.catalogue, operation));
		expect(small.length).toBeGreaterThan(10);
		for (const { way, form } of forms) {
			const { operation, values } = way;
			if (bodyInput(NODES[0]!.catalogue, operation) !== 'fields') continue;
			const offered = form.top.filter((name) => name === 'bodyMode' || name === 'bodyJson');
			const expected = values.bodyMode === 'json' ? ['bodyMode', 'bodyJson'] : ['bodyMode'];
			expect([operation.id, offered]).toEqual([
				operation.id,
				isSmall(NODES[0]!.catalogue, operation) ? [] : expected,
			]);
		}
	});

	it('offers a preview of what changes something, and of nothing else', () => {
		for (const { way, form } of forms) {
			const reads = way.operation.method === 'GET' || way.operation.paging !== undefined;
			expect([way.operation.id, form.top.includes('previewOnly')]).toEqual([
				way.operation.id,
				!reads,
			]);
		}
	});

	it('has Limit unless all are wanted, and the options of waiting only when waiting', () => {
		const topWith = (values: INodeParameters) =>
			all.filter((property) => shown(property, values)).map(({ name }) => name);
		const list = { resource: 'job', operation: 'getManyJobs' };
		expect(topWith({ ...list, returnAll: false })).toContain('limit');
		expect(topWith({ ...list, returnAll: true })).not.toContain('limit');
		const start = { resource: 'job', operation: 'startJob', bodyMode: 'fields' };
		expect(topWith({ ...start, waitForCompletion: true })).toContain('options');
		expect(topWith({ ...start, waitForCompletion: false })).not.toContain('options');
	});

	it('leaves the offset and limit of a list by POST to Return All and Limit', () => {
		const paged = ways.filter(({ operation }) => bodyPaging(operation));
		expect(paged.length).toBeGreaterThan(10);
		for (const { bindings } of paged)
			expect(bindings.map(({ apiName }) => apiName)).not.toEqual(
				expect.arrayContaining([expect.stringMatching(/^(pagination|skip|limit)$/)]),
			);
	});
});

describe('the form of Backup for Microsoft 365', () => {
	const { forms, options } = formsOf(NODES[1]!);
	const topOf = (id: string, mode?: string) =>
		forms.find(({ way }) => way.operation.id === id && (way.values.bodyMode ?? mode) === mode)!.form
			.top;

	it('shows the switches of lists, work and files where they belong', () => {
		expect(topOf('getOrganizationRepositories')).toEqual([
			'resource',
			'operation',
			'organizationId',
			'returnAll',
			'simplify',
		]);
		expect(topOf('startBackupJob', 'fields')).toEqual(
			expect.arrayContaining(['jobId', 'waitForCompletion']),
		);
		expect(topOf('startBackupCopyJob', 'fields')).toContain('waitForCompletion');
		expect(topOf('synchronizeCache')).toContain('waitForCompletion');
		expect(topOf('exportMailboxData', 'fields')).toEqual(
			expect.arrayContaining(['restoreSessionId', 'mailboxId', 'outputFieldName']),
		);
		expect(topOf('removeBackupApplications')).toEqual(
			expect.arrayContaining(['organizationId', 'bodyJson']),
		);
	});

	it('leaves the paging and what a server knows a list by to Return All and Limit', () => {
		for (const { way, form } of forms)
			if (form.top.includes('returnAll'))
				expect([way.operation.id, ...form.filters]).not.toEqual(
					expect.arrayContaining([expect.stringMatching(/^(offset|limit|setId)$/)]),
				);
	});

	it('has no resource with more operations than a person scans', () => {
		const count = new Map<string, number>();
		for (const { resource } of options) count.set(resource, (count.get(resource) ?? 0) + 1);
		expect(Math.max(...count.values())).toBeLessThanOrEqual(25);
		expect(count.size).toBeGreaterThan(50);
	});
});
