import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';

import type { ReportRequest } from '../../nodes/shared/report/options';
import type { VeeamClient } from '../../nodes/shared/http/types';

/** A server's refusal. */
export const refused = (status: number): NodeApiError =>
	new NodeApiError(
		{ name: 'Veeam' } as INode,
		{},
		{ message: 'Refused', httpCode: String(status) },
	);

/**
 * A client that answers by path, with what the server would say; an error is thrown.
 *
 * @param date of every answer, as HTTP writes it
 */
export function clientOf(
	version: string,
	answers: Record<string, unknown>,
	date = new Date().toUTCString(),
): VeeamClient & { asked: string[] } {
	const asked: string[] = [];
	const unexpected = async () => await Promise.reject(new Error('Not expected of a report'));
	return {
		version,
		origin: 'https://server.example:1',
		asked,
		request: async ({ path }) => {
			asked.push(path);
			const body = answers[path];
			if (body instanceof Error) throw body;
			if (body === undefined) throw refused(404);
			return await Promise.resolve({ status: 200, headers: { date }, body });
		},
		list: unexpected,
		preview: ({ method, path }) => ({ method, url: path, headers: {} }),
		download: unexpected,
		wait: unexpected as () => Promise<IDataObject>,
	};
}

/** What a user asks who sets nothing. */
export const request = (changes: Partial<ReportRequest> = {}): ReportRequest => ({
	hours: 24,
	language: 'en',
	lowPercent: 10,
	rpoHours: 48,
	expiresInDays: 30,
	maxRows: 20,
	historyDays: 7,
	markNews: true,
	timeZone: 'UTC',
	title: 'Backup Report',
	brandColour: '#00b336',
	includeJobs: [],
	excludeJobs: [],
	includeTenants: [],
	excludeTenants: [],
	sections: [
		'jobs',
		'missedRuns',
		'unprotected',
		'repositories',
		'licenses',
		'findings',
		'tenants',
	],
	outputField: 'data',
	onePerTenant: false,
	...changes,
});
