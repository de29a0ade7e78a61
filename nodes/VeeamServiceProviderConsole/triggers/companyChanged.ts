import type { IDataObject } from 'n8n-workflow';

import { listOf, nameOptions, namePasses } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { withCompany } from './company';
import { tracked } from './conditions';
import { pagesOf } from './lists';
import { readCompany } from '../model/companies';
import { PATHS } from '../model/queries';
import { named } from '../model/values';

const FIELD = 'companyChangedChanges';

const isWanted = (options: IDataObject, what: string): boolean =>
	listOf(options[FIELD]).includes(what);

const company = (name: string): string => (name ? named('The company', name) : 'A company');

/** Companies that come, go, are renamed or disabled. */
export const companyChanged = withCompany(
	snapshotEvent(
		{
			value: 'companyChanged',
			name: 'Company Added, Changed or Removed',
			action: 'On company added, changed or removed',
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
					description: 'What to report about a company',
				},
			],
			options: nameOptions(),
		},
		{
			type: 'Company',
			pages: (pollContext, from) => pagesOf(pollContext, PATHS.companies, from),
			object: (record, { includeNames, excludeNames }) => {
				const { id, name } = readCompany(record);
				return { id, name, isLeftOut: !namePasses(name, includeNames, excludeNames) };
			},
			tracked: [
				tracked(FIELD, 'name', {
					value: (record) => readCompany(record).name || undefined,
					message: (_, before, after) => `The company "${before}" is now called "${after}".`,
				}),
				tracked(FIELD, 'status', {
					value: (record) => readCompany(record).status || undefined,
					severity: (record) => (readCompany(record).status === 'Active' ? 'info' : 'warning'),
					message: (record, before, after) =>
						`${company(readCompany(record).name)} is now ${String(after).toLowerCase()} (it was ${String(before).toLowerCase()}).`,
				}),
			],
			presence: {
				isWanted: (options, which) => isWanted(options, which),
				message: ({ name }, which) => `${company(name)} was ${which}.`,
			},
		},
	),
	{
		organization: () => undefined,
		itself: ({ object: { id, name } }) => ({ id, name }),
	},
);
