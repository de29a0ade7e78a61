/**
 * What stands inside the objects of a body, for every operation of every version: each field is offered,
 * goes where the vendor's file has it, and is judged by that file; what is missing is named.
 */
import type { IDataObject, INodeParameters, ResourceMapperField } from 'n8n-workflow';

import { casesOf, resourceOf } from '../contract/cases';
import { describeSpecified, nodeOf } from '../support/specified';
import { BodySchemas, type Choose, type SchemaLeaf } from '../support/bodySchemas';
import { mappedFields, Recorder, run, shownProperties } from './formDriver.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

/** A label less what it says about how to fill the field in: of no interest to an error. */
const withoutNotes = (label: string): string =>
	label
		.replace(/ \(JSON( List|, by Name)?(: .*)?\)$/, '')
		.replace(/ \((Comma-Separated|List Not Available|List Is Empty|Choose |Give )[^()]*\)/g, '');

const idOf = ({ path }: Pick<SchemaLeaf, 'path'>): string => path.join('.');

/** The objects that leaves with their values make up. */
function assembled(values: Map<string, unknown>): IDataObject {
	const whole: IDataObject = {};
	for (const [id, value] of values) {
		const path = id.split('.');
		let at = whole;
		for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as IDataObject;
		at[path.at(-1)!] = value as string;
	}
	return whole;
}

/**
 * Choices at the forks inside a body, such that after enough turns every value of each was chosen, also
 * at forks that stand inside another one: under each value of the outer fork that has them.
 * `isNew` says whether the last turn chose something for the first time.
 */
class Choices {
	/** Values that have nothing new below them, by fork; a fork counts anew under other outer values. */
	private readonly done = new Map<string, Set<string>>();
	private turned: Array<{ key: string; at: string; value: string; values: string[] }> = [];
	isNew = true;

	constructor(private readonly top: Map<string, string>) {}

	turn(): void {
		// From the innermost outwards: a value is done when all forks inside it are.
		for (const { key, at, value } of [...this.turned].reverse()) {
			const inner = this.turned.filter(({ at: one }) => one !== at && one.startsWith(at));
			if (inner.every((one) => one.values.every((each) => this.isDone(one.key, each))))
				this.done.set(key, new Set(this.done.get(key)).add(value));
		}
		this.isNew = false;
		this.turned = [];
	}

	choose: Choose = ({ path, values }) => {
		const on = path.join('.');
		const known = this.top.get(on);
		if (known !== undefined) return known;
		const again = this.turned.find(({ key }) => key.endsWith(`|${on}`));
		if (again) return again.value;
		const at = path
			.slice(0, -1)
			.map((name) => `${name}.`)
			.join('');
		const outer = this.turned.filter((one) => at.startsWith(one.at)).map(({ value }) => value);
		const key = `${outer.join('/')}|${on}`;
		const fresh = values.find((value) => !this.isDone(key, value));
		if (fresh !== undefined) this.isNew = true;
		const value = fresh ?? values[0]!;
		this.turned.push({ key, at, value, values });
		return value;
	};

	private isDone(key: string, value: string): boolean {
		return this.done.get(key)?.has(value) ?? false;
	}
}

