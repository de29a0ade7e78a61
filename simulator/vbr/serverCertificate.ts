import { X509Certificate } from 'node:crypto';
import type { Item } from '../foundation/listQuery';

/** The server's own certificate as it shows it to anyone. */
export function serverCertificate(pem: string): Item {
	const certificate = new X509Certificate(pem);
	return {
		subject: certificate.subject,
		issuedTo: certificate.subject,
		issuedBy: certificate.issuer,
		validFrom: new Date(certificate.validFrom).toISOString(),
		validBy: new Date(certificate.validTo).toISOString(),
		thumbprint: certificate.fingerprint.replace(/:/g, ''),
		serialNumber: certificate.serialNumber,
		keyAlgorithm: certificate.publicKey.asymmetricKeyType ?? '',
		keySize: String(certificate.publicKey.asymmetricKeyDetails?.namedCurve ?? ''),
	};
}
