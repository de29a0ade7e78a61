import { sessions } from '../../nodes/shared/credential/sessionKeeper';

// A busy machine of two cores must not fail a test, nor that its stage runs in the background (see
// scripts/stages.mjs); one that hangs still fails. (jest takes no `testTimeout` of a project.)
jest.setTimeout(180_000);

// Logins are kept for the whole process: what one test did to an account is not the next one's.
afterEach(() => sessions.clear());
