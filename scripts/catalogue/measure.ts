import {
	enumValues,
	fieldsIn,
	fieldsOf,
	isRequired,
	objectType,
	parseType,
	variantsOf,
} from '../../nodes/shared/catalogue';
import type {
	ApiVersion,
	Catalogue,
	Field,
	Operation,
	TypeExpression,
} from '../../nodes/shared/catalogue/types';
import { compare } from './order';
import type { Product } from './products';
import { walk } from './rawWalk';
import type { RawField, RawOperationFound, RawParameterFound, Step } from './rawWalk';

export interface Figure {
	/** Found in the file. */
	read: number;
	/** Found in the finished catalogue. */
	kept: number;
	/** What is left out on purpose: reason -> how many. */
	without: Record<string, number>;
}

export interface Measure {
	operations: Figure;
	parameters: Figure;
	bodyFields: Figure;
	enumValues: Figure;
	/** What the file has and the catalogue has not, or has otherwise. Empty where nothing is lost. */
	lost: string[];
}

/** Compares a file, read a second time by plain means, with what the finished catalogue says. */
export function measure(
	raw: Record<string, unknown>,
	product: Product,
	catalogue: Catalogue,
	version: ApiVersion,
): Measure {
	const asked = new Asked(catalogue, version);
	const found = walk(raw, product);
	const ours = found.filter(({ key }) => !product.leftToCredential.includes(key));
	const operations = ours.filter((one) => asked.operation(one.key)).length;
	const claimed = catalogue.operations.filter((one) => one.in.includes(version)).length;
	if (claimed !== operations) {
		asked.lost.push(
			`The catalogue has ${claimed} operations of ${version}, the file ${operations}.`,
		);
	}
	const sites = new Set<object>();
	const keptSites = new Set<object>();
	const readOnly = new Set<object>();
	const patch = new Set<object>();
	let enumSize = 0;
	let parameters = 0;
	let keptParameters = 0;
	let headers = 0;
	for (const one of ours) {
		one.readOnly.forEach((site) => readOnly.add(site));
		one.patch.forEach((site) => patch.add(site));
		for (const parameter of one.parameters) {
			parameters += 1;
			if (parameter.place === 'header') headers += 1;
			else if (asked.parameter(one.key, parameter)) keptParameters += 1;
		}
		for (const field of one.fields) {
			if (!sites.has(field.site)) enumSize += field.enum.length;
			sites.add(field.site);
			if (asked.field(one, field)) keptSites.add(field.site);
		}
		asked.noMore(one);
	}
	const left = found.length - ours.length;
	const onlyReadOnly = [...readOnly].filter((site) => !sites.has(site)).length;
	const lostValues = asked.lostValues.size;
	return {
		operations: {
			read: found.length,
			kept: operations,
			without: left > 0 ? { 'left to the credential': left } : {},
		},
		parameters: {
			read: parameters,
			kept: keptParameters,
			without: headers > 0 ? { 'headers left to the adapter': headers } : {},
		},
		bodyFields: {
			read: sites.size + onlyReadOnly + patch.size,
			kept: keptSites.size,
			without: {
				...(onlyReadOnly > 0 ? { 'read-only': onlyReadOnly } : {}),
				...(patch.size > 0 ? { 'of JSON Patch itself': patch.size } : {}),
			},
		},
		enumValues: { read: enumSize, kept: enumSize - lostValues, without: {} },
		lost: [...asked.lost].sort(compare),
	};
}

/** Puts what a file has to the finished catalogue. */
class Asked {
	readonly lost: string[] = [];
	readonly lostValues = new Set<string>();
	private readonly operations: Map<string, Operation>;

	constructor(
		private readonly catalogue: Catalogue,
		private readonly version: ApiVersion,
	) {
		const known = catalogue.operations.filter((one) => one.in.includes(version));
		this.operations = new Map(known.map((one) => [`${one.method} ${one.path}`, one]));
	}

