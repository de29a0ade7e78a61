import type { SessionResource } from '../../shared/runtime/sessionOperations';

export const SESSIONS: SessionResource = {
	resource: 'jobSession',
	label: 'Job Session',
	idField: 'jobSessionsId',
	path: '/JobSessions/{id}',
	whereIdsComeFrom: 'starting a job returns it (v8)',
};
