import type * as sessionKeeper from '../../nodes/shared/credential/sessionKeeper';

// A busy machine of two cores must not fail a test, nor that its stage runs in the background (see
// scripts/stages.mjs); one that hangs still fails. (jest takes no `testTimeout` of a project.)
jest.setTimeout(180_000);

// Logins are kept for the whole process: what one test did to an account is not the next one's. Where nothing
// has loaded their keeper there are none, and loading it, with n8n-workflow behind it, takes longer than most tests.
const KEEPER = require.resolve('../../nodes/shared/credential/sessionKeeper');
afterEach(() => {
	const keeper = require.cache[KEEPER]?.exports as typeof sessionKeeper | undefined;
	keeper?.sessions.clear();
});
