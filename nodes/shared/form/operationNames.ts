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

const relative = (overlay: ProductOverlay, path: string): string =>
	path.startsWith(`${overlay.pathPrefix}/`) ? path.slice(overlay.pathPrefix.length + 1) : path;

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);
const isPlaceholder = (segment: string): boolean => segment.startsWith('{');

interface Claim {
	resource: string;
	pattern: string;
	/** Segments of the pattern; `{}` stands for any placeholder. */
	segments: string[];
}

/** The starts of paths that resources claim, the most specific first. */
const claimsOf = (overlay: ProductOverlay): Claim[] =>
	Object.entries(overlay.resources)
		.flatMap(([resource, { paths }]) =>
			paths.map((pattern) => ({ resource, pattern, segments: segmentsOf(pattern) })),
		)
		.sort((a, b) => b.segments.length - a.segments.length);

interface Home {
	resource: string;
	/** The pattern that claims the path. */
	claim: Claim;
	/** Segments of the path beyond the start that the resource claims. */
	tail: string[];
}

function homeOf(overlay: ProductOverlay, claims: Claim[], operation: Operation): Home {
	const path = segmentsOf(relative(overlay, operation.path));
	const claim = claims.find(({ segments }) =>
		segments.every((wanted, index) => {
			const given = path[index];
			return given === wanted || (wanted === '{}' && given !== undefined && isPlaceholder(given));
		}),
	);
	if (!claim)
		throw new Error(
			`No resource claims ${operation.method} ${operation.path}: add it to the overlay's resources`,
		);
	return { resource: claim.resource, claim, tail: path.slice(claim.segments.length) };
}

/** Patterns of resources by which no operation is found, as resource and pattern. */
export function idlePaths(catalogue: Catalogue, overlay: ProductOverlay): Array<[string, string]> {
	const claims = claimsOf(overlay);
	const used = new Set(
		catalogue.operations.map((operation) => homeOf(overlay, claims, operation).claim),
	);
	return claims
		.filter((claim) => !used.has(claim))
		.map(({ resource, pattern }) => [resource, pattern]);
}

const VERBS: Record<Operation['method'], string> = {
	GET: 'Get',
	POST: 'Create',
	PUT: 'Update',
	PATCH: 'Update',
	DELETE: 'Delete',
};

/** What the rules have to know of the catalogue beyond one operation. */
interface Surroundings {
	/** Paths without an id that are read and updated as one thing: settings. */
	settings: Set<string>;
	/** Resources whose things are mounted, and unmounted when they are no longer needed. */
	mounts: Set<string>;
}

const BEGINS = /^(mount|publish)$/;
const ENDS = /^(unmount|dismount|unpublish)$/;

function surroundingsOf(operations: Array<{ operation: Operation } & Home>): Surroundings {
	const methodsAt = new Map<string, string[]>();
	for (const { operation, tail } of operations)
		if (tail.length === 0 && !(operation.method === 'GET' && returnsList(operation)))
			methodsAt.set(operation.path, [...(methodsAt.get(operation.path) ?? []), operation.method]);
	const settings = [...methodsAt].filter(
		([path, methods]) => !path.endsWith('}') && methods.sort().join() === 'GET,PUT',
	);
	const mounts = operations.filter(({ operation }) => ENDS.test(lastOf(operation)));
	return {
		settings: new Set(settings.map(([path]) => path)),
		mounts: new Set(mounts.map(({ resource }) => resource)),
	};
}

const lastOf = ({ path }: Operation): string => segmentsOf(path).at(-1) ?? '';

