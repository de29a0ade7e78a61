import type { INode, INodeParameters, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import type { ApiVersion, Operation } from '../../nodes/shared/catalogue/types';
import { valueAt } from '../../nodes/shared/binding/objectPaths';
import { executeNode, storeBinary, type TestCredentials } from '../support/executeNode';
import type { Case } from './cases';
import type { Product } from './products';
import type { Prism, PrismExchange } from './prism';
import type { SpecifiedOperation } from './specifications';

export interface Connection {
	product: Product;
	node: INodeType;
	prism: Prism;
	credentials: TestCredentials;
	version: ApiVersion;
}

/** What n8n finds missing in the form before it runs the node. */
function unfinished(description: INodeTypeDescription, parameters: INodeParameters) {
	const node = { typeVersion: 1, type: 'test', parameters } as INode;
	const filled = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	);
	const issues = NodeHelpers.getNodeParametersIssues(
		description.properties,
		{ ...node, parameters: filled ?? {} },
		description,
	);
	return issues ? `n8n says: ${JSON.stringify(issues.parameters)}` : undefined;
}

/** A stream cannot be sent twice: before an upload the node sees whether its token still works. */
const isUpload = ({ body }: Operation) => body?.media === 'binary' || body?.media === 'multipart';
const isProbe = ({ probe }: Product, { method, path }: PrismExchange) =>
	method === 'GET' && path.endsWith(probe);

/**
 * Runs one case through the node and says what is wrong with it: nothing where the specification
 * accepts the request, and it is the one request that the form asked for.
 */
export async function drive(
	{ product, node, prism, credentials, version }: Connection,
	operation: Operation,
	specified: SpecifiedOperation,
	one: Case,
): Promise<string[]> {
	const { name, parameters } = one;
	const binary = { data: await storeBinary(Buffer.from('file'), 'file.bin') };
	let failure = unfinished(node.description, parameters);
	try {
		if (failure) throw new Error(failure);
		await executeNode({ node, parameters, credentials, items: [{ json: {}, binary }] });
	} catch (error) {
		const { message, description } = error as Error & { description?: string };
		failure ??= `the node says: ${message} ${description ?? ''}`;
	}
	const exchanges = (await prism.take()).filter(
		(exchange) =>
			// Logging in is the credential's, not the operation's.
			!product.login.test(exchange.path) && !(isUpload(operation) && isProbe(product, exchange)),
	);
	const wrong: string[] = [];
	if (one.record) wrong.push(...isRead(exchanges.shift(), exchanges[0]));
	const [sent, ...more] = exchanges;
	if (!sent) wrong.push('nothing was sent');
	else {
		wrong.push(...sent.violations);
		if (sent.status >= 400 && sent.violations.length === 0) wrong.push(`status ${sent.status}`);
		wrong.push(...isTheRequestAskedFor(product, sent, operation, version, specified, one));
	}
	if (sent && one.leaves) {
		const lost = one.leaves.filter((id) => valueAt(sent.body, id.split('.')) === undefined);
		if (lost.length > 0) wrong.push(`did not change: ${lost.join(', ')}`);
	}
	// Simplify reads the names of what the answer has IDs of: other lists, as the specification has them.
	const isOfNames = ({ method, path }: PrismExchange) => method === 'GET' && path !== sent?.path;
	wrong.push(...more.filter(isOfNames).flatMap(({ violations }) => violations));
	const others = more.filter((exchange) => !isOfNames(exchange));
	if (others.length > 0) wrong.push(`${others.length} requests more than one`);
	// Where the answer breaks its own schema, the node may say so.
	const isOurs = failure && (!sent || (wrong.length === 0 && (await prism.answerIsValid(sent))));
	if (isOurs) wrong.push(failure!);
	return wrong.map((line) => `[${name}] ${line}`);
}

/** Whether an update reads the object that it changes, and is allowed to. */
function isRead(read?: PrismExchange, write?: PrismExchange): string[] {
	if (!read || read.method !== 'GET') return ['did not read before it wrote'];
	const elsewhere = write && write.path !== read.path;
	return [...read.violations, ...(elsewhere ? [`read ${read.path} and wrote ${write.path}`] : [])];
}

function isTheRequestAskedFor(
	product: Product,
	sent: PrismExchange,
	operation: Operation,
	version: ApiVersion,
	specified: SpecifiedOperation,
	{ extent, query, body }: Case,
): string[] {
	const wrong: string[] = [];
	const expected = product.basePath(version) + operation.path;
	const path = new RegExp(`^${expected.replace(/\{\w+\}/g, '[^/]+')}$`);
	if (sent.method !== operation.method || !path.test(sent.path)) {
		wrong.push(`sent ${sent.method} ${sent.path}`);
	}
	const { versionHeader } = product;
	if (versionHeader && sent.headers[versionHeader] !== version) {
		wrong.push(`sent API version ${sent.headers[versionHeader]}`);
	}
	const unknown = Object.keys(sent.query).filter((name) => !specified.query.includes(name));
	if (unknown.length > 0) wrong.push(`sent unknown query parameters: ${unknown.join(', ')}`);
	const lost = [
		...(extent === 'all' ? specified.query : query).filter(
			(name) => !(name in sent.query) && name !== product.continuation,
		),
		// Links (HAL) are the server's: some files declare them as a part of what is taken back.
		...body.filter((name) => name !== '_links' && !bodyNames(sent.body).includes(name)),
	];
	if (lost.length > 0) wrong.push(`did not send: ${lost.join(', ')}`);
	return wrong;
}

/** Fields of an object or a form, or those that a JSON Patch replaces. */
function bodyNames(body: unknown): string[] {
	if (typeof body === 'string')
		return [...body.matchAll(/; name="(\w+)"/g)].map(([, name = '']) => name);
	if (!Array.isArray(body)) return Object.keys(body ?? {});
	return (body as Array<{ path?: string }>).map(({ path = '' }) => path.slice(1));
}
