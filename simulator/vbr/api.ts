/** What every path of the API starts with. */
export const API = '/api/v1';

/** Shape of a path below it, as collections are found by. */
export function at(path: string): string {
	return `${API}${path}`.replace(/\{[^}]*\}/g, '{}');
}
