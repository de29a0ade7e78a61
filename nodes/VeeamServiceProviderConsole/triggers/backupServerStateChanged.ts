import type { IDataObject } from 'n8n-workflow';

import { nameOptions, namePasses } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { isLongOffline, keepOffline, named, OFFLINE_MINUTES, plain, tracked } from './conditions';
import { pagesOf, PATHS, same, text } from '../model/lists';

const FIELD = 'backupServerConditions';
const server = named('Backup server');

const isDown = ({ status }: IDataObject): boolean | undefined => {
	if (same(status, 'Inaccessible')) return true;
	return same(status, 'Unknown') ? undefined : false;
};

/** Backup servers that the console cannot reach or that report a problem. */
export const backupServerStateChanged = withCompany(
	snapshotEvent(
		{
			value: 'backupServerStateChanged',
			name: 'Backup Server State Changed',
			description: 'A backup server goes offline, reports a problem or was updated, or recovers',
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
					description: 'What to tell of a backup server',
				},
			],
			options: [COMPANIES, ...nameOptions(), OFFLINE_MINUTES],
		},
		{
			type: 'Backup Server',
			pages: (pollContext, from) => pagesOf(pollContext, PATHS.servers, from),
			object: ({ instanceUid, name, organizationUid }, options) =>
				isWantedCompany(options, organizationUid) &&
				namePasses(text(name), options.includeNames, options.excludeNames)
					? { id: text(instanceUid), name: text(name) }
					: undefined,
			keep: (record, before, facts) => keepOffline(isDown(record), before, facts),
			conditions: [
				plain(
					FIELD,
					'offline',
					(record, facts) => isLongOffline(isDown(record), undefined, facts),
					{ wrong: 'is offline', still: 'is still offline', well: 'is online again' },
					{ named: server, shown: ['status'], isError: true },
				),
				plain(
					FIELD,
					'unhealthy',
					({ status }) =>
						same(status, 'Warning') ? true : same(status, 'Healthy') ? false : undefined,
					{
						wrong: 'reports a problem',
						still: 'still reports a problem',
						well: 'is healthy again',
					},
					{ named: server, shown: ['status'] },
				),
			],
			tracked: [
				tracked(FIELD, 'version', {
					value: ({ displayVersion, version }) => text(displayVersion) || text(version),
					message: (record, before, after) =>
						`${server(record)} now runs version ${after} (it was ${before}).`,
				}),
			],
		},
	),
	{ organization: (_, { organizationUid }) => text(organizationUid) || undefined },
);
