import type { QueryValue } from '../../shared/http/types';

/** Lists that more than one fact stands on. */
export const PATHS = {
	servers: '/infrastructure/backupServers',
	vb365Servers: '/infrastructure/vb365Servers',
	companies: '/organizations/companies',
	proxies: '/infrastructure/backupServers/proxies',
	failoverPlans: '/infrastructure/backupServers/failoverplans',
	activityLogs: '/eventLogs/activityLogs',
	about: '/about',
} as const;

export const sortBy = (property: string, direction: 'ascending' | 'descending'): QueryValue =>
	JSON.stringify([{ property, direction }]);

export const selectOf = (...fields: string[]): QueryValue =>
	JSON.stringify(fields.map((propertyPath) => ({ propertyPath })));
