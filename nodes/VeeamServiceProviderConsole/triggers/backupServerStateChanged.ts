import type { IDataObject } from 'n8n-workflow';

import { nameOptions, namePasses } from '../../shared/monitoring/options';
import { flag, shown } from '../../shared/monitoring/conditions';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { isLongOffline, keepOffline, OFFLINE_MINUTES, tracked } from './conditions';
import { pagesOf } from './lists';
import { PATHS } from '../model/queries';
import { readServer } from '../model/servers';
import { named } from '../model/values';

const FIELD = 'backupServerConditions';
const server = (record: IDataObject) => named('Backup server', readServer(record).name);

/** Backup servers that the console cannot reach or that report a problem. */
export const backupServerStateChanged = withCompany(
	snapshotEvent(
		{
			value: 'backupServerStateChanged',
			name: 'Backup Server State Changed',
			action: 'On backup server offline, unhealthy or recovered',
			description: 'A backup server goes offline, reports a problem, is updated or recovers',
			fields: [
				{
					displayName: 'Conditions',
					name: FIELD,
					type: 'multiOptions',
					options: [
						{ name: 'Offline', value: 'offline' },
						{ name: 'Unhealthy', value: 'unhealthy' },
						{ name: 'Version Changed', value: 'version' },
					],
					default: ['offline', 'unhealthy'],
					description: 'What to report about a backup server',
				},
			],
			options: [COMPANIES, ...nameOptions(), OFFLINE_MINUTES],
		},
		{
			type: 'Backup Server',
			pages: (pollContext, from) => pagesOf(pollContext, PATHS.servers, from),
			object: (record, options) => {
				const { id, name, organization } = readServer(record);
				const isWatched =
					isWantedCompany(options, organization) &&
					namePasses(name, options.includeNames, options.excludeNames);
				return { id, name, isLeftOut: !isWatched };
			},
			keep: (record, before, facts) => keepOffline(readServer(record).isOffline, before, facts),
			conditions: [
				flag({
					field: FIELD,
					name: 'offline',
					is: (record, facts) => isLongOffline(readServer(record).isOffline, undefined, facts),
					severity: 'error',
					named: server,
					problem: 'is offline',
					reminder: 'is still offline',
					recovered: 'is online again',
					current: shown('status'),
				}),
				flag({
					field: FIELD,
					name: 'unhealthy',
					is: (record) => readServer(record).isUnhealthy,
					named: server,
					problem: 'reports a problem',
					reminder: 'still reports a problem',
					recovered: 'is healthy again',
					current: shown('status'),
				}),
			],
			tracked: [
				tracked(FIELD, 'version', {
					value: (record) => readServer(record).version,
					message: (record, before, after) =>
						`${server(record)} now runs version ${after} (it was ${before}).`,
				}),
			],
		},
	),
	{ organization: (_, record) => readServer(record).organization || undefined },
);
