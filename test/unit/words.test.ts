import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';

/** Words that a translation leaves behind; an editor says report, at least, if empty. */
const TRANSLATED =
	/\b(tells?|told)\b|\bso many\b|\bor less\b|\bwhere (it is )?empty\b|\bwhich to tell\b/i;

/** Every text of a property that a person reads, at any depth. */
function textsOf(property: INodeProperties): string[] {
	const { displayName, description, placeholder, hint, options = [] } = property;
	const inner = (options as Array<INodeProperties | INodePropertyOptions>).flatMap((option) =>
		'displayName' in option
			? textsOf(option as INodeProperties)
			: [option.name, option.description ?? '', (option as INodePropertyOptions).action ?? ''],
	);
	return [displayName, description ?? '', placeholder ?? '', hint ?? '', ...inner];
}

describe.each(PRODUCTS)('what users of $key read', ({ Node, TriggerNode, Credential }) => {
	it.each([
		['the action node', () => new Node().description.properties, 1000],
		['the trigger', () => new TriggerNode().description.properties, 50],
		['the credential', () => new Credential().properties, 20],
	])('in %s is written, not translated', (_, properties, atLeast) => {
		const texts = properties().flatMap(textsOf).filter(Boolean);
		expect(texts.length).toBeGreaterThan(atLeast);
		expect(texts.filter((text) => TRANSLATED.test(text))).toEqual([]);
	});
});

describe('the walk of data in docs/architecture.md', () => {
	const root = join(__dirname, '..', '..');
	const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
	const section = text.split(/^## /m).find((part) => part.startsWith('How data walks'))!;
	const lists = section.split(/^\*\*/m).slice(1);

	it('is there for an action, a session and an update', () => expect(lists).toHaveLength(3));

	it.each(lists.map((list) => [list.split('**')[0]!, list]))('%s', (_, list) => {
		let folder = '';
		const files = [...list.matchAll(/`([\w/-]+\.ts)`/g)].map(([, file]) => {
			const path = file!.includes('/') ? file! : join(folder, file!);
			folder = dirname(path);
			return path;
		});
		expect(files.length).toBeGreaterThan(6);
		expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
		expect(new Set(files).size).toBe(files.length);
	});
});
