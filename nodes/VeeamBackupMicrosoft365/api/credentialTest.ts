import { credentialTest } from '../../shared/credential/credentialTest';
import { login } from './login';

/** The "Test" of the credential: logs in where it has a password or an assertion, then reads a job. */
export const testVeeamBackupMicrosoft365Api = credentialTest(login);
