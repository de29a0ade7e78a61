import type { FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultAction } from './faults';

/**
 * Carries out a fault that strikes before the request is handled.
 * @returns whether the request ends here
 */
export async function sabotage(
	action: FaultAction,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<boolean> {
	switch (action.kind) {
		case 'status':
			await reply
				.code(action.status)
				.headers(action.headers ?? {})
				.send(action.body);
			return true;
		case 'reset':
			reply.hijack();
			request.raw.socket.destroy();
			return true;
		case 'hang':
			reply.hijack();
			return true;
		case 'redirect':
			await reply
				.code(action.status ?? 302)
				.header('location', action.location)
				.send();
			return true;
		case 'html':
			await reply
				.code(action.status ?? 200)
				.type('text/html')
				.send('<!DOCTYPE html><html><body><h1>It works!</h1></body></html>');
			return true;
		case 'broken':
			await reply.code(200).type('application/json').send('{"data": [{"id": "');
			return true;
		case 'delay':
			await pause(action.milliseconds);
			return false;
		default:
			return false;
	}
}

/** What a page fault makes of an answered page; anything that is no page stays as it is. */
export function bentPage(action: FaultAction | undefined, body: unknown): unknown {
	if (action?.kind !== 'shortPage' && action?.kind !== 'changeTotal') return body;
	const page = body as { data?: unknown[]; pagination?: { total: number; count: number } };
	if (!Array.isArray(page?.data) || !page.pagination) return body;
	if (action.kind === 'changeTotal') {
		return {
			...page,
			pagination: { ...page.pagination, total: page.pagination.total + action.by },
		};
	}
	const data = page.data.slice(0, Math.max(0, page.data.length - action.missing));
	return { ...page, data, pagination: { ...page.pagination, count: data.length } };
}
