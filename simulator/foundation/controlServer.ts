import fastify, { type FastifyInstance } from 'fastify';
import type { Fault } from './faults';
import type { Item } from './listQuery';
import type { Settings } from './product';
import { shapeOf } from './operations';
import { readBodies } from './bodies';
import type { Simulation } from './simulation';

/** The plain-HTTP side, for tests and demos: changes the server's state. Not part of any product. */
export function controlServer(simulation: Simulation): FastifyInstance {
	const app = fastify({ forceCloseConnections: true });
	readBodies(app);
	// Whoever sends a control call made the mistake, too: a name that is not there, a wrong path.
	app.setErrorHandler((error: Error, _request, reply) =>
		reply.code(400).send({ message: error.message }),
	);
	app.get('/state', () => ({
		now: new Date(simulation.clock.now()).toISOString(),
		speed: simulation.clock.speed,
		tokenLifetimeSeconds: simulation.tokens.lifetimeSeconds,
		settings: simulation.settings,
		faults: simulation.faults.list(),
		requests: simulation.log.list().length,
	}));
	app.post('/reset', () => {
		simulation.reset();
		return {};
	});
	app.get('/requests', () => simulation.log.list());
	app.delete('/requests', () => {
		simulation.log.clear();
		return {};
	});
	app.post<{ Body: Fault }>('/faults', (request) => {
		simulation.faults.add(request.body);
		return {};
	});
	app.delete('/faults', () => {
		simulation.faults.clear();
		return {};
	});
	app.post<{ Body: { advanceSeconds?: number; speed?: number } }>('/clock', (request) => {
		const { advanceSeconds, speed } = request.body;
		if (speed !== undefined) simulation.clock.speed = speed;
		if (advanceSeconds !== undefined) simulation.clock.advance(advanceSeconds);
		simulation.product.settle();
		return { now: new Date(simulation.clock.now()).toISOString() };
	});
	app.put<{ Body: { lifetimeSeconds: number } }>('/tokens', (request) => {
		simulation.tokens.lifetimeSeconds = request.body.lifetimeSeconds;
		return {};
	});
	app.post<{ Body?: { alsoRefresh?: boolean } }>('/tokens/expire', (request) => ({
		expired: simulation.tokens.expireAll(request.body?.alsoRefresh),
	}));
	app.patch<{ Body: Partial<Settings> }>('/settings', (request) =>
		Object.assign(simulation.settings, request.body),
	);
	app.patch<{ Body: { path: string; id?: string; set: Item } }>('/records', (request) =>
		changeRecord(simulation, request.body),
	);
	for (const route of Object.keys(simulation.product.control)) {
		const [method, url] = route.split(' ') as [string, string];
		app.route({
			method,
			url,
			handler: async (request) => {
				simulation.product.settle();
				const handle = simulation.product.control[route];
				return (
					handle?.(request.params as Record<string, string>, (request.body ?? {}) as Item) ?? {}
				);
			},
		});
	}
	return app;
}

/** Changes any record or settings the API can read: `path` as a client would ask for it. */
function changeRecord(
	simulation: Simulation,
	{ path, id, set }: { path: string; id?: string; set: Item },
): Item {
	const { operations } = simulation.product.catalogue;
	const found = operations
		.map((operation) => ({ operation, params: paramsOf(operation.path, path) }))
		.find(({ operation, params }) => operation.method === 'GET' && params);
	if (!found?.params) throw new Error(`No operation reads ${path}`);
	const { operation, params } = found;
	const version = operation.in[operation.in.length - 1] as string;
	if (id === undefined) {
		const before = simulation.collections.single(path, () =>
			simulation.generic.single({ operation, returns: operation.returns, version, path, params }),
		);
		const after = { ...before, ...set };
		simulation.collections.setSingle(path, after);
		return after;
	}
	const collection = simulation.collections.at(operation.path, params, version);
	const before = collection.get(id);
	if (!before || !collection.put) throw new Error(`${path} keeps no record ${id}`);
	const after = { ...before, ...set };
	collection.put(after);
	return after;
}

function paramsOf(template: string, path: string): Record<string, string> | undefined {
	const names = [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] as string);
	const pattern = shapeOf(template).replace(/\./g, '\\.').replace(/\{\}/g, '([^/]+)');
	const match = new RegExp(`^${pattern}$`, 'i').exec(path);
	return match
		? Object.fromEntries(names.map((name, index) => [name, match[index + 1] as string]))
		: undefined;
}
