/** Bytes of a gigabyte, as Veeam counts them. */
export const GIGABYTE = 1024 ** 3;

/** Gigabytes; smaller figures would be written with an exponent. */
const SMALLEST = 0.000001;

/**
 * Bytes as gigabytes of 1024³ for a person: two digits behind the point, below one gigabyte three that
 * count, and never less than a millionth (a kilobyte): what is there is not nothing. Negative figures
 * stand for "unlimited" or "unknown" and stay.
 */
export function inGigabytes(bytes: number): number {
	if (!Number.isFinite(bytes) || bytes <= 0) return bytes;
	const size = bytes / GIGABYTE;
	return Number(size < 1 ? Math.max(size, SMALLEST).toPrecision(3) : size.toFixed(2));
}
