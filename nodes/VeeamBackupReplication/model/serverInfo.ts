import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { expected } from './answers';
import { textOf } from './text';

/** For a Backup Administrator alone. */
export const PATH = '/api/v1/serverInfo';

/** Answers whoever asks, on every version: what is wanted of it is the `Date` of the answer. */
export const TIME_PATH = '/api/v1/serverTime';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: ['name', 'buildVersion', 'patches', 'databaseVendor', 'sqlServerVersion', 'platform'],
		fallbacks: {
			databaseVendor: 'not known',
			sqlServerVersion: 'not known',
			platform: 'not known: only 1.3-rev0 and later run on Linux',
		},
	},
];

/** A backup server of itself; what it does not say is undefined. */
export interface ServerInfo {
	name?: string;
	version?: string;
	patches: string[];
	/** "PostgreSql 17.4" */
	database?: string;
	platform?: string;
}

/** @throws UserFacingFailure where the answer is none */
export function serverInfoIn(body: unknown): ServerInfo {
	const found = (body ?? {}) as IDataObject;
	const [name, version] = [textOf(found.name), textOf(found.buildVersion)];
	expected(name || version || undefined, 'the server’s name and build');
	const database = [textOf(found.databaseVendor), textOf(found.sqlServerVersion)]
		.filter(Boolean)
		.join(' ');
	const platform = textOf(found.platform);
	return {
		...(name ? { name } : {}),
		...(version ? { version } : {}),
		patches: (Array.isArray(found.patches) ? found.patches : []).map(textOf).filter(Boolean),
		...(database ? { database } : {}),
		...(platform ? { platform } : {}),
	};
}
