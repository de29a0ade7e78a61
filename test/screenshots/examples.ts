/**
 * `tsx test/screenshots/examples.ts [parts of names, separated by commas]`: each example workflow opened and executed in a
 * real n8n against the simulated servers, light and dark, with what it sent: its mails, and the page of
 * Slack messages and tickets. Pictures in `artifacts/screenshots/examples`. Look at them. The one of the
 * README, `docs/picture.png`, is made of two of them: the daily report on the canvas, and its mail.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../demo/paths';
import { exampleWorkflows } from '../../demo/provision';
import { onStage, type Stage } from './stage';

const SCHEMES = ['light', 'dark'] as const;

/** Requests that the examples wait for, by the path of their webhook. */
const REQUESTS: Record<string, Record<string, string>> = {
	'quick-backup-before-patching': { vm: 'app01' },
	'restore-user-mail': {
		organization: 'example.onmicrosoft.com',
		user: 'ada.winter@example.onmicrosoft.com',
	},
};

type Example = ReturnType<typeof exampleWorkflows>[number];

/** `failed-job-to-slack` of "Failed job … to Slack": what a file can be called. */
const fileOf = (name: string) =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/-$/, '');

/** Executes the open workflow by its button, and waits until it has ended. */
async function execute({ stack, page }: Stage, example: Example, id: string): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	const ended = async () => {
		const { results } = await stack.api.call<{
			results: Array<{ status: string; stoppedAt?: string }>;
		}>('GET', `/executions?limit=50&filter=${filter}`);
		return results.filter(({ stoppedAt }) => stoppedAt);
	};
	const before = (await ended()).length;
	await page.locator('[data-test-id="execute-workflow-button"]').first().click();
	const webhook = example.nodes.find(({ type }) => type.endsWith('.webhook'));
	if (webhook) {
		const path = String(webhook.parameters.path);
		await page.getByText(/Waiting for trigger event/).waitFor();
		const answer = await fetch(`${stack.n8n.address}/webhook-test/${path}`, {
			method: 'POST',
			body: new URLSearchParams(REQUESTS[path]),
		});
		console.log(`  ${answer.status} ${answer.headers.get('content-type')}`);
	}
	for (let attempt = 0; attempt < 240; attempt++) {
		const all = await ended();
		if (all.length > before) {
			console.log(`  ${all[0]!.status}`);
			// The button turns until the editor has heard of it.
			if (!webhook) await page.getByText('Execute workflow').first().waitFor();
			return;
		}
		await page.waitForTimeout(250);
	}
	throw new Error('The workflow did not end within a minute');
}

/** The workflow on the canvas, and each mail that came of it. */
async function play(stage: Stage, example: Example, id: string): Promise<void> {
	const { stack, editor, page, picture } = stage;
	const name = fileOf(example.name);
	const mails = stack.mail.mails.length;
	await page.emulateMedia({ colorScheme: 'light' });
	await editor.open(id);
	const asks = example.nodes.some(({ type }) => type.endsWith('.chatTrigger'));
	if (!asks) await execute(stage, example, id);
	for (const colorScheme of SCHEMES) {
		await page.emulateMedia({ colorScheme });
		await picture(`examples/${name}-${colorScheme}`);
	}
	for (const { number, mail } of stack.mail.mails.slice(mails)) {
		console.log(`  mail ${number}: ${mail.subject}`);
		const file = `examples/${name}-mail-${number}`;
		for (const colorScheme of SCHEMES) {
			await page.emulateMedia({ colorScheme });
			await page.goto(`${stack.mailPage}/mails/${number}${mail.html ? '/html' : ''}`);
			await picture(`${file}-${colorScheme}`, { fullPage: true });
		}
	}
}

/** The example that the README shows. */
const SHOWN = 'Daily protection report: Backup & Replication';

/** The editor, and before it the mail, on a plain ground. */
async function readmePicture({ page, stack }: Stage): Promise<void> {
	const folder = join(PROJECT_FOLDER, 'artifacts', 'screenshots', 'examples');
	const image = (name: string) =>
		`data:image/png;base64,${readFileSync(join(folder, `${name}.png`)).toString('base64')}`;
	const { number } = stack.mail.mails.find(({ mail }) => mail.html?.includes('Backup Report'))!;
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 620, height: 960 });
	await page.goto(`${stack.mailPage}/mails/${number}/html`);
	await page.screenshot({ path: join(folder, 'readme-mail.png') });
	await page.setViewportSize({ width: 1280, height: 720 });
	await page.setContent(`<style>
		body{margin:0;width:1280px;height:720px;overflow:hidden;position:relative;background:linear-gradient(135deg,#e9eef5,#dfe9e6)}
		div{position:absolute;overflow:hidden;border-radius:12px;box-shadow:0 12px 36px #1c212640}
		#editor{left:36px;top:150px;width:800px;height:420px}#editor img{width:900px;margin:-58px 0 0 -30px}
		#mail{right:36px;top:28px;width:440px;height:664px}#mail img{width:440px}
	</style><div id="editor"><img src="${image(`${fileOf(SHOWN)}-light`)}"></div><div id="mail"><img src="${image('readme-mail')}"></div>`);
	await page.waitForTimeout(300);
	await page.screenshot({ path: join(PROJECT_FOLDER, 'docs', 'picture.png') });
	console.log('docs/picture.png');
}

const wanted = (process.argv[2] ?? '').split(',');
const isWanted = (name: string) => wanted.some((part) => name.includes(part));

onStage(async (stage) => {
	const { stack, page, picture } = stage;
	for (const example of exampleWorkflows().filter(({ name }) => isWanted(fileOf(name)))) {
		console.log(example.name);
		const { id } = stack.examples.find(({ name }) => name === example.name)!;
		await play(stage, example, id).catch(async (error: unknown) => {
			console.error(example.name, error instanceof Error ? error.message : error);
			await picture(`examples/broken-${fileOf(example.name)}`);
		});
		if (example.name === SHOWN) await readmePicture(stage);
	}
	for (const colorScheme of SCHEMES) {
		await page.emulateMedia({ colorScheme });
		await page.goto(stack.standIns.address);
		await picture(`examples/stand-ins-${colorScheme}`, { fullPage: true });
		await page.goto(stack.mailPage);
		await picture(`examples/mails-${colorScheme}`, { fullPage: true });
	}
}).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