describeSpecified(({ registered, version, file }) => {
	const { product } = registered;
	const catalogue = product.adapter.catalogue();
	const node = nodeOf(registered);
	const { description } = node;
	const schemas = new BodySchemas(file);
	const base = product.adapter.basePath(version);

	/** Every body with objects in it, for each choice of its variant, and how a user starts it. */
	const bodies = schemas.objects().flatMap(({ method, path, schema }) => {
		const operation = catalogue.operations.find(
			(one) => one.method === method && base + one.path === path && one.in.includes(version),
		);
		if (!operation || resourceOf(description, operation.id) === undefined) return [];
		const variants = schemas.variantsOf(schema);
		return casesOf({ description, catalogue }, operation, version)
			.filter(({ extent }) => extent === 'required')
			.flatMap(({ name, parameters }) => {
				const mapper = shownProperties(description.properties, parameters).find(
					(property) => property.name === 'fieldsToSet',
				);
				const said = name.split(', ');
				const variant = variants?.values.find((one) => said.includes(`${variants.on}=${one}`));
				const top = new Map(variants && variant ? [[variants.on, variant]] : []);
				const start = { ...parameters, fieldsToSet: {} } as INodeParameters;
				return [{ operation, method, path, schema, mapper, top, start, name }];
			});
	});

	/** What is offered with these fields given already. */
	async function offered(
		{ mapper, start }: (typeof bodies)[number],
		given: IDataObject = {},
	): Promise<ResourceMapperField[]> {
		recorder = new Recorder(version);
		const fieldsToSet = { mappingMode: 'defineBelow', value: given, schema: [] };
		return mapper ? await mappedFields(node, mapper, { ...start, fieldsToSet } as never) : [];
	}

	async function send(start: INodeParameters, values: IDataObject) {
		recorder = new Recorder(version);
		const fieldsToSet = { mappingMode: 'defineBelow', value: values };
		const { error } = await run(product, { ...start, fieldsToSet } as IDataObject);
		const [request] = recorder.sent;
		const body = request?.body && 'value' in request.body ? request.body.value : undefined;
		return { error, request, body: body as IDataObject | undefined };
	}

	/** The leaves inside objects: paging is asked for by Return All and Limit. */
	const inside = (body: (typeof bodies)[number], choose: Choose): SchemaLeaf[] =>
		schemas
			.leaves(body.schema, choose)
			.filter(({ path }) => path.length > 1)
			.filter(({ path: [name = ''] }) => !(body.operation.paging && name === 'pagination'));

	const kindsIn = (values: Map<string, unknown>, body: (typeof bodies)[number]): IDataObject => {
		const forks = new Set<string>();
		schemas.leaves(body.schema, ({ path, values: [first = ''] }) => {
			forks.add(path.join('.'));
			return String(values.get(path.join('.')) ?? body.top.get(path.join('.')) ?? first);
		});
		return Object.fromEntries([...values].filter(([id]) => forks.has(id))) as IDataObject;
	};

	it('offers every field, and sends each where the schema has it', async () => {
		const wrong: string[] = [];
		const count = { operations: new Set<string>(), fields: 0, json: 0, runs: 0 };
		for (const body of bodies) {
			const { operation, method, path, start, name } = body;
			const where = `${operation.id} [${name}]`;
			const choices = new Choices(body.top);
			const all = new Map<string, SchemaLeaf>();
			const judge = schemas.judge(method, path);
			for (choices.turn(); ; choices.turn()) {
				const leaves = inside(body, choices.choose);
				if (leaves.length === 0) break;
				if (!body.mapper) {
					// An update is given by Fields to Change, or its body is a list or a file.
					if (start.bodyMode === 'fields' && method === 'POST') wrong.push(`${where}: no mapper`);
					break;
				}
				count.operations.add(operation.id);
				for (const leaf of leaves) all.set(idOf(leaf), leaf);
				const values = new Map(
					leaves.map((leaf) => [idOf(leaf), schemas.sample(leaf.schema)] as const),
				);
				const { error, body: sent } = await send(start, Object.fromEntries(values) as IDataObject);
				count.runs += 1;
				const expected = assembled(values);
				const parts = Object.fromEntries(
					Object.keys(expected).map((one) => [one, sent?.[one]]),
				) as IDataObject;
				if (error) wrong.push(`${where}: ${error.message}`);
				else if (JSON.stringify(sorted(parts)) !== JSON.stringify(sorted(expected)))
					wrong.push(`${where}: sent ${JSON.stringify(parts)}, not ${JSON.stringify(expected)}`);
				else if (!judge(sent))
					wrong.push(`${where}: ${JSON.stringify(judge.errors?.[0])?.slice(0, 300)}`);
				// Where the kinds are said, all of it is offered.
				const narrowed = new Set((await offered(body, kindsIn(values, body))).map(({ id }) => id));
				const absent = leaves.map(idOf).filter((id) => !narrowed.has(id));
				if (absent.length > 0) wrong.push(`${where}: does not offer ${absent.join()}`);
				if (!choices.isNew) break;
			}
			if (!body.mapper || all.size === 0) continue;
			const ids = (await offered(body)).map(({ id }) => id).sort();
			const known = [...all.keys()].sort();
			if (ids.join() !== known.join()) wrong.push(`${where}: offers ${difference(ids, known)}`);
			count.fields += all.size;
			count.json += [...all.values()].filter(({ json }) => json).length;
		}
		process.stdout.write(
			`${registered.key} ${version}: ${count.operations.size} operations, ${count.fields} fields inside objects (${count.json} of them JSON: lists of objects, maps), ${count.runs} runs\n`,
		);
		expect(wrong).toEqual([]);
		expect(count.fields).toBeGreaterThan(100);
	}, 600_000);

	it('opens with what is required, and names each that is missing', async () => {
		const wrong: string[] = [];
		let refused = 0;
		for (const body of bodies) {
			const { operation, method, path, start, name, mapper } = body;
			if (!mapper) continue;
			const where = `${operation.id} [${name}]`;
			const judge = schemas.judge(method, path);
			const choices = new Choices(body.top);
			choices.turn();
			const leaves = inside(body, choices.choose);
			if (leaves.length === 0) continue;
			const values = new Map(
				leaves.map((leaf) => [idOf(leaf), schemas.sample(leaf.schema)] as const),
			);
			const fields = await offered(body, kindsIn(values, body));
			const open = fields.filter(({ required, removed }) => required && !removed);
			const due = leaves.filter(({ always }) => always).map(idOf);
			if (
				open
					.map(({ id }) => id)
					.sort()
					.join() !== due.sort().join()
			)
				wrong.push(
					`${where}: required ${difference(
						open.map(({ id }) => id),
						due,
					)}`,
				);
			const closed = fields.findIndex(({ required }) => !required);
			if (closed >= 0 && fields.slice(closed).some(({ required }) => required))
				wrong.push(`${where}: what is required does not come first`);
			const labels = new Map(fields.map(({ id, displayName }) => [id, withoutNotes(displayName)]));

			// Before a kind inside is chosen, what all kinds require.
			let anyKind = new Set(due);
			for (const turns = new Choices(body.top); turns.isNew; ) {
				turns.turn();
				const always = inside(body, turns.choose).filter((leaf) => leaf.always);
				anyKind = new Set(always.map(idOf).filter((id) => anyKind.has(id)));
			}
			const untouched = await send(start, {});
			const missing = [...anyKind].filter(
				(id) => !untouched.error?.message.includes(`"${labels.get(id)}"`),
			);
			if (anyKind.size > 0 && (untouched.request || missing.length > 0))
				wrong.push(`${where}: untouched: ${untouched.error?.message ?? 'sent'}`);
			const objects = new Set(leaves.map(({ path: [one = ''] }) => one));
			const unsaid = Object.keys(untouched.body ?? {}).filter((one) => objects.has(one));
			if (unsaid.length > 0) wrong.push(`${where}: untouched sends ${unsaid.join()}`);

			for (const { path: at, required } of leaves) {
				const id = at.join('.');
				if (!required) continue;
				const less = new Map([...values].filter(([one]) => one !== id));
				const whole = await send(start, Object.fromEntries(less) as IDataObject);
				const flat = Object.fromEntries(
					Object.entries(whole.body ?? {}).filter(([one]) => !objects.has(one)),
				);
				const isFine = judge({ ...flat, ...Object.fromEntries(body.top), ...assembled(less) });
				// What stands on top is right: what the judge refuses is the part that is not there.
				if (whole.error) {
					refused += 1;
					if (whole.request || whole.error.message !== `"${labels.get(id)}" is empty`)
						wrong.push(`${where} without ${id}: ${whole.error.message}`);
				} else if (!isFine) wrong.push(`${where} without ${id}: sent`);
			}
		}
		process.stdout.write(
			`${registered.key} ${version}: ${refused} required fields, one left out each time\n`,
		);
		expect(wrong).toEqual([]);
		expect(refused).toBeGreaterThan(10);
	}, 600_000);
});

const sorted = (value: unknown): unknown =>
	Array.isArray(value)
		? value.map(sorted)
		: typeof value === 'object' && value !== null
			? Object.fromEntries(
					Object.entries(value)
						.sort(([a], [b]) => (a < b ? -1 : 1))
						.map(([name, one]) => [name, sorted(one)]),
				)
			: value;

const difference = (got: string[], wanted: string[]): string =>
	[
		...got.filter((one) => !wanted.includes(one)).map((one) => `+${one}`),
		...wanted.filter((one) => !got.includes(one)).map((one) => `-${one}`),
	].join(' ');
