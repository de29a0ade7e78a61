import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { inOrder } from '../../shared/http/concurrency';
import type { VeeamRequest } from '../../shared/http/types';
import type { PageReader } from '../../shared/report/pageReader';
import { nameOf, same, textOf } from './text';

/** The servers that virtual machines run on; the machines of one are under its name. */
export const PATH = '/api/v1/inventory';

/** Every machine in every backup. */
export const BACKUP_OBJECTS = '/api/v1/backupObjects';

export const reads: ReadFields[] = [
	{
		operation: `POST ${PATH}`,
		fields: ['name', 'hostName', 'platform', 'type'],
		without: 'a note says that the inventory is not known (before 1.2-rev1)',
	},
	{
		operation: `POST ${PATH}/{hostname}`,
		fields: ['name', 'hostName', 'platform', 'type', 'objectId'],
		without: 'a note says that the inventory is not known (before 1.2-rev1)',
	},
	{
		operation: `GET ${BACKUP_OBJECTS}`,
		fields: ['name', 'platformName', 'objectId'],
		// Of vSphere and Cloud Director in every version; of Hyper-V and others from 1.3-rev2 on.
		fallbacks: { objectId: 'machines are told apart by their name' },
	},
];

/** Servers whose machines are asked for; each takes a request or more. */
export const HOSTS = 20;

/** A virtual machine as the inventory has it. */
export interface InventoryMachine {
	name: string;
	host: string;
	/** "VSphere", "HyperV" */
	platform: string;
	/** Empty where the server gives none. */
	objectId: string;
}

export interface Inventory {
	machines: InventoryMachine[];
	/** Servers that were not asked. */
	leftOut: number;
	isWhole: boolean;
}

const search = (type: string[]): VeeamRequest['body'] => ({
	media: 'json',
	value: {
		pagination: {},
		...(type.length === 1
			? {
					filter: {
						...{ type: 'PredicateExpression', operation: 'in', property: 'Type' },
						value: type[0]!,
					},
				}
			: {}),
	},
});

/** Cloud Director lists the machines of its vCenter servers once more. */
const isCloudDirector = ({ platform, type }: IDataObject): boolean =>
	same(platform, 'CloudDirector') || same(type, 'CloudDirectorServer');

/** A name of one element's server: the host that is asked for. */
const serverName = (record: IDataObject): string => textOf(record.hostName) || textOf(record.name);

/**
 * All virtual machines of the servers that the backup server knows, once each. One request for the
 * servers and one or more for each of at most twenty of them.
 */
export async function readInventory(reader: PageReader): Promise<Inventory> {
	const roots = await reader.read({
		method: 'POST',
		path: PATH,
		body: search([]),
		label: 'Inventory',
	});
	const hosts = [
		...new Set(
			roots.items
				.filter((root) => !isCloudDirector(root))
				.map(serverName)
				.filter(Boolean),
		),
	];
	const asked = hosts.slice(0, HOSTS);
	let isWhole = roots.isWhole;
	const lists = await inOrder(asked, 3, async (hostname) => {
		const list = await reader.read({
			...{ method: 'POST' as const, path: `${PATH}/{hostname}`, label: 'Inventory' },
			pathParameters: { hostname },
			body: search(['VirtualMachine']),
		});
		isWhole &&= list.isWhole;
		return list.items.map((item) => machineOf(item, hostname));
	});
	const machines = new Map<string, InventoryMachine>();
	for (const machine of lists.flat())
		if (machine)
			machines.set(`${machine.host}/${machine.objectId || machine.name}`.toLowerCase(), machine);
	return { machines: [...machines.values()], leftOut: hosts.length - asked.length, isWhole };
}

/** Undefined for what is no machine: a server may not know the filter. */
function machineOf(record: IDataObject, hostname: string): InventoryMachine | undefined {
	if (!same(record.type, 'VirtualMachine') || nameOf(record) === '') return undefined;
	return {
		name: nameOf(record),
		host: textOf(record.hostName) || hostname,
		platform: textOf(record.platform),
		objectId: textOf(record.objectId),
	};
}

/** How the machines of the inventory stand to the backups. */
export interface Coverage {
	/** In no backup, whatever its age. */
	missing: InventoryMachine[];
	/**
	 * Several machines of a name of which fewer are in backups, and no id says which; or an id that a
	 * backup has under another name, where several servers give ids. Nobody can say which they are.
	 */
	unsure: InventoryMachine[];
	/** Copies that replication made of machines of the inventory: nobody backs those up. */
	replicas: number;
}

