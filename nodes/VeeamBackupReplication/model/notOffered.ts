/**
 * Whether a server answers that it has no such operation: asked where no specification says whether a
 * version has it (see `standing`).
 */
export function isNotOffered(error: unknown): boolean {
	const { httpCode, message = '' } = (error ?? {}) as { httpCode?: unknown; message?: string };
	return ['404', '405', '501'].includes(String(httpCode)) || /does not offer this/.test(message);
}
