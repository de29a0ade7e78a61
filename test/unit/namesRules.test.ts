import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { byName, labelOf, nameOperations } from '../../nodes/shared/form/operationNames';
import {
	bodyInput,
	bodyBindings,
	pathBindings,
	queryBindings,
	variantBinding,
} from '../../nodes/shared/binding/parameterBinding';
import { operationOptions } from '../support/operationPickers';
import { everyProperty, NODES } from './description.support';

/**
 * Rules of wording that hold for every product: the terms of the product's own console, not those of
 * its API. `npm run names` prints everything for a person to read.
 */
describe.each(NODES)('the words of $product', ({ overlay, catalogue, actions, properties }) => {
	const all = properties();
	const operations = operationOptions(all);
	const named = nameOperations(catalogue, overlay);

	/** Every text that a person reads, with the place it stands in. */
	const texts = everyProperty(all).flatMap(({ name, displayName, description, options }) => [
		...[displayName, description ?? ''].map((text) => ({ binding: name, text })),
		...((options ?? []) as INodePropertyOptions[]).flatMap((option) =>
			[option.name, option.description ?? '', option.action ?? ''].map((text) => ({
				binding: name,
				text,
			})),
		),
	]);
	/** Texts that are shown to be clicked on: no identifiers that are meant as such. */
	const labels = [
		...everyProperty(all).map(({ displayName }) => displayName),
		...operations.map(({ name }) => name),
		...actions.values(),
		...Object.values(overlay.resources).map(({ name }) => name),
	];

	it('hold no abbreviation that only the API uses', () => {
		const internal = /\b(vmb|uids?|sobr|oib|flr|vbr|vb365|vcd|vspc|vone|vac|sp|creds?|pve|hv)\b/i;
		expect(labels.filter((label) => internal.test(label))).toEqual([]);
	});

	it('spell acronyms and brands', () => {
		const misspelled = new RegExp(
			`\\b(${[
				'Ad|Api|Aws|Cas|Cbt|Cdp|Cpu|Csv|Dns|Fs|Gb|Gfs|Guid|Html|Http|Ia|Id|Ids|Ip|Iscsi|Json|Kms|Mfa',
				'Nas|Nfs|Os|Pst|Rest|Sdk|Sku|Smb|Smtp|Sql|Ssh|Ssl|Tls|Uri|Url|Urn|Vm|Vms|Vss|Wan|Xml|Zip',
				'Entra Id|Exchange online|Hyper V|Hyperv|Microsoft365|O Auth ?2?|Office365|One Drive|Onedrive',
				'Onpremises|Power Shell|Share Point|Sharepoint|V Center|V Sphere|VCenter|VSphere|Vsphere',
				'Data Base|E-mail|Timezone|User Name|Wifi',
			].join('|')})\\b`,
		);
		expect(labels.filter((label) => misspelled.test(label))).toEqual([]);
	});

	it('are words, not ends of words that an identifier ran together', () => {
		const known = new Set(labels.flatMap((label) => label.toLowerCase().match(/[a-z]+/g) ?? []));
		const glued = /^(all|daily|first|keep|last|monthly|next|only|user)(?=[a-z]{4,}$)/;
		const suspects = [...known].filter((word) => glued.test(word));
		expect(suspects.filter((word) => !GLUED_WORDS.has(word))).toEqual([]);
	});

	it('begin every operation with a known verb', () => {
		const first = new Set(named.map(({ name }) => name.split(' ')[0]!));
		expect([...first].filter((verb) => !VERBS.has(verb)).sort()).toEqual([]);
	});

	it('call reading, changing and removing alike everywhere', () => {
		const other = /^(List|Read|Show|Fetch|Edit|Modify|Turn|Destroy|Erase All)\b/;
		expect(operations.filter(({ name }) => other.test(name)).map(({ name }) => name)).toEqual([]);
		// The console says Add where what is added exists already, Create where it comes into being.
		const gets = named.filter(({ operation, name }) => {
			const reads = operation.method === 'GET' && !operation.deprecated;
			return reads && /^(Create|Update|Delete|Start|Stop|Enable|Disable)\b/.test(name);
		});
		expect(gets.map(({ name }) => name)).toEqual([]);
		const deletes = named.filter(
			({ operation, name }) => operation.method === 'DELETE' && /^(Get|Create|Start)\b/.test(name),
		);
		expect(deletes.map(({ name }) => name)).toEqual([]);
	});

	it('name no operation of a resource twice, and no action of the node panel', () => {
		const inResource = operations.map(({ resource, name }) => `${resource}: ${name}`);
		expect(twice(inResource)).toEqual([]);
		expect(twice([...actions.values()])).toEqual([]);
	});

	it('label no two fields of a form alike', () => {
		const alike = catalogue.operations.flatMap((operation) => {
			const variants = variantBinding(catalogue, operation);
			const fields = !variants && bodyInput(catalogue, operation) === 'fields';
			const body = fields ? bodyBindings(catalogue, operation) : [];
			const bindings = [...pathBindings(operation), ...queryBindings(operation), ...body];
			const shown = bindings.filter(({ filledFrom }) => !filledFrom);
			// What stands among the filters may be called as what stands above them.
			const labelled = shown.map(
				({ name, collection }) => `${labelOf(overlay, operation, name)} (${collection ?? 'top'})`,
			);
			return twice(labelled).map((label) => `${operation.id}: ${label}`);
		});
		expect(alike).toEqual([]);
	});

	it('fit into the form on a small screen, where the chosen operation stands in one line', () => {
		const chosen = [...operations, ...Object.values(overlay.resources)].map(({ name }) => name);
		expect(chosen.filter((name) => name.length > 54)).toEqual([]);
	});

	it('label what stands in a collection so that the label is not cut off', () => {
		const entries = all
			.filter(({ type }) => type === 'collection')
			.flatMap(({ options }) => options as INodeProperties[]);
		const cut = entries.map(({ displayName }) => displayName).filter((label) => label.length > 35);
		expect(cut).toEqual([]);
	});

	it('list five options or more in the order of the alphabet, but for the two in the order of use', () => {
		const unsorted = all
			.filter(({ name }) => name !== 'resource' && name !== 'operation')
			.filter(({ type }) => type === 'options' || type === 'multiOptions')
			.filter(({ options }) => {
				const shown = ((options ?? []) as INodePropertyOptions[]).map(({ name }) => name);
				return shown.length >= 5 && shown.join() !== [...shown].sort(byName).join();
			});
		expect(unsorted.map(({ name }) => name)).toEqual([]);
	});

	it('explain in short sentences without a period at the end, never by the label again', () => {
		const explained = everyProperty(all).filter(({ description }) => description);
		const options = everyProperty(all).flatMap(({ type, options: listed }) =>
			type === 'options' ? ((listed ?? []) as INodePropertyOptions[]) : [],
		);
		const wrong = [
			...explained.map(({ displayName: label, description }) => ({ label, description })),
			...options.map(({ name: label, description }) => ({ label, description })),
		].filter(
			({ label, description }) =>
				description !== undefined &&
				(description.length > 240 || sameWords(label, description) || /[^.]\.$/.test(description)),
		);
		expect(wrong.filter(({ description }) => !description?.includes('. '))).toEqual([]);
	});

	it('are not empty', () => {
		expect(texts.length).toBeGreaterThan(1000);
		expect(all.filter(({ displayName }: INodeProperties) => !displayName.trim())).toEqual([]);
	});
});

