import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { HOST } from '../ports';
import { certificateFor } from '../../simulator/foundation/certificate';
import { escapeHtml, htmlPage, htmlTable, REFRESH } from './page';
import { SLACK_HOSTS, SlackStandIn } from './slack';
import { messageHtml, SLACK_STYLE } from './slackHtml';
import { TICKET_HOST, TicketStandIn } from './tickets';

/** Where redirect.cjs leads the TLS connections of a host: to a port here, trusting that certificate. */
export type Redirects = Record<string, { port: number; ca: string }>;

/** Stand-ins for the services outside that the example workflows call, running. */
export interface StandIns {
	slack: SlackStandIn;
	tickets: TicketStandIn;
	/** `http://127.0.0.1:8026`: shows what came, and takes tickets without TLS too. */
	address: string;
	/** For n8n, so that its own nodes reach them under the hosts' real names. */
	redirects: Redirects;
	stop(): Promise<void>;
}

/**
 * Starts them on this machine: over HTTPS for the hosts they stand for, each on a port of its own.
 * @param port of the page that shows what came
 */
export async function startStandIns(port: number): Promise<StandIns> {
	const slack = new SlackStandIn();
	const tickets = new TicketStandIn();
	const hosts = [...SLACK_HOSTS, TICKET_HOST];
	const https = await certificateFor(hosts);
	const started: FastifyInstance[] = [];
	const stop = async () => {
		await Promise.all(started.splice(0).map(async (app) => await app.close()));
	};
	const serve = async (app: FastifyInstance, on: number): Promise<number> => {
		started.push(app);
		await app.listen({ port: on, host: HOST });
		return (app.server.address() as AddressInfo).port;
	};
	try {
		const overTls = async (service: SlackStandIn | TicketStandIn) => {
			const app = fastify({ https, forceCloseConnections: true }) as unknown as FastifyInstance;
			service.addRoutes(app);
			return { port: await serve(app, 0), ca: https.cert };
		};
		const toSlack = await overTls(slack);
		const redirects: Redirects = {
			...Object.fromEntries(SLACK_HOSTS.map((host) => [host, toSlack])),
			[TICKET_HOST]: await overTls(tickets),
		};
		const page = fastify({ forceCloseConnections: true });
		tickets.addRoutes(page);
		page.get('/', async (_request, reply) =>
			reply.type('text/html; charset=utf-8').send(overview(slack, tickets)),
		);
		await serve(page, port);
		return { slack, tickets, address: `http://${HOST}:${port}`, redirects, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

function overview(slack: SlackStandIn, tickets: TicketStandIn): string {
	const messages = [...slack.messages]
		.reverse()
		.map((message) => [
			escapeHtml(message.receivedAt.toLocaleTimeString()),
			escapeHtml(message.channel),
			messageHtml(message),
		]);
	const refused = slack.refused.map(({ error, messages: reasons }) => [
		escapeHtml(error),
		escapeHtml(reasons.join(' ')),
	]);
	const all = [...tickets.tickets]
		.reverse()
		.map(({ id, state, incidentKey, opened }) => [
			String(id),
			state,
			escapeHtml(incidentKey),
			escapeHtml(String(opened.title ?? '')),
		]);
	return htmlPage(
		'What the workflows sent',
		`${REFRESH}<style>${SLACK_STYLE}</style>`,
		[
			`<h2>Slack</h2>${htmlTable(['Received', 'Channel', 'Message'], messages)}`,
			refused.length > 0 && `<h2>Refused by Slack</h2>${htmlTable(['Error', 'Reason'], refused)}`,
			`<h2>Tickets</h2>${htmlTable(['Number', 'State', 'Incident', 'Title'], all)}`,
			`<p>Nothing of this left the machine: ${SLACK_HOSTS.join(', ')} and ${TICKET_HOST} lead here from the n8n of the demo.</p>`,
		]
			.filter(Boolean)
			.join(''),
	);
}
