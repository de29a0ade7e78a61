/**
 * Names of fields whose value must not be read over a shoulder; the n8n lint knows the first of them, too.
 * Whatever the specifications mark as a password is among them (test/unit/secretNames.test.ts).
 */
const SECRET =
	/password|secret|token|passphrase|privateKey|apiKey|accessKey|sharedKey|recoveryKey|authCode|verificationCode|handshakeCode|deviceCode|mfa_?code|codeVerifier|applicationCertificate|communityString|sasLink|^certificate$|^keyFile$/i;

/** Ends of names that speak about a secret and hold none. */
const ABOUT =
	/(Ids?|IdOrNull|Uids?|Hint|Type|_type|Tag|Name|Length|Enabled|Count|Thumbprint|Days|Period|Expiration|ExpirationDate|FilePath)$/;

/** Whether a name sounds like a secret: what is typed there is not shown. */
export const soundsSecret = (name: string): boolean => SECRET.test(name);

/** Whether a field holds a secret by its name; what names one by its ID or describes it is none. */
export const isSecretName = (name: string): boolean => soundsSecret(name) && !ABOUT.test(name);

/** What an expression may give in place of a text; it is written as one. */
const isTime = (value: object): boolean => 'toJSON' in value && typeof value.toJSON === 'function';

/** Deeper values are taken for a secret as they are. */
const DEEPEST = 100;

/**
 * A value with each of its secrets exchanged, at any depth. Steps of a JSON Patch go by the end of their
 * path. Of an object under the name of a secret, its own names decide where one of them is a secret's;
 * else all that it holds is one.
 *
 * @param isInside whether the value itself stands under the name of a secret
 */
export function mapSecrets(
	value: unknown,
	exchange: (secret: string | number) => unknown,
	isInside = false,
	depth = DEEPEST,
): unknown {
	if (typeof value === 'string' || typeof value === 'number')
		return isInside || depth === 0 ? exchange(value) : value;
	if (typeof value !== 'object' || value === null || isTime(value)) return value;
	if (depth === 0) return exchange('');
	if (Array.isArray(value))
		return value.map((one) => mapSecrets(one, exchange, isInside, depth - 1));
	const { op, path } = value as Record<string, unknown>;
	const patched = typeof op === 'string' && typeof path === 'string' ? path.split('/').at(-1) : '';
	const isOne = (name: string) => isSecretName(name === 'value' && patched ? patched : name);
	const entries = Object.entries(value);
	const isWhole = isInside && !entries.some(([name]) => isOne(name));
	return Object.fromEntries(
		entries.map(([name, entry]) => [
			name,
			mapSecrets(entry, exchange, isWhole || isOne(name), depth - 1),
		]),
	);
}
