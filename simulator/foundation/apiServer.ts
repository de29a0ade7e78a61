import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { returnsFor } from '../../nodes/shared/catalogue/read';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { readBodies } from './bodies';
import type { Certificate } from './certificate';
import { filled } from './collections';
import { bytes } from './download';
import type { FaultAction } from './faults';
import { Refused, type Answer, type Call, type Product, type Refusal, type User } from './product';
import type { ReceivedRequest } from './requestLog';
import { withoutSecrets } from './requestLog';
import { bentPage, sabotage } from './sabotage';
import type { Simulation } from './simulation';

declare module 'fastify' {
	interface FastifyRequest {
		fault?: FaultAction;
		logged?: ReceivedRequest;
	}
}

/** The HTTPS side: one route per operation of the catalogue, and the product's login. */
export function apiServer(simulation: Simulation, certificate: Certificate): FastifyInstance {
	const app = fastify({
		https: { key: certificate.key, cert: certificate.cert },
		forceCloseConnections: true,
		// One path, in whatever case, as the servers do; ids may be long.
		routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 2000 },
		bodyLimit: 64 * 1024 * 1024,
		exposeHeadRoutes: false,
	}) as unknown as FastifyInstance;
	readBodies(app);
	app.addHook('onRequest', (request, reply) => arrived(simulation, request, reply));
	app.addHook('preHandler', async (request) => {
		if (request.logged) request.logged.body = withoutSecrets(request.body);
	});
	app.addHook('onSend', async (request, reply, payload) => {
		if (request.logged) {
			request.logged.status = reply.statusCode;
			if (typeof payload === 'string') request.logged.answerBytes = Buffer.byteLength(payload);
		}
		// The server's clock, as its records have it.
		reply.header('date', new Date(simulation.clock.now()).toUTCString());
		return payload;
	});
	const { product } = simulation;
	for (const prefix of product.prefixes ?? ['']) {
		for (const operation of product.catalogue.operations) {
			const path = `${prefix}${operation.path}`;
			if (product.login[`${operation.method} ${path}`]) continue;
			app.route({
				method: operation.method,
				url: path.replace(/\{([^}]+)\}/g, ':$1'),
				handler: (request, reply) => served(simulation, operation, prefix, request, reply),
			});
		}
	}
	for (const route of Object.keys(product.login)) {
		const [method, url] = route.split(' ') as [string, string];
		app.route({
			method,
			url,
			handler: (request, reply) => {
				// Looked up anew: a reset makes a new product.
				const handle = simulation.product.login[route] as Product['login'][string];
				const body = (request.body ?? {}) as Record<string, unknown>;
				return send(reply, handle({ headers: request.headers, body }));
			},
		});
	}
	app.setNotFoundHandler((request, reply) => {
		const path = pathOf(request);
		const known = simulation.knowsPath(path);
		const refusal: Refusal = known
			? { because: 'methodNotAllowed', method: request.method }
			: { because: 'noSuchPath', path };
		return send(reply, simulation.product.refuse(refusal));
	});
	app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
		send(reply, simulation.product.refuse(refusalFor(error))),
	);
	return app;
}

function refusalFor(error: Error & { statusCode?: number }): Refusal {
	if (error instanceof Refused) return error.refusal;
	if ((error.statusCode ?? 500) < 500) return { because: 'malformed', what: error.message };
	return { because: 'internal', what: error.message };
}

function pathOf(request: FastifyRequest): string {
	return request.url.split('?')[0] as string;
}

async function arrived(
	simulation: Simulation,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	const path = pathOf(request);
	const query = { ...(request.query as Record<string, unknown>) };
	const headers = request.headers as Record<string, string>;
	request.logged = simulation.log.add({ method: request.method, path, query, headers });
	const { latencyMilliseconds } = simulation.settings;
	if (latencyMilliseconds > 0) await pause(latencyMilliseconds);
	request.fault = simulation.faults.take(request.method, path, query);
	if (request.fault) await sabotage(request.fault, request, reply);
}

async function served(
	simulation: Simulation,
	operation: Operation,
	prefix: string,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	if (simulation.settings.marksStates) refuseOtherState(simulation, operation, prefix, request);
	const answer = withState(simulation, operation, answered(simulation, operation, prefix, request));
	if (request.fault?.kind === 'resetAfter') {
		reply.hijack();
		request.raw.socket.destroy();
		return reply;
	}
	const body = bentPage(request.fault, answer.body, simulation.product.pageLayout);
	return send(reply, { ...answer, body });
}

