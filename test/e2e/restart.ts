import { createServer, type Server } from 'node:http';
import { freePort, HOST } from '../../demo/ports';
import type { DemoStack } from '../../demo/stack';
import { baseNode, importAndPublish, pollEvery, publish } from './workflows';

/** What a published workflow does after n8n was ended without warning. */
export function restartTests(stackOf: () => DemoStack): void {
	let news: Array<{ title: string; date: Date }> = [];
	let feed: Server;
	let address: string;

	beforeAll(async () => {
		const port = await freePort();
		address = `http://${HOST}:${port}/`;
		feed = createServer((_request, response) => {
			response.setHeader('content-type', 'application/rss+xml');
			response.end(rss(news));
		});
		await new Promise<void>((done) => feed.listen(port, HOST, done));
	});
	afterAll(() => feed.close());

	beforeEach(() => stackOf().standIns.tickets.clear());

	it('a webhook answers, and a polling trigger goes on where it was, with nothing twice', async () => {
		const { n8n, api, standIns } = stackOf();
		const began = Date.now();
		const item = (title: string, second: number) => ({
			title,
			date: new Date(began + second * 1000),
		});
		news = [item('before it was published', -60)];
		const webhook = await publish(stackOf(), 'Restart: webhook', [
			baseNode('Unchanged', 'noOp', 1, {}),
		]);
		const polling = await importAndPublish(stackOf(), {
			name: 'Restart: polling',
			nodes: [
				baseNode('Feed', 'rssFeedReadTrigger', 1, {
					feedUrl: address,
					pollTimes: pollEvery(2),
				}),
				baseNode('Send', 'httpRequest', 4.2, {
					method: 'POST',
					url: `${standIns.address}/tickets`,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ { incidentKey: $json.title } }}',
					options: {},
				}),
			],
		});
		news = [...news, item('while it runs', 60)];
		await standIns.tickets.waitFor(({ incidentKey }) => incidentKey === 'while it runs');

		await n8n.kill();
		news = [...news, item('while it is dead', 120)];
		await expect(fetch(n8n.address)).rejects.toThrow('fetch failed');
		await n8n.start();

		expect(await webhook.run({ asked: 1 })).toMatchObject([{ body: { asked: 1 } }]);
		await standIns.tickets.waitFor(({ incidentKey }) => incidentKey === 'while it is dead');
		news = [...news, item('after it', 180)];
		await standIns.tickets.waitFor(({ incidentKey }) => incidentKey === 'after it');
		expect(
			standIns.tickets.calls.map(({ incidentKey, status }) => `${incidentKey}: ${status}`),
		).toEqual(['while it runs: 201', 'while it is dead: 201', 'after it: 201']);
		// The session of before holds, too.
		await api.deactivateWorkflow(polling);
	});
}

function rss(items: Array<{ title: string; date: Date }>): string {
	const entries = items.map(
		({ title, date }) =>
			`<item><title>${title}</title><pubDate>${date.toUTCString()}</pubDate></item>`,
	);
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>${entries.join('')}</channel></rss>`;
}