/** What Cloud Director appends to the names of its machines: " (id)", or four characters. */
const CLOUD_SUFFIX = / \([0-9a-f-]{36}\)$|-[a-z0-9]{4}$/i;

const REPLICA_SUFFIX = /_replica$/i;

/** The name without its domain; an address has none. */
const shortName = (name: string): string => (/^[\d.]+$/.test(name) ? name : name.split('.', 1)[0]!);

/** What backups say of machines: ids by name, all in small letters; "": a backup without an id. */
interface Protected {
	byName: Map<string, Set<string>>;
	ids: Set<string>;
	/** Agents are called by the name of the host, with or without a domain. */
	agents: Set<string>;
	/** The same without their domains. */
	agentHosts: Set<string>;
	hasCloudDirector: boolean;
}

function protectedBy(objects: IDataObject[]): Protected {
	const found: Protected = {
		...{ byName: new Map(), ids: new Set(), agents: new Set(), agentHosts: new Set() },
		hasCloudDirector: false,
	};
	for (const object of objects) {
		// Left-overs of machines that were moved or renamed are backups all the same.
		const name = textOf(object.name)
			.replace(/^outdated_/i, '')
			.toLowerCase();
		const platform = textOf(object.platformName).toLowerCase();
		if (platform.includes('physical')) {
			found.agents.add(name);
			found.agentHosts.add(shortName(name));
		}
		if (platform === 'clouddirector') found.hasCloudDirector = true;
		const id = textOf(object.objectId).toLowerCase();
		if (id) found.ids.add(id);
		found.byName.set(name, (found.byName.get(name) ?? new Set<string>()).add(id));
	}
	return found;
}

/**
 * Which machines are in no backup at all. A backup belongs to a machine in one of these cases:
 *
 * - Both the id and the name are the same.
 * - The name is the same, and only one machine in the inventory has it.
 * - The id is the same, and all ids come from one server: then the machine was renamed.
 *
 * The backup of an agent inside the machine, found by the host's name, counts as well where only one
 * machine has that name; of two names with domains both have to be the same. Machines for which this
 * cannot be decided are `unsure`.
 *
 * @param objects all rows of `/backupObjects`
 */
export function coverageOf(machines: InventoryMachine[], objects: IDataObject[]): Coverage {
	const { byName, ids, agents, agentHosts, hasCloudDirector } = protectedBy(objects);
	const hasAgent = (name: string): boolean =>
		agents.has(name) || agents.has(shortName(name)) || agentHosts.has(name);
	const idsOf = (name: string): Set<string> | undefined =>
		byName.get(name) ?? (hasCloudDirector ? byName.get(name.replace(CLOUD_SUFFIX, '')) : undefined);
	const lower = machines.map((machine) => ({
		machine,
		name: machine.name.toLowerCase(),
		id: machine.objectId.toLowerCase(),
	}));
	const hosts = new Set(machines.map(({ host }) => host.toLowerCase()));
	const called = new Map<string, number>();
	for (const { name } of lower) called.set(name, (called.get(name) ?? 0) + 1);
	// On another server the same id is another machine's.
	const taken = new Set(
		lower.flatMap(({ name, id }) => (id !== '' && idsOf(name)?.has(id) ? [id] : [])),
	);
	const owners = new Set(lower.map(({ name, id }) => `${name}/${id}`));
	const found: Coverage = { missing: [], unsure: [], replicas: 0 };
	for (const { machine, name, id } of lower) {
		const own = idsOf(name);
		const isKnown = id !== '' && own?.has(id) === true;
		if (isKnown) continue;
		if (hasAgent(name)) {
			if (called.get(name)! > 1) found.unsure.push(machine);
		} else if (own) {
			// Each of the backups is another machine's of that name.
			const isNoneLeft = id !== '' && [...own].every((one) => owners.has(`${name}/${one}`));
			if (isNoneLeft) found.missing.push(machine);
			else if (own.size < called.get(name)!) found.unsure.push(machine);
		} else if (id !== '' && ids.has(id) && !taken.has(id)) {
			if (hosts.size > 1) found.unsure.push(machine);
		} else if (REPLICA_SUFFIX.test(name) && called.has(name.replace(REPLICA_SUFFIX, '')))
			found.replicas++;
		else found.missing.push(machine);
	}
	return found;
}