/** The mark of an object's state: another one for each. */
const stateOf = ({ body }: Answer): string =>
	`"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`;

function withState({ settings }: Simulation, operation: Operation, answer: Answer): Answer {
	const isObject = operation.method === 'GET' && answer.body !== undefined && !answer.file;
	if (!settings.marksStates || !isObject || (answer.status ?? 200) >= 300) return answer;
	return { ...answer, headers: { ...answer.headers, etag: stateOf(answer) } };
}

/** Refuses a change of an object that is not as `If-Match` has it; the GET of the same path says how it is. */
function refuseOtherState(
	simulation: Simulation,
	{ path }: Operation,
	prefix: string,
	request: FastifyRequest,
): void {
	const expected = request.headers['if-match'];
	const read = simulation.product.catalogue.operations.find(
		(one) => one.method === 'GET' && one.path === path,
	);
	if (expected === undefined || !read) return;
	const reading = Object.create(request, {
		body: { value: undefined },
		query: { value: {} },
	}) as FastifyRequest;
	if (stateOf(answered(simulation, read, prefix, reading)) === expected) return;
	const what = 'The object has been changed by somebody else.';
	throw new Refused({ because: 'refused', status: 412, code: 'PreconditionFailed', what });
}

/** Version, token, role, revision, shape, ids: checked in this order; then the answer. */
function answered(
	simulation: Simulation,
	operation: Operation,
	prefix: string,
	request: FastifyRequest,
): Answer {
	const { product } = simulation;
	product.settle();
	const version = product.versionOf(request.headers, request.url);
	if (typeof version !== 'string') return version;
	const user = operation.anonymous ? undefined : authenticated(simulation, request);
	if (user && !product.mayCall(user, operation)) throw new Refused({ because: 'forbidden', user });
	if (!operation.in.includes(version)) throw new Refused({ because: 'notInVersion', version });
	const params = request.params as Record<string, string>;
	const query = request.query as Record<string, unknown>;
	const problems = simulation.validator.check(operation, version, {
		params,
		query,
		body: request.body,
	});
	if (problems.length) throw new Refused({ because: 'invalid', problems });
	const call: Call = {
		operation,
		version,
		returns: product.returnsOf?.(operation, version, prefix) ?? returnsFor(operation, version),
		prefix,
		headers: request.headers,
		path: filled(operation.path, params),
		params,
		query,
		body: request.body,
		user,
		collections: simulation.collections,
	};
	const carryOut = (): Answer => {
		simulation.generic.refuseUnknownIds(call);
		const handler = product.handlers[`${operation.method} ${operation.path}`];
		const answer = handler ? handler(call) : simulation.generic.answer(call);
		return { ...answer, status: answer.status ?? call.returns.status?.[0] ?? 200 };
	};
	const inShape = (): Answer =>
		exactly(simulation, call, product.around ? product.around(call, carryOut) : carryOut());
	return product.deferring ? product.deferring(call, inShape) : inShape();
}

/** A success as the call's version answers it. */
function exactly(simulation: Simulation, call: Call, answer: Answer): Answer {
	if (answer.file || answer.body === undefined || (answer.status ?? 200) >= 300) return answer;
	const { operation, version } = call;
	const partial = simulation.product.isPartial?.(call);
	return { ...answer, body: simulation.exact.body(operation.id, version, answer.body, partial) };
}

/** The user behind a request's bearer token; refused where there is none. */
export function authenticated(simulation: Simulation, request: FastifyRequest): User {
	const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (!token) throw new Refused({ because: 'noToken' });
	const keyUser = simulation.product.keyUser?.(token);
	if (keyUser) return keyUser;
	const checked = simulation.tokens.check(token);
	if (checked === 'expired') throw new Refused({ because: 'expiredToken' });
	if (checked === 'unknown') throw new Refused({ because: 'unknownToken' });
	return checked.user;
}

/** Writes an answer; a body-less one has no content type. */
export function send(reply: FastifyReply, answer: Answer): FastifyReply {
	reply.code(answer.status ?? 200).headers(answer.headers ?? {});
	if (answer.file) {
		return reply
			.header('content-disposition', `attachment; filename="${answer.file.name}"`)
			.header('content-length', answer.file.bytes)
			.send(bytes(answer.file.bytes));
	}
	return answer.body === undefined ? reply.send() : reply.send(answer.body);
}
