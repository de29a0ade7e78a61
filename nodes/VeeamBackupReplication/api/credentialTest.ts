import { credentialTest } from '../../shared/credential/login';
import { logIn, probe } from './login';

/** The "Test" of the credential: logs in where it has a password, then reads one job state. */
export const testVeeamBackupReplicationApi = credentialTest({ logIn, probe });
