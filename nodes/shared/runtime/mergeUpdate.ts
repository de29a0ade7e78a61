import type { IDataObject } from 'n8n-workflow';

import {
	fieldsOf,
	isMetadata,
	isNullable,
	isRequired,
	objectType,
	parseType,
	returnsFor,
	variantsOf,
} from '../catalogue';
import type { ApiVersion, Catalogue, Field, Operation, TypeExpression } from '../catalogue/types';
import { readBefore } from '../binding/parameterBinding';
import { isEmpty } from '../binding/values';
import { isSecret } from '../form/fields';
import { kindField } from '../form/fieldsToChange';
import { hint } from '../common/hint';
import type { VeeamRequest } from '../http/types';
import type { Call } from './product';
import { readGivenFields, toChanges } from './fieldsToChange';
import { differences, setAt, valueAt, type Difference } from '../binding/objectPaths';
import { unenveloped } from './output';
import { ParameterError } from './parameterError';
import { isObject } from '../common/objects';

/** An object as it is at the server, and as it is to be sent back. */
export interface Merged {
	/** As the server answered. */
	record: IDataObject;
	/** The whole body of the update. */
	after: IDataObject;
	/** What the update changes. */
	changes: Difference[];
	/** The server's mark of this state of the object, where it gives one. */
	eTag?: string;
}

/**
 * An update that changes what the user changed: reads the object, puts the given fields over it and
 * gives back the whole. A PUT replaces the object, so what is not sent would be lost.
 *
 * - Objects are merged field by field, lists are replaced whole.
 * - What the server answers but does not take back is left out.
 * - The kind of the object is the record's own.
 *
 * @param ownId the ID in the path, where the body repeats it
 * @throws ParameterError where the object cannot be read, where a field is wrong, or where the server
 *   demands what it does not give back
 */
export async function mergeUpdate(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	pathParameters: VeeamRequest['pathParameters'],
	ownId: IDataObject,
): Promise<Merged> {
	const fields = readGivenFields(call, operation, version);
	const { record, eTag } = await readRecord(call, operation, version, pathParameters);
	refuseUnknownKind(call, operation, record, version);
	const given = toChanges(call, operation, version, record, fields);
	const type = operation.body?.type ?? 'any';
	const taking = takingOf(call, operation, version);
	const changed = given.reduce((object, { path, value }) => setAt(object, path, value), record);
	const before = takenBack(taking, type, record) as IDataObject;
	// What was given arrives as it was given, with what this package does not know.
	const after = given.reduce(
		(object, { path, value }) => setAt(object, path, value),
		takenBack(taking, type, changed) as IDataObject,
	);
	const changes = differences(before, after);
	for (const [name, value] of Object.entries(ownId)) after[name] ??= value;
	refuseMissing(call, operation, version, { record, after });
	return { record, after, changes, eTag };
}

/**
 * What a body that was given whole, or a JSON Patch, changes of the object as it is; undefined where the
 * object cannot be asked for. Reads it: where that fails it is said, for the request needs no read.
 */
export async function comparedWithServer(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	request: VeeamRequest,
): Promise<Difference[] | undefined> {
	const { body } = request;
	if (!readBefore(call.product.adapter.catalogue(), operation)) return undefined;
	if (body?.media !== 'json') return undefined;
	const read = await readRecord(call, operation, version, request.pathParameters).catch(
		({ message }: Error) => {
			hint(
				call.context,
				`${message}: the preview shows the request, but not what it changes.`.replace('.:', ':'),
				'warning',
			);
		},
	);
	if (!read) return undefined;
	const { record } = read;
	if (Array.isArray(body.value)) return patchChanges(record, body.value as PatchStep[]);
	const type = operation.body?.type ?? 'any';
	return differences(takenBack(takingOf(call, operation, version), type, record), body.value);
}

interface PatchStep {
	op?: string;
	path?: string;
	value?: unknown;
}

/** What the steps of a JSON Patch change. */
function patchChanges(record: IDataObject, steps: PatchStep[]): Difference[] {
	return steps.flatMap(({ op, path = '', value }) => {
		const names = path.split('/').slice(1);
		const at = names.map((name) => name.replace(/~1/g, '/').replace(/~0/g, '~'));
		const to = op === 'remove' ? undefined : value;
		return differences(setAt({}, at, valueAt(record, at)), setAt({}, at, to));
	});
}

