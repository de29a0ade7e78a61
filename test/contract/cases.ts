/**
 * Fills in a node's form for one operation as a user would: only what the form shows, with values
 * of the right kind for the API version the credential names.
 */
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
	NodeParameterValueType,
	ResourceMapperField,
} from 'n8n-workflow';
import { operationOptions } from '../support/operationPickers';
import { fieldsOf, parseType, minimalValue, variantsOf } from '../../nodes/shared/catalogue';
import { enumValues } from '../../nodes/shared/catalogue/read';
import type { ApiVersion, Catalogue, Field, Operation } from '../../nodes/shared/catalogue/types';
import {
	bodyInput,
	bodyBindings,
	bodyType,
	CONTROL,
	definitionIn,
	isRequiredIn,
	pathBindings,
	type ParameterBinding,
	queryLanguage,
	queryBindings,
	variantBinding,
} from '../../nodes/shared/binding/parameterBinding';
import { isHollow, NIL_UUID } from '../../nodes/shared/binding/values';
import { QUERY_OPTION } from '../../nodes/shared/form/queryLanguage';
import { isShown } from '../support/shown';

export interface Case {
	/** `required`, `all`, `required, type=WinLocal`, `JSON` */
	name: string;
	extent: 'required' | 'all';
	parameters: INodeParameters;
	/** API names of the query parameters that must arrive. */
	query: string[];
	/** API names of the body's top-level fields that must arrive. */
	body: string[];
	/** Of an update by fields: what the server answers when it is asked for the object. */
	record?: object;
	/** Of an update by fields: the paths in the body that must hold something. */
	leaves?: string[];
}

export interface Form {
	description: INodeTypeDescription;
	catalogue: Catalogue;
	/** What the resource mapper of a JSON Patch offers for the operation. */
	changeable?: ResourceMapperField[];
}

/** Everything to try for one operation in one version. */
export function casesOf(form: Form, operation: Operation, version: ApiVersion): Case[] {
	const { catalogue } = form;
	const resource = resourceOf(form.description, operation.id);
	if (resource === undefined) return [];
	const dropdown = variantBinding(catalogue, operation);
	const known = variantsOf(catalogue, operation.body?.type.slice(1) ?? '', version)?.variants ?? [];
	// A version that has the operation may lack all variants of its body.
	const variants = known.length > 0 ? known.map(({ value }) => value) : [undefined];
	const choices = bodyType(catalogue, operation)?.oneOf ?? [[]];
	return variants.flatMap((variant) => {
		const chosen: INodeParameters = { resource, operation: operation.id };
		if (dropdown && variant !== undefined) {
			chosen[dropdown.name] = optionFor(form.description, chosen, dropdown.name, variant);
		}
		const suffix = variant === undefined ? '' : `, ${dropdown?.apiName}=${variant}`;
		return choices.flatMap((choice) =>
			(['required', 'all'] as const).map((extent) => ({
				name: [extent + suffix, ...choice].join(', '),
				extent,
				...new Filling(form, operation, version, { variant, extent, choice }).fill(chosen),
			})),
		);
	});
}

/** The resources of all operations, by the properties of a form: a form has some hundred pickers' entries. */
const resources = new WeakMap<INodeProperties[], Map<unknown, string>>();

/** The resource under which an operation is offered; undefined where the form lacks it. */
export function resourceOf(
	{ properties }: INodeTypeDescription,
	operation: string,
): string | undefined {
	let known = resources.get(properties);
	if (!known) {
		// Of two of the same name the first one counts.
		const offered = operationOptions(properties).reverse();
		known = new Map(offered.map(({ value, resource }) => [value, resource]));
		resources.set(properties, known);
	}
	return known.get(operation);
}

