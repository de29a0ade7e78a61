import { readServerUrl, readConnection } from '../../nodes/shared/credential/connection';
import type { UserFacingFailure } from '../../nodes/shared/http/errors';
import { clean, secretsOf } from '../../nodes/shared/http/secrets';
import { fileName } from '../../nodes/shared/http/files';
import { fillPath } from '../../nodes/shared/http/pathEncoding';
import { Backoff, readRetryAfter } from '../../nodes/shared/http/retry';
import { DEFAULT_SETTINGS } from '../../nodes/shared/http/settings';
import { VBR } from '../../nodes/VeeamBackupReplication/api/identity';
import { VSPC } from '../../nodes/VeeamServiceProviderConsole/api/identity';

const CREDENTIAL = {
	serverUrl: 'https://vbr.example.com:9419',
	authentication: 'password',
	apiVersion: '1.3-rev1',
	ignoreSslIssues: false,
};

function failureOf(act: () => unknown): Pick<UserFacingFailure, 'message' | 'description'> {
	try {
		act();
	} catch (error) {
		const { message, description } = error as UserFacingFailure;
		return { message, description };
	}
	throw new Error('Nothing was refused');
}

describe('the server URL of a credential', () => {
	it.each([
		['https://vbr.example.com:9419', 'https://vbr.example.com:9419'],
		['  https://vbr.example.com:9419/ ', 'https://vbr.example.com:9419'],
		['vbr.example.com', 'https://vbr.example.com:9419'],
		['vbr.example.com:8443', 'https://vbr.example.com:8443'],
		['https://vbr.example.com', 'https://vbr.example.com:9419'],
		['https://vbr.example.com:443', 'https://vbr.example.com'],
		['HTTPS://VBR.example.com', 'https://vbr.example.com:9419'],
		['10.0.0.5', 'https://10.0.0.5:9419'],
		['[fd00::5]', 'https://[fd00::5]:9419'],
		['https://[fd00::5]:1234/', 'https://[fd00::5]:1234'],
		['https://vbr:9419/swagger/ui/index.html?x=1#/Login', 'https://vbr:9419'],
		['https://vbr:9419/api/v1', 'https://vbr:9419'],
		['https://vb365:4443/v8/swagger', 'https://vb365:4443'],
		['https://vspc:1280/login?returnUrl=%2Fhome', 'https://vspc:1280'],
		['https://vspc:1280/#/dashboard', 'https://vspc:1280'],
		['https://vbr?x=1', 'https://vbr:9419'],
		['vbr/login', 'https://vbr:9419'],
		['https:/vbr:9419', 'https://vbr:9419'],
		['https:vbr', 'https://vbr:9419'],
		['https//vbr:8443/', 'https://vbr:8443'],
		['https:8443', 'https://https:8443'],
	])('reads %p as %p', (typed, origin) => {
		expect(readServerUrl(typed, VBR)).toBe(origin);
	});

	it.each([
		['', '"Server URL" in the credential is empty.'],
		[undefined, '"Server URL" in the credential is empty.'],
		['http://vbr:9419', 'starts with http://, which would send the password unencrypted.'],
		['http:/vbr:9419', 'starts with http://, which would send the password unencrypted.'],
		['ftp://vbr', 'starts with ftp://.'],
		['https://', 'is not a URL.'],
		['https://my server', 'is not a URL.'],
		['vbr:99999', 'is not a URL.'],
		[
			'https://gateway/veeam/v8?x=1',
			'"Server URL" in the credential has more than the server\'s address: "/veeam/v8".',
		],
		['https://vbr/apis', 'has more than the server\'s address: "/apis".'],
	])('refuses %p and says why', (typed, message) => {
		const failure = failureOf(() => readServerUrl(typed, VBR));
		expect(failure.message).toContain(message);
		expect(failure.description).toContain('https://');
	});

	it('gives an example of the product', () => {
		expect(failureOf(() => readServerUrl('', VSPC)).description).toContain(
			'https://vspc.example.com:1280.',
		);
	});

	it('does not repeat a password that stands in it', () => {
		const failure = failureOf(() => readServerUrl('https://admin:hunter22@vbr:9419', VBR));
		expect(failure.message).toBe('"Server URL" in the credential contains a username or password.');
		expect(JSON.stringify(failure)).not.toContain('hunter22');
	});
});

