import { waitForSession } from '../../shared/runtime/sessionOperations';
import { SESSIONS } from './sessionResource';

export const waitForCompletion = waitForSession(SESSIONS, {
	operation: 'waitForSession',
	description: 'Continues when the session has ended, or when its mount is ready',
});
