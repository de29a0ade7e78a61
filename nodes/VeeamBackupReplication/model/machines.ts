import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { HOUR, isLocal, MINUTE, readTime } from '../../shared/common/time';
import { inOrder } from '../../shared/http/concurrency';
import { iso } from '../../shared/report/assess';
import { PAST, unreadIn, type Deciding } from '../../shared/report/readable';
import type { PageReader, ReadList } from '../../shared/report/pageReader';
import { standingIn } from './catalogueFacts';
import { isNotOffered } from './notOffered';
import { textOf } from './text';

/**
 * Whether each machine has a restore point that is young enough, exactly and in few requests.
 *
 * What the server offers: `/backupObjects` has a row for each machine in each backup, and from 1.3-rev2
 * on that backup's id. `/restorePoints` does not say whose a point is, but can be asked by the row's id
 * (`backupObjectIdFilter`, every revision), which is exact and costs a request a row.
 *
 * How it is done:
 *
 * 1. Read the young points, the youngest first, until each machine has one.
 * 2. Give each point to the machine of the same name: in the same backup where the rows name their
 *    backup, else on the same platform.
 * 3. A name proves nothing. Two machines can share one; an agent added by IP address has points under its
 *    host name; points of file shares are called "<share> Id: 0". So the server is asked by id about every
 *    machine that shares its name and, as long as some points fit no name, about every machine without a
 *    point. If a point turns out to belong to another machine than the one it was given to, that one
 *    loses it and is asked about as well.
 * 4. When every point has found its machine, a machine without one has no young point.
 *
 * Cost at 3,000 machines, daily backups and an RPO of two days: 1 request for the machines and 1 for
 * 6,000 points at full pages (15 and up to 30 at 200 a page), and one for each agent added by IP. At
 * most `CHECKS` machines are asked about by id; the rest is counted in `unresolved` and reported.
 */
const CHECKS = 300;

/** Backups whose machines are asked for to know which belong to the chosen jobs (before 1.3-rev2). */
const BACKUPS = 120;

/** Young points read at once. A longer list is read on as long as machines are without one. */
const MOST_POINTS = 200_000;

const PAGE = 20_000;

/** Older restore points that are looked at for the date of the last one. */
const OLDER = 5_000;

/** The list of all restore points; that of 1.1-rev0 has the same fields and filters. */
const POINTS = '/api/v1/restorePoints';
const OLDER_POINTS = '/api/v1/objectRestorePoints';

const POINT = ['id', 'name', 'platformName', 'platformId', 'creationTime', 'backupId'];

export const reads: ReadFields[] = [
	{
		operation: 'GET /api/v1/backupObjects',
		fields: ['id', 'name', 'type', 'platformName', 'platformId', 'restorePointsCount', 'backupId'],
		fallbacks: {
			backupId: 'points are looked up by platform and name, and those of chosen jobs by backup',
		},
	},
	{
		operation: `GET ${POINTS}`,
		fields: POINT,
		without: '1.1-rev0 has the same list at another path',
	},
	{ operation: `GET ${OLDER_POINTS}`, fields: POINT, without: '`POINTS` is the list since' },
	{ operation: 'GET /api/v1/backups', fields: ['id', 'jobId'] },
	{ operation: 'GET /api/v1/backups/{id}/objects', fields: ['id'] },
];

/** What of a restore point decides. */
export const deciding: Deciding = { creationTime: { ...PAST, isOptional: undefined } };

/** One machine, share … in one backup or several. */
export interface Machine {
	name: string;
	type: string;
	/** Rows of `/backupObjects`. */
	rows: IDataObject[];
	/** Youngest point: null: there is none; undefined: not known. */
	last?: string | null;
}

/**
 * Why it is not known of some machines whether they have a young point, by the report's name for it
 * (`languages/en.ts`), with its figures.
 */
