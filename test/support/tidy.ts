import { removeTemporaryFolders } from './temporaryFolder';

// A machine that runs the tests every day is not to fill up with what they leave.
afterAll(removeTemporaryFolders);
