import type { IDataObject } from 'n8n-workflow';

/** A text of the server; empty where it sends none. */
export const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** An id that names nothing: left out, or all zeros. */
export const isNoId = (value: unknown): boolean => !/[1-9a-z]/i.test(textOf(value));

export { flagOf } from '../../shared/common/flags';

/** A record's name; where the server leaves it out, its id. */
export const nameOf = ({ name, id }: IDataObject): string => textOf(name) || textOf(id);

/** Enum values changed their case between revisions: compare without regard to it. */
export const same = (value: unknown, expected: string): boolean =>
	typeof value === 'string' && value.toLowerCase() === expected.toLowerCase();
