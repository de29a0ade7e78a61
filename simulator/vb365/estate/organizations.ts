import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';

const DAY = 86_400_000;

export interface Organization {
	id: string;
	name: string;
	officeName: string;
	/** Display names; the last `unprotected` of them are in no backup. */
	users: string[];
	unprotected: number;
	groups: string[];
	sites: string[];
	teams: string[];
}

const organization = (name: string, rest: Omit<Organization, 'id' | 'name'>): Organization => ({
	id: uuidFor(`organization/${name}`),
	name,
	...rest,
});

export const ORGANIZATIONS: readonly Organization[] = [
	organization('example.onmicrosoft.com', {
		officeName: 'Example Ltd',
		users: [
			'Ada Winter',
			'Ben Okafor',
			'Carla Moretti',
			'David Lindqvist',
			'Elif Kaya',
			'Farid Haddad',
			'Grace Oduya',
			'Hugo Marchand',
			'Ines Duarte',
			'Jonas Weber',
			'Katya Petrova',
			'Liam Byrne',
		],
		unprotected: 3,
		groups: ['Finance', 'Sales', 'All Employees'],
		sites: ['Intranet', 'Projects', 'Finance Documents', 'Marketing'],
		teams: ['Management', 'Product Launch', 'Support'],
	}),
	organization('branch.onmicrosoft.com', {
		officeName: 'Branch Office GmbH',
		users: ['Mia Novak', 'Noah Fischer', 'Olga Sanchez', 'Paul Jansen', 'Quinn Murphy'],
		unprotected: 1,
		groups: ['Warehouse'],
		sites: ['Branch Portal', 'Logistics'],
		teams: ['Branch Team'],
	}),
];

export function organizationRecords(now: number): Item[] {
	return ORGANIZATIONS.map(({ id, name, officeName }) => ({
		isTeamsOnline: true,
		isTeamsChatsOnline: false,
		isExchangeOnline: true,
		isSharePointOnline: true,
		type: 'Office365',
		region: 'Worldwide',
		id,
		name,
		officeName,
		description: `${officeName} in Microsoft 365`,
		isBackedup: true,
		firstBackuptime: iso(now - 400 * DAY),
		lastBackuptime: iso(now - 3 * 3_600_000),
		msid: uuidFor(`tenant/${name}`),
		backedUpOrganizationId: uuidFor(`backed/${name}`),
		_links: {
			self: { href: `/~/Organizations/${id}` },
			jobs: { href: `/~/Jobs?organizationId=${id}` },
			users: { href: `/~/Organizations/${id}/Users` },
			usedRepositories: { href: `/~/Organizations/${id}/usedRepositories` },
		},
	}));
}

/** A user as its organization lists it; `isProtected` stays inside the simulator. */
export function userRecord(organization: Organization, displayName: string): Item {
	const login = displayName.toLowerCase().replace(/[^a-z]+/g, '.');
	const name = `${login}@${organization.name}`;
	const id = uuidFor(`user/${name}`);
	return {
		id,
		eTag: 1,
		onPremisesSid: '',
		displayName,
		name,
		type: 'User',
		locationType: 'Cloud',
		office: organization.officeName,
		assignedLicenses: [
			{ skuId: uuidFor('sku/e3'), skuPartNumber: 'SPE_E3', detectedSkuType: 'Other' },
		],
		msid: uuidFor(`ms/${name}`),
		dataLocation: 'EUR',
		_links: {
			self: { href: `/~/Organizations/${organization.id}/Users/${id}` },
			organization: { href: `/~/Organizations/${organization.id}` },
			onedrives: { href: `/~/Organizations/${organization.id}/Users/${id}/OneDrives` },
		},
	};
}

export function groupRecords({ id: organizationId, groups, name: domain }: Organization): Item[] {
	return groups.map((displayName) => {
		const name = `${displayName.toLowerCase().replace(/\W+/g, '.')}@${domain}`;
		const id = uuidFor(`group/${name}`);
		return {
			id,
			eTag: 1,
			onPremisesSid: '',
			displayName,
			name,
			managedBy: '',
			site: '',
			type: 'Office365',
			locationType: 'Cloud',
			msid: uuidFor(`ms/${name}`),
			dataLocation: 'EUR',
			_links: { self: { href: `/~/Organizations/${organizationId}/Groups/${id}` } },
		};
	});
}

export function siteRecords({ id: organizationId, sites, name: domain }: Organization): Item[] {
	const root = `https://${domain.replace('.onmicrosoft.com', '')}.sharepoint.com`;
	return sites.map((title) => {
		const url = `${root}/sites/${title.toLowerCase().replace(/\W+/g, '-')}`;
		const id = uuidFor(`site/${url}`);
		return {
			id,
			eTag: 1,
			url,
			parentUrl: root,
			name: title,
			isCloud: true,
			isPersonal: false,
			title,
			isAvailable: true,
			siteCollectionError: '',
			msid: uuidFor(`ms/${url}`),
			dataLocation: 'EUR',
			_links: { self: { href: `/~/Organizations/${organizationId}/Sites/${id}` } },
		};
	});
}

export function teamRecords({ id: organizationId, teams, name: domain }: Organization): Item[] {
	return teams.map((displayName) => {
		const mail = `${displayName.toLowerCase().replace(/\W+/g, '')}@${domain}`;
		const id = uuidFor(`team/${mail}`);
		return {
			id,
			eTag: 1,
			displayName,
			description: `Team ${displayName}`,
			mail,
			msid: uuidFor(`ms/${mail}`),
			dataLocation: 'EUR',
			_links: { self: { href: `/~/Organizations/${organizationId}/Teams/${id}` } },
		};
	});
}
