import type { Catalogue, Operation } from '../catalogue/types';
import type { ProductOverlay } from './overlay';
import { pascal, returnsList, singular } from '../binding/parameterBinding';
import { lowerCase, plural, sentenceCase, titleCase, withArticle } from '../common/casing';

/** An operation as the editor shows it. */
export interface NamedOperation {
	operation: Operation;
	resource: string;
	/** Title Case, unique within the resource: "Get Many States". */
	name: string;
	/** Sentence case, unique, for the action list of the node panel: "Get many repository states". */
	action: string;
}

/** `METHOD path`, the key of hand-written names. */
const keyOf = (names: ProductOverlay, operation: Operation): string =>
	`${operation.method} ${relative(names, operation.path)}`;

const relative = (names: ProductOverlay, path: string): string =>
	path.startsWith(`${names.pathPrefix}/`) ? path.slice(names.pathPrefix.length + 1) : path;

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);
const isPlaceholder = (segment: string): boolean => segment.startsWith('{');

interface Claim {
	resource: string;
	/** Segments of a pattern; `{}` stands for any placeholder. */
	segments: string[];
}

/** The starts of paths that resources claim, the most specific first. */
const claimsOf = (names: ProductOverlay): Claim[] =>
	Object.entries(names.resources)
		.flatMap(([resource, { paths }]) =>
			paths.map((pattern) => ({ resource, segments: segmentsOf(pattern) })),
		)
		.sort((a, b) => b.segments.length - a.segments.length);

interface Home {
	resource: string;
	/** Segments of the path beyond the start that the resource claims. */
	tail: string[];
}

function homeOf(names: ProductOverlay, claims: Claim[], operation: Operation): Home {
	const path = segmentsOf(relative(names, operation.path));
	const claim = claims.find(({ segments }) =>
		segments.every((wanted, index) => {
			const given = path[index];
			return given === wanted || (wanted === '{}' && given !== undefined && isPlaceholder(given));
		}),
	);
	if (!claim)
		throw new Error(
			`No resource claims ${operation.method} ${operation.path}: add it to the names`,
		);
	return { resource: claim.resource, tail: path.slice(claim.segments.length) };
}

const VERBS: Record<Operation['method'], string> = {
	GET: 'Get',
	POST: 'Create',
	PUT: 'Update',
	PATCH: 'Update',
	DELETE: 'Delete',
};

/** The rule: `GET …/X/states` -> "Get Many States", `POST …/{id}/enable` -> "Enable". */
function ruleName(names: ProductOverlay, operation: Operation, tail: string[]): string {
	const fixed = tail.filter((segment) => !isPlaceholder(segment));
	const verb = VERBS[operation.method];
	const last = fixed.at(-1);
	const endsInId = isPlaceholder(tail.at(-1) ?? '');
	if (last === undefined)
		return operation.method === 'GET' && !endsInId && returnsList(operation) ? 'Get Many' : verb;
	if (operation.method === 'POST') return titleCase(last, names.spellings);
	const many = operation.method === 'GET' && !endsInId && returnsList(operation);
	const noun = titleCase(endsInId ? singular(last) : last, names.spellings);
	return many ? `Get Many ${plural(noun)}` : `${verb} ${noun}`;
}

/** Verbs that say nothing without an object. */
const BARE = /^\S+$|^(Get Many|Create or Update)$/;

/** "Get Many States" of a Repository -> "Get many repository states". */
function actionOf(names: ProductOverlay, resource: string, name: string): string {
	const { name: noun, plural: many } = names.resources[resource] ?? { name: resource };
	const say = (text: string) => lowerCase(text, names.spellings);
	if (name === 'Get Many') return `Get many ${say(many ?? plural(noun))}`;
	if (BARE.test(name)) return `${sentenceCase(say(name))} ${say(withArticle(noun))}`;
	const [, verb = '', rest = ''] = /^(Get Many|Get|Update|Delete) (.+)$/.exec(name) ?? [];
	const saysWhat = verb === '' || new RegExp(`\\b${noun.split(' ').at(-1)}`, 'i').test(rest);
	return sentenceCase(say(saysWhat ? name : `${verb} ${noun} ${rest}`));
}

