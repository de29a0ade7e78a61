import type { IDataObject } from 'n8n-workflow';

import { listOf, nameOptions, namePasses } from '../../shared/monitoring/options';
import { SPACE_CHOICES, SPACE_OPTIONS, spaceWatch } from '../../shared/monitoring/space';
import { conditionsField, flag, shown } from '../../shared/monitoring/conditions';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, organizationOfServer, withCompany } from './company';
import {} from './conditions';
import { byId, pagesOf } from './lists';
import { PATHS } from '../model/queries';
import { readRepository, REPOSITORIES } from '../model/repositories';
import { readServer } from '../model/servers';
import { named as byName } from '../model/values';

const FIELD = 'repositoryConditions';

const named = (record: IDataObject): string => {
	const { name, host } = readRepository(record);
	return `${byName('Repository', name)}${host ? ` on ${host}` : ''}`;
};

const space = spaceWatch({
	conditionsField: FIELD,
	read: (record) => {
		const { capacityGB, freeGB } = readRepository(record);
		return capacityGB === undefined || freeGB === undefined ? undefined : { capacityGB, freeGB };
	},
	named,
});

/** To whom a repository belongs, where only those of some companies are watched. */
const owners = new WeakMap<IDataObject, string>();

/**
 * Repositories with their state, which only `expand` brings. A repository knows its backup server
 * alone: for some companies only, the servers are read too.
 */
async function* pages(pollContext: PollContext, from: number) {
	const companies = listOf(pollContext.options.companies);
	const servers =
		companies.length > 0
			? await byId(pollContext, PATHS.servers, ['name', 'organizationUid'])
			: undefined;
	const { path, query } = REPOSITORIES;
	for await (const page of pagesOf(pollContext, path, from, query)) {
		const items = page.items.map((item) => {
			const { record, serverId } = readRepository(item);
			const { organization } = readServer(servers?.get(serverId) ?? {});
			owners.set(record, organization);
			return record;
		});
		yield { ...page, items };
	}
}

const DEGREES = { Healthy: 0, Warning: 1, Error: 2 } as const;

/** Repositories of all backup servers that fail, age or fill, and recover. */
export const repositoryStateChanged = withCompany(
	snapshotEvent(
		{
			value: 'repositoryStateChanged',
			name: 'Repository State Changed',
			action: 'On repository low on space, unhealthy or recovered',
			description:
				'A backup repository reports a problem, runs low on space or is out of date, or recovers',
			fields: [
				conditionsField(
					FIELD,
					[
						...SPACE_CHOICES,
						{ name: 'Out of Date', value: 'outOfDate' },
						{ name: 'Unhealthy', value: 'unhealthy' },
					],
					['lowSpace', 'outOfDate', 'unhealthy'],
				),
			],
			options: [COMPANIES, ...nameOptions(), ...SPACE_OPTIONS].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		},
		{
			type: 'Repository',
			pages,
			object: (record, options) => {
				const { instanceUid, name, serverId } = readRepository(record);
				return {
					...{ id: instanceUid, name, ...(serverId ? { scope: serverId } : {}) },
					isLeftOut:
						!isWantedCompany(options, owners.get(record)) ||
						!namePasses(name, options.includeNames, options.excludeNames),
				};
			},
			keep: space.keep,
			conditions: [
				...space.conditions,
				flag({
					field: FIELD,
					name: 'outOfDate',
					is: (record) => readRepository(record).isOutOfDate,
					named,
					problem: 'runs outdated components: upgrade them',
					reminder: 'still runs outdated components',
					recovered: 'is up to date again',
					current: shown('isOutOfDate'),
				}),
				{
					...flag({
						field: FIELD,
						name: 'unhealthy',
						is: () => undefined,
						named,
						problem: 'reports a problem',
						reminder: 'still reports a problem',
						recovered: 'is healthy again',
						current: shown('status'),
					}),
					level: (record) => {
						const { state } = readRepository(record);
						return state && DEGREES[state];
					},
					severity: (level) => (level > 1 ? 'error' : 'warning'),
				},
			],
		},
	),
	{
		organization: (pollContext, { backupServerUid }) =>
			organizationOfServer(pollContext, backupServerUid),
	},
);
