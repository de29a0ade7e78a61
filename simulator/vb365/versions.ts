import type { ApiVersion } from '../../nodes/shared/catalogue/types';

/** Every version the server can be asked for; the version is the path's first segment. */
export const VERSIONS: readonly ApiVersion[] = ['v4', 'v5', 'v6', 'v7', 'v8'];

export const PREFIXES = VERSIONS.map((version) => `/${version}`);

/** The oldest version that has a specification; older ones answer with its operations. */
const OLDEST_SPECIFIED = 'v6';

/** The version a path names, in lower case; undefined where it names none. */
export function askedVersion(path: string): ApiVersion | undefined {
	return /^\/(v\d+)(\/|$|\?)/i.exec(path)?.[1]?.toLowerCase();
}

/** The version whose catalogue facts hold for an asked one. */
export function factsOf(asked: ApiVersion): ApiVersion {
	return asked === 'v4' || asked === 'v5' ? OLDEST_SPECIFIED : asked;
}

/** Shape of a path, as collections are found by. */
export function at(path: string): string {
	return path.replace(/\{[^}]*\}/g, '{}');
}