export type Unresolved =
	| [why: 'machinesMore']
	| [why: 'machinesOpen', values: { open: number; n: number; most: number }]
	| [why: 'machinesOfBackups', values: { n: number; most: number }]
	| [why: 'machinesOfNoJob', values: { n: number }];

export interface Protection {
	/** Machines that were looked for. */
	total: number;
	unprotected: Machine[];
	/** Of which it is not known whether they have a young point: why, and how many. */
	unresolved: Unresolved[];
	/** Restore points of which nobody can say how old they are: each counts as young. */
	undated: IDataObject[];
	/** Left-overs of machines that were moved or renamed: they are not counted. */
	leftOvers: number;
}

/**
 * @param times by the server's clock, milliseconds since 1970: points since `limit` are young
 * @param jobs ids of the jobs whose machines are meant; undefined: all
 */
export async function readProtection(
	reader: PageReader,
	times: { limit: number; now: number },
	jobs?: Set<string>,
): Promise<Protection> {
	const list: ReadList = await reader.readShared('/api/v1/backupObjects');
	const living = list.items.filter(({ name }) => !/^outdated_/i.test(textOf(name)));
	const unresolved: Unresolved[] = list.isWhole ? [] : [['machinesMore']];
	const leftOvers = list.items.length - living.length;
	const scope = jobs && (await readScope(reader, jobs));
	const isExact = living.every(({ backupId }) => textOf(backupId) !== '');
	const rows =
		scope && isExact ? living.filter(({ backupId }) => scope.chosen.has(textOf(backupId))) : living;
	const machines = machinesOf(rows);
	const path = await pointsPath(reader);
	const search = new Search(reader, path, machines, times, isExact, scope?.chosen);
	let bare = await search.run();
	if (scope && !isExact && bare.length > 0) {
		const { inside, problems } = await insiders(reader, path, bare, scope);
		bare = inside;
		unresolved.push(...problems);
	}
	const open = bare.filter((machine) => search.open.has(machine));
	if (open.length > 0)
		unresolved.push(['machinesOpen', { open: open.length, n: machines.length, most: CHECKS }]);
	const unprotected = bare.filter((machine) => !search.open.has(machine));
	await search.date(unprotected);
	const undated = [...search.undated.values()];
	return { total: machines.length, unprotected, unresolved, undated, leftOvers };
}

/** Where the server has its restore points; asked where nobody knows which of the two a version has. */
async function pointsPath(reader: PageReader): Promise<string> {
	const offered = standingIn(reader, `GET ${POINTS}`);
	if (offered !== 'unverified') return offered === 'known' ? POINTS : OLDER_POINTS;
	try {
		await reader.read({ method: 'GET', path: POINTS }, 1);
		return POINTS;
	} catch (error) {
		if (isNotOffered(error)) return OLDER_POINTS;
		throw error as Error;
	}
}

/** Rows of the same machine: by its own id, else by its name. */
function machinesOf(rows: IDataObject[]): Machine[] {
	const machines = new Map<string, Machine>();
	const seen = new Map<string, number>();
	for (const row of rows) {
		const own = textOf(row.objectId) || textOf(row.computerId) || textOf(row.name).toLowerCase();
		let key = `${textOf(row.platformId)}/${own}`;
		// Twice in one backup: two machines that only share the name.
		if (textOf(row.backupId)) {
			const inBackup = `${key}/${textOf(row.backupId)}`;
			const times = seen.get(inBackup) ?? 0;
			seen.set(inBackup, times + 1);
			if (times > 0) key = `${key}#${times}`;
		}
		const known = machines.get(key);
		if (known) known.rows.push(row);
		else
			machines.set(key, {
				name: textOf(row.name),
				type: textOf(row.type) || textOf(row.platformName),
				rows: [row],
			});
	}
	return [...machines.values()];
}

const hasPoints = ({ restorePointsCount }: IDataObject): boolean => restorePointsCount !== 0;

