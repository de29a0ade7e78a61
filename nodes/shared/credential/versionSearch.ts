import { compareVersions } from '../catalogue/read';
import { UserFacingFailure } from '../http/errors';
import type { Connection, ConnectionRules } from './types';

/**
 * Does something with the API version of the credential or, where it leaves the choice to us, with
 * the newest that both the server and this package know.
 *
 * @throws UserFacingFailure naming the product version where the server knows none of them
 */
export async function withVersion<T>(
	connection: Connection,
	rules: ConnectionRules,
	use: (connection: Connection) => Promise<T>,
): Promise<T> {
	if (!connection.automatic || connection.version !== '') return await use(connection);
	let left = rules.versions.map(({ version }) => version);
	let said: string[] = [];
	for (let version = left.shift(); version !== undefined; version = left.shift()) {
		const outcome = await tried(use, { ...connection, version });
		if ('result' in outcome) return outcome.result;
		if ('error' in outcome) throw outcome.error;
		// The server may say which it knows: then no other is tried.
		const { known } = outcome;
		if (known.length > 0) left = left.filter((one) => known.includes(one));
		said = said.length > 0 ? said : known;
	}
	throw await noneKnown(connection, rules, said, use);
}

type Outcome<T> = { result: T } | { known: string[] } | { error: UserFacingFailure };

/** What comes of one version: `known` where the server does not know it, with those that it says it knows. */
const tried = async <T>(
	use: (connection: Connection) => Promise<T>,
	connection: Connection,
): Promise<Outcome<T>> =>
	await use(connection).then(
		(result) => ({ result }),
		(error: UserFacingFailure) =>
			error.unknownVersion ? { known: error.unknownVersion } : { error },
	);

/** Why none of the versions of this package would do: the server is older, newer, or something else. */
async function noneKnown(
	connection: Connection,
	{ displayName, versions, olderVersions = [] }: ConnectionRules,
	said: string[],
	use: (connection: Connection) => Promise<unknown>,
): Promise<UserFacingFailure> {
	const oldest = versions.at(-1);
	let refused = false;
	for (const { version, release } of olderVersions) {
		if (said.length > 0 && !said.includes(version)) continue;
		const outcome =
			said.length > 0 ? { result: undefined } : await tried(use, { ...connection, version });
		if ('known' in outcome) continue;
		// A wrong password is said by a server that knows the version, too. Where it could not be asked,
		// nothing is known of it.
		if ('error' in outcome) {
			if (!outcome.error.refused) throw outcome.error;
			refused = true;
		}
		return new UserFacingFailure(
			{
				message: `The server is ${displayName} ${release} (API ${version}), which is older than this package supports.`,
				description: `Update it: API ${oldest?.version}, the oldest that works, came with ${displayName} ${oldest?.release}. Until then you can choose Other under API Version and enter ${version}: requests are sent as ${oldest?.version} has them, and some will fail.`,
			},
			{ refused },
		);
	}
	const newest = versions[0]?.version ?? '';
	if (said.length > 0 && said.every((version) => compareVersions(version, newest) > 0))
		return new UserFacingFailure({
			message: `The server knows only API versions that are newer than this package: ${said.join(', ')}.`,
			description: `Update the package. Until then you can choose Other under API Version and enter ${said[0]}: requests are sent as ${newest} has them.`,
		});
	return new UserFacingFailure({
		message: `The server knows none of the API versions that this package knows.${said.length > 0 ? ` It knows ${said.join(', ')}.` : ''}`,
		description: `Check that this is a ${displayName} server, and update the package, or give the version yourself under API Version: Other.`,
	});
}