/** The form's own option for a value, whatever its case; the value where there is none. */
function optionFor(
	description: INodeTypeDescription,
	values: INodeParameters,
	name: string,
	value: string,
): string {
	const property = description.properties.find(
		(one) => one.name === name && shown(description, one, values),
	);
	const options = (property?.options ?? []) as INodePropertyOptions[];
	const option = options.find((one) => String(one.value).toLowerCase() === value.toLowerCase());
	return String(option?.value ?? value);
}

const shown = (
	description: INodeTypeDescription,
	property: INodeProperties,
	values: INodeParameters,
	root = values,
): boolean => isShown(property, values, root, description);

/** The top-level switches of the form, as a user leaves them to send one plain request. */
const SWITCHES: INodeParameters = {
	[CONTROL.returnAll]: false,
	// Answers promise further pages: one result is one request.
	[CONTROL.limit]: 1,
	[CONTROL.bodyMode]: 'fields',
	[CONTROL.waitForCompletion]: false,
};

export const SAMPLES: Record<string, NodeParameterValueType> = {
	string: 'sample',
	uuid: '1b6ed2ae-3dd9-4b1f-8d8f-2a7a3b0f4c11',
	dateTime: '2026-01-31T22:00:00Z',
	date: '2026-01-31',
	time: '22:00',
	uri: 'https://example.com/',
	email: 'admin@example.com',
	password: 'secret-password',
	base64: 'Y2VydGlmaWNhdGU=',
	boolean: true,
	any: 'sample',
};

/** A shape as JSON: its empty texts and zero IDs name nothing, whoever fills it in writes something there. */
const filledIn = (shape: unknown): string =>
	JSON.stringify(shape, (_, value: unknown) => (value === '' ? 'sample' : value)).replaceAll(
		NIL_UUID,
		String(SAMPLES.uuid),
	);

const SORT_FIELD = { __rl: true, mode: 'name', value: 'name' };

/** What a user can say in a query language. */
const QUERY_FILTER = {
	condition: [
		{ property: SORT_FIELD, operator: 'contains', value: 'a', ignoreCase: true },
		{ property: SORT_FIELD, operator: 'in', value: 'a, b', ignoreCase: false },
	],
} as unknown as INodeParameters;

const QUERY_OPTIONS: INodeParameters = {
	[QUERY_OPTION.match]: 'any',
	[QUERY_OPTION.offset]: 1,
	[QUERY_OPTION.select]: ['name'],
	[QUERY_OPTION.sort]: { order: [{ property: SORT_FIELD, direction: 'descending' }] },
};

interface Extent {
	extent: 'required' | 'all';
	variant: string | undefined;
	/** Of body fields that exclude each other, those to give. */
	choice: string[];
}

class Filling {
	private readonly query: ParameterBinding[];
	private readonly body: ParameterBinding[];
	private readonly bindings: ParameterBinding[];
	/** Body fields that go only without those of the choice. */
	private readonly refused: string[];

	constructor(
		private readonly form: Form,
		private readonly operation: Operation,
		private readonly version: ApiVersion,
		private readonly extent: Extent,
	) {
		this.query = queryBindings(operation);
		const hasBody = operation.body?.in?.includes(version) ?? true;
		this.body =
			hasBody && ['fields', 'patch'].includes(bodyInput(form.catalogue, operation))
				? bodyBindings(form.catalogue, operation, extent.variant)
				: [];
		this.bindings = [...pathBindings(operation), ...this.query, ...this.body];
		const choices = bodyType(form.catalogue, operation)?.oneOf?.flat() ?? [];
		this.refused = choices.filter((name) => !extent.choice.includes(name));
	}

	fill(chosen: INodeParameters): Omit<Case, 'name' | 'extent'> {
		const { description } = this.form;
		const parameters = { ...chosen };
		// What a field shows may depend on one further down: until nothing new appears.
		for (let found = true; found; ) {
			found = false;
			for (const property of description.properties) {
				if (property.name in parameters || !shown(description, property, parameters)) continue;
				parameters[property.name] = this.valueOf(property, parameters);
				found = true;
			}
		}
		const sent = (bindings: ParameterBinding[]) =>
			bindings.filter((binding) => this.sends(binding)).map(({ apiName }) => apiName);
		const language = this.extent.extent === 'all' ? [...queryLanguage(this.operation)] : [];
		return { parameters, query: [...sent(this.query), ...language], body: sent(this.body) };
	}

