import type { Item } from '../foundation/listQuery';
import type { Call } from '../foundation/product';
import type { Estate } from './estate';

/** What can be asked for with `expand`, from the record it belongs to. */
function embedded(estate: Estate, name: string, record: Item): Item {
	const id = String(record.instanceUid);
	switch (name.toLowerCase()) {
		case 'backupserverjob':
			return { backupServerJob: estate.jobs.get(id) ?? null };
		case 'organization':
			return { organization: estate.organizations.get(id) ?? null };
		case 'backuprepositoryinfo':
			return { ...estate.repositoryInfos.get(id) };
		case 'vb365server':
			return { vb365Server: estate.vb365Servers.get(String(record.vb365ServerUid)) ?? null };
		default:
			return { [name.charAt(0).toLowerCase() + name.slice(1)]: { instanceUid: id } };
	}
}

/** Records with what `expand` asks for in `_embedded`; without `_embedded` where it asks nothing. */
export function expanded(estate: Estate, data: unknown, { query }: Call): unknown {
	const names = [query.expand ?? []].flat().flatMap((value) => String(value).split(','));
	const one = (record: unknown): unknown => {
		if (typeof record !== 'object' || record === null) return record;
		const rest = { ...(record as Item) };
		delete rest._embedded;
		if (!names.length) return rest;
		const parts = names.map((name) => embedded(estate, name, record as Item));
		return { ...rest, _embedded: Object.assign({}, ...parts) as Item };
	};
	return Array.isArray(data) ? data.map(one) : one(data);
}
