import type { INodeProperties } from 'n8n-workflow';

import { operationPickers } from '../support/operationPickers';
import { byAlphabet, everyProperty, NODES, optionsOf } from './description.support';
import { lint } from './propertyLint.support';

describe.each(NODES)('the form of $product, as a whole', ({ Node, actions, properties }) => {
	const all = properties();
	const every = everyProperty(all);
	const choices = every.filter(({ type }) => type === 'options' || type === 'multiOptions');

	it("has nothing that n8n's lint would object to", () => {
		// It wants each action beside its operation; here they stand before (see orderOfUse.test.ts). Its rule
		// of the alphabet is for lists without an order of their own.
		const withActions = all
			.filter(({ name, type }) => name !== 'operation' || type === 'options')
			.map((property) =>
				property.name === 'operation'
					? {
							...property,
							options: optionsOf(property).map((option) => ({
								...option,
								action: actions.get(String(option.value)),
							})),
						}
					: property,
			);
		expect(lint(withActions.map(byAlphabet))).toEqual([]);
	});

	it('would be caught if it had', () => {
		const wrong = lint([
			{ displayName: 'vm Id', name: 'vmId', type: 'string', default: '' },
			{ displayName: 'Limit', name: 'limit', type: 'number', default: 10 },
			{
				displayName: 'Fast',
				name: 'fast',
				type: 'boolean',
				default: false,
				description: 'Be fast',
			},
		]);
		expect(wrong.map((message) => message.split(':')[0])).toEqual(
			expect.arrayContaining([
				'n8n-nodes-base/node-param-display-name-miscased-id',
				'n8n-nodes-base/node-param-default-wrong-for-limit',
				'n8n-nodes-base/node-param-description-boolean-without-whether',
			]),
		);
	});

	it('weighs at most 300 KB with the whole description', () => {
		const { description } = new Node();
		expect(Buffer.byteLength(JSON.stringify(description))).toBeLessThanOrEqual(300_000);
		expect(JSON.stringify(description).length).toBeGreaterThan(100 * 1024);
	});

	it('starts with a resource and an operation that exist', () => {
		const [resource] = all;
		expect(optionsOf(resource!).map(({ value }) => value)).toContain(resource!.default);
		for (const picker of operationPickers(all))
			expect(optionsOf(picker).map(({ value }) => value)).toContain(picker.default);
	});

	it('has no dropdown without choices, and none with the same choice twice', () => {
		for (const property of choices) {
			if (property.typeOptions?.loadOptionsMethod) continue;
			const names = optionsOf(property).map(({ name }) => name);
			expect(names.length).toBeGreaterThan(0);
			expect([property.name, names]).toEqual([property.name, [...new Set(names)]]);
		}
	});

	it('offers dropdowns and collections in alphabetical order, but resources and operations', () => {
		const sorted = (names: string[]) => [...names].sort((a, b) => a.localeCompare(b));
		for (const property of choices) {
			// These stand in the order of use: see orderOfUse.test.ts.
			if (['resource', 'operation'].includes(property.name)) continue;
			const names = optionsOf(property).map(({ name }) => name);
			// "None" stands first where it is a choice.
			const rest = names[0] === 'None' ? names.slice(1) : names;
			if (names.length >= 5) expect(rest).toEqual(sorted(rest));
		}
		for (const { name, type, options = [] } of all) {
			if (type !== 'collection') continue;
			const names = (options as INodeProperties[]).map(({ displayName }) => displayName);
			expect([name, names]).toEqual([name, sorted(names)]);
		}
	});

	it('spells acronyms and brands as people do', () => {
		const misspelt =
			/\b(Vm|Vms|Id|Ids|Ip|Ips|Url|Api|Smb|Nfs|Ssh|Tls|Ssl|Gb|Mb|Kms|Mfa|Wan|Acl|Gfs|Hyper V|V Sphere|V Center|Entra Id|Pst|Rbac|Sharepoint|Onedrive|Vmware|Sobr|Hv|Json)\b/;
		const texts = [
			...every.map(({ displayName }) => displayName),
			...choices.flatMap((property) => optionsOf(property).map(({ name }) => name)),
			...actions.values(),
		];
		expect(texts.filter((text) => misspelt.test(text))).toEqual([]);
	});

	it('starts every JSON field of the API empty, with its shape as a hint', () => {
		const json = every.filter(({ type }) => type === 'json');
		expect(json.length).toBeGreaterThan(10);
		expect(json.filter(({ default: value }) => value !== '').map(({ name }) => name)).toEqual([]);
		for (const { hint = '' } of json) {
			const shape = /^Example: (.*)$/.exec(hint)?.[1];
			if (shape !== undefined) expect(() => JSON.parse(shape) as unknown).not.toThrow();
		}
	});

	it('looks at no beginning, end or middle of a value that other operations do not have', () => {
		const conditions = every.flatMap(({ displayOptions }) => [
			...Object.entries(displayOptions?.show ?? {}),
			...Object.entries(displayOptions?.hide ?? {}),
		]);
		expect(conditions.length).toBeGreaterThan(100);
		const fuzzy = conditions.filter(
			([name, values]) =>
				!/^\/?(operation|resource)$/.test(name) && JSON.stringify(values).includes('_cnd'),
		);
		expect(fuzzy).toEqual([]);
	});

	it('is built anew for each node: n8n changes what it is given', () => {
		const one = properties();
		const other = properties();
		expect(one).toEqual(other);
		const changed = one.find(({ type }) => type === 'collection')!;
		(changed.options as INodeProperties[]).length = 0;
		one[0]!.displayOptions = { show: { resource: ['changed'] } };
		expect(properties()).toEqual(other);
		expect(everyProperty(other).some((property) => Object.isFrozen(property))).toBe(false);
	});

	it('asks only for methods that the node has', () => {
		const { methods } = new Node();
		const wanted = (key: string) => [
			...new Set(
				[...JSON.stringify(all).matchAll(new RegExp(`"${key}":"(\\w+)"`, 'g'))].map(
					([, method]) => method,
				),
			),
		];
		const lists = wanted('searchListMethod');
		const options = wanted('loadOptionsMethod');
		expect(lists.length).toBeGreaterThan(30);
		expect(options.length).toBeGreaterThan(15);
		expect(Object.keys(methods!.listSearch!)).toEqual(expect.arrayContaining(lists));
		expect(Object.keys(methods!.loadOptions!)).toEqual(expect.arrayContaining(options));
	});
});
