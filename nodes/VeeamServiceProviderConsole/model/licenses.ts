import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../shared/monitoring/options';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { isWantedCompany } from '../triggers/company';
import { byId, pagesOf, PATHS, text } from './lists';

/** Where a license is read; `server` where it belongs to a server that it names by id. */
export const LICENSES = [
	{ value: 'servers', name: 'Backup Servers', path: '/licensing/backupServers' },
	{ value: 'console', name: 'Console', path: '/licensing/console' },
	{ value: 'vb365', name: 'Microsoft 365 Servers', path: '/licensing/vb365Servers' },
] as const;

/** A license with the fields that all kinds have in common. */
function common(license: IDataObject): IDataObject {
	const server = text(license.backupServerUid) || text(license.vb365ServerUid);
	const users = license.licensedUsers !== undefined;
	return {
		...license,
		id: server || 'console',
		name: server || 'Veeam Service Provider Console',
		licensed: license.licensedUsers ?? license.units ?? license.sockets,
		used: license.protectedUsers ?? license.usedUnits ?? license.usedSockets,
		unit: users ? 'users' : (text(license.unitType) || 'Units').toLowerCase(),
	};
}

/** The licenses that the user wants, one list after the other. */
export async function* licensePages(pollContext: PollContext, from: number) {
	const kinds = listOf(pollContext.options.licenseOf);
	const some = listOf(pollContext.options.companies).length > 0;
	const all: IDataObject[] = [];
	for (const { value, path } of LICENSES) {
		if (!kinds.includes(value)) continue;
		if (value === 'console') {
			const body = (await pollContext.get({ path })) as IDataObject;
			if (!some) all.push(common((body.data ?? body) as IDataObject));
			continue;
		}
		const list = value === 'servers' ? PATHS.servers : PATHS.vb365Servers;
		const servers = some ? await byId(pollContext, list, ['name', 'organizationUid']) : undefined;
		for await (const { items } of pagesOf(pollContext, path)) {
			const licenses = items.map(common);
			all.push(
				...licenses.filter(({ id }) =>
					isWantedCompany(pollContext.options, servers?.get(text(id))?.organizationUid),
				),
			);
		}
	}
	yield { items: all.slice(from), from, next: undefined };
}
