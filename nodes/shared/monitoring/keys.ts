import { createHash } from 'crypto';

const hash = (text: string, length: number): string =>
	createHash('sha256').update(text).digest('base64url').slice(0, length);

/** A short stand-in for an id in the trigger's memory: 60 bits, too many to meet twice. */
export const shortKey = (id: string): string => hash(id, 10);

/** The same for the same parts, whatever the order of an object's fields would do. */
export const fingerprint = (...parts: string[]): string => hash(parts.join('\n'), 22);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Between an id and the scope that belongs to it: no id has it. */
export const SEPARATOR = '\t';

const packPart = (part: string): string =>
	UUID.test(part) ? Buffer.from(part.replaceAll('-', ''), 'hex').toString('base64url') : `=${part}`;

const unpackPart = (part: string): string => {
	if (part.startsWith('=')) return part.slice(1);
	const hex = Buffer.from(part, 'base64url').toString('hex');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/**
 * An id (and its scope) as it is remembered: a UUID in 22 characters, anything else as it is behind
 * "=", so that no id of a server can be the name of something that every object has.
 */
export const packId = (id: string): string => id.split(SEPARATOR).map(packPart).join(SEPARATOR);

export const unpackId = (packed: string): string =>
	packed.split(SEPARATOR).map(unpackPart).join(SEPARATOR);
