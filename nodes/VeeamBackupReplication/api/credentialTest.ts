import { credentialTest } from '../../shared/credential/credentialTest';
import { login } from './login';

/** The "Test" of the credential: logs in where it has a password, then reads one job state. */
export const testVeeamBackupReplicationApi = credentialTest(login);