class Search {
	/** Machines by the keys of their rows, and young points by key. */
	private readonly owners = new Map<string, Set<Machine>>();
	private readonly points = new Map<string, Map<string, IDataObject>>();
	/** Keys of points that are no machine's name, by place. */
	private readonly nameless = new Map<string, Set<string>>();
	private readonly covered = new Set<Machine>();
	private readonly checked = new Set<Machine>();
	private isWhole = true;
	/** The server gave fewer points than it says it has. */
	private isShort = false;
	private checks = CHECKS;
	/** Bare machines that nothing proves bare. */
	readonly open = new Set<Machine>();
	/** Points without a time that can be read, by id. */
	readonly undated = new Map<string, IDataObject>();
	private readonly limit: string;

	constructor(
		private readonly reader: PageReader,
		private readonly path: string,
		private readonly machines: Machine[],
		private readonly times: { limit: number; now: number },
		private readonly byBackup: boolean,
		private readonly chosen: Set<string> | undefined,
	) {
		this.limit = iso(times.limit);
		for (const machine of machines)
			for (const row of machine.rows) {
				const key = this.key(row, textOf(row.name));
				this.owners.set(key, (this.owners.get(key) ?? new Set()).add(machine));
			}
	}

	/** Whether a point is young, whatever the server was asked for. */
	private isYoung(point: IDataObject): boolean {
		const { creationTime } = point;
		if (unreadIn(point, deciding, this.times.now).length > 0) {
			this.undated.set(textOf(point.id) || JSON.stringify(point), point);
			return true;
		}
		const time = readTime(creationTime) ?? -Infinity;
		return time >= this.times.limit - (isLocal(creationTime) ? 14 * HOUR : MINUTE);
	}

	/** Machines without a young point, those of `open` among them. */
	async run(): Promise<Machine[]> {
		const asked = this.machines.filter(({ rows }) => rows.some(hasPoints));
		if (asked.length > 0) await this.readPoints(asked);
		await this.checkAll(asked.filter((machine) => this.isAmbiguous(machine)));
		// As long as points are left that no name explains, each machine without one may own them.
		for (const machine of asked) {
			if (this.isSettled(machine)) continue;
			if (this.hasStrays(machine)) await this.checkAll([machine]);
		}
		for (const machine of asked) {
			// Room is left for what the report reads after it.
			if (this.isSettled(machine) || this.reader.left <= 4) continue;
			await this.checkAll([machine]);
		}
		return this.machines.filter((machine) => !this.covered.has(machine));
	}

	private key({ backupId, platformName, platformId }: IDataObject, name: string): string {
		const place = this.byBackup
			? textOf(backupId)
			: `${textOf(platformName)}/${textOf(platformId)}`;
		return `${place}/${name}`.toLowerCase();
	}

	private pointKey(point: IDataObject): string {
		return this.key(point, textOf(point.name).replace(/ Id: \d+$/, ''));
	}

	private async readPoints(asked: Machine[]): Promise<void> {
		const missing = new Set(asked);
		let read = 0;
		const request = {
			method: 'GET' as const,
			path: this.path,
			query: { createdAfterFilter: this.limit, orderColumn: 'CreationTime', orderAsc: false },
		};
		for await (const { items, next, short, lost } of this.reader.pages(request, PAGE)) {
			if (short ?? lost) this.isShort = true;
			for (const point of items.filter((one) => this.isYoung(one))) {
				if (this.chosen && !this.chosen.has(textOf(point.backupId))) continue;
				const key = this.pointKey(point);
				const known = this.points.get(key) ?? new Map<string, IDataObject>();
				this.points.set(key, known.set(textOf(point.id) || String(known.size), point));
				const owners = this.owners.get(key);
				if (!owners) {
					const place = this.key(point, '');
					this.nameless.set(place, (this.nameless.get(place) ?? new Set()).add(key));
				}
				if (owners?.size === 1)
					for (const machine of owners) {
						this.covered.add(machine);
						missing.delete(machine);
					}
			}
			read += items.length;
			this.isWhole = next === undefined && !this.isShort;
			if (missing.size === 0 || read >= MOST_POINTS) return;
		}
	}

