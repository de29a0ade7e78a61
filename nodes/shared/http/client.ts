import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { hint } from '../common/hint';
import { readBody } from './answer';
import { apiError, operationError, type UserFacingFailure } from './errors';
import { secretsOf } from './secrets';
import { readConnection } from '../credential/connection';
import { SESSION, withSession } from '../credential/sessionText';
import { download } from './files';
import { toItem } from '../common/rows';
import { readPages } from './pages';
import { isPagedList } from './pagingPlacement';
import { buildUrl, secretsOfAll, type RequestContext } from './attempt';
import { send } from './request';
import type { ClientSettings } from './settings';
import { DEFAULT_SETTINGS } from './settings';
import type {
	Connection,
	DeferredAnswer,
	ProductAdapter,
	VeeamClient,
	VeeamContext,
	VeeamRequest,
	VeeamResponse,
} from './types';
import { waitFor } from './wait';

/**
 * A client for one input item: reads and validates the credential. Nothing is sent yet.
 *
 * @param itemIndex the item whose expressions the credential is resolved with, and which errors name
 * @throws NodeOperationError naming the credential's field that is wrong
 */
export async function connect(
	context: VeeamContext,
	itemIndex: number,
	adapter: ProductAdapter,
	settings: Partial<ClientSettings> = {},
): Promise<VeeamClient> {
	const node = context.getNode();
	const credential = await context.getCredentials(adapter.credentialType, itemIndex);
	try {
		const connection = await connectionOf(context, adapter, credential);
		return createClient({
			context,
			node,
			itemIndex,
			adapter,
			connection,
			credential,
			carried: new Set(),
			settings: { ...DEFAULT_SETTINGS, ...settings },
		});
	} catch (error) {
		throw operationError(node, error as Error, { itemIndex, secrets: secretsOf(credential) });
	}
}

/**
 * The connection of a credential, with the API version found where the credential leaves it to us:
 * forms and requests depend on it. The session it is found with is the one n8n keeps with the first
 * request.
 */
async function connectionOf(
	context: VeeamContext,
	{ login }: ProductAdapter,
	credential: ICredentialDataDecryptedObject,
): Promise<Connection> {
	const { product } = login;
	const connection = readConnection(credential, product);
	if (!login.isVersionDue(credential)) return connection;
	login.drop(credential, credential[SESSION]);
	credential[SESSION] = '';
	const send = async (options: IHttpRequestOptions) => await context.helpers.httpRequest(options);
	return await login.session(send, credential).then(
		(session) => readConnection(withSession(credential, session), product),
		(error: UserFacingFailure) => {
			// The first request meets the same, and tells it as requests do; a trigger counts it.
			if (error.transient || error.refused) return { ...connection, version: newestOf(product) };
			throw error;
		},
	);
}

const newestOf = ({ versions }: Pick<ProductAdapter, 'versions'>): string =>
	versions[0]?.version ?? '';

