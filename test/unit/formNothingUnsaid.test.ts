/**
 * Nothing that was not said goes out: every operation of the three nodes, its form untouched, and
 * with each required field holding what an expression over a missing field leaves behind.
 */
import type { INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { operationOptions } from '../support/operationPickers';
import { NODES } from './description.support';
import {
	choicesOf,
	ID,
	mappedFields,
	Recorder,
	run,
	shownProperties,
	untouched,
} from './formDriver.support';

let recorder: Recorder;

jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

/** What an expression can fail to give. */
const NOTHING = [undefined, null, '', [], [''], {}] as unknown[];
const SWITCHES = ['limit', 'outputFieldName', 'binaryPropertyName'];

/** Values of one body or query that stand for something. A new object may be undescribed. */
const saysSomething = ([name, value]: [string, unknown]): boolean =>
	!(name === 'description' && value === '') && value !== false;

describe.each(NODES.map((node, index) => ({ ...node, executed: PRODUCTS[index]!.product })))(
	'$product',
	({ Node, executed, properties, catalogue }) => {
		const all = properties();
		const node = new Node() as INodeType;
		const own = new Set(executed.ownOperations.map(({ operation }) => operation));
		const operations = operationOptions(all).filter(({ value }) => !own.has(String(value)));
		const byId = new Map(catalogue.operations.map((operation) => [operation.id, operation]));
		const newest = (id: string) => byId.get(id)?.in.at(-1) ?? catalogue.versions.at(-1)!;

		it('sends nothing from an untouched form that is not plain to see in it', async () => {
			const wrong: string[] = [];
			let refused = 0;
			for (const { resource, value } of operations) {
				const id = String(value);
				recorder = new Recorder(newest(id));
				const values = untouched(all, { resource, operation: id });
				const { error } = await run(executed, values);
				if (error) refused += 1;
				for (const { method, query = {}, body } of recorder.writes) {
					// A file names what is sent by itself.
					if (body !== undefined && body.media !== 'json') continue;
					const said = (body?.value ?? {}) as object;
					// A switch of an update would switch off what is on.
					const changes = body !== undefined && ['PUT', 'PATCH'].includes(method);
					const unsaid = [...Object.entries(query), ...Object.entries(said)].filter(
						(entry) => changes || saysSomething(entry),
					);
					if (changes || unsaid.length > 0)
						wrong.push(`${id}: ${method} ${JSON.stringify(unsaid)}`);
				}
			}
			expect(wrong).toEqual([]);
			expect(refused).toBeGreaterThan(operations.length / 2);
		});

		it('refuses by name each required field that holds nothing, and sends nothing', async () => {
			const wrong: string[] = [];
			let tried = 0;
			for (const { resource, value } of operations) {
				const id = String(value);
				for (const chosen of await waysToChoose({ resource, operation: id })) {
					const filled = await withSamples(chosen);
					for (const property of shownProperties(all, filled)) {
						if (!isRequired(property) || SWITCHES.includes(property.name)) continue;
						for (const nothing of NOTHING) {
							recorder = new Recorder(newest(id));
							const given =
								property.type === 'resourceLocator' && nothing !== undefined
									? { __rl: true, mode: 'id', value: nothing }
									: nothing;
							const { error } = await run(executed, { ...filled, [property.name]: given as never });
							// The variant is one of another version.
							if (/which API \S+ does not have$/.test(error?.message ?? '')) continue;
							tried += 1;
							if (!error?.message.includes(`"${property.displayName}"`) || recorder.sent.length)
								wrong.push(
									`${id}: ${property.name} = ${JSON.stringify(nothing)}: ${error?.message}`,
								);
						}
					}
				}
			}
			expect(wrong).toEqual([]);
			expect(tried).toBeGreaterThan(1000);
		});

		/** The operation, once for each variant of its body. */
		async function waysToChoose(values: INodeParameters): Promise<INodeParameters[]> {
			const start = untouched(all, values);
			const dropdown = shownProperties(all, start).find(
				({ name, required, type }) =>
					type === 'options' && required && name !== 'bodyMode' && isVariant(name),
			);
			if (!dropdown) return [values];
			const choices = await choicesOf(node, dropdown, start);
			return [values, ...choices.map((choice) => ({ ...values, [dropdown.name]: choice.value }))];
		}

		/** Whether fields depend on the choice. */
		const isVariant = (name: string): boolean =>
			all.some(({ displayOptions }) =>
				[displayOptions?.show, displayOptions?.hide].some((one) => one && name in one),
			);

		async function withSamples(chosen: INodeParameters): Promise<INodeParameters> {
			const values = untouched(all, chosen);
			for (const property of shownProperties(all, values)) {
				if (!isRequired(property) || property.name in chosen) continue;
				values[property.name] = (await sampleOf(property, values)) as never;
			}
			return values;
		}

		function idOf({ name }: INodeProperties, { operation }: INodeParameters): string {
			const path = byId.get(String(operation))?.pathParameters ?? [];
			return path.find((one) => one.name === name)?.type === 'integer' ? '7' : ID;
		}

		async function sampleOf(property: INodeProperties, values: INodeParameters) {
			const { type, typeOptions, hint = '' } = property;
			if (type === 'resourceLocator')
				return { __rl: true, mode: 'id', value: idOf(property, values) };
			if (type === 'options') return (await choicesOf(node, property, values))[0]?.value ?? 'x';
			if (type === 'multiOptions')
				return [(await choicesOf(node, property, values))[0]?.value ?? 'x'];
			if (type === 'dateTime') return '2026-01-31T22:00:00Z';
			if (type === 'json')
				return /^(A list|Example: \[)/.test(hint) ? '[{"sample":1}]' : '{"sample":1}';
			if (type === 'resourceMapper') {
				const fields = await mappedFields(node, property, values);
				const plain = fields.filter(({ type: of }) => of === 'string').slice(0, 1);
				const value = Object.fromEntries(plain.map(({ id }) => [id, ID]));
				const schema = fields.map((field) => ({ ...field, removed: !(field.id in value) }));
				return { mappingMode: 'defineBelow', value, matchingColumns: [], schema };
			}
			const one = type === 'number' ? 1 : ID;
			return typeOptions?.multipleValues ? [one] : one;
		}
	},
);

/** Marked by the red asterisk, or a number or switch, which n8n cannot mark as missing. */
const isRequired = ({ required }: INodeProperties): boolean => required === true;
