import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { enumOptions } from '../../shared/form/fields';
import { connect } from '../../shared/http';
import { adapter } from '../api/adapter';
import { PATH } from '../model/jobs';
import { kindOf } from '../model/sessionTypes';
import { nameOf, textOf } from '../model/text';
import { overlay } from '../overlay';

/** The server's jobs, by name. */
export async function getJobs(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connect(this, 0, adapter);
	const jobs = await client.list({ method: 'GET', path: PATH, label: 'Jobs' });
	return jobs
		.map((job) => ({ name: nameOf(job), value: textOf(job.id) }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** Types of sessions as choices: not every version has each. */
export const SESSION_TYPES = {
	enumName: 'ESessionType',
	nameOf: (sessionType: string) => kindOf({ sessionType }),
};

/** Every kind of session that the catalogue knows; nothing is sent. */
export async function getSessionTypes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return enumOptions({ catalogue: adapter.catalogue(), overlay }, SESSION_TYPES.enumName);
}
