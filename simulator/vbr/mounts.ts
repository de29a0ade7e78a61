import { randomUUID } from 'node:crypto';
import type { Catalogue } from '../../nodes/shared/catalogue/types';
import { derived, type CollectionMaker } from '../foundation/collections';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import { API, at } from './api';
import type { Estate } from './estate';
import { MOUNT_KINDS, type MountKind } from './mountKinds';
import { begin, objectsIn, workAnswer } from './startWork';
import { phaseOf, type Work } from './work';

interface Mount {
	kind: MountKind;
	id: string;
	/** The session that mounts it; works as long as it is mounted, unless the kind outlives it. */
	work: Work;
	/** What was asked for. */
	spec: Item;
	/** The restore point it shows. */
	point: Item;
	ended?: true;
}

/** Mount points: they appear when a session mounts them, and go when they are unmounted. */
export class Mounts {
	private mounts: Mount[] = [];

	constructor(
		private readonly estate: Estate,
		private readonly catalogue: Catalogue,
	) {}

	collections(): Record<string, CollectionMaker> {
		return Object.fromEntries(
			MOUNT_KINDS.map((kind) => [
				at(kind.collection),
				() => derived(() => this.listed(kind).map((mount) => this.record(mount)), kind.key),
			]),
		);
	}

	handlers(): Record<string, (call: Call) => Answer> {
		const entries = MOUNT_KINDS.flatMap((kind) => [
			...kind.mounts.map((path) => [path, (call: Call) => this.mount(kind, call)] as const),
			...kind.ends.map((path) => [path, (call: Call) => this.end(kind, call)] as const),
		]);
		return Object.fromEntries(entries.map(([path, handle]) => [`POST ${API}${path}`, handle]));
	}

	private mount(kind: MountKind, call: Call): Answer {
		const spec = (call.body ?? {}) as Item;
		const several = call.returns.kind === 'sessions' ? objectsIn(spec) : [undefined];
		const started = several.map((object) => {
			const point = this.point(object ?? spec.restorePointId ?? spec.objectRestorePointId);
			const work = begin(this.estate, call, {
				mount: !kind.outlives,
				resource: point,
				// An answer that shows the mount point comes when it is mounted.
				facts: call.returns.kind === 'item' ? { startingFor: 0 } : {},
			});
			const id = kind.key === 'sessionId' ? work.id : randomUUID();
			const mount: Mount = { kind, id, work, spec, point };
			this.mounts.push(mount);
			return mount;
		});
		if (call.returns.kind === 'item') return { body: this.record(started[0] as Mount) };
		return workAnswer(
			this.estate,
			call,
			started.map(({ work }) => work),
		);
	}

	/** The restore point asked for; the newest where the simulator knows no such (Entra ID has none). */
	private point(id: unknown): Item {
		const all = this.estate.restorePoints;
		return (typeof id === 'string' && all.get(id)) || (all.list()[0] ?? {});
	}

	private end(kind: MountKind, call: Call): Answer {
		const id = (call.params.mountId ?? call.params.sessionId ?? '').toLowerCase();
		const mount = this.alive(kind).find((one) => one.id === id);
		if (!mount) throw new Refused({ because: 'notFound', what: 'Mount point', id });
		const over = (): void => {
			mount.ended = true;
			this.estate.work.stop(mount.work, false);
		};
		if (call.returns.kind !== 'session') {
			const body = this.record(mount);
			over();
			return call.returns.kind === 'item' ? { body } : {};
		}
		// What is mounted stays until the session that ends it is through.
		const name = `${call.operation.title}: ${mount.work.name}`;
		return workAnswer(this.estate, call, [begin(this.estate, call, { name, whenDone: over })]);
	}

	private alive(kind: MountKind): Mount[] {
		const now = this.estate.world.clock.now();
		return this.mounts.filter(
			(mount) =>
				mount.kind === kind &&
				!mount.ended &&
				(kind.outlives ? mount.work.result !== 'Failed' : phaseOf(mount.work, now) !== 'Stopped'),
		);
	}

	private listed(kind: MountKind): Mount[] {
		return this.alive(kind).filter((mount) => kind.state || this.isMounted(mount));
	}

	private isMounted({ kind, work }: Mount): boolean {
		const phase = phaseOf(work, this.estate.world.clock.now());
		return phase === (kind.outlives ? 'Stopped' : 'Working');
	}

	/** As the list shows it: of all that is known of a mount point, the fields of its kind. */
	private record(mount: Mount): Item {
		const { kind, id, work, spec, point } = mount;
		const mounted = this.isMounted(mount);
		const [field, mounting, done] = kind.state ?? ['', '', ''];
		const known: Item = {
			id,
			sessionId: work.id,
			[field]: mounted ? done : mounting,
			spec,
			type: spec.type,
			vmName: point.name,
			jobName: '',
			restorePointId: point.id,
			restorePointName: point.name,
			restorePointDate: point.creationTime ?? iso(work.created),
			hostName: 'esx01.example.lab',
			initiatorName: work.initiatedBy,
			backupId: point.backupId,
			backupName: this.estate.backups.get(String(point.backupId))?.name,
			info: { mode: spec.type === 'FUSELinuxMount' ? 'Fuse' : 'ISCSI', disks: [] },
			properties: { mountState: mounted ? 'Mounted' : 'Mounting' },
			sourceProperties: { restorePointName: point.name, backupId: point.backupId },
			unstructuredServerName: 'nas01.example.lab',
			mountErrors: [],
			mountedDisks: [],
			errorMessage: '',
		};
		const fields = this.catalogue.operations.find(
			({ method, path }) => method === 'GET' && path === `${API}${kind.collection}`,
		)?.returns.fields;
		return Object.fromEntries(
			Object.entries(known).filter(([name]) => name && (!fields || name in fields)),
		);
	}
}
