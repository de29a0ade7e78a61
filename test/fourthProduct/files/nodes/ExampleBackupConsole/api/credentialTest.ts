import { credentialTest } from '../../shared/credential/credentialTest';
import { login } from './login';

export const testExampleBackupConsoleApi = credentialTest(login);