	operation(key: string): boolean {
		return this.operations.has(key) || this.lose(`${key} is missing.`);
	}

	parameter(key: string, { name, place, required, enum: values }: RawParameterFound): boolean {
		const field = this.parameters(key, place).find((one) => one.name === name);
		if (!field) return this.lose(`${key} lacks the ${place} parameter "${name}".`);
		return this.same(`The parameter "${name}" of ${key}`, field, required, values);
	}

	field({ key }: RawOperationFound, raw: RawField): boolean {
		const where = `The body field ${[...raw.steps, { field: raw.name }].map(show).join('.')} of ${key}`;
		const body = this.operations.get(key)?.body;
		const types = body ? this.follow(this.objects(body.type), raw.steps) : [];
		const field = this.fieldIn(types, raw.name);
		if (!field) return this.lose(`${where} is missing.`);
		return this.same(where, field, raw.required, raw.enum);
	}

	/** Nothing may be in the catalogue that the file has not. */
	noMore({ key, parameters, hasBody }: RawOperationFound): void {
		const operation = this.operations.get(key);
		if (!operation) return;
		for (const place of ['path', 'query'] as const) {
			for (const { name } of this.parameters(key, place)) {
				const known = parameters.some((one) => one.name === name && one.place === place);
				if (!known) this.lose(`${key} has no ${place} parameter "${name}" in ${this.version}.`);
			}
		}
		const { body } = operation;
		const told = body !== undefined && (body.in ?? operation.in).includes(this.version);
		if (told !== hasBody) this.lose(`${key} ${hasBody ? 'lacks its' : 'has no'} body.`);
	}

	private parameters(key: string, place: 'path' | 'query' | 'header'): Field[] {
		const operation = this.operations.get(key);
		const some = place === 'path' ? operation?.pathParameters : operation?.query;
		return fieldsIn(this.catalogue, some, this.version);
	}

	private same(where: string, field: Field, required: boolean, values: string[]): boolean {
		if (isRequired(field, this.version) !== required) {
			return this.lose(`${where} is ${required ? '' : 'not '}required.`);
		}
		const known = new Set(this.enumOf(field.type));
		const missing = values.filter((value) => !known.has(value));
		if (missing.length === 0) return true;
		for (const value of missing) this.lostValues.add(`${field.type} ${value}`);
		return this.lose(`${where} lacks the values ${missing.join(', ')}.`);
	}

	private follow(types: string[], steps: Step[]): string[] {
		return steps.reduce((current, step) => {
			if ('field' in step) {
				const field = this.fieldIn(current, step.field);
				return field ? this.objects(field.type) : [];
			}
			return current.flatMap((type) => {
				const fork = variantsOf(this.catalogue, type, this.version);
				const variant = fork?.variants.find(({ value }) => value === step.variant);
				return variant ? [variant.type] : [];
			});
		}, types);
	}

	private fieldIn(types: string[], name: string): Field | undefined {
		return types
			.flatMap((type) => fieldsOf(this.catalogue, type, this.version))
			.find((one) => one.name === name);
	}

	/** Object types an expression leads to, through lists and maps. */
	private objects(expression: TypeExpression): string[] {
		const type = parseType(expression);
		if (type.kind === 'list' || type.kind === 'map') return this.objects(type.of);
		if (type.kind !== 'object') return [];
		const { additional } = objectType(this.catalogue, type.name);
		return [type.name, ...(additional ? this.objects(additional) : [])];
	}

	private enumOf(expression: TypeExpression): string[] {
		const type = parseType(expression);
		if (type.kind === 'list' || type.kind === 'map') return this.enumOf(type.of);
		return type.kind === 'enum' ? enumValues(this.catalogue, type.name, this.version) : [];
	}

	private lose(what: string): false {
		this.lost.push(what);
		return false;
	}
}

function show(step: Step): string {
	return 'field' in step ? step.field : `<${step.variant}>`;
}
