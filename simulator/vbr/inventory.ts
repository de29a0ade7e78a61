import type { Item } from '../foundation/listQuery';
import type { Answer, Call } from '../foundation/product';
import { API } from './api';
import type { Estate } from './estate';

interface Search {
	filter?: Item;
	pagination?: { skip?: number; limit?: number };
}

/** The VMs that a virtualization server knows: those of the vSphere jobs, by the filter on a name. */
export function inventoryHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	return {
		[`POST ${API}/inventory/{hostname}`]: ({ params, body }) => {
			const plans = [...estate.plans.values()].filter(({ type }) => type === 'VSphereBackup');
			const names = [...new Set(plans.flatMap(({ objects }) => objects))];
			const { filter, pagination: page } = (body ?? {}) as Search;
			const all = names
				.map((name, index) => virtualMachine(String(params.hostname), name, index))
				.filter((machine) => passes(machine, filter));
			const { skip = 0, limit = 200 } = page ?? {};
			const data = all.slice(skip, skip + limit);
			const pagination = { total: all.length, count: data.length, skip, limit };
			return { body: { data, pagination } };
		},
	};
}

const virtualMachine = (hostName: string, name: string, index: number): Item => ({
	platform: 'VSphere',
	hostName,
	name,
	type: 'VirtualMachine',
	objectId: `vm-${101 + index}`,
	urn: `vc:${hostName}/vm-${101 + index}`,
	size: '64 GB',
	powerState: 'PoweredOn',
});

function passes({ name }: Item, filter: Item | undefined): boolean {
	if (filter?.type !== 'PredicateExpression' || filter.property !== 'Name') return true;
	const [has, wanted] = [String(name).toLowerCase(), String(filter.value).toLowerCase()];
	return String(filter.operation).toLowerCase() === 'equals'
		? has === wanted
		: has.includes(wanted);
}
