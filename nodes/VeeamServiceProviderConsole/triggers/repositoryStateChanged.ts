import type { IDataObject } from 'n8n-workflow';

import { listOf, nameOptions, namePasses, numberOf } from '../../shared/monitoring/options';
import { SPACE_CHOICES, SPACE_OPTIONS, spaceWatch } from '../../shared/monitoring/space';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, organizationOfServer, withCompany } from './company';
import { plain } from './conditions';
import { byId, pagesOf, PATHS, same, text } from '../model/lists';

const PATH = '/infrastructure/backupServers/repositories';
const FIELD = 'repositoryConditions';
const GB = 1024 ** 3;

const named = ({ name, hostName }: IDataObject): string =>
	`Repository "${text(name)}"${text(hostName) ? ` on ${text(hostName)}` : ''}`;

const space = spaceWatch({
	conditionsField: FIELD,
	read: ({ capacity, freeSpace, isCapacityAvailable, isFreeSpaceAvailable }) => {
		const [whole, free] = [numberOf(capacity), numberOf(freeSpace)];
		const isKnown = isCapacityAvailable !== false && isFreeSpaceAvailable !== false;
		if (!isKnown || whole === undefined || free === undefined) return undefined;
		return { capacityGB: whole / GB, freeGB: free / GB };
	},
	named,
});

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
	for await (const page of pagesOf(pollContext, PATH, from, { expand: 'BackupRepositoryInfo' })) {
		const items = page.items.map(flat).map((item) => {
			const organization = servers?.get(text(item.backupServerUid))?.organizationUid;
			return isWantedCompany(pollContext.options, organization) ? item : { unwanted: true };
		});
		yield { ...page, items };
	}
}

/** The state stands beside the name, or one level down. */
function flat(item: IDataObject): IDataObject {
	const { backupRepositoryInfo: info, ...own } = item;
	return typeof info === 'object' && info !== null ? { ...(info as IDataObject), ...own } : item;
}

/** Repositories of all backup servers that fail, age or fill, and recover. */
export const repositoryStateChanged = withCompany(
	snapshotEvent(
		{
			value: 'repositoryStateChanged',
			name: 'Repository State Changed',
			description:
				'A backup repository reports a problem, runs low on space or out of date, or recovers',
			fields: [
				{
					displayName: 'Conditions',
					name: FIELD,
					type: 'multiOptions',
					options: [
						...SPACE_CHOICES,
						{ name: 'Out of Date', value: 'outOfDate' },
						{ name: 'Unhealthy', value: 'unhealthy' },
					],
					default: ['lowSpace', 'outOfDate', 'unhealthy'],
					description: 'What counts as a problem',
				},
			],
			options: [COMPANIES, ...nameOptions(), ...SPACE_OPTIONS].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		},
		{
			type: 'Repository',
			pages,
			object: ({ instanceUid, name, unwanted }, { includeNames, excludeNames }) =>
				unwanted !== true && namePasses(text(name), includeNames, excludeNames)
					? { id: text(instanceUid), name: text(name) }
					: undefined,
			keep: space.keep,
			conditions: [
				...space.conditions,
				plain(
					FIELD,
					'outOfDate',
					({ isOutOfDate }) => (typeof isOutOfDate === 'boolean' ? isOutOfDate : undefined),
					{
						wrong: 'runs outdated components: upgrade them',
						still: 'still runs outdated components',
						well: 'is up to date again',
					},
					{ named, shown: ['isOutOfDate'] },
				),
				{
					...plain(
						FIELD,
						'unhealthy',
						({ status }) => (same(status, 'Unknown') || !status ? undefined : false),
						{
							wrong: 'reports a problem',
							still: 'still reports a problem',
							well: 'is healthy again',
						},
						{ named, shown: ['status'] },
					),
					level: ({ status }) =>
						same(status, 'Error')
							? 2
							: same(status, 'Warning')
								? 1
								: same(status, 'Healthy')
									? 0
									: undefined,
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