describe('the API version of a credential', () => {
	it('is the chosen one, or the one typed under Other', () => {
		expect(readConnection(CREDENTIAL, VBR)).toEqual({
			origin: 'https://vbr.example.com:9419',
			version: '1.3-rev1',
			ignoreSslIssues: false,
			renewable: true,
			automatic: false,
			largestAnswer: 100_000_000,
		});
		expect(
			readConnection(
				{
					...CREDENTIAL,
					authentication: 'token',
					apiVersion: 'other',
					otherApiVersion: ' 1.4-rev0 ',
					ignoreSslIssues: true,
				},
				VBR,
			),
		).toEqual({
			origin: 'https://vbr.example.com:9419',
			version: '1.4-rev0',
			ignoreSslIssues: true,
			renewable: false,
			automatic: false,
			largestAnswer: 100_000_000,
		});
	});

	it('is refused by the name of its field when it is none', () => {
		expect(
			failureOf(() =>
				readConnection({ ...CREDENTIAL, apiVersion: 'other', otherApiVersion: 'v13' }, VBR),
			),
		).toEqual({
			message: '"Other API Version" in the credential is not a version: "v13".',
			description: 'Versions look like 1.3-rev1.',
		});
		expect(
			failureOf(() => readConnection({ ...CREDENTIAL, apiVersion: undefined }, VBR)).message,
		).toBe('"API Version" in the credential is empty.');
	});
});

describe('filling a path', () => {
	it('encodes what would lead elsewhere', () => {
		expect(
			fillPath('/api/v1/jobs/{id}/x/{name}', { id: 'a/../b?c#d', name: 'Müller & Söhne.' }),
		).toBe('/api/v1/jobs/a%2F..%2Fb%3Fc%23d/x/M%C3%BCller%20%26%20S%C3%B6hne.');
	});

	it.each([
		[undefined, '"jobId" is empty.'],
		['', '"jobId" is empty.'],
		['  ', '"jobId" is empty.'],
		['.', '"jobId" is ".", which is not an ID.'],
		['..', '"jobId" is "..", which is not an ID.'],
		['a\nb', '"jobId" contains a control character: "a\\nb".'],
		['a\u0000', '"jobId" contains a control character: "a\\u0000".'],
		['\u2028', '"jobId" is empty.'],
		['x\u2028y', '"jobId" contains a control character'],
		['\ud800', '"jobId" contains a control character: "\\ud800".'],
	])('refuses %p by the name of its field', (value, message) => {
		const failure = failureOf(() =>
			fillPath('/api/v1/jobs/{jobId}', value === undefined ? {} : { jobId: value }),
		);
		expect(failure.message).toContain(message);
		expect(failure.description).toBeTruthy();
	});

	it.each(['api/v1/jobs', '/api/v1/../oauth2/token', '/api/%2e%2e/x', '/api/./x', '/a\\..\\b'])(
		'refuses the whole path %p',
		(path) => {
			expect(failureOf(() => fillPath(path)).message).toContain(path);
		},
	);
});

