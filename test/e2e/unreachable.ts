import { freePort } from '../../demo/ports';

type CredentialTest = (
	changes: Record<string, unknown>,
) => Promise<{ status: string; message: string }>;

/** What the Test button of any credential says of a server that cannot be talked to. */
export function unreachableTests(test: CredentialTest): void {
	it('says that nothing answers', async () => {
		const port = await freePort();
		const { status, message } = await test({ serverUrl: `https://127.0.0.1:${port}` });
		expect(status).toBe('Error');
		expect(message).toMatch(
			new RegExp(
				`^Nothing answers at 127\\.0\\.0\\.1:${port}: the connection was refused\\. Check `,
			),
		);
	});

	it('says that the certificate is not trusted', async () => {
		const { status, message } = await test({ ignoreSslIssues: false });
		expect(status).toBe('Error');
		expect(message).toMatch(
			/^The certificate of 127\.0\.0\.1:\d+ is not trusted: it is self-signed\. .*"Ignore SSL Issues"/,
		);
	});
}
