import { waitForSession } from '../../shared/runtime/sessionOperations';
import { SESSIONS } from './sessionResource';

export const waitForCompletion = waitForSession(SESSIONS, {
	operation: 'waitForJobSession',
	description: 'Continues when the session has ended',
});
