/** How values of the console's records are read; nothing here knows what they mean. */

/** Text of a field, without the line ends that the console leaves at the end; empty where there is none. */
export const text = (value: unknown): string =>
	typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';

/** Values of the product's enums are compared without regard to case. */
export const same = (value: unknown, wanted: string): boolean =>
	text(value).toLowerCase() === wanted.toLowerCase();

export const isOneOf = (value: unknown, wanted: readonly string[]): boolean =>
	wanted.some((one) => same(value, one));

/** "BackupServerJob" as people write it: "Backup Server Job". */
export const spaced = (value: unknown): string => text(value).replace(/([a-z\d])([A-Z])/g, '$1 $2');

/** `Backup server "srv01"`, or `A backup server` where it has no name. */
export function named(type: string, name: unknown): string {
	if (text(name)) return `${type} "${text(name)}"`;
	const article = /^[aeio]/i.test(type) ? 'An' : 'A';
	return `${article} ${type.charAt(0).toLowerCase()}${type.slice(1)}`;
}
