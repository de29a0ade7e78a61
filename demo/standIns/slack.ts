import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Inbox } from './inbox';
import { refusalOf, type Refusal, type SlackMessageBody } from './slackRules';

/** The hosts for which it stands: the Web API and the incoming webhooks. */
export const SLACK_HOSTS = ['slack.com', 'hooks.slack.com'];

/** The only token that it takes; no real one looks like that. */
export const SLACK_TOKEN = 'token-of-the-stand-in';

/** A message that Slack would have shown. `number` counts from 1. */
export interface SlackMessage {
	number: number;
	receivedAt: Date;
	/** As the sender named it, by ID or by name; empty for a webhook, which belongs to a channel. */
	channel: string;
	/** Empty where there are only blocks. */
	text: string;
	blocks: unknown[];
	attachments: unknown[];
	/** Everything that was sent. */
	body: SlackMessageBody;
}

/** A message that Slack would have refused, and why. */
export interface RefusedSlackMessage extends Refusal {
	body: SlackMessageBody;
}

/** What stood in for Slack has received. */
export class SlackStandIn {
	readonly inbox = new Inbox<SlackMessage>('Slack message');

	readonly refused: RefusedSlackMessage[] = [];

	/** What Slack would show, newest last. */
	get messages(): SlackMessage[] {
		return this.inbox.items;
	}

	/** Waits for a message. @throws Error after `timeout` milliseconds, saying what was refused */
	async waitFor(fits: (message: SlackMessage) => boolean, timeout?: number): Promise<SlackMessage> {
		return await this.inbox.waitFor(fits, timeout).catch((error: Error) => {
			const refusals = this.refused.map(({ error: code, messages }) =>
				[code, ...messages].join(' '),
			);
			throw new Error(`${error.message} Refused: ${refusals.join(', ') || 'none'}.`);
		});
	}

	clear(): void {
		this.inbox.clear();
		this.refused.length = 0;
	}

	/** Keeps the message if Slack would take it. @returns why it would not */
	post(body: SlackMessageBody): Refusal | undefined {
		const refusal = refusalOf(body);
		if (refusal) {
			this.refused.push({ ...refusal, body });
			return refusal;
		}
		this.inbox.add({
			number: this.messages.length + 1,
			receivedAt: new Date(),
			channel: String(body.channel ?? ''),
			text: String(body.text ?? ''),
			blocks: asList(body.blocks),
			attachments: asList(body.attachments),
			body,
		});
		return undefined;
	}

	/** Adds what is called of Slack: posting a message, and what n8n's form and credential ask. */
	addRoutes(app: FastifyInstance): void {
		app.addContentTypeParser(
			'application/x-www-form-urlencoded',
			{ parseAs: 'string' },
			(_request, text, done) => done(null, bodyOfForm(String(text))),
		);
		// Slack answers 200 to whatever it refuses; what is wrong is in the body.
		app.post('/api/chat.postMessage', async (request) => {
			const body = (request.body ?? {}) as SlackMessageBody;
			const refusal = unauthorized(request) ?? this.postToChannel(body);
			if (refusal) return answerOf(refusal);
			const { channel, text, blocks, receivedAt, number } = this.messages.at(-1)!;
			const ts = `${Math.floor(receivedAt.getTime() / 1000)}.${String(number).padStart(6, '0')}`;
			return { ok: true, channel, ts, message: { type: 'message', ts, text, blocks } };
		});
		app.get('/api/users.profile.get', async (request) =>
			answerOf(unauthorized(request), { profile: { real_name: 'n8n' } }),
		);
		app.get('/api/conversations.list', async (request) =>
			answerOf(unauthorized(request), { channels: CHANNELS }),
		);
		app.post('/services/*', async (request, reply) => {
			const refusal = this.post((request.body ?? {}) as SlackMessageBody);
			return await reply.code(refusal ? 400 : 200).send(refusal?.error ?? 'ok');
		});
	}

	private postToChannel(body: SlackMessageBody): Refusal | undefined {
		if (typeof body.channel === 'string' && /^[#@]?[\w.-]+$/.test(body.channel)) {
			return this.post(body);
		}
		const refusal = { error: 'channel_not_found', messages: [] };
		this.refused.push({ ...refusal, body });
		return refusal;
	}
}

/** What the form of n8n's Slack node lists. */
const CHANNELS = ['backup-alerts', 'backup-reports'].map((name, at) => ({
	id: `C000000000${at + 1}`,
	name,
	is_channel: true,
}));

function unauthorized({ headers }: FastifyRequest): Refusal | undefined {
	const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
	if (!token) return { error: 'not_authed', messages: [] };
	return token === SLACK_TOKEN ? undefined : { error: 'invalid_auth', messages: [] };
}

function answerOf(refusal: Refusal | undefined, answer: object = {}): object {
	if (!refusal) return { ok: true, ...answer };
	const { error, messages } = refusal;
	return { ok: false, error, ...(messages.length > 0 && { response_metadata: { messages } }) };
}

/** A form holds lists as JSON, and a webhook's whole message as JSON in `payload`. */
function bodyOfForm(text: string): SlackMessageBody {
	const { payload, ...fields } = Object.fromEntries(new URLSearchParams(text));
	if (payload !== undefined) return parsed(payload) as SlackMessageBody;
	const body: SlackMessageBody = { ...fields };
	for (const name of ['blocks', 'attachments']) {
		if (fields[name] !== undefined) body[name] = parsed(fields[name]);
	}
	return body;
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return json;
	}
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
