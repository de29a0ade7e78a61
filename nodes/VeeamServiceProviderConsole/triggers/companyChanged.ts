import type { IDataObject } from 'n8n-workflow';

import { listOf, nameOptions, namePasses } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { withCompany } from './company';
import { tracked } from './conditions';
import { pagesOf, PATHS, text } from '../model/lists';

const FIELD = 'companyChangedChanges';

const isWanted = (options: IDataObject, what: string): boolean =>
	listOf(options[FIELD]).includes(what);

/** Companies that come, go, are renamed or disabled. */
export const companyChanged = withCompany(
	snapshotEvent(
		{
			value: 'companyChanged',
			name: 'Company Added, Changed or Removed',
			short: 'Company',
			description: 'A company is added, removed, renamed, disabled or enabled',
			fields: [
				{
					displayName: 'Changes',
					name: FIELD,
					type: 'multiOptions',
					options: [
						{ name: 'Added', value: 'added' },
						{ name: 'Name Changed', value: 'name' },
						{ name: 'Removed', value: 'removed' },
						{ name: 'Status Changed', value: 'status' },
					],
					default: ['added', 'name', 'removed', 'status'],
					description: 'What to tell of a company',
				},
			],
			options: nameOptions(),
		},
		{
			type: 'Company',
			pages: (pollContext, from) => pagesOf(pollContext, PATHS.companies, from),
			object: ({ instanceUid, name }, { includeNames, excludeNames }) =>
				namePasses(text(name), includeNames, excludeNames)
					? { id: text(instanceUid), name: text(name) }
					: undefined,
			tracked: [
				tracked(FIELD, 'name', {
					value: ({ name }) => text(name),
					message: (_, before, after) => `The company "${before}" is now called "${after}".`,
				}),
				tracked(FIELD, 'status', {
					value: ({ status }) => text(status),
					severity: ({ status }) => (text(status) === 'Active' ? 'info' : 'warning'),
					message: ({ name }, before, after) =>
						`The company "${text(name)}" is now ${String(after).toLowerCase()} (it was ${String(before).toLowerCase()}).`,
				}),
			],
			presence: {
				isWanted: (options, which) => isWanted(options, which),
				message: ({ name }, which) => `The company "${name}" was ${which}.`,
			},
		},
	),
	{
		organization: () => undefined,
		itself: ({ object: { id, name } }) => ({ id, name }),
	},
);