	private isSettled(machine: Machine): boolean {
		return this.covered.has(machine) || this.checked.has(machine) || this.open.has(machine);
	}

	/** Its name is another machine's, too, and there are young points of that name. */
	private isAmbiguous(machine: Machine): boolean {
		if (this.covered.has(machine)) return false;
		return machine.rows.some((row) => {
			const key = this.key(row, textOf(row.name));
			return (this.owners.get(key)?.size ?? 0) > 1 && (this.points.get(key)?.size ?? 0) > 0;
		});
	}

	/** Whether young points are left in the machine's place that no machine is known to own. */
	private hasStrays({ rows }: Machine): boolean {
		if (!this.isWhole) return true;
		return rows.some((row) =>
			[...(this.nameless.get(this.key(row, '')) ?? [])].some(
				(key) => (this.points.get(key)?.size ?? 0) > 0,
			),
		);
	}

	/** Asks for machines one by one; who loses a point that only bore its name is asked for, too. */
	private async checkAll(machines: Machine[]): Promise<void> {
		const queue = [...machines];
		while (queue.length > 0) {
			const batch = queue.splice(0, 20).filter((machine) => !this.checked.has(machine));
			const wanted = batch.filter(({ rows }) => {
				const isLeft = this.checks >= rows.length;
				if (isLeft) this.checks -= rows.length;
				return isLeft;
			});
			for (const machine of batch) if (!wanted.includes(machine)) this.open.add(machine);
			const found = await inOrder(wanted, 4, async ({ rows }) => {
				const lists = await inOrder(rows.filter(hasPoints), 1, async ({ id }) =>
					this.reader.read({
						method: 'GET',
						path: this.path,
						query: { createdAfterFilter: this.limit, backupObjectIdFilter: textOf(id) },
					}),
				);
				const points = lists
					.flatMap(({ items }) => items)
					.filter((point) => this.isYoung(point))
					.filter(({ backupId }) => !this.chosen || this.chosen.has(textOf(backupId)));
				return { points, isWhole: lists.every(({ isWhole }) => isWhole) };
			});
			for (const [index, machine] of wanted.entries()) {
				this.checked.add(machine);
				const { points = [], isWhole = true } = found[index] ?? {};
				if (points.length === 0 && !isWhole) this.open.add(machine);
				if (points.length > 0) this.covered.add(machine);
				else this.covered.delete(machine);
			}
			for (const [index, machine] of wanted.entries())
				for (const point of found[index]?.points ?? []) queue.push(...this.take(point, machine));
		}
	}

	/** A point belongs to `owner`: whoever was covered by it alone and bears its name is not any more. */
	private take(point: IDataObject, owner: Machine): Machine[] {
		const key = this.pointKey(point);
		const points = this.points.get(key);
		points?.delete(textOf(point.id));
		if (points?.size) return [];
		return [...(this.owners.get(key) ?? [])].filter((machine) => {
			if (machine === owner || this.checked.has(machine) || !this.covered.has(machine))
				return false;
			const isCovered = machine.rows.some((row) => {
				const other = this.key(row, textOf(row.name));
				return (this.points.get(other)?.size ?? 0) > 0 && this.owners.get(other)?.size === 1;
			});
			if (!isCovered) this.covered.delete(machine);
			return !isCovered;
		});
	}

	/** Adds when machines had their last point, as far as the younger ones of the older points say it. */
	async date(machines: Machine[]): Promise<void> {
		const dated = machines.filter(({ rows }) => rows.some(hasPoints));
		for (const machine of machines) if (!dated.includes(machine)) machine.last = null;
		if (dated.length === 0 || this.reader.left === 0) return;
		const query = {
			createdBeforeFilter: this.limit,
			orderColumn: 'CreationTime',
			orderAsc: false,
		};
		const { items } = await this.reader.read({ method: 'GET', path: this.path, query }, OLDER);
		const last = new Map<string, string>();
		for (const point of items) {
			const key = this.pointKey(point);
			const time = textOf(point.creationTime);
			if (time > (last.get(key) ?? '')) last.set(key, time);
		}
		for (const machine of dated) {
			const times = machine.rows.flatMap((row) => last.get(this.key(row, textOf(row.name))) ?? []);
			if (times.length > 0) machine.last = times.sort().at(-1);
		}
	}
}

