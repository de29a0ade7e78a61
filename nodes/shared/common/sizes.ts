/** Bytes of a gigabyte, as Veeam counts them. */
export const GIGABYTE = 1024 ** 3;

/**
 * Bytes as gigabytes of 1024³ for a person: two digits behind the point, below one gigabyte three that
 * count. Negative figures stand for "unlimited" or "unknown" and stay.
 */
export function inGigabytes(bytes: number): number {
	if (!Number.isFinite(bytes) || bytes <= 0) return bytes;
	const size = bytes / GIGABYTE;
	return Number(size < 1 ? size.toPrecision(3) : size.toFixed(2));
}