/**
 * Reads the object that an update replaces.
 *
 * @throws ParameterError where the answer is no object
 */
export async function readRecord(
	call: Pick<Call, 'client' | 'product'>,
	operation: Operation,
	version: ApiVersion,
	pathParameters: VeeamRequest['pathParameters'],
	limits: Pick<VeeamRequest, 'answerWithinSeconds'> = {},
): Promise<{ record: IDataObject; eTag?: string }> {
	const reading = readBefore(call.product.adapter.catalogue(), operation) ?? operation;
	const label = call.product.labels.operation(reading);
	const { body, headers } = await call.client.request({
		method: 'GET',
		path: reading.path,
		pathParameters,
		query: demandedQuery(reading, version),
		label,
		...limits,
	});
	const record = unenveloped(call, body, returnsFor(reading, version));
	if (!isObject(record) || Object.keys(record).length === 0)
		throw new ParameterError(
			`"${label}" did not return the object that is to be changed`,
			'Nothing has been changed. Try again, or give the whole object: choose "Whole Body (JSON)".',
		);
	// A weak mark ("W/…") cannot be held against a later state.
	const { etag = '' } = headers;
	return { record, ...(etag.startsWith('"') ? { eTag: etag } : {}) };
}

/** What the read cannot do without: with a switch on, the object comes with all its parts. */
const demandedQuery = ({ query = [] }: Operation, version: ApiVersion): VeeamRequest['query'] =>
	Object.fromEntries(
		query
			.filter((one) => isRequired(one, version) && (one.in?.includes(version) ?? true))
			.map(({ name, type, default: usual }) => [
				name,
				(usual as string | undefined) ?? (type === 'boolean' ? true : ''),
			]),
	);

function refuseUnknownKind(
	{ product, client }: Call,
	operation: Operation,
	record: IDataObject,
	version: ApiVersion,
): void {
	const catalogue = product.adapter.catalogue();
	const on = kindField(catalogue, operation, version);
	if (on === undefined) return;
	const type = (operation.body?.type ?? '').slice(1);
	const { variants } = variantsOf(catalogue, type, version)!;
	const kind = record[on];
	if (isEmpty(kind)) {
		const field = fieldsOf(catalogue, type, version).find(({ name }) => name === on);
		if (!field || !isRequired(field, version)) return;
		throw new ParameterError(
			`The server does not say of what kind the object is: its "${on}" is empty`,
			`Nothing has been changed: parts of the object would be lost. Known kinds: ${variants.map(({ value }) => value).join(', ')}. To send the whole object, choose "Whole Body (JSON)".`,
		);
	}
	if (variants.some(({ value }) => value.toLowerCase() === String(kind).toLowerCase())) return;
	throw new ParameterError(
		`"${product.labels.operation(operation)}" does not take objects of the kind "${String(kind)}" in API ${client.version}`,
		`Nothing has been changed. Known kinds: ${variants.map(({ value }) => value).join(', ')}. To send another all the same, choose "Whole Body (JSON)".`,
	);
}

/** What decides which fields of an answer go back. */
interface Taking {
	catalogue: Catalogue;
	version: ApiVersion;
	/** A server that is newer than the catalogue has fields of its own: without them it would lose them. */
	keepsUnknown: boolean;
	/** Fields of the answer that no version takes back. */
	answeredOnly: Set<string>;
}

function takingOf({ product, client }: Call, operation: Operation, version: ApiVersion): Taking {
	const catalogue = product.adapter.catalogue();
	const reading = readBefore(catalogue, operation);
	return {
		catalogue,
		version,
		keepsUnknown: !catalogue.versions.includes(client.version),
		answeredOnly: new Set(Object.keys(reading?.returns.fields ?? {})),
	};
}

