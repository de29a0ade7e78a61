import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { connect } from '../../shared/http';
import { adapter } from '../api/adapter';
import { JOB_KINDS, readJob } from '../model/jobs';
import { PATHS, selectOf } from '../model/queries';
import { text } from '../model/values';

const byName = (choices: INodePropertyOptions[]): INodePropertyOptions[] =>
	choices.sort((a, b) => a.name.localeCompare(b.name));

/** Companies, by name. */
export async function getCompanies(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connect(this, 0, adapter);
	const query = { select: selectOf('instanceUid', 'name') };
	const companies = await client.list({
		method: 'GET',
		path: PATHS.companies,
		query,
		label: 'Companies',
	});
	return byName(
		companies.map(({ instanceUid, name }) => ({ name: text(name), value: text(instanceUid) })),
	);
}

/**
 * Jobs of all kinds, by name, each with what tells it from others of its name: its company and its
 * server. The value is the one that an item has as `object.id`, or what stands for it where servers
 * have their ids in common.
 */
export async function getJobs(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connect(this, 0, adapter);
	const names = async (path: string): Promise<Map<string, string>> => {
		const query = { select: selectOf('instanceUid', 'name') };
		try {
			const found = await client.list({ method: 'GET', path, query, label: 'Names' });
			return new Map(found.map(({ instanceUid, name }) => [text(instanceUid), text(name)]));
		} catch {
			// Who may not list them chooses by what the jobs themselves say.
			return new Map();
		}
	};
	const [companies, servers] = await Promise.all([names(PATHS.companies), names(PATHS.servers)]);
	const choices: INodePropertyOptions[] = [];
	for (const kind of JOB_KINDS)
		for (const record of await client.list({ method: 'GET', path: kind.path, label: 'Jobs' })) {
			const { id, name, organization } = readJob(kind, record);
			const server = servers.get(text(record.backupServerUid)) ?? text(record.vb365ServerName);
			const about = [kind.type, companies.get(organization), server].filter(Boolean);
			choices.push({ name: name || id, value: id, description: about.join(' · ') });
		}
	return byName(choices);
}
