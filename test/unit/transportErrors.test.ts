import { readNetworkFailure } from '../../nodes/shared/http/networkFailure';
import { adapter } from '../../nodes/VeeamBackupReplication/api/adapter';

const CONNECTION = {
	origin: 'https://vbr.example.com:9419',
	version: '1.3-rev2',
	ignoreSslIssues: false,
	renewable: true,
	automatic: false,
	largestAnswer: 100_000_000,
};
const read = (status: number, body: unknown) => adapter.readError(status, body, {}, CONNECTION);

describe('an error answer of Veeam Backup & Replication', () => {
	it('that lists the supported versions says which to pick', () => {
		const message =
			'Unsupported RESTAPI version. The following versions are supported: v1.2-rev1, v1.3-rev0, 1.3-rev1';
		expect(read(400, { errorCode: 'UnexpectedContent', message })).toEqual({
			message: 'The server does not know API version 1.3-rev2.',
			description:
				'It supports 1.2-rev1, 1.3-rev0 and 1.3-rev1. Choose one of them as API version in the credential.',
			code: 'UnexpectedContent',
			unknownVersion: ['1.2-rev1', '1.3-rev0', '1.3-rev1'],
		});
		expect(
			read(400, {
				errorCode: 'NotImplemented',
				message: 'Unsupported RESTAPI version. The following versions are supported: 1.1-rev0',
			}).description,
		).toBe('It supports 1.1-rev0. Choose that as API version in the credential.');
	});

	it.each([400, 404, 501])('NotImplemented with status %i points at the version', (status) => {
		expect(read(status, { errorCode: 'NotImplemented', message: 'Not implemented' })).toEqual({
			message: 'The server does not offer this in API version 1.3-rev2.',
			description:
				'Choose a newer API version in the credential, if the server knows one; otherwise the server has to be updated.',
			code: 'NotImplemented',
		});
	});

	it('403 asks for a role', () => {
		expect(read(403, { errorCode: 'AccessDenied', message: 'Denied' })).toEqual({
			message: 'The account of the credential may not do this.',
			description:
				'Give it a role that allows this, under Users and Roles in Veeam Backup & Replication (some operations need Backup Administrator, some Security Administrator). The server says: Denied',
			code: 'AccessDenied',
		});
	});

	it('404 names the id, or the version for an unknown address', () => {
		expect(
			read(404, { errorCode: 'NotFound', message: 'Job not found', resourceId: 'abc' }),
		).toEqual({
			message: 'The server knows no object with the ID abc.',
			description:
				'Check the ID: the object may have been deleted, or the ID may belong to another kind of object. The server says: Job not found',
			code: 'NotFound',
		});
		expect(
			read(404, { errorCode: 'NotFound', message: 'Job abc not found', resourceId: 'abc' })
				.description,
		).not.toContain('The server says');
		expect(read(404, undefined).message).toBe('The server knows no object with this ID.');
		expect(read(404, { errorCode: 'InvalidURI', message: 'No route' })).toEqual({
			message: 'The server does not know this address.',
			description: 'The operation may not exist in API version 1.3-rev2. The server says: No route',
			code: 'InvalidURI',
		});
	});

	it.each([400, 402, 403, 500])('about the license with status %i says so', (status) => {
		expect(read(status, { errorCode: 'UnknownError', message: 'License has expired' })).toEqual({
			message: 'The license of the server does not allow this: License has expired',
			description: 'Install, renew or extend the license in Veeam Backup & Replication.',
			code: 'UnknownError',
		});
	});

	it('400 passes on what the server says', () => {
		expect(
			read(400, { errorCode: 'UnexpectedContent', message: 'Field "type" has no value X' }),
		).toEqual({
			message: 'Field "type" has no value X',
			description:
				'Check the values of the fields: one may be missing, misspelled or not allowed with the others.',
			code: 'UnexpectedContent',
		});
	});

	it('429 and 503 may be repeated, 500 not', () => {
		expect([429, 503, 500].map((status) => read(status, undefined).retryable)).toEqual([
			true,
			true,
			undefined,
		]);
		expect(read(500, undefined).message).toBe('The server failed (HTTP 500).');
	});
});

