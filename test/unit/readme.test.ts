import { readdirSync } from 'node:fs';
import path from 'node:path';

import { errorTexts } from '../../scripts/errorTexts';
import { eventTable, packageTriggers } from '../../scripts/readmeEvents';
import { packageNodes, readReadme, resourceTable, updated } from '../../scripts/readmeResources';

it('the README lists every resource and operation of every node and every event of every trigger', () => {
	for (const { properties } of packageNodes()) {
		expect(resourceTable(properties).split('\n').length).toBeGreaterThan(30);
	}
	for (const trigger of packageTriggers()) {
		expect(eventTable(trigger).split('\n')).toHaveLength(trigger.events.length + 2);
	}
	expect(updated(readReadme())).toBe(readReadme());
});

it('the README says what to do at every error text of the package', () => {
	const texts = Object.entries(errorTexts());
	expect(texts.length).toBeGreaterThan(90);

	const readme = readReadme();
	expect(texts.filter(([text]) => !readme.includes(text))).toEqual([]);
});

it('the README has a row for every example', () => {
	const readme = readReadme();
	const files = readdirSync(path.join(__dirname, '../../examples'));
	expect(files.filter((file) => !readme.includes(`](examples/${file})`))).toEqual([]);
});

it('every link inside the README leads to one of its headings', () => {
	const readme = readReadme();
	const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replaceAll(' ', '-'),
	);
	const links = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
	expect(links.length).toBeGreaterThan(0);
	expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
});
