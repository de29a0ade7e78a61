import { generate } from 'selfsigned';

export interface Certificate {
	/** PEM */
	key: string;
	/** PEM; give it as `ca` to a client that shall trust the simulator. */
	cert: string;
	fingerprint: string;
}

let cached: Promise<Certificate> | undefined;

/** A self-signed certificate for localhost, made once per process and kept in memory only. */
export function selfSignedCertificate(): Promise<Certificate> {
	cached ??= make();
	return cached;
}

async function make(): Promise<Certificate> {
	const made = await generate([{ name: 'commonName', value: 'Simulated Veeam server' }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			// A server that trusts nobody else's signature either: its own issuer, and no CA.
			{ name: 'basicConstraints', cA: false },
			{ name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
			{ name: 'extKeyUsage', serverAuth: true },
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: 'localhost' },
					{ type: 7, ip: '127.0.0.1' },
				],
			},
		],
	});
	return { key: made.private, cert: made.cert, fingerprint: made.fingerprint };
}