interface Scope {
	/** Backups of the chosen jobs, and all others: those of no job (imported) belong to none. */
	chosen: Set<string>;
	others: Set<string>;
	/** Platform of each backup, in small letters. */
	platforms: Map<string, string>;
}

async function readScope(reader: PageReader, jobs: Set<string>): Promise<Scope> {
	const backups = await reader.list({ method: 'GET', path: '/api/v1/backups' });
	const ids = (wanted: boolean) =>
		new Set(
			backups.filter(({ jobId }) => jobs.has(textOf(jobId)) === wanted).map(({ id }) => textOf(id)),
		);
	const platforms = new Map(backups.map((one) => [textOf(one.id), platformOf(one)]));
	return { chosen: ids(true), others: ids(false), platforms };
}

const platformOf = ({ platformName }: IDataObject): string => textOf(platformName).toLowerCase();

/** Those of the machines that are in the backups of the chosen jobs, where rows do not name theirs. */
async function insiders(
	reader: PageReader,
	path: string,
	machines: Machine[],
	{ chosen, others, platforms }: Scope,
): Promise<{ inside: Machine[]; problems: Unresolved[] }> {
	const byChosen = chosen.size <= others.size;
	const side = [...(byChosen ? chosen : others)];
	const listed = new Set<string>();
	const unlisted = new Set<string>();
	await inOrder(side.slice(0, BACKUPS), 4, async (id) => {
		try {
			const objects = await reader.list({
				method: 'GET',
				path: '/api/v1/backups/{id}/objects',
				pathParameters: { id },
			});
			for (const object of objects) listed.add(textOf(object.id));
		} catch (error) {
			// Backups of file shares answer 400: their points say whose they are.
			if (!/^4(00|04)$/.test(String((error as { httpCode?: unknown }).httpCode)))
				throw error as Error;
			unlisted.add(id);
		}
	});
	const inside: Machine[] = [];
	let unknown = 0;
	for (const machine of machines) {
		const isListed = machine.rows.some(({ id }) => listed.has(textOf(id)));
		const has = (backups: Set<string>) =>
			machine.rows.some((row) => [...backups].some((id) => platforms.get(id) === platformOf(row)));
		if (isListed || !has(unlisted)) {
			if (byChosen ? isListed : machine.rows.some(({ id }) => !listed.has(textOf(id))))
				inside.push(machine);
			continue;
		}
		// Its backup does not list it: its points name the backup; without any, its platform may do.
		const own = has(others) ? await backupsOf(reader, path, machine) : chosen;
		if ([...own].some((id) => chosen.has(id))) inside.push(machine);
		else if (own.size === 0 && has(chosen)) unknown++;
	}
	return {
		inside,
		problems: [
			...(side.length > BACKUPS
				? [['machinesOfBackups', { n: side.length - BACKUPS, most: BACKUPS }] as Unresolved]
				: []),
			...(unknown > 0 ? [['machinesOfNoJob', { n: unknown }] as Unresolved] : []),
		],
	};
}

/** The backups that hold points of a machine. */
async function backupsOf(
	reader: PageReader,
	path: string,
	{ rows }: Machine,
): Promise<Set<string>> {
	const backups = new Set<string>();
	for (const { id } of rows) {
		const { items } = await reader.read(
			{
				method: 'GET',
				path,
				query: {
					backupObjectIdFilter: textOf(id),
					orderColumn: 'CreationTime',
					orderAsc: false,
				},
			},
			1,
		);
		for (const { backupId } of items) backups.add(textOf(backupId));
	}
	return backups;
}
