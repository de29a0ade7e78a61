/** What is a secret: held against the specifications' own marks, and against what their fields hold. */
import { readFileSync } from 'node:fs';

import { isSecretName, mapSecrets } from '../../nodes/shared/common/secretNames';
import { secretsIn } from '../../nodes/shared/http/secrets';
import { describeSpecified } from '../support/specified';

type Json = Record<string, unknown>;

/** Every property of every schema of a file, with the parameters. */
function propertiesIn(value: unknown, found: Array<[string, Json]> = []): Array<[string, Json]> {
	if (Array.isArray(value)) value.forEach((one) => propertiesIn(one, found));
	else if (typeof value === 'object' && value !== null) {
		const { properties, name, schema } = value as Json;
		if (typeof properties === 'object' && properties !== null)
			found.push(...(Object.entries(properties) as Array<[string, Json]>));
		if (typeof name === 'string' && typeof schema === 'object') found.push([name, schema as Json]);
		Object.values(value).forEach((one) => propertiesIn(one, found));
	}
	return found;
}

describeSpecified(({ file }) => {
	const fields = propertiesIn(JSON.parse(readFileSync(file, 'utf8')));

	it('takes for a secret whatever the specification calls a password', () => {
		const marked = fields.filter(([, { format }]) => format === 'password');
		expect(marked.map(([name]) => name).filter((name) => !isSecretName(name))).toEqual([]);
	});

	it('takes for a secret no field that holds a time, a number or an ID', () => {
		const others = fields.filter(
			([, { type, format }]) =>
				type === 'integer' || type === 'number' || format === 'uuid' || format === 'date-time',
		);
		// A number of a list of keys.
		const wrong = others.map(([name]) => name).filter(isSecretName);
		expect([...new Set(wrong)].filter((name) => name !== 'bitlockerRecoveryKeys')).toEqual([]);
	});
});

it.each([
	['certificate', true],
	['certificateThumbprint', false],
	['trustServerCertificate', false],
	['keyFile', true],
	['sasLink', true],
	['handshakeCode', true],
	['communityString', true],
	['codeVerifier', true],
	['deviceCode', true],
	['mfa_code', true],
	['sharedKey', true],
	['secretUrl', true],
	['zipCode', false],
	['publicKey', false],
	['encryptionKeyId', false],
	['token_type', false],
])('%s: %s', (name, expected) => {
	expect(isSecretName(name)).toBe(expected);
});

it('finds secrets at any depth, in lists, objects, maps and steps of a JSON Patch', () => {
	const sent = {
		name: 'shown',
		certificate: { certificate: 'MIIKcA==', formatType: 'Shown', password: 'p1-hidden' },
		passwords: ['p2-hidden', { hint: 'shown', password: 'p3-hidden' }],
		token: { value: 'p4-hidden' },
		patch: [
			{ op: 'replace', path: '/a/password', value: 'p5-hidden' },
			{ op: 'replace', path: '/password/hint', value: 'shown' },
		],
		credentialsId: 'shown',
	};
	expect(secretsIn(sent).sort()).toEqual(
		['MIIKcA==', 'p1-hidden', 'p2-hidden', 'p3-hidden', 'p4-hidden', 'p5-hidden'].sort(),
	);
	expect(JSON.stringify(mapSecrets(sent, () => '*'))).not.toMatch(/hidden|MIIK/);
	expect(JSON.stringify(mapSecrets(sent, () => '*')).match(/shown/gi)).toHaveLength(5);
});

it('leaves times as they are', () => {
	const at = new Date(0);
	expect(mapSecrets({ at }, () => '*')).toEqual({ at });
});