describe('pausing before a repetition', () => {
	const now = Date.UTC(2030, 0, 1, 12, 0, 0);

	it.each([
		['120', 120],
		['0', 0],
		['Tue, 01 Jan 2030 12:00:30 GMT', 30],
		['Tue, 01 Jan 2030 11:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
		[undefined, undefined],
	])('reads Retry-After %p as %p seconds', (header, seconds) => {
		expect(readRetryAfter(header, now)).toBe(seconds);
	});

	it('doubles its pauses, between half and the whole of the step, and gives up', () => {
		const series = (random: number) => {
			const pauses = new Backoff({ ...DEFAULT_SETTINGS, random: () => random });
			return Array.from({ length: 6 }, () => pauses.next());
		};
		expect(series(0)).toEqual([0.5, 1, 2, 4, undefined, undefined]);
		expect(series(1)).toEqual([1, 2, 4, 8, undefined, undefined]);
	});

	it('waits as long as the server asks, within one budget', () => {
		const pauses = new Backoff({ ...DEFAULT_SETTINGS, pauseBudget: 100 });
		expect([pauses.next(60), pauses.next(60), pauses.next(40)]).toEqual([60, undefined, 40]);
	});
});

describe('keeping secrets', () => {
	it('knows every secret of a credential, the token inside a session too', () => {
		expect(
			secretsOf({
				serverUrl: 'https://vbr',
				username: 'administrator',
				password: 'Summer2030!',
				accessToken: 'Bearer pasted-token',
				sessionToken: JSON.stringify({ origin: 'https://vbr', token: 'inner-token' }),
				apiVersion: '1.3-rev1',
			}).sort(),
		).toEqual([
			'Bearer pasted-token',
			'Summer2030!',
			'inner-token',
			'pasted-token',
			'{"origin":"https://vbr","token":"inner-token"}',
		]);
	});

	it('blanks them, and whatever looks like one, and drops stack traces', () => {
		expect(
			clean(
				'Login of admin with Summer 2030! failed (Summer%202030!)\n   at Veeam.Rest.Login() in C:\\x.cs:line 3\nAuthorization: Bearer abcdefghijkl {"refresh_token":"rrrrrr"}',
				['Summer 2030!'],
			),
		).toBe(
			'Login of admin with ***** failed (*****)\nAuthorization: Bearer ***** {"refresh_token":"*****"}',
		);
	});
});

describe('a secret that the server quotes back', () => {
	const SECRET = "S3cr\"et & 'Zürich' </p>+50%";

	it.each([
		['as it is', SECRET],
		['in a URL', encodeURIComponent(SECRET)],
		[
			'in a URL by other rules',
			encodeURIComponent(SECRET)
				.replace(/'/g, '%27')
				.replace(/%../g, (hex) => hex.toLowerCase()),
		],
		['in a form', new URLSearchParams({ password: SECRET }).toString().split('=')[1]!],
		['in JSON', JSON.stringify(SECRET).slice(1, -1)],
		['in JSON of ASCII alone', JSON.stringify(SECRET).slice(1, -1).replace('ü', '\\u00fc')],
		['in JSON as PHP writes it', JSON.stringify(SECRET).slice(1, -1).replace('/', '\\/')],
		['in HTML', 'S3cr&quot;et &amp; &#39;Zürich&#39; &lt;/p&gt;+50%'],
		['in base64', Buffer.from(SECRET).toString('base64').replace(/=+$/, '').slice(0, -1)],
		['in base64url', Buffer.from(SECRET).toString('base64url').slice(0, -1)],
		['with the user in base64', Buffer.from(`DOMAIN\\me:${SECRET}`).toString('base64')],
		['with another user in base64', Buffer.from(`admin:${SECRET}`).toString('base64')],
	])('%s is hidden', (_how, quoted) => {
		const shown = clean(`Bad request: ${quoted} end`, [SECRET]);
		expect(shown).toContain('*****');
		// Nothing of it that tells anything: ten characters in a row.
		for (let at = 0; at + 10 <= quoted.length; at++) {
			const part = quoted.slice(at, at + 10);
			if (Buffer.from(SECRET).toString('base64').includes(part) || SECRET.includes(part))
				expect(shown).not.toContain(part);
		}
		expect(shown).toMatch(/^Bad request: .{0,24}\*{5}.{0,6} end$/);
	});

	it('does not look through where its text was cut', () => {
		const shown = clean(`${'x'.repeat(9_995)}S3cret word`, ['S3cret word']);
		expect(shown).not.toContain('S3c');
		expect(shown.length).toBeLessThan(10_010);
	});
});

describe('the name of a downloaded file', () => {
	const request = { method: 'GET' as const, path: '/api/v1/exportlogs/{id}/logs/{file}' };

	it.each([
		['attachment; filename="log bundle.zip"', 'log bundle.zip'],
		['attachment; filename=plain.zip', 'plain.zip'],
		["attachment; filename=x.zip; filename*=UTF-8''M%C3%BCller.zip", 'Müller.zip'],
		['attachment; filename="..\\\\..\\\\evil/../passwd"', 'passwd'],
		['attachment; filename=".."', 'logs'],
		['attachment; filename="a/.."', 'logs'],
		["attachment; filename*=UTF-8''a%00b%0D%0Ac.txt", 'abc.txt'],
		["attachment; filename*=UTF-8''%E2%80%AEfdp.exe", 'fdp.exe'],
		["attachment; filename*=UTF-8''%E2%80%8B", 'logs'],
		[`attachment; filename="${'x'.repeat(5000)}"`, 'x'.repeat(255)],
		[`attachment; filename="${'x'.repeat(1500)}.zip"`, `${'x'.repeat(251)}.zip`],
		[`attachment; filename*=UTF-8''${'%C3%BC'.repeat(200)}.zip`, `${'ü'.repeat(125)}.zip`],
		['attachment', 'logs'],
		[undefined, 'logs'],
	])('from %p is %p', (disposition, name) => {
		expect(
			fileName(disposition === undefined ? {} : { 'content-disposition': disposition }, request),
		).toBe(name);
	});
});
