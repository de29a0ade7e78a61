import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { clean, secretsOf } from '../shared/transport/errors';
import type { Send } from './login';
import { logIn, probe } from './login';

/**
 * The "Test" of the credential: logs in where it has a password, then reads one job state, and says
 * in words what is wrong. A test by request description could not: n8n shows a code
 * ("ECONNREFUSED") or the status text of the answer and drops its body (n8n 2.41,
 * credentials-tester.service).
 */
export async function testVeeamBackupReplicationApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const send = sendBy(this);
	try {
		await probe(send, data, data.authentication === 'token' ? undefined : await logIn(send, data));
		return { status: 'OK', message: 'Connection successful' };
	} catch (error) {
		const { message, description } = error as { message: string; description?: string };
		const text = [message, description].filter(Boolean).join(' ');
		return { status: 'Error', message: clean(text, secretsOf(data)) };
	}
}

/** A credential test has only n8n's older helper; this gives it the newer one's manners. */
function sendBy({ helpers }: ICredentialTestFunctions): Send {
	return async ({
		method,
		url,
		qs,
		headers,
		body,
		timeout,
		skipSslCertificateValidation,
	}: IHttpRequestOptions) =>
		(await helpers.request({
			method,
			url,
			qs,
			headers,
			body,
			timeout,
			// Present only where it is off: with it n8n hides the reason of an untrusted certificate.
			...(skipSslCertificateValidation ? { rejectUnauthorized: false } : {}),
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
		})) as Awaited<ReturnType<Send>>;
}
