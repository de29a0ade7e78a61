import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';

import type { VeeamClient, VeeamRequest } from '../../../../nodes/shared/http/types';
import type { MadeEstate } from './estate';
import { asIn, hasList, isPaged, queryOf } from './schema';

/** A server with an estate behind it, as a client sees it; what it was asked, and asked wrongly. */
export interface FakeServer {
	client: VeeamClient;
	asked: string[];
	/** Queries that the version does not have, paths that it does not know. */
	faults: string[];
}

const refusal = (status: number): NodeApiError =>
	new NodeApiError(
		{ name: 'Veeam' } as INode,
		{},
		{ message: `The server refuses it (${status})`, httpCode: String(status) },
	);

export function serve(estate: MadeEstate): FakeServer {
	const { version, now, pageMaximum } = estate;
	const asked: string[] = [];
	const faults: string[] = [];

	const answer = async (request: VeeamRequest): Promise<unknown> => {
		const { path, query = {} } = request;
		asked.push(path);
		if (path === '/License') {
			if (estate.refused[path]) throw refusal(estate.refused[path]);
			return await Promise.resolve(asIn(path, version, estate.license.record));
		}
		if (path === '/ServiceInstance') return { installationId: 'i', version: '8.1.0.305' };
		if (!hasList(path, version)) {
			faults.push(`${version} has no ${path}`);
			throw refusal(404);
		}
		for (const name of Object.keys(query))
			if (!queryOf(path, version).includes(name)) faults.push(`${version} ${path} has no ?${name}`);
		const status = estate.refused[path];
		if (status) throw refusal(status);
		const all = recordsOf(estate, request).map((record) => asIn(path, version, record));
		if (!isPaged(path, version)) return all;
		const offset = Number(query.offset ?? 0);
		const limit = Math.min(Number(query.limit ?? 30), pageMaximum);
		const results = all.slice(offset, offset + limit);
		return {
			offset,
			limit,
			setId: '00000000-0000-0000-0000-000000000000',
			results,
			_links: offset + limit < all.length ? { next: { href: path } } : {},
			...(version === 'v8' ? {} : { totalCount: all.length }),
		};
	};

	const request: VeeamClient['request'] = async (one) => ({
		status: 200,
		headers: { date: new Date(now).toUTCString() },
		body: await answer(one),
	});
	const unexpected = async () => await Promise.reject(new Error('Not expected of a report'));
	return {
		asked,
		faults,
		client: {
			version,
			origin: 'https://server.example:4443',
			request,
			async list(one, { pageIn } = {}) {
				const items: IDataObject[] = [];
				for (let offset = Number(one.query?.offset ?? 0); ; ) {
					const page = pageIn === 'none' ? {} : { offset, limit: 10_000 };
					const body = await answer({ ...one, query: { ...one.query, ...page } });
					if (Array.isArray(body)) return body as IDataObject[];
					const { results } = body as { results: IDataObject[] };
					items.push(...results);
					offset += results.length;
					if (results.length === 0) return items;
				}
			},
			preview: ({ method, path }) => ({ method, url: path, headers: {} }),
			download: unexpected,
			wait: unexpected as () => Promise<IDataObject>,
		},
	};
}

function recordsOf(
	estate: MadeEstate,
	{ path, pathParameters = {}, query = {} }: VeeamRequest,
): Array<Record<string, unknown>> {
	switch (path) {
		case '/Jobs':
		case '/CopyJobs':
			return estate.jobs
				.filter(({ kind }) => kind === (path === '/Jobs' ? 'Backup' : 'Copy'))
				.map(({ record }) => record);
		case '/JobSessions': {
			const bound = Date.parse(String(query.endTimeLowerBound ?? '0001-01-01T00:00:00Z'));
			// Those that go on have no end: whether the server gives them is not documented.
			return estate.sessions
				.map(({ record }) => record)
				.filter(({ endTime }) => {
					const end = Date.parse(String(endTime));
					return !(end > 0) || end >= bound;
				});
		}
		case '/JobSessions/{sessionId}/LogItems':
			return [
				{
					id: 'line',
					type: 'Error',
					message: 'Processing Ada: Denied',
					title: '[Error] Processing Ada: Denied',
				},
			];
		case '/BackupRepositories':
			return estate.repositories.map(({ record }) => record);
		case '/objectstoragerepositories':
			return estate.storages;
		case '/Proxies':
			return estate.proxies.map(({ record }) => record);
		case '/LicensedUsers':
			return estate.licensed.map(({ record }) => record);
		case '/ProtectedUsers':
			return estate.protectedUsers;
		default:
			return (estate.people[String(pathParameters.organizationId)] ?? []).map(
				({ record }) => record,
			);
	}
}
