import type { FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultAction } from './faults';
import { valueAt, withValueAt } from './paths';

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

/** Where a page holds its items (`''`: the body is the list) and its figures, as dotted paths. */
export interface PageLayout {
	items: string;
	total?: string;
	count?: string;
}

const USUAL: PageLayout = { items: 'data', total: 'pagination.total', count: 'pagination.count' };

/** What a page fault makes of an answered page; anything that is no page stays as it is. */
export function bentPage(
	action: FaultAction | undefined,
	body: unknown,
	layout: PageLayout = USUAL,
): unknown {
	if (action?.kind !== 'shortPage' && action?.kind !== 'changeTotal') return body;
	const list = valueAt(body, layout.items);
	if (!Array.isArray(list)) return body;
	if (action.kind === 'changeTotal') {
		const total = layout.total === undefined ? undefined : valueAt(body, layout.total);
		if (total === undefined) return body;
		return withValueAt(body, layout.total as string, Number(total) + action.by);
	}
	const items = list.slice(0, Math.max(0, list.length - action.missing));
	const bent = withValueAt(body, layout.items, items);
	return layout.count === undefined ? bent : withValueAt(bent, layout.count, items.length);
}
