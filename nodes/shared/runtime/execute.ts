import type { IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { findOperation } from '../catalogue';
import { connect } from '../http';
import { isVersionLost } from '../http/errors';
import { executeOperation, hintAtOlderVersion, withRelease } from './operation';
import { inOneShape } from './output';
import { ParameterError } from './parameterError';
import type { OutputItems, OwnOperation, Product } from './product';

/**
 * Runs the chosen operation for every input item, in order. Each output item is paired with the
 * input item it comes from. With Continue On Fail a failed item gives `{error, details?}`.
 *
 * @throws NodeOperationError for a parameter to mend, NodeApiError for a refusal of the server
 */
export async function execute(
	context: IExecuteFunctions,
	product: Product,
): Promise<INodeExecutionData[][]> {
	const combined = await executeOverAll(context, product);
	if (combined) return [combined];
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		// One for all: a long list has no second object for each of its items.
		const pairedItem = { item: itemIndex };
		try {
			for (const { json, binary } of await executeItem(context, product, itemIndex))
				output.push(binary ? { json, binary, pairedItem } : { json, pairedItem });
		} catch (error) {
			const legible = toNodeError(context, error as Error, itemIndex);
			if (!context.continueOnFail()) throw legible;
			output.push({ json: failureOf(legible), pairedItem });
		}
	}
	return [output];
}

/** Operations over all input items at once; undefined for the others. What they give comes from all. */
async function executeOverAll(
	context: IExecuteFunctions,
	product: Product,
): Promise<INodeExecutionData[] | undefined> {
	const own = ownOperation(product, context.getNodeParameter('operation', 0));
	if (!own || !('executeOverAll' in own)) return undefined;
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	try {
		return (await own.executeOverAll(context)).map((item) => ({ ...item, pairedItem }));
	} catch (error) {
		const legible = toNodeError(context, error as Error, 0);
		if (!context.continueOnFail()) throw legible;
		return [{ json: failureOf(legible), pairedItem }];
	}
}

/**
 * n8n sends to the error output what has these names and no other. `error` beside `json` would make it
 * replace the whole by the message, and lose the reason.
 */
const failureOf = ({ message, description }: NodeApiError | NodeOperationError) => ({
	error: message,
	...(description ? { details: description } : {}),
});

/**
 * An item whose first request meets a server that does not know the automatic version any more begins again,
 * in the version that it knows now.
 */
const executeItem = async (...item: Parameters<typeof executeOnce>): Promise<OutputItems> =>
	await executeOnce(...item).catch(async (error: unknown) => {
		if (!isVersionLost(error)) throw error;
		return await executeOnce(...item);
	});

async function executeOnce(
	context: IExecuteFunctions,
	product: Product,
	itemIndex: number,
): Promise<OutputItems> {
	const operationId = context.getNodeParameter('operation', itemIndex) as string;
	const client = await connect(context, itemIndex, product.adapter);
	const call = { context, client, product, itemIndex };

	const own = ownOperation(product, operationId);
	if (own && 'execute' in own) {
		const items = await own.execute(call);
		return items.map((item) => ({ ...item, json: inOneShape(product, item.json) }));
	}

	const operation = findOperation(product.adapter.catalogue(), operationId);
	if (!operation)
		throw new ParameterError(
			`The operation "${operationId}" does not exist`,
			'Choose an operation from the list. It may come from a newer version of this package: update the package then.',
		);
	const items = await executeOperation(call, operation).catch((error: Error) => {
		throw withRelease(call, operation, error);
	});
	if (itemIndex === 0) hintAtOlderVersion(call, operation);
	return items;
}

const ownOperation = ({ ownOperations }: Product, value: unknown): OwnOperation | undefined =>
	ownOperations.find(({ operation }) => operation === value);

function toNodeError(
	context: IExecuteFunctions,
	error: Error,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof ParameterError)
		return new NodeOperationError(context.getNode(), error.message, {
			itemIndex,
			description: error.description,
			level: 'warning',
		});
	return new NodeOperationError(context.getNode(), error, { itemIndex } as JsonObject);
}