	/** Whether this filling gives a field a value. */
	private sends(binding: ParameterBinding): boolean {
		if (!definitionIn(binding.definitions, this.version)) return false;
		if (binding.collection === CONTROL.fieldsToChange && !this.offers(binding)) return false;
		if (this.body.includes(binding)) {
			if (this.refused.includes(binding.apiName)) return false;
			if (this.extent.choice.includes(binding.apiName)) return true;
			// A patch has to change something, and an update too.
			if (binding === this.firstToChange) return true;
		}
		return this.extent.extent === 'all' || isRequiredIn(binding.definitions, this.version);
	}

	/** Whether the form lets the user change a field. */
	private offers({ apiName }: ParameterBinding): boolean {
		return this.form.changeable?.some(({ id }) => id === apiName) ?? false;
	}

	/** What is given where nothing has to be: the one field of a patch, or of an update. */
	private get firstToChange(): ParameterBinding | undefined {
		const known = this.body.filter(
			({ definitions, filledFrom }) =>
				filledFrom === undefined && definitionIn(definitions, this.version),
		);
		const patched = known.filter(({ collection }) => collection === CONTROL.fieldsToChange);
		if (patched.length > 0) return patched.find((binding) => this.offers(binding));
		const isGiven = known.some(({ definitions }) => isRequiredIn(definitions, this.version));
		if (this.operation.method !== 'PUT' || isGiven) return undefined;
		return known.find(({ apiName }) => !this.refused.includes(apiName));
	}

	private valueOf(property: INodeProperties, parameters: INodeParameters): never {
		const { name } = property;
		if (name === CONTROL.fieldsToSet) return this.setting() as never;
		if (property.type === 'resourceMapper') return this.mapping() as never;
		if (name === CONTROL.queryFilter && this.extent.extent === 'all') return QUERY_FILTER as never;
		if (name in SWITCHES) return SWITCHES[name] as never;
		if (property.type === 'collection') return this.collection(property, parameters) as never;
		const binding = this.bindings.find((one) => one.name === name && one.collection === undefined);
		if (name === CONTROL.bodyJson && this.operation.body) {
			return this.json({ name, type: this.operation.body.type }) as never;
		}
		if (!binding) return property.default as never;
		return this.sample(property, binding) as never;
	}

	private collection(property: INodeProperties, parameters: INodeParameters): INodeParameters {
		const values: INodeParameters = {};
		for (const option of (property.options ?? []) as INodeProperties[]) {
			if (!shown(this.form.description, option, values, parameters)) continue;
			const binding = this.bindings.find(
				(one) => one.name === option.name && one.collection === property.name,
			);
			if (binding && this.sends(binding))
				values[option.name] = this.sample(option, binding) as never;
			if (property.name === CONTROL.queryOptions && !binding && this.extent.extent === 'all')
				values[option.name] = QUERY_OPTIONS[option.name] ?? (option.default as never);
		}
		return values;
	}

