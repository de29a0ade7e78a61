import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { connect } from '../../shared/http';
import { adapter } from '../api/adapter';
import { JOB_KINDS } from '../model/jobLists';
import { PATHS, selectOf, text } from '../model/lists';

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

/** Jobs of all kinds, by name. */
export async function getJobs(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connect(this, 0, adapter);
	const query = { select: selectOf('instanceUid', 'name') };
	const choices: INodePropertyOptions[] = [];
	for (const { path, type } of JOB_KINDS)
		for (const { instanceUid, name } of await client.list({
			method: 'GET',
			path,
			query,
			label: 'Jobs',
		}))
			choices.push({ name: text(name), value: text(instanceUid), description: type });
	return byName(choices);
}
