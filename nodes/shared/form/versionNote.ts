import type { ApiVersion } from '../catalogue/types';
import type { ConnectionRules } from '../credential/types';

/**
 * Which API versions something needs, as a person says it: "API 1.3-rev0 or later",
 * "API 1.2-rev1 or earlier", "API v6 or v7".
 *
 * @param versions all that the catalogue knows, oldest first
 */
export function versionNote(versions: ApiVersion[], needed: ApiVersion[]): string {
	const known = versions.filter((version) => needed.includes(version));
	const [first] = known;
	const last = known.at(-1);
	if (first === undefined || last === undefined) return 'another API version';
	const unbroken = versions.indexOf(last) - versions.indexOf(first) === known.length - 1;
	if (unbroken && last === versions.at(-1)) return `API ${first} or later`;
	if (unbroken && first === versions[0]) return `API ${last} or earlier`;
	return `API ${known.join(' or ')}`;
}

/**
 * What to do where an API version lacks something, as the description of an error: names the product version
 * that brought it. A credential whose version is Automatic has the newest of its server already.
 *
 * @param needed the API versions that have it
 * @param instead what else helps: "remove the field"
 */
export function versionRemedy(
	rules: Pick<ConnectionRules, 'displayName' | 'versions'>,
	{ version, automatic }: { version: ApiVersion; automatic?: boolean },
	needed: ApiVersion[],
	instead: string,
): string {
	const note = releaseNote(rules, needed);
	if (!automatic)
		return `Choose another API version in the credential, if the server has it, or ${instead}.${note}`;
	// The newest stands first.
	const newer = rules.versions.slice(
		0,
		rules.versions.findIndex((one) => one.version === version),
	);
	const [last] = rules.versions.filter((one) => needed.includes(one.version));
	return newer.some((one) => needed.includes(one.version)) || last === undefined
		? `API Version is Automatic, and ${version} is the newest that the server knows: update the server, or ${instead}.${note}`
		: `API Version is Automatic: choose ${last.version} in its place in the credential, if the server has it, or ${instead}.`;
}

/**
 * Which product version brought what needs these API versions, as the end of an error's description:
 * " API 1.3-rev0 came with Veeam Backup & Replication 13.0."; '' where the package does not know it.
 */
export function releaseNote(
	{ displayName, versions }: Pick<ConnectionRules, 'displayName' | 'versions'>,
	needed: ApiVersion[],
): string {
	const oldest = versions.filter(({ version }) => needed.includes(version)).at(-1);
	if (!oldest?.release) return '';
	return ` API ${oldest.version} came with ${displayName} ${oldest.release}.`;
}
