import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PRODUCTS } from '../../nodes/products';
import { errorTexts } from '../../scripts/docs/errorTexts';
import { eventTable, packageTriggers } from '../../scripts/docs/events';
import { DOCS, generatedPages, readDoc } from '../../scripts/docs/main';
import { packageNodes, resourceTable } from '../../scripts/docs/operations';

const ROOT = path.join(__dirname, '../..');

/** Where links to the documents start in credentials and codex files. */
const REPOSITORY = 'https://github.com/n8n-nodes-veeam/n8n-nodes-veeam';

/** Every page a reader may come to, by its path. */
function pages(): Record<string, string> {
	const own = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
	const docs = readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => path.join('docs', name));
	return Object.fromEntries(
		[...own, ...docs].map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]),
	);
}

/** Anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
	[...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replaceAll(' ', '-'),
	);

/** What is wrong with a link from a page to `file#anchor` of the repository; nothing if it leads somewhere. */
function broken(from: string, link: string): boolean {
	const [target = '', anchor] = link.split('#');
	const file = target === '' ? from : path.join(path.dirname(from), target);
	if (!existsSync(path.join(ROOT, file))) return true;
	if (anchor === undefined) return false;
	return !anchorsOf(readFileSync(path.join(ROOT, file), 'utf8')).includes(anchor);
}

it('the docs list every resource and operation of every node and every event of every trigger', () => {
	for (const { properties } of packageNodes()) {
		expect(resourceTable(properties).split('\n').length).toBeGreaterThan(30);
	}
	for (const trigger of packageTriggers()) {
		expect(eventTable(trigger).split('\n')).toHaveLength(trigger.events.length + 2);
	}
	const generated = generatedPages();
	expect(Object.keys(generated)).toHaveLength(4);
	for (const [file, text] of Object.entries(generated))
		expect([file, readDoc(file)]).toEqual([file, text]);
});

it('docs/troubleshooting.md says what to do at every error text of the package', () => {
	const texts = Object.entries(errorTexts());
	expect(texts.length).toBeGreaterThan(90);

	const page = readDoc('troubleshooting.md');
	expect(texts.filter(([text]) => !page.includes(text))).toEqual([]);
});

it('docs/examples.md has a row for every example', () => {
	const page = readDoc('examples.md');
	const files = readdirSync(path.join(ROOT, 'examples'));
	expect(files.filter((file) => !page.includes(`](../examples/${file})`))).toEqual([]);
});

it('the README fits into 200 lines', () => {
	const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
	expect(readme.split('\n').length).toBeLessThanOrEqual(200);
});

it.each(PRODUCTS.map(({ product, trigger }) => [product.adapter.displayName, trigger] as const))(
	'the README says how many events %s has',
	(displayName, { events }) => {
		const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
		const row = readme.split('\n').find((line) => line.startsWith(`| ${displayName} |`));
		expect(row).toContain(`[${events.length} events]`);
	},
);

it('every link inside the documents leads to a file and a heading that exist', () => {
	const links = Object.entries(pages()).flatMap(([from, page]) =>
		[...page.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => ({
			from,
			link,
		})),
	);
	expect(links.length).toBeGreaterThan(50);
	expect(links.filter(({ from, link }) => broken(from, link))).toEqual([]);
});

it('credentials and nodes link to pages and headings that exist', () => {
	const links = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(node\.json|credentials\.ts)$/.test(name))
			.flatMap((name) => {
				const text = readFileSync(path.join(ROOT, folder, name), 'utf8');
				return [...text.matchAll(/['"](https:\/\/github\.com\/[^'"]+)['"]/g)].map(
					([, url = '']) => ({
						name,
						url,
					}),
				);
			}),
	);
	expect(links.length).toBeGreaterThanOrEqual(15);
	const wrong = links.filter(({ url }) => {
		if (url === `${REPOSITORY}#readme`) return false;
		const link = url.startsWith(`${REPOSITORY}/blob/main/`)
			? url.slice(`${REPOSITORY}/blob/main/`.length)
			: `README.md${url.slice(REPOSITORY.length)}`;
		return broken('README.md', link);
	});
	expect(wrong).toEqual([]);
});