	/** The fields to change, as the editor leaves them: all it offers, those not added removed. */
	private mapping() {
		const value: INodeParameters = {};
		const offered = this.form.changeable ?? [];
		for (const binding of this.body.filter((one) => this.sends(one))) {
			const field = offered.find(({ id }) => id === binding.apiName);
			const definition = definitionIn(binding.definitions, this.version);
			if (!field || !definition) continue;
			const { options, type } = field;
			const json = type === 'object' || /^[#{]/.test(definition.type);
			const property = { type: json ? 'json' : 'string', options, default: '' };
			const sample = this.valueOfType(property as unknown as INodeProperties, definition);
			value[field.id] = sample as never;
		}
		const schema = offered.map((field) => ({ ...field, removed: !(field.id in value) }));
		return { mappingMode: 'defineBelow', value, matchingColumns: [], schema };
	}

	/** The fields inside the objects of the body, each by its own name. */
	private setting() {
		const value: INodeParameters = {};
		for (const binding of this.body.filter((one) => this.sends(one))) {
			const definition = definitionIn(binding.definitions, this.version);
			if (binding.collection !== CONTROL.fieldsToSet || !definition) continue;
			const object = JSON.parse(this.json(definition)) as unknown;
			this.takeApart(value, [binding.apiName], definition.type, object);
		}
		return { mappingMode: 'defineBelow', value };
	}

	/** An object as its fields, down to what is no object with fields of its own. */
	private takeApart(
		into: INodeParameters,
		path: string[],
		type: string,
		value: unknown,
		inside: string[] = [],
	): void {
		const parsed = parseType(type);
		const { catalogue } = this.form;
		const fields =
			parsed.kind === 'object' && !inside.includes(type)
				? fieldsOf(catalogue, parsed.name, this.version, value as Record<string, unknown>).filter(
						({ name }) => !name.startsWith('_'),
					)
				: [];
		// An object that has to be there and requires nothing is there by one of its fields.
		const given = (
			isHollow(value)
				? JSON.parse(filledIn(minimalValue(catalogue, type, this.version, { optional: true })))
				: value
		) as Record<string, unknown>;
		for (const { name, type: inner } of fields)
			if (given[name] !== undefined)
				this.takeApart(into, [...path, name], inner, given[name], [...inside, type]);
		if (fields.length === 0) into[path.join('.')] = value as never;
	}

	private sample(property: INodeProperties, binding: ParameterBinding): NodeParameterValueType {
		const field = definitionIn(binding.definitions, this.version);
		if (!field) return property.default;
		const value = this.valueOfType(property, field);
		return property.type === 'resourceLocator'
			? ({ __rl: true, mode: 'id', value } as NodeParameterValueType)
			: value;
	}

	private valueOfType(property: INodeProperties, field: Field): NodeParameterValueType {
		if (property.type === 'json') return this.json(field);
		const type = parseType(field.type);
		if (type.kind === 'list') {
			return [this.scalar(property, { ...field, type: type.of })] as NodeParameterValueType;
		}
		return this.scalar(property, field);
	}

	/**
	 * JSON fields start empty; their hint shows the shape.
	 */
	private json(field: Field): string {
		const { catalogue } = this.form;
		// Prism takes a body of `false` for none.
		if (field.type === 'boolean') return 'true';
		const smallest = minimalValue(catalogue, field.type, this.version);
		// An object that requires nothing holds something all the same: an empty one is refused.
		const own = isHollow(smallest)
			? minimalValue(catalogue, field.type, this.version, { optional: true })
			: smallest;
		return filledIn(own);
	}

	private scalar(property: INodeProperties, field: Field): NodeParameterValueType {
		const type = parseType(field.type);
		if (type.kind === 'enum') return this.choice(property, type.name);
		if (type.kind !== 'scalar') return property.default;
		if (type.name === 'integer' || type.name === 'number') {
			return Math.max(field.min ?? 1, Math.min(1, field.max ?? 1));
		}
		return SAMPLES[type.name];
	}

	/** The first option of the form that the version knows. */
	private choice(property: INodeProperties, enumName: string): string {
		const known = enumValues(this.form.catalogue, enumName, this.version);
		const offered = (
			(property.options ?? []) as Array<INodePropertyOptions | INodePropertyCollection>
		).map((option) => String((option as INodePropertyOptions).value));
		const same = (one: string) => (other: string) => one.toLowerCase() === other.toLowerCase();
		return offered.find((value) => known.some(same(value))) ?? known[0] ?? '';
	}
}
