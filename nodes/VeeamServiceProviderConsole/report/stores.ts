import { roomOf } from '../../shared/common/sizes';
import { spaceOf } from '../../shared/report/collect';
import type { ReportScaleOut } from '../../shared/report/extraModel';
import type { Stored } from '../../shared/report/growth';
import type { Repository } from '../model/repositories';
import type { Server } from '../model/servers';
import type { Owned, Tenants } from './tenants';

/** "Repository 1 (vbr.example)" */
const nameAt = ({ name, host }: Repository, server: Server | undefined): string => {
	const at = host || server?.name;
	return at ? `${name} (${at})` : name;
};

/** Scale-out repositories with the repositories that name them as theirs. */
export function scaleOutRows(
	repositories: Repository[],
	servers: Map<string, Server>,
	tenants: Tenants,
	lowPercent: number,
): Array<Owned<ReportScaleOut>> {
	return repositories
		.filter(({ isScaleOut }) => isScaleOut)
		.flatMap((repository) => {
			const server = servers.get(repository.serverId);
			const organization = server?.organization ?? '';
			if (!tenants.passes(organization)) return [];
			const { tenant, tenantId } = tenants.of(organization);
			const { capacityGB, freeGB, usedPercent, status } = spaceOf(
				repository.capacityGB,
				repository.freeGB,
				undefined,
				lowPercent,
			);
			const row: ReportScaleOut = {
				...{ id: repository.id, name: nameAt(repository, server) },
				...(tenant === undefined ? {} : { tenant }),
				...(capacityGB === undefined ? {} : { capacityGB, freeGB, usedPercent }),
				status: repository.state === 'Error' ? 'bad' : status,
				extents: repositories
					.filter(({ parentId }) => parentId === repository.id)
					.map(({ id, name, capacityGB: capacity, freeGB: free }) => ({
						...{ id, name, modes: [] },
						...roomOf(capacity, free),
					})),
			};
			return [{ row, ...(tenantId === undefined ? {} : { tenantId }) }];
		})
		.sort((a, b) => a.row.name.localeCompare(b.row.name));
}

/** What each repository holds; extents alone where a scale-out repository is made of them. */
export function storedRows(
	repositories: Repository[],
	servers: Map<string, Server>,
	tenants: Tenants,
): Array<Owned<Stored>> {
	const parents = new Set(repositories.flatMap(({ parentId }) => parentId ?? []));
	return repositories
		.filter(({ id }) => !parents.has(id))
		.flatMap((repository) => {
			const server = servers.get(repository.serverId);
			const organization = server?.organization ?? '';
			if (!tenants.passes(organization)) return [];
			const { tenant, tenantId } = tenants.of(organization);
			const row: Stored = {
				...{ id: repository.id, name: nameAt(repository, server), usedGB: repository.usedGB },
				...(tenant === undefined ? {} : { tenant }),
			};
			return [{ row, ...(tenantId === undefined ? {} : { tenantId }) }];
		});
}
