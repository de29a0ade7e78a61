import { iso } from '../foundation/clock';
import {
	derived,
	type Collection,
	type CollectionMaker,
	type Stored,
} from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';
import type { Estate } from './estate';
import { ORGANIZATIONS } from './estate/organizations';
import { at } from './versions';

/** What an organization consists of, and which of it is protected and licensed. */
export function protectionCollections(estate: Estate): Record<string, CollectionMaker> {
	const of =
		(lists: Map<string, Stored>): CollectionMaker =>
		({ organizationId = '' }): Collection | undefined =>
			lists.get(organizationId.toLowerCase());
	const common = (organizationId: string, record: Item): Item => ({
		id: record.id,
		msid: record.msid,
		displayName: record.displayName ?? record.title,
		organizationId,
		backedUpOrganizationId: uuidFor(`backed/${estate.organizations.get(organizationId)?.name}`),
		eTag: 1,
	});
	const all =
		(lists: Map<string, Stored>, make: (organizationId: string, record: Item) => Item[]) => () =>
			derived(() =>
				[...lists].flatMap(([id, records]) => records.list().flatMap((record) => make(id, record))),
			);
	const isProtected = (user: Item) => estate.protectedUsers.has(String(user.id));
	return {
		[at('/Organizations')]: () => estate.organizations,
		[at('/Organizations/{organizationId}/Users')]: of(estate.users),
		[at('/Organizations/{organizationId}/Groups')]: of(estate.groups),
		[at('/Organizations/{organizationId}/Sites')]: of(estate.sites),
		[at('/Organizations/{organizationId}/Teams')]: of(estate.teams),
		[at('/Organizations/{organizationId}/Users/{userId}/OneDrives')]: ({
			organizationId = '',
			userId = '',
		}) =>
			derived(() => {
				const user = estate.users.get(organizationId.toLowerCase())?.get(userId);
				if (!user) return [];
				const id = uuidFor(`onedrive/${String(user.name)}`);
				const url = `https://example-my.sharepoint.com/personal/${String(user.name).replace(/\W/g, '_')}`;
				return [{ id, name: user.displayName, url, _links: {} }];
			}),
		[at('/ProtectedUsers')]: all(estate.users, (id, user) =>
			isProtected(user)
				? [
						{
							...common(id, user),
							accountType: 'User',
							mailboxes: [
								{
									id: uuidFor(`mailbox/${String(user.name)}`),
									displayName: user.displayName,
									email: user.name,
									isArchive: false,
								},
							],
							oneDrives: [],
							sites: [],
						},
					]
				: [],
		),
		[at('/ProtectedGroups')]: all(estate.groups, (id, group) => [
			{ ...common(id, group), mailboxes: [], sites: [] },
		]),
		[at('/ProtectedSites')]: all(estate.sites, (id, site) => [
			{ ...common(id, site), url: site.url },
		]),
		[at('/ProtectedTeams')]: all(estate.teams, (id, team) => [
			{ ...common(id, team), description: team.description },
		]),
		[at('/LicensedUsers')]: () => ({
			...all(estate.users, (organizationId, user) =>
				isProtected(user)
					? [
							{
								id: user.id,
								name: user.name,
								isBackedUp: true,
								lastBackupDate: user.lastBackupDate ?? iso(estate.now - 3 * 3_600_000),
								licenseState: 'Licensed',
								organizationId,
								backedUpOrganizationId: common(organizationId, user).backedUpOrganizationId,
								organizationName: estate.organizations.get(organizationId)?.name,
								_links: { organization: { href: `/~/Organizations/${organizationId}` } },
							},
						]
					: [],
			)(),
			remove: (id: string) => void estate.protectedUsers.delete(id),
		}),
	};
}

/** Things of which there is one, by path. */
export function singles(estate: Estate): Record<string, Item> {
	const { now } = estate;
	const day = 86_400_000;
	const licence = {
		licenseID: uuidFor('vb365/license'),
		email: 'backup@example.lab',
		status: 'Valid',
		licenseExpires: iso(now + 41 * day),
		gracePeriodExpires: iso(now + 71 * day),
		type: 'Subscription',
		package: 'Standard',
		licensedTo: 'Example Ltd',
		totalNumber: 25,
		usedNumber: estate.protectedUsers.size,
		newNumber: 1,
		supportID: '00000002',
	};
	return {
		'/License': licence,
		'/License/AutoUpdate': { isEnabled: true, _links: {}, _actions: {} },
		'/Health': {
			status: 'Healthy',
			entries: { Database: { status: 'Healthy' }, Nats: { status: 'Healthy' } },
		},
		'/ServiceInstance': { installationId: uuidFor('vb365/installation'), version: '13.0.0.1000' },
		'/Organization': {
			id: ORGANIZATIONS[0]?.id,
			name: ORGANIZATIONS[0]?.name,
			description: '',
			type: 'Office365',
			isBackedup: true,
		},
	};
}
