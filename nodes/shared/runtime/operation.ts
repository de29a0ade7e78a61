import { NodeApiError } from 'n8n-workflow';

import type { ApiVersion, Operation } from '../catalogue/types';
import {
	bodyInput,
	definitionIn,
	isChange,
	pathBindings,
	queryBindings,
	returnsList,
	simplifies,
	startsWork,
} from '../binding/parameterBinding';
import { returnsFor, standing, versionFor } from '../catalogue';
import { hint } from '../common/hint';
import { releaseNote, versionNote, versionRemedy } from '../form/versionNote';
import { ownPage, wherePagesGo } from '../http';
import type { QueryValue, VeeamRequest } from '../http/types';
import { readBody, type ReadBody } from './body';
import { readBinding, readBindings, valueContext } from './fields';
import { send } from './output';
import { ParameterError } from './parameterError';
import type { Call, OutputItems } from './product';
import { readQueryLanguage } from './queryLanguage';
import { comparedWithServer } from './mergeUpdate';
import { changedMeanwhile, isPreviewOnly, previewOf, unchanged } from './preview';
import { isHollow, toWire } from '../binding/values';
import { unverifiedParts } from './unverified';
import { readWithinHours } from './withinHours';
import { readOutputOptions } from './outputOptions';

/**
 * Runs one operation of the catalogue for one input item: parameters to request, answer to items.
 *
 * @throws ParameterError, before anything is sent, for what can be known to be wrong
 */
export async function executeOperation(call: Call, operation: Operation): Promise<OutputItems> {
	const version = catalogueVersion(call, operation);
	if (!operation.in.includes(version))
		throw new ParameterError(
			`"${call.product.labels.operation(operation)}" needs ${versionNote(call.product.adapter.catalogue().versions, operation.in)}; this credential uses ${call.client.version}`,
			versionRemedy(call.product.adapter, call.client, operation.in, 'use another operation'),
		);
	const returns = returnsFor(operation, version);
	const outputOptions = readOutputOptions(call, {
		paged: returnsList(operation),
		simplifies: simplifies(operation),
		waits: startsWork(operation),
	});
	const { catalogue, paging } = call.product.adapter;
	const pageIn = wherePagesGo(catalogue(), operation, version, paging);
	const { request, merged } = await buildRequest(call, operation, version);
	if (call.itemIndex === 0) hintAtUnverifiedParts(call, operation, request);
	if (isChange(operation) && isPreviewOnly(call))
		return previewOf(
			call,
			request,
			merged?.changes ?? (await comparedWithServer(call, operation, version, request)),
		);
	if (merged?.changes.length === 0) return unchanged(call, operation, returns, merged);
	// How many the JSON of a body wants counts beside Limit, and beside Return All.
	const asked = pageIn === 'query' ? NaN : Number(ownPage(request, pageIn)[paging.limit]);
	const { limit = Infinity } = outputOptions;
	return await send(call, operation, returns, request, {
		...outputOptions,
		...(asked < limit && asked >= 1 ? { limit: asked } : {}),
		pageIn,
	}).catch((error: Error) => {
		throw merged ? changedMeanwhile(error) : error;
	});
}

/** The version whose facts count: the credential's, or that of `versionFor`. */
const catalogueVersion = (
	{ client, product }: Pick<Call, 'client' | 'product'>,
	operation: Operation,
): ApiVersion => versionFor(product.adapter.catalogue(), client.version, operation);

/**
 * Tells the user, once for each execution, that an operation is sent to a version of which this
 * package has no specification.
 */
export function hintAtOlderVersion(call: Call, operation: Operation): void {
	const { context, client, product } = call;
	if (standing(product.adapter.catalogue(), client.version, operation) !== 'unverified') return;
	if (product.verifiedInOlder?.includes(operation.id)) return;
	hint(
		context,
		`"${product.labels.operation(operation)}" is unverified for API ${client.version}: it was sent as API ${catalogueVersion(call, operation)} has it. Check the result.`,
		'warning',
	);
}

/** Answers of a server that has no such operation, or not in that form. */
const LACKING = ['400', '404', '405', '501'];

/** A refusal of an operation that is unverified for the version, with the product version that surely has it. */
export function withRelease(
	{ client, product: { adapter } }: Pick<Call, 'client' | 'product'>,
	operation: Operation,
	error: Error,
): Error {
	const isRefused = error instanceof NodeApiError && LACKING.includes(String(error.httpCode));
	if (isRefused && standing(adapter.catalogue(), client.version, operation) === 'unverified')
		error.description = `${error.description ?? ''}${releaseNote(adapter, operation.in)}`.trim();
	return error;
}

/** The same of what was given that only one of the version's neighbours knows. */
function hintAtUnverifiedParts(call: Call, operation: Operation, request: VeeamRequest): void {
	const { context, client, product } = call;
	const parts = unverifiedParts(product.adapter.catalogue(), client.version, operation, {
		query: request.query,
		body: request.body && 'value' in request.body ? request.body.value : undefined,
	});
	if (parts.length === 0) return;
	hint(
		context,
		`Unverified for API ${client.version} in "${product.labels.operation(operation)}": ${parts.join(', ')}. Only an older or a newer version of the API is known to have it: the server may refuse or ignore it. Check the result.`,
		'warning',
	);
}

interface Built {
	request: VeeamRequest;
	/** Of an update that changes only what was given. */
	merged?: ReadBody['merged'];
}

async function buildRequest(call: Call, operation: Operation, version: ApiVersion): Promise<Built> {
	const pathParameters = readPath(call, operation, version);
	const query = readQuery(call, operation, version);
	const takesBody = bodyInput(call.product.adapter.catalogue(), operation) !== 'none';
	const { body, merged }: ReadBody = takesBody
		? await readBody(call, operation, version, pathParameters)
		: {};
	if (takesBody && operation.method === 'DELETE' && !body && Object.keys(query).length === 0)
		throw new ParameterError(
			`"${call.product.labels.operation(operation)}" does not say what to delete`,
			'Give the IDs. If they come from an expression, the item has no such field.',
		);
	const request: VeeamRequest = {
		method: operation.method,
		path: operation.path,
		pathParameters,
		query,
		body,
		label: call.product.labels.operation(operation),
		// A server that marks the states of its objects refuses a change of another state.
		...(merged?.eTag === undefined ? {} : { headers: { 'If-Match': merged.eTag } }),
		// A list that comes back is no sign of a read.
		...(returnsList(operation) && isChange(operation) ? { readsOnly: false } : {}),
	};
	return { request, merged };
}

function readPath(call: Call, operation: Operation, version: ApiVersion): Record<string, string> {
	const values: Record<string, string> = {};
	for (const binding of pathBindings(operation)) {
		const value = readBinding(call, binding);
		const label = () => call.product.labels.field(operation, binding, true);
		if (isHollow(value))
			throw new ParameterError(
				`"${label()}" is empty`,
				'Choose one from the list or give its ID. If it comes from an expression, the item has no such field.',
			);
		const type = definitionIn(binding.definitions, version)?.type ?? 'string';
		values[binding.apiName] = String(toWire(valueContext(call, version, label), type, value));
	}
	return values;
}

function readQuery(
	call: Call,
	operation: Operation,
	version: ApiVersion,
): Record<string, QueryValue> {
	return {
		...(readBindings(call, operation, queryBindings(operation), version) as Record<
			string,
			QueryValue
		>),
		...readWithinHours(call, operation, version),
		...readQueryLanguage(call, operation, version),
	};
}
