import { generate } from 'selfsigned';

/** A self-signed certificate for these hosts, made anew for every start and kept in memory only. */
export async function certificateFor(hosts: string[]): Promise<{ key: string; cert: string }> {
	const made = await generate([{ name: 'commonName', value: hosts[0]! }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: false },
			{ name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
			{ name: 'extKeyUsage', serverAuth: true },
			{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
		],
	});
	return { key: made.private, cert: made.cert };
}
