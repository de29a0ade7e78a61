import type { FastifyInstance } from 'fastify';
import { Inbox } from './inbox';

/** The host for which it stands: the example workflows send their tickets there. */
export const TICKET_HOST = 'tickets.example.com';

/** A ticket as it is now. */
export interface Ticket {
	/** Counts from 1. */
	id: number;
	incidentKey: string;
	state: 'open' | 'closed';
	/** Everything that was sent to open it. */
	opened: Record<string, unknown>;
	/** Everything that was sent to close it. */
	closed?: Record<string, unknown>;
}

/** A call that arrived, with the answer's status. */
export interface TicketCall {
	action: 'open' | 'close';
	incidentKey: string;
	status: number;
	body: Record<string, unknown>;
}

interface Answer {
	status: number;
	answer: unknown;
}

/** A ticket system that knows a ticket by the incident it is about. */
export class TicketStandIn {
	readonly tickets: Ticket[] = [];

	private readonly inbox = new Inbox<TicketCall>('call to the ticket system');

	/** Every call, refused ones too, oldest first. */
	get calls(): TicketCall[] {
		return this.inbox.items;
	}

	async waitFor(fits: (call: TicketCall) => boolean, timeout?: number): Promise<TicketCall> {
		return await this.inbox.waitFor(fits, timeout);
	}

	clear(): void {
		this.tickets.length = 0;
		this.inbox.clear();
	}

	/**
	 * `POST /tickets {incidentKey, …}` opens one: 201, or 409 while one with that key is open.
	 * `POST /tickets/close {incidentKey, …}` closes it: 200, or 404 when none is open.
	 * `GET /tickets` lists all of them.
	 */
	addRoutes(app: FastifyInstance): void {
		app.get('/tickets', async () => this.tickets);
		for (const [path, action] of [
			['/tickets', 'open'],
			['/tickets/close', 'close'],
		] as const) {
			app.post(path, async ({ body }, reply) => {
				const { status, answer } = this.take(action, body);
				return await reply.code(status).send(answer);
			});
		}
	}

	private take(action: TicketCall['action'], sent: unknown): Answer {
		const body = (sent !== null && typeof sent === 'object' ? sent : {}) as Record<string, unknown>;
		const incidentKey = typeof body.incidentKey === 'string' ? body.incidentKey : '';
		const answer = this.decide(action, incidentKey, body);
		this.inbox.add({ action, incidentKey, status: answer.status, body });
		return answer;
	}

	private decide(
		action: TicketCall['action'],
		incidentKey: string,
		body: Record<string, unknown>,
	): Answer {
		if (!incidentKey) return { status: 400, answer: { message: 'incidentKey is missing.' } };
		const open = this.tickets.find(
			(ticket) => ticket.incidentKey === incidentKey && ticket.state === 'open',
		);
		if (action === 'open') {
			if (open) {
				const message = `Ticket ${open.id} is open for ${incidentKey} already.`;
				return { status: 409, answer: { message, id: open.id } };
			}
			const ticket: Ticket = {
				id: this.tickets.length + 1,
				incidentKey,
				state: 'open',
				opened: body,
			};
			this.tickets.push(ticket);
			return { status: 201, answer: ticket };
		}
		if (!open) return { status: 404, answer: { message: `No ticket is open for ${incidentKey}.` } };
		Object.assign(open, { state: 'closed', closed: body });
		return { status: 200, answer: open };
	}
}
