import type { SessionResource } from '../../shared/runtime/sessionOperations';

export const SESSIONS: SessionResource = {
	resource: 'session',
	label: 'Session',
	idField: 'sessionId',
	path: '/api/v1/sessions/{id}',
	whereIdsComeFrom: 'operations that start work return it',
};