/** The rules: `GET …/X/states` -> "Get Many States", `POST …/{id}/enable` -> "Enable". */
function ruleName(
	overlay: ProductOverlay,
	{ operation, resource, tail }: { operation: Operation } & Home,
	{ settings, mounts }: Surroundings,
): string {
	const { method, path } = operation;
	const fixed = tail.filter((segment) => !isPlaceholder(segment));
	const verb = VERBS[method];
	const last = fixed.at(-1);
	const endsInId = isPlaceholder(tail.at(-1) ?? '');
	const many = method === 'GET' && !endsInId && returnsList(operation);
	const words = (segment: string) => titleCase(segment, overlay.spellings);
	if (method === 'POST' && ENDS.test(lastOf(operation))) return 'Stop';
	if (last === undefined) {
		if (settings.has(path)) return `${verb} Settings`;
		if (mounts.has(resource) && method === 'GET')
			return `Get ${many ? 'Many Mount Points' : 'Mount Point'}`;
		if (mounts.has(resource) && method === 'POST') return 'Start';
		return many ? 'Get Many' : verb;
	}
	if (method === 'POST') {
		const before = fixed.at(-2);
		if (BEGINS.test(last)) return 'Start';
		// The process that begins, where the others are verbs.
		if (/^(switchover|failover)$/.test(last)) return `Start ${words(last)}`;
		if (/^(export|import)$/.test(last) && before) return `${words(last)} ${plural(words(before))}`;
		return words(last);
	}
	const noun = words(endsInId ? singular(last) : last);
	return many ? `Get Many ${plural(noun)}` : `${verb} ${noun}`;
}

/** Verbs that say nothing without an object. */
const BARE = /^\S+$|^(Get Many|Create or Update)$/;

/** What an action is made of. */
interface Named {
	resource: string;
	/** The operation's name, without its owner. */
	name: string;
	/** Whether the path ends in the id of what is named: "Get a tenant subtenant". */
	ofOne: boolean;
	/** What tells the operation from another of this name: "Backup Server". */
	owner?: string;
}

/** "Get Many States" of a Repository -> "Get many repository states", "Get Result" -> "Get the task result". */
function actionOf(overlay: ProductOverlay, { resource, name, ofOne, owner }: Named): string {
	const { name: noun, plural: many = plural(noun) } = overlay.resources[resource] ?? {
		name: resource,
	};
	const say = (text: string) => lowerCase(text, overlay.spellings);
	const whose = owner === undefined ? '' : ` for ${say(withArticle(owner))}`;
	if (name === 'Get Many') return `Get many ${say(many)}${whose}`;
	if (BARE.test(name)) return `${sentenceCase(say(name))} ${say(withArticle(noun))}${whose}`;
	const [, verb = '', rest = ''] = /^(Get Many|Get|Update|Delete) (.+)$/.exec(name) ?? [];
	if (verb === '') return sentenceCase(say(name)) + whose;
	const saysWhat = new RegExp(`\\b${lastWord(noun)}`, 'i').test(rest);
	const isLong = !saysWhat && noun.split(' ').length >= LONG_NOUN;
	const thing = saysWhat || isLong ? rest : `${noun} ${rest}`;
	if (isLong && owner !== undefined && lastWord(owner) === lastWord(noun))
		return `${sentenceCase(say(verb))} ${say(`${thing} of ${withArticle(noun)}`)}`;
	if (verb === 'Get Many') return `Get many ${say(isLong ? `${thing} of ${many}` : thing)}${whose}`;
	const isOneOfMany = ofOne && plural(thing) !== thing;
	const object = isOneOfMany ? withArticle(thing) : `the ${thing}`;
	return `${verb} ${say(isLong ? `${object} of ${withArticle(noun)}` : object)}${whose}`;
}

/** A noun of this many words is not put before another: "usages of company site resources". */
const LONG_NOUN = 3;

const isOfOne = (operation: Operation): boolean => isPlaceholder(lastOf(operation));

/**
 * What each operation is called by the rules alone, by its id: the name, and the action of the name
 * that it has. Without what tells two of the same name apart.
 */
export function namesByRule(
	catalogue: Catalogue,
	overlay: ProductOverlay,
): Map<string, { name: string; action: string }> {
	return new Map(
		atHome(catalogue, overlay).map(({ operation, resource, byRule }) => {
			const { name = byRule } = overlay.operations[operation.id] ?? {};
			const action = actionOf(overlay, { resource, name, ofOne: isOfOne(operation) });
			return [operation.id, { name: byRule, action }];
		}),
	);
}

function atHome(catalogue: Catalogue, overlay: ProductOverlay) {
	const claims = claimsOf(overlay);
	const homes = catalogue.operations.map((operation) => ({
		operation,
		...homeOf(overlay, claims, operation),
	}));
	const surroundings = surroundingsOf(homes);
	return homes.map((home) => ({ ...home, byRule: ruleName(overlay, home, surroundings) }));
}

