import fastify, { type FastifyInstance } from 'fastify';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { HOST } from './ports';
import { Inbox } from './standIns/inbox';
import { escapeHtml, htmlPage, htmlTable, REFRESH } from './standIns/page';

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
	const inbox = new Inbox<ReceivedMail>('mail');
	const mails = inbox.items;
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
					inbox.add({ number: mails.length + 1, receivedAt: new Date(), recipients, mail });
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
		waitFor: async (fits, timeout) => await inbox.waitFor(fits, timeout),
		async stop() {
			await Promise.all([page.close(), new Promise<void>((done) => smtp.close(() => done()))]);
		},
	};
}

/** The page with the list of mails, one page per mail, and the mail's HTML in a sealed frame. */
function mailPage(mails: ReceivedMail[]): FastifyInstance {
	const app = fastify({ forceCloseConnections: true });
	const find = (number: string) => mails.find((mail) => mail.number === Number(number));

	app.get('/', async (_request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.send(
				htmlPage(
					'Mails of the demo',
					REFRESH,
					mails.length === 0
						? '<p>No mail yet. Execute the workflow in n8n; this page looks again every 5 seconds.</p>'
						: htmlTable(['Received', 'From', 'To', 'Subject'], [...mails].reverse().map(listRow)),
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
				htmlPage(
					mail.subject ?? '(no subject)',
					'',
					`<p><a href="/">All mails</a></p><p>From ${escapeHtml(sender(mail))} to ${escapeHtml(
						found.recipients.join(', '),
					)}</p>${html}<h2>Text</h2><pre>${escapeHtml(mail.text ?? '(none)')}</pre>`,
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

function listRow({ number, receivedAt, recipients, mail }: ReceivedMail): string[] {
	return [
		escapeHtml(receivedAt.toLocaleTimeString()),
		escapeHtml(sender(mail)),
		escapeHtml(recipients.join(', ')),
		`<a href="/mails/${number}">${escapeHtml(mail.subject ?? '(no subject)')}</a>`,
	];
}

const sender = (mail: Email) => mail.from?.address ?? '(nobody)';
