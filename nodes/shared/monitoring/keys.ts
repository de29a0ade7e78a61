import { createHash } from 'crypto';

const hash = (text: string, length: number): string =>
	createHash('sha256').update(text).digest('base64url').slice(0, length);

/** A short stand-in for an id in the trigger's memory: 60 bits, too many to meet twice. */
export const shortKey = (id: string): string => hash(id, 10);

/** The same for the same parts, whatever the order of an object's fields would do. */
export const fingerprint = (...parts: string[]): string => hash(parts.join('\n'), 22);