/** The part of an answer that the body of the update has fields for, at any depth. */
function takenBack(taking: Taking, type: TypeExpression, value: unknown, isInner = false): unknown {
	const { catalogue, version } = taking;
	const parsed = parseType(type);
	if (parsed.kind === 'list')
		return Array.isArray(value)
			? value.map((entry) => takenBack(taking, parsed.of, entry, true))
			: value;
	if (parsed.kind === 'map' && isObject(value))
		return mapped(value, (entry) => takenBack(taking, parsed.of, entry, true));
	if (parsed.kind !== 'object' || !isObject(value)) return value;
	const fields = fieldsToKeep(catalogue, parsed.name, version, value);
	const { additional } = objectType(catalogue, parsed.name);
	const isFree = fields.length === 0 || additional !== undefined;
	const taken: IDataObject = {};
	for (const [name, entry] of Object.entries(value)) {
		// Some files declare what the server adds (`_links`) as a part of what it takes.
		if (isMetadata(name) && !isFree) continue;
		const field = fields.find((one) => one.name === name);
		if (!field) {
			const isServers = !isInner && taking.answeredOnly.has(name);
			if (isFree || (taking.keepsUnknown && !isServers)) taken[name] = entry;
			continue;
		}
		// Nothing stands there: null is refused where the version does not know it.
		const isNull = entry === undefined || entry === null;
		if (isNull && !isNullable(field, version) && !isRequired(field, version)) continue;
		if (isSecret(name, field.type) && isConcealed(entry)) continue;
		taken[name] = takenBack(taking, field.type, entry, true) as IDataObject[string];
	}
	return taken;
}

/**
 * What stands in an answer in place of a secret: nothing, or a row of dots. Sent back it would become the
 * secret.
 */
const isConcealed = (value: unknown): boolean =>
	isEmpty(value) || (typeof value === 'string' && /^[*•●·.]+$/.test(value));

/**
 * Fields of an object: of its kind; of all kinds where it does not say which it is; none where its kind is
 * unknown, and all that it holds is kept.
 */
function fieldsToKeep(
	catalogue: Catalogue,
	type: string,
	version: ApiVersion,
	value: IDataObject,
): Field[] {
	const fork = variantsOf(catalogue, type, version);
	if (!fork) return fieldsOf(catalogue, type, version);
	const said = value[fork.on];
	const ofKind = (kind: string): Field[] =>
		kind === type
			? fieldsOf(catalogue, type, version)
			: fieldsToKeep(catalogue, kind, version, value);
	if (isEmpty(said)) {
		const all = [type, ...fork.variants.map((one) => one.type)].flatMap(ofKind);
		return [...new Map(all.map((field) => [field.name, field])).values()];
	}
	const own = fork.variants.find((one) => one.value.toLowerCase() === String(said).toLowerCase());
	return own ? ofKind(own.type) : [];
}

const mapped = (value: IDataObject, change: (entry: unknown) => unknown): IDataObject =>
	Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [name, change(entry) as IDataObject[string]]),
	);

/**
 * @throws ParameterError naming what the server demands with every update and never gives back, and what
 *   a part lacks that the user has begun
 */
function refuseMissing(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ record, after }: Pick<Merged, 'record' | 'after'>,
): void {
	const catalogue = call.product.adapter.catalogue();
	const answered = readBefore(catalogue, operation)?.returns.fields ?? {};
	const missing = missingFields(catalogue, operation.body?.type ?? 'any', after, version).filter(
		// What an answer may have and this one has not, the server does without: it comes back as it was.
		(path) =>
			!(path[0]! in answered) ||
			isSecret(path.at(-1)!) ||
			(path.length > 1 && valueAt(record, path.slice(0, -1)) === undefined),
	);
	if (missing.length === 0) return;
	const labels = missing.map((path) => `"${call.product.labels.fieldAt(operation, path)}"`);
	throw new ParameterError(
		`"${call.product.labels.operation(operation)}" needs ${labels.join(', ')}`,
		'The server demands this, and the object does not have it: passwords and keys are never given back, and a part that is new needs the rest. Add it under "Fields to Change". Nothing has been changed.',
	);
}

/**
 * Required fields that an object lacks, at any depth. Entries of lists are left to the server: they
 * are its own, or were given whole.
 */
function missingFields(
	catalogue: Catalogue,
	type: TypeExpression,
	value: unknown,
	version: ApiVersion,
	at: string[] = [],
): string[][] {
	const parsed = parseType(type);
	if (parsed.kind !== 'object' || !isObject(value)) return [];
	return fieldsOf(catalogue, parsed.name, version, value).flatMap((field) => {
		const path = [...at, field.name];
		if (value[field.name] === undefined) return isRequired(field, version) ? [path] : [];
		return missingFields(catalogue, field.type, value[field.name], version, path);
	});
}
