import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { connect } from '../../shared/http';
import { adapter } from '../api/adapter';
import { readJobs } from '../model/jobs';

/** The server's backup and backup copy jobs, by name. */
export async function getJobs(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const jobs = await readJobs(await connect(this, 0, adapter));
	return jobs
		.map(({ id, name, type }) => ({ name, value: id, description: type }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