/**
 * Every operation of a catalogue under its resource, by resource and name in alphabetical order.
 *
 * @throws Error where no resource claims a path or two operations of a resource share a name:
 *   a mistake in the names, met at build time by the tests
 */
export function nameOperations(catalogue: Catalogue, names: ProductOverlay): NamedOperation[] {
	const omitted = new Set(names.omitted);
	const claims = claimsOf(names);
	const found = catalogue.operations
		.filter((operation) => !omitted.has(keyOf(names, operation)))
		.map((operation) => {
			const { resource, tail } = homeOf(names, claims, operation);
			const given = names.operations[keyOf(names, operation)];
			return { operation, resource, given, name: ruleName(names, operation, tail) };
		});
	const alike = new Set(
		duplicates(
			found.filter(({ given }) => given === undefined),
			nameIn,
		),
	);
	const named = found.map(({ operation, resource, given, name: byRule }) => {
		const ambiguous = given === undefined && alike.has(nameIn({ resource, name: byRule }));
		const owner = ambiguous ? ownerOf(names, operation) : undefined;
		const suffix = owner === undefined ? '' : ` for ${owner}`;
		const [name, action] = Array.isArray(given)
			? given
			: [
					(given ?? byRule) + suffix,
					actionOf(names, resource, given ?? byRule) +
						(owner === undefined ? '' : ` for ${lowerCase(withArticle(owner), names.spellings)}`),
				];
		return {
			operation,
			resource,
			name: operation.deprecated ? `${name} (Deprecated)` : name,
			action: operation.deprecated ? `${action} (deprecated)` : action,
		};
	});
	const twice = duplicates(named, nameIn);
	if (twice.length) throw new Error(`Two operations are called alike: ${twice.join(', ')}`);
	const actions = new Set(duplicates(named, ({ action }) => action));
	for (const one of named)
		if (actions.has(one.action))
			one.action += ` (${lowerCase(names.resources[one.resource]?.name ?? '', names.spellings)})`;
	return named.sort((a, b) => byName(a.resource, b.resource) || byName(a.name, b.name));
}

const nameIn = ({ resource, name }: { resource: string; name: string }) =>
	`"${name}" of ${resource}`;

/**
 * What an operation's things belong to, which tells it from one of the same name: `…/{siteUid}/
 * tenants` lists those of a site, `…/tenants` all. The last placeholder that a fixed part follows.
 */
function ownerOf(names: ProductOverlay, operation: Operation): string | undefined {
	const segments = segmentsOf(relative(names, operation.path));
	const last = segments.filter((segment) => !isPlaceholder(segment)).at(-1) ?? '';
	const placeholder = segments.slice(0, segments.lastIndexOf(last)).filter(isPlaceholder).at(-1);
	return placeholder === undefined
		? undefined
		: labelOf(names, operation, placeholder.slice(1, -1)).replace(/ (ID|Name)$/, '');
}

function duplicates<T>(entries: T[], keyOfEntry: (entry: T) => string): string[] {
	const keys = entries.map(keyOfEntry);
	return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
}

/** n8n's order of options: by the letters, upper and lower case alike. */
export const byName = (a: string, b: string): number => a.localeCompare(b);

/** Options of which those with the same label have their value behind it. */
export function toldApart<T extends { name: string; value: string }>(options: T[]): T[] {
	const twins = new Set(duplicates(options, ({ name }) => name));
	return options.map((option) =>
		twins.has(option.name) ? { ...option, name: `${option.name} (${option.value})` } : option,
	);
}

/** Label of a parameter or field: hand-written, or the words of its API name. */
export function labelOf(names: ProductOverlay, operation: Operation, apiName: string): string {
	return (
		names.labels[`${apiName}@${keyOf(names, operation)}`] ??
		names.labels[apiName] ??
		titleCase(bare(apiName), names.spellings)
	);
}

/** Less what says nothing on a label: `createdAfterFilter` among filters, `isDisabled` at a switch. */
const bare = (apiName: string): string =>
	apiName.replace(/(?<=.)Filter$/, '').replace(/^is(?=[A-Z])/, '');

/** Label of an enum value. */
export function valueLabel(names: ProductOverlay, value: string): string {
	return names.values[value] ?? titleCase(pascal(value), names.spellings);
}
