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

/**
 * What a repository has room for; undefined where it has no capacity of its own. Some servers say that
 * less than nothing is free.
 */
export const roomOf = (
	capacityGB: number | undefined,
	freeGB: number | undefined,
): { capacityGB: number; freeGB: number } | undefined =>
	!capacityGB || capacityGB <= 0 || freeGB === undefined
		? undefined
		: { capacityGB, freeGB: Math.max(0, freeGB) };

/**
 * What a repository that does not say what it holds must hold: all that is not free, in the unit given.
 * Undefined where it has no capacity of its own.
 */
export function filledOf(
	capacityGB: number | undefined,
	freeGB: number | undefined,
): number | undefined {
	const room = roomOf(capacityGB, freeGB);
	return room && Math.max(0, room.capacityGB - room.freeGB);
}
