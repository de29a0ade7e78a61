import { credentialTest } from '../../shared/credential/credentialTest';
import { login } from './login';

/** The "Test" of the credential: logs in where it has a password, then reads the user's own record. */
export const testVeeamServiceProviderConsoleApi = credentialTest(login);