describe('a request that brings no answer', () => {
	const explain = (error: unknown) =>
		readNetworkFailure(error, {
			origin: 'https://vbr.example.com:9419',
			displayName: 'Veeam Backup & Replication',
			defaultPort: 9419,
			timeoutSeconds: 60,
			largestAnswer: 100_000_000,
		});
	const coded = (code: string) => explain({ name: 'NodeApiError', cause: { code } });

	it.each([
		[
			'ECONNREFUSED',
			'Nothing answers at vbr.example.com:9419: the connection was refused.',
			'port',
		],
		['ENOTFOUND', 'The host name "vbr.example.com" is not known here.', 'typing errors'],
		['EAI_AGAIN', 'The host name "vbr.example.com" is not known here.', 'typing errors'],
		['ETIMEDOUT', 'vbr.example.com:9419 cannot be reached: it does not answer.', 'firewall'],
		['EHOSTUNREACH', 'vbr.example.com:9419 cannot be reached from here.', 'firewall'],
		['ECONNABORTED', 'vbr.example.com:9419 was silent for 60 seconds.', 'limit'],
		['ECONNRESET', 'vbr.example.com:9419 closed the connection before it had answered.', 'again'],
		['EPROTO', 'vbr.example.com:9419 does not speak HTTPS.', '9419'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'is not trusted: it is self-signed.', 'Ignore SSL Issues'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'is not trusted: its issuer', 'Ignore SSL Issues'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'is not trusted: its issuer', 'Ignore SSL Issues'],
		['CERT_HAS_EXPIRED', 'is not trusted: it has expired.', 'Ignore SSL Issues'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'it was issued for another host name.', 'host name'],
	])('%s reads as what it means', (code, message, advice) => {
		const { legible } = coded(code);
		expect(legible.message).toContain(message);
		expect(legible.description).toContain(advice);
		// n8n replaces a message that contains a system error's name.
		expect(`${legible.message} ${legible.description}`).not.toContain(code);
	});

	it('is worth repeating at once where the line broke, later where nobody was there', () => {
		const table = ['ECONNRESET', 'ECONNABORTED', 'ECONNREFUSED', 'CERT_HAS_EXPIRED'].map((code) => {
			const { broken, transient } = coded(code);
			return [code, broken, transient];
		});
		expect(table).toEqual([
			['ECONNRESET', true, true],
			['ECONNABORTED', true, true],
			['ECONNREFUSED', false, true],
			['CERT_HAS_EXPIRED', false, false],
		]);
	});

	it('is found inside the several tries Node makes, and behind a hang-up without a code', () => {
		expect(
			explain({ cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }] } }).legible
				.message,
		).toContain('Nothing answers');
		expect(explain({ message: 'socket hang up' }).legible.message).toContain('closed');
	});

	it('because n8n itself forbids it names the setting', () => {
		class SsrfBlockedIpError extends Error {}
		expect(explain({ cause: new SsrfBlockedIpError('blocked') }).legible).toEqual({
			message:
				'n8n does not allow requests to vbr.example.com: its SSRF protection blocks the address.',
			description:
				'Have the n8n administrator add the server to N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
		});
	});
});

describe('an item of Veeam Backup & Replication', () => {
	it('has booleans where the server writes the words', () => {
		expect(
			adapter.normaliseItem?.({ id: '1', isOnline: 'true', isOutOfDate: 'False', name: 'true' }),
		).toEqual({ id: '1', isOnline: true, isOutOfDate: false, name: 'true' });
		expect(adapter.normaliseItem?.({ isOnline: false, isOutOfDate: 'unknown' })).toEqual({
			isOnline: false,
			isOutOfDate: 'unknown',
		});
	});
});
