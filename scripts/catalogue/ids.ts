import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import { CatalogueError } from './openapi';
import type { Product } from './products';

/**
 * Gives every operation an id of its own. Saved workflows hold these ids, so an operation that is in the
 * committed catalogue, by method and path, keeps the one it has there. A new operation gets its id from
 * the vendor's own, or from its title where the product wants that (`idsFrom`) and no other operation has
 * the same title. An id made from the vendor's gets the verbs that the product's ids use (`idVerbs`).
 *
 * @throws CatalogueError if the committed catalogue holds an id twice
 */
export function withIds(
	catalogue: Catalogue,
	committed: Catalogue | undefined,
	{ idsFrom, idVerbs }: Pick<Product, 'idsFrom' | 'idVerbs'>,
): Catalogue {
	const known = new Map(committed?.operations.map((one) => [keyOf(one), one.id]));
	const taken = new Set<string>();
	for (const id of known.values()) {
		if (taken.has(id)) {
			throw new CatalogueError(
				`The committed catalogue gives the id "${id}" to two operations.`,
				'Restore operations.json from the repository.',
			);
		}
		taken.add(id);
	}
	const fresh = catalogue.operations.filter((one) => !known.has(keyOf(one)));
	const titles = idsFrom === 'title' ? fresh.map(({ title }) => idFromTitle(title)) : [];
	const suggestions = fresh.map((operation, index) => {
		const title = titles[index];
		const alone = titles.filter((other) => other === title).length === 1;
		return title !== undefined && alone
			? title
			: withVerb(idFrom(operation.id), operation, idVerbs);
	});
	const names = new Map(
		fresh.map((one, index) => {
			const suggestion = suggestions[index]!;
			const contested =
				suggestions.filter((other) => other === suggestion).length > 1 || taken.has(suggestion);
			return [one, contested ? suggestion + pathSuffix(one) : suggestion];
		}),
	);
	const operations = catalogue.operations.map((one) => {
		const committedId = known.get(keyOf(one));
		if (committedId !== undefined) return { ...one, id: committedId };
		const name = names.get(one)!;
		let id = name;
		for (let count = 2; taken.has(id); count += 1) id = `${name}${count}`;
		taken.add(id);
		return { ...one, id };
	});
	return { ...catalogue, operations };
}

/** `getManyJobs` of a list -> `listJobs`, `patchJob` that takes a JSON Patch -> `editJob`. */
function withVerb(id: string, operation: Operation, verbs: Product['idVerbs']): string {
	if (!verbs) return id;
	const { method, returns, body } = operation;
	if (method === 'GET' && (returns.kind === 'page' || returns.kind === 'list'))
		return id.replace(/^get(Many)?(?=[A-Z])/, verbs.list);
	if (body?.media === 'jsonPatch') return id.replace(/^(patch|update)(?=[A-Z])/, verbs.jsonPatch);
	return id;
}

/**
 * An id after the vendor's, verb first: `GetAllRepositories` and `Repositories_ViewAll` become
 * `getManyRepositories`, `Job_StartActionWithFiltering` becomes `startJob`.
 */
export function idFrom(vendorId: string): string {
	const words = vendorId.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
	const [owner, action, ...rest] = words.map(
		(word) => word.charAt(0).toUpperCase() + word.slice(1),
	);
	const name =
		action === undefined ? owner! : verbFirst(owner!, withoutSuffix(action)) + rest.join('');
	const plain = withoutSuffix(name)
		.replace(/^(Get|View)All(?=[A-Z]|$)/, 'GetMany')
		.replace(/^View(?=[A-Z]|$)/, 'Get');
	return plain.replace(/^[A-Z]+(?=[A-Z][a-z]|\d|$)|^[A-Z]/, (start) => start.toLowerCase());
}

/**
 * An id after a title: `Get Backup Jobs` becomes `getBackupJobs`, `Get Mailbox Data by Repository and
 * Mailbox ID` `getMailboxDataByRepositoryAndMailboxId`. None after one that does not say what is done.
 */
export function idFromTitle(title: string): string | undefined {
	const [verb, ...rest] = title
		.replace(/-/g, '')
		.split(/[^A-Za-z0-9]+/)
		.filter(Boolean);
	if (verb === undefined || !VERB.test(verb) || rest.length === 0) return undefined;
	const words = rest.map((word) =>
		/^[A-Z]{2}$/.test(word) ? word.charAt(0) + word.charAt(1).toLowerCase() : word,
	);
	return (
		verb.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
	);
}

const VERB =
	/^(Add|Change|Check|Complete|Configure|Copy|Create|Disable|Edit|Enable|Export|Generate|Get|Install|Prepare|Remove|Replace|Request|Rescan|Restore|Revoke|Save|Search|Send|Start|Stop|Submit|Synchronize|Update)$/;

function withoutSuffix(name: string): string {
	return name.replace(/(WithFiltering|Async|Action)+$/, '');
}

/** `Job`, `GetExcludedItems` -> `GetJobExcludedItems`; `BackupJob`, `GetJobs` -> `GetBackupJobs`. */
function verbFirst(owner: string, action: string): string {
	const [, verb, rest] = /^([A-Z][a-z0-9]*(?:All(?=[A-Z]|$))?)(.*)$/.exec(action) ?? [
		'',
		action,
		'',
	];
	const words = owner.split(/(?=[A-Z])/);
	const said = words.findIndex((_, index) => rest!.startsWith(stem(words.slice(index).join(''))));
	return verb! + (said < 0 ? owner : words.slice(0, said).join('')) + rest!;
}

/** What singular and plural share: `Repository` -> `Repositor`. */
function stem(word: string): string {
	return word.replace(/(y|ies|s)$/, '');
}

/** What tells operations of one name apart: the method, then the static part of the path. */
function pathSuffix({ method, path }: Operation): string {
	const segments = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'));
	const last = segments.at(-1) ?? '';
	const pascal = last.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, __, letter: string) =>
		letter.toUpperCase(),
	);
	return `By${method.charAt(0)}${method.slice(1).toLowerCase()}${pascal}`;
}

function keyOf({ method, path }: Operation): string {
	return `${method} ${path}`;
}
