import { generate } from 'selfsigned';

export interface Certificate {
	/** PEM */
	key: string;
	/** PEM; give it as `ca` to a client that shall trust the server. */
	cert: string;
	fingerprint: string;
}

let cached: Promise<Certificate> | undefined;

/** A self-signed certificate for localhost, made once per process and kept in memory only. */
export function selfSignedCertificate(): Promise<Certificate> {
	cached ??= make('Simulated Veeam server', [
		{ type: 2, value: 'localhost' },
		{ type: 7, ip: '127.0.0.1' },
	]);
	return cached;
}

/** A self-signed certificate for these host names, made anew at every call and kept in memory only. */
export const certificateFor = async (hosts: string[]): Promise<Certificate> =>
	await make(
		hosts[0]!,
		hosts.map((value) => ({ type: 2, value })),
	);

async function make(
	commonName: string,
	altNames: Array<{ type: 2; value: string } | { type: 7; ip: string }>,
): Promise<Certificate> {
	const made = await generate([{ name: 'commonName', value: commonName }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			// A server that trusts nobody else's signature either: its own issuer, and no CA.
			{ name: 'basicConstraints', cA: false },
			{ name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
			{ name: 'extKeyUsage', serverAuth: true },
			{ name: 'subjectAltName', altNames },
		],
	});
	return { key: made.private, cert: made.cert, fingerprint: made.fingerprint };
}