function createClient(requestContext: RequestContext): VeeamClient {
	const { adapter, connection, settings } = requestContext;

	const ask = async (request: VeeamRequest): Promise<VeeamResponse> => {
		const { status, headers, body } = await send(requestContext, request, 'text');
		const { method, path, pathParameters, label } = request;
		return {
			status,
			headers,
			body: readBody(body),
			request: { method, path, pathParameters, label },
		};
	};

	/** Waits for an answer that comes later; see `ProductAdapter.deferred`. */
	const json = async (request: VeeamRequest): Promise<VeeamResponse> => {
		const response = await ask(request);
		const deferred = adapter.deferred?.(client, response);
		if (!deferred) return response;
		const [record] = await found(
			requestContext,
			deferred,
			{},
			async () => await ended(requestContext, deferred),
		);
		const asking = async () => await ask({ ...deferred.result, label: request.label });
		// For work that failed, "not found" may be the very reason.
		const result = deferred.failure(record ?? {})
			? await asking()
			: await found(requestContext, deferred, record ?? {}, asking);
		const failure = deferred.failure(record ?? {});
		if (failure)
			throw operationError(requestContext.node, failure, {
				itemIndex: requestContext.itemIndex,
				secrets: secretsOfAll(requestContext),
			});
		return { ...result, request: response.request };
	};

	const client: VeeamClient = {
		version: connection.version,
		automatic: connection.automatic,
		origin: connection.origin,

		async request(request) {
			const snapshotRunningWork = request.startsWork
				? await adapter.snapshotRunningWork?.(client, request)
				: undefined;
			const response = await json(request);
			return {
				...response,
				body: normalised(adapter, response.body),
				...(snapshotRunningWork ? { snapshotRunningWork } : {}),
			};
		},

		preview(request) {
			const query = new URLSearchParams();
			for (const [name, value] of Object.entries(request.query ?? {}))
				for (const one of [value].flat()) if (one !== undefined) query.append(name, String(one));
			const asked = query.toString();
			return {
				method: request.method,
				url: buildUrl(requestContext, request) + (asked === '' ? '' : `?${asked}`),
				// Signing in adds one more, which is a secret.
				headers: {
					Accept: 'application/json',
					...adapter.headers(connection, request),
					...request.headers,
				},
			};
		},

		async list(request, options = {}) {
			const reading = { readsOnly: true, ...request };
			const unpaged =
				request.method === 'GET' && !isPagedList(adapter, connection.version, request);
			const items = await readPages(
				reading,
				{
					onShort: (read, total) => sayShort(requestContext, request, read, total),
					...(unpaged ? { pageIn: 'none' as const } : {}),
					...options,
				},
				adapter.paging,
				settings.pagesAtOnce,
				async (page) => {
					const { body, headers } = await json(page);
					options.onHeaders?.(headers);
					return body;
				},
			);
			if (items) return items.map(toItem).map((item) => adapter.normaliseItem?.(item) ?? item);
			throw apiError(
				requestContext.node,
				{
					message: 'The server did not answer with a list.',
					description: `Check that ${connection.origin} is a ${adapter.displayName} server and knows API version ${connection.version}.`,
				},
				{
					itemIndex: requestContext.itemIndex,
					label: request.label,
					secrets: secretsOfAll(requestContext),
				},
			);
		},

		async download(request) {
			return await download(requestContext, request, async (response) => {
				const deferred = adapter.deferred?.(client, response);
				if (deferred)
					await found(
						requestContext,
						deferred,
						{},
						async () => await ended(requestContext, deferred),
					);
				return deferred?.result;
			});
		},

		async wait(response, options = {}) {
			const work = adapter.follow(client, response);
			if (work === undefined) return response.body as IDataObject;
			if (!Array.isArray(work))
				return (await waitFor(requestContext, [work], options))[0] as IDataObject;
			return await waitFor(requestContext, work, options);
		},
	};
	return client;
}

/** Nothing is left out silently: a list that is shorter than the server says is told about. */
function sayShort(
	{ context }: RequestContext,
	{ label, path }: VeeamRequest,
	read: number,
	total: number,
): void {
	hint(
		context,
		`${label ?? path}: the server said that there are ${total} items, and gave ${read}.`,
		'warning',
	);
}

const ended = async (requestContext: RequestContext, { work }: DeferredAnswer) =>
	await waitFor(requestContext, [work], { onFailure: 'return' });

/** Says it where the server does not find what it promised to keep. */
const found = async <T>(
	requestContext: RequestContext,
	deferred: DeferredAnswer,
	record: IDataObject,
	look: () => Promise<T>,
): Promise<T> =>
	await look().catch((error: Error & { httpCode?: string | null }) => {
		if (!['404', '410'].includes(String(error.httpCode))) throw error;
		throw operationError(requestContext.node, deferred.lost(record), {
			itemIndex: requestContext.itemIndex,
			secrets: secretsOfAll(requestContext),
		});
	});

/** Repairs an object, or each item of a list whatever its envelope. */
function normalised(adapter: ProductAdapter, body: unknown): unknown {
	const { normaliseItem } = adapter;
	const repair = (item: IDataObject): IDataObject =>
		typeof item === 'object' && item !== null ? (normaliseItem?.(item) ?? item) : item;
	if (!normaliseItem || typeof body !== 'object' || body === null) return body;
	if (Array.isArray(body)) return body.map((item) => normalised(adapter, item));
	const items = adapter.paging.items(body);
	if (!items) {
		const { itemEnvelope: name } = adapter;
		const inner = name === undefined ? undefined : (body as IDataObject)[name];
		return name !== undefined && typeof inner === 'object' && inner !== null
			? { ...body, [name]: repair(inner as IDataObject) }
			: repair(body as IDataObject);
	}
	const repaired = new Map(items.map((item) => [item, repair(item)]));
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.map((item: IDataObject) => repaired.get(item) ?? item) : value,
		]),
	);
}
