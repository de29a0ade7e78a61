import { derived, type Collection, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';
import type { Estate } from './estate';
import { companyId } from './estate/tenants';

const GB = 1_073_741_824;

/** Companies with cloud resources, and what each has used of its 1,000 GB. */
const CLOUD: Array<[company: string, usedGB: number]> = [
	['Acme Bakery', 420],
	['Blue Harbor Logistics', 610],
	['Cedar Clinic', 300],
];

/** What people watch and nothing else in the simulated console changes: by id, with control calls. */
export function watched(estate: Estate, lists: Record<string, CollectionMaker>) {
	const changes = new Map<string, Item>();
	const resources = (): Item[] =>
		CLOUD.filter(([company]) => estate.companies.get(companyId(company))).map(
			([company, usedGB]) => {
				const instanceUid = uuidFor(`vspc/cloudResource/${company}`);
				return {
					cloudRepositoryName: `Cloud of ${company}`,
					storageQuota: 1000 * GB,
					instanceUid,
					companyUid: companyId(company),
					tenantUid: uuidFor(`vspc/tenant/${company}`),
					repositoryUid: uuidFor('vspc/repository/vcc01.example.lab/Cloud Repository 1'),
					usedSpace: usedGB * GB,
					serversQuota: 10,
					isServersQuotaUnlimited: false,
					workstationsQuota: 0,
					isWorkstationsQuotaUnlimited: true,
					vmsQuota: 0,
					isVmsQuotaUnlimited: true,
					isWanAccelerationEnabled: false,
					isDefault: true,
					serverBackups: 4,
					workstationBackups: 2,
					vmBackups: 3,
					...changes.get(companyId(company)),
				};
			},
		);
	const quotas = (): Item[] =>
		resources().map((resource) =>
			Object.fromEntries(Object.entries(resource).filter(([name]) => !name.endsWith('Backups'))),
		);
	const usages = (): Item[] =>
		resources().map((resource) => ({
			companyUid: resource.companyUid,
			tenantUid: resource.tenantUid,
			backupResourceUid: resource.instanceUid,
			storageQuota: resource.storageQuota,
			usedStorageQuota: resource.usedSpace,
			serverBackups: resource.serverBackups,
			workstationBackups: resource.workstationBackups,
			vmBackups: resource.vmBackups,
		}));
	const licenses = '/licensing/backupServers';
	const licensesOf = (): Collection =>
		derived(
			(query) =>
				(lists[licenses]?.({})?.list(query) ?? []).map((one) => ({
					...one,
					...changes.get(String(one.backupServerUid)),
				})),
			'backupServerUid',
		);
	const collections: Record<string, CollectionMaker> = { [licenses]: licensesOf };
	// Versions before 3.6 have the same lists elsewhere.
	for (const base of ['/infrastructure/sites/tenants', '/organizations/companies/sites']) {
		collections[`${base}/backupResources`] = () => derived(quotas, 'instanceUid');
		collections[`${base}/backupResources/usage`] = () => derived(usages, 'backupResourceUid');
	}
	const change = (id: string, set: Item): Item => {
		changes.set(id, { ...changes.get(id), ...set });
		return changes.get(id) as Item;
	};
	const idOf = (all: Item[], name: string): string =>
		String(all.find((one) => one.name === name || one.hostName === name)?.instanceUid ?? name);
	const control: Record<string, (params: Record<string, string>, body: Item) => unknown> = {
		'PATCH /licenses/:server': ({ server = '' }, set) =>
			change(idOf(estate.backupServers.list(), server), set),
		'PATCH /cloudResources/:company': ({ company = '' }, set) =>
			change(idOf(estate.companies.list(), company), set),
		/** By the name of its host, where names are the same everywhere. */
		'PATCH /repositories/:host': ({ host = '' }, set) => {
			for (const [id, info] of estate.repositoryInfos)
				if (id === host || info.hostName === host)
					estate.repositoryInfos.set(id, { ...info, ...set });
			return set;
		},
		'PATCH /companies/:company': ({ company = '' }, set) => {
			const record = estate.companies.get(idOf(estate.companies.list(), company));
			estate.companies.put({ ...record, ...set } as Item);
			return set;
		},
	};
	return { collections, control };
}
