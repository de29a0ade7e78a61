import fastify, { type FastifyInstance } from 'fastify';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { HOST } from './ports';

/** A mail that arrived, newest last. `number` counts from 1. */
export interface ReceivedMail {
	number: number;
	receivedAt: Date;
	/** Addresses of the envelope: who really gets it. */
	recipients: string[];
	mail: Email;
}

/** A mail server that keeps what it gets, and shows it on a page instead of passing it on. */
export interface MailServer {
	readonly mails: ReceivedMail[];
	/**
	 * Waits until a mail has come that fits, also looking at those already there.
	 * @throws Error after `timeout` milliseconds
	 */
	waitFor(fits: (mail: ReceivedMail) => boolean, timeout?: number): Promise<ReceivedMail>;
	stop(): Promise<void>;
}

/** Starts the mail server and its page on this machine. */
export async function startMailServer(ports: { smtp: number; page: number }): Promise<MailServer> {
	const mails: ReceivedMail[] = [];
	const listeners = new Set<() => void>();
	const smtp = new SMTPServer({
		authOptional: true,
		// No encryption and no login: nothing leaves this machine.
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
					const recipients = session.envelope.rcptTo.map(({ address }) => address);
					mails.push({ number: mails.length + 1, receivedAt: new Date(), recipients, mail });
					listeners.forEach((listener) => listener());
					done();
				}, done);
			});
		},
	});
	// A sender that hangs up in the middle is no reason to end the demo.
	smtp.on('error', () => {});
	await new Promise<void>((done, fail) => {
		smtp.server.once('error', fail);
		smtp.listen(ports.smtp, HOST, done);
	});
	const page = mailPage(mails);
	await page.listen({ port: ports.page, host: HOST });

	return {
		mails,
		async waitFor(fits, timeout = 30_000) {
			return await new Promise((done, fail) => {
				const look = () => {
					const found = mails.find(fits);
					if (!found) return;
					listeners.delete(look);
					clearTimeout(timer);
					done(found);
				};
				const timer = setTimeout(() => {
					listeners.delete(look);
					fail(new Error(`No such mail within ${timeout} ms; ${mails.length} others came.`));
				}, timeout);
				listeners.add(look);
				look();
			});
		},
		async stop() {
			await Promise.all([page.close(), new Promise<void>((done) => smtp.close(() => done()))]);
		},
	};
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ddd}
iframe{width:100%;height:32rem;border:1px solid #ddd;background:#fff}pre{background:#f6f6f6;padding:1rem;white-space:pre-wrap}`;

/** The page with the list of mails, one page per mail, and the mail's HTML in a sealed frame. */
function mailPage(mails: ReceivedMail[]): FastifyInstance {
	const app = fastify({ forceCloseConnections: true });
	const find = (number: string) => mails.find((mail) => mail.number === Number(number));

	app.get('/', async (_request, reply) =>
		reply.type('text/html; charset=utf-8').send(
			document(
				'Mails of the demo',
				// The list looks for new mails by itself, without a script.
				'<meta http-equiv="refresh" content="5">',
				mails.length === 0
					? '<p>No mail yet. Execute the workflow in n8n; this page looks again every 5 seconds.</p>'
					: `<table><tr><th>Received</th><th>From</th><th>To</th><th>Subject</th></tr>${[...mails]
							.reverse()
							.map(listRow)
							.join('')}</table>`,
			),
		),
	);
	app.get<{ Params: { number: string } }>('/mails/:number', async (request, reply) => {
		const found = find(request.params.number);
		if (!found) return await reply.code(404).send({ message: 'There is no such mail.' });
		const { mail, number } = found;
		const html = mail.html
			? `<h2>HTML</h2><iframe sandbox src="/mails/${number}/html" title="Mail"></iframe>`
			: '';
		return await reply
			.type('text/html; charset=utf-8')
			.send(
				document(
					mail.subject ?? '(no subject)',
					'',
					`<p><a href="/">All mails</a></p><p>From ${escape(sender(mail))} to ${escape(
						found.recipients.join(', '),
					)}</p>${html}<h2>Text</h2><pre>${escape(mail.text ?? '(none)')}</pre>`,
				),
			);
	});
	app.get<{ Params: { number: string } }>('/mails/:number/html', async (request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			// A mail may hold anything: no script, nothing loaded from elsewhere.
			.header(
				'content-security-policy',
				"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
			)
			.send(find(request.params.number)?.mail.html ?? ''),
	);
	return app;
}

function listRow({ number, receivedAt, recipients, mail }: ReceivedMail): string {
	const cells = [
		escape(receivedAt.toLocaleTimeString()),
		escape(sender(mail)),
		escape(recipients.join(', ')),
		`<a href="/mails/${number}">${escape(mail.subject ?? '(no subject)')}</a>`,
	];
	return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const sender = (mail: Email) => mail.from?.address ?? '(nobody)';

function document(title: string, head: string, body: string): string {
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title>${head}<style>${STYLE}</style><h1>${escape(title)}</h1>${body}</html>`;
}