const twice = (list: string[]): string[] => [
	...new Set(list.filter((entry, index) => list.indexOf(entry) !== index)),
];

const sameWords = (label: string, description: string): boolean =>
	label.toLowerCase() === description.toLowerCase();

/** Whole words that only begin like two. */
const GLUED_WORDS = new Set(['allocation', 'allowed', 'username', 'allow']);

/** What an operation can begin with: n8n's own verbs, and those of the products' consoles. */
const VERBS = new Set(
	[
		'Abort Accept Acknowledge Activate Add Answer Apply Assign Attach Authorize Cancel Change Check',
		'Clear Clone Collect Commit Compare Complete Connect Copy Create Deactivate Decrypt Delete Deploy',
		'Detach Disable Discover Download Enable Erase Evacuate Export Extend Finalize Generate Get Grant Import',
		'Install Keep Log Manage Map Mark Migrate Move Patch Prepare Quick Reboot Recreate Refresh',
		'Register Remove Renew Replace Rescan Reset Resize Resolve Restart Restore Retry Revalidate',
		'Reveal Revert Revoke Run Save Scan Schedule Search Send Set Start Stop Submit Suppress Switch',
		'Synchronize Test Unassign Undo Uninstall Unlock Update Upgrade Upload Validate Verify',
	].flatMap((line) => line.split(' ')),
);
