import { listOf } from '../../shared/monitoring/options';
import { CHANGES, changeFeedEvent } from './changeFeed';
import { CHANGE_KINDS, type Change } from '../model/changeKinds';

const changesOf = (value: unknown): Change[] => listOf(value) as Change[];

/** Users that come into backups, change there or go. */
export const protectedUserChanged = changeFeedEvent(
	{
		value: 'protectedUserChanged',
		name: 'Protected User Changed',
		action: 'On protected user added, changed or removed',
		description: 'A user in the backups has been added, changed or removed (API v8)',
		fields: [
			{
				displayName: 'Changes',
				name: 'protectedUserChanges',
				type: 'multiOptions',
				options: CHANGES,
				default: ['changed', 'removed'],
				description: 'What to report',
			},
		],
	},
	({ protectedUserChanges }) => ({
		kinds: ['ProtectedUser'],
		changes: changesOf(protectedUserChanges),
	}),
);

/** The other kinds of changes that the server tells. */
export const changeFeed = changeFeedEvent(
	{
		value: 'changeFeed',
		name: 'Change Feed',
		action: 'On change of users, groups, sites, teams or jobs',
		description:
			'Users, groups, sites, teams, jobs, restore points or sessions are added, changed or removed (API v8)',
		fields: [
			{
				displayName: 'Kinds of Objects',
				name: 'changeFeedKinds',
				type: 'multiOptions',
				options: Object.entries(CHANGE_KINDS).map(([value, { name }]) => ({ name, value })),
				default: ['JobItems', 'OrganizationUser'],
				description:
					'Whose changes to report. Jobs, sessions and restore points change with every run of a job.',
			},
			{
				displayName: 'Changes',
				name: 'changeFeedChanges',
				type: 'multiOptions',
				options: CHANGES,
				default: ['changed', 'removed'],
				description: 'What to report',
			},
		],
	},
	({ changeFeedKinds, changeFeedChanges }) => ({
		kinds: listOf(changeFeedKinds),
		changes: changesOf(changeFeedChanges),
	}),
);