/**
 * Every operation of a catalogue under its resource, by resource and name in alphabetical order.
 *
 * @throws Error where no resource claims a path or two operations of a resource share a name:
 *   a mistake in the overlay, met at build time by the tests
 */
export function nameOperations(catalogue: Catalogue, overlay: ProductOverlay): NamedOperation[] {
	const found = atHome(catalogue, overlay).map(({ operation, resource, byRule }) => {
		const { name, action } = overlay.operations[operation.id] ?? {};
		const given = name === undefined && action === undefined ? undefined : { name, action };
		return { operation, resource, given, name: byRule };
	});
	const alike = new Set(
		duplicates(
			found.filter(({ given }) => given === undefined),
			nameIn,
		),
	);
	const named = found.map(({ operation, resource, given, name: byRule }) => {
		const ambiguous = given === undefined && alike.has(nameIn({ resource, name: byRule }));
		const owner = ambiguous ? ownerOf(overlay, operation) : undefined;
		const suffix = owner === undefined ? '' : ` for ${owner}`;
		const name = given?.name ?? byRule + suffix;
		const ofOne = isOfOne(operation);
		const action =
			given?.action ?? actionOf(overlay, { resource, name: given?.name ?? byRule, ofOne, owner });
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
			one.action += ` (${lowerCase(overlay.resources[one.resource]?.name ?? '', overlay.spellings)})`;
	return named.sort((a, b) => byName(a.resource, b.resource) || byName(a.name, b.name));
}

const nameIn = ({ resource, name }: { resource: string; name: string }) =>
	`"${name}" of ${resource}`;

/**
 * What an operation's things belong to, which tells it from one of the same name: `…/{siteUid}/
 * tenants` lists those of a site, `…/tenants` all. The last placeholder that a fixed part follows.
 */
function ownerOf(overlay: ProductOverlay, operation: Operation): string | undefined {
	const segments = segmentsOf(relative(overlay, operation.path));
	const last = segments.filter((segment) => !isPlaceholder(segment)).at(-1) ?? '';
	const placeholder = segments.slice(0, segments.lastIndexOf(last)).filter(isPlaceholder).at(-1);
	return placeholder === undefined
		? undefined
		: labelOf(overlay, operation, placeholder.slice(1, -1)).replace(/ (ID|Name)$/, '');
}

function duplicates<T>(entries: T[], keyOfEntry: (entry: T) => string): string[] {
	const keys = entries.map(keyOfEntry);
	return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
}

/** n8n's order of options: by the letters, upper and lower case alike. */
export const byName = (a: string, b: string): number => a.localeCompare(b);

/** Options of which those with the same label have their value behind it. */
export function withDistinctNames<T extends { name: string; value: string }>(options: T[]): T[] {
	const twins = new Set(duplicates(options, ({ name }) => name));
	return options.map((option) =>
		twins.has(option.name) ? { ...option, name: `${option.name} (${option.value})` } : option,
	);
}

/** "Local Time (Daily, Schedule)". @param places what it stands in, from the nearest outwards */
export const inPlaces = (own: string, places: string[]): string =>
	places.length === 0 ? own : `${own} (${places.join(', ')})`;

/** Label of a parameter or field: hand-written, or the words of its API name. */
export function labelOf(overlay: ProductOverlay, operation: Operation, apiName: string): string {
	return (
		overlay.operations[operation.id]?.labels?.[apiName] ??
		overlay.labels[apiName] ??
		titleCase(bare(apiName), overlay.spellings)
	);
}

/** Less what says nothing on a label: `createdAfterFilter` among filters, `isDisabled` at a switch. */
const bare = (apiName: string): string =>
	apiName.replace(/(?<=.)Filter$/, '').replace(/^is(?=[A-Z])/, '');

/** Label of an enum value. */
export function valueLabel(overlay: ProductOverlay, value: string): string {
	return overlay.values[value] ?? titleCase(pascal(value), overlay.spellings);
}

/** "server" of "backup server", as a pattern. */
const lastWord = (noun: string): string => (noun.split(' ').at(-1) ?? '').replace(/\W/g, '\\$&');
