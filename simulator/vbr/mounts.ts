import { randomUUID } from 'node:crypto';
import { derived, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { iso } from '../foundation/clock';
import { Refused, type Answer, type Call } from '../foundation/product';
import { API, at } from './api';
import type { Estate } from './estate';
import { begin, objectsIn, workAnswer } from './startWork';
import { phaseOf, type Work } from './work';

interface Kind {
	/** Where the mount points are listed. */
	collection: string;
	/** Operations that mount. */
	mounts: string[];
	/** Operations that end it, addressed by mount or session. */
	ends: string[];
	/** Name of the mount point's id. */
	key: 'id' | 'sessionId';
	/** Name and values of the state, where a mount point shows one. */
	state?: [field: string, mounting: string, mounted: string];
}

const KINDS: Kind[] = [
	...['vSphere/vm', 'hyperV/vm', 'azure/vm', 'unstructuredData'].map((path) => ({
		collection: `/restore/instantRecovery/${path}`,
		mounts: [`/restore/instantRecovery/${path}`],
		ends: [`/restore/instantRecovery/${path}/{mountId}/unmount`],
		key: 'id' as const,
		state: ['state', 'Mounting', 'Mounted'] as [string, string, string],
	})),
	{
		collection: '/restore/instantRecovery/vSphere/fcd',
		mounts: ['/restore/instantRecovery/vSphere/fcd'],
		ends: ['/restore/instantRecovery/vSphere/fcd/{mountId}/dismount'],
		key: 'id',
		state: ['state', 'Mounting', 'Mounted'],
	},
	{
		collection: '/dataIntegration',
		mounts: ['/dataIntegration/publish'],
		ends: ['/dataIntegration/{mountId}/unpublish'],
		key: 'id',
		state: ['mountState', 'Mounting', 'Mounted'],
	},
	{
		collection: '/backupBrowser/flr',
		mounts: ['/restore/flr'],
		ends: ['/restore/flr/{sessionId}/unmount'],
		key: 'sessionId',
	},
	{
		collection: '/backupBrowser/flr/unstructuredData',
		mounts: ['/restore/flr/unstructuredData'],
		ends: ['/restore/unstructuredData/{sessionId}/unmount'],
		key: 'sessionId',
	},
	{
		collection: '/backupBrowser/entraIdTenant',
		mounts: ['/restore/entraId/tenant', '/restore/entraId/tenant/fromCopy'],
		ends: ['/restore/entraId/tenant/{sessionId}/stop'],
		key: 'sessionId',
	},
	{
		collection: '/restore/entraId/auditLog',
		mounts: ['/restore/entraId/auditLog'],
		ends: ['/restore/entraId/auditLog/{sessionId}/unmount'],
		key: 'sessionId',
	},
];

/** A mount point, alive while its session is. */
interface Mount {
	kind: Kind;
	id: string;
	work: Work;
	facts: Item;
}

/** Mount points: they appear when work on them begins, and go when they are unmounted. */
export class Mounts {
	private mounts: Mount[] = [];

	constructor(private readonly estate: Estate) {}

	collections(): Record<string, CollectionMaker> {
		return Object.fromEntries(
			KINDS.map((kind) => [
				at(kind.collection),
				() => derived(() => this.alive(kind).map((mount) => this.record(mount)), kind.key),
			]),
		);
	}

	handlers(): Record<string, (call: Call) => Answer> {
		const entries = KINDS.flatMap((kind) => [
			...kind.mounts.map(
				(path) => [`POST ${API}${path}`, (call: Call) => this.mount(kind, call)] as const,
			),
			...kind.ends.map(
				(path) => [`POST ${API}${path}`, (call: Call) => this.end(kind, call)] as const,
			),
		]);
		return Object.fromEntries(entries);
	}

	private mount(kind: Kind, call: Call): Answer {
		const body = (call.body ?? {}) as Item;
		const several = call.returns.kind === 'sessions' ? objectsIn(body) : [undefined];
		const works = several.map((object) => {
			const point = this.estate.restorePoints.get(String(object ?? body.restorePointId ?? ''));
			const work = begin(this.estate, call, { mount: true, resource: point });
			const id = kind.key === 'sessionId' ? work.id : randomUUID();
			this.mounts.push({ kind, id, work, facts: { ...point, spec: body, type: body.type } });
			return work;
		});
		if (call.returns.kind !== 'item') return workAnswer(this.estate, call, works);
		const made = this.mounts[this.mounts.length - 1] as Mount;
		return { body: this.record(made) };
	}

	private end(kind: Kind, call: Call): Answer {
		const id = (call.params.mountId ?? call.params.sessionId ?? '').toLowerCase();
		const mount = this.alive(kind).find((one) => one.id === id || one.work.id === id);
		if (!mount) throw new Refused({ because: 'notFound', what: 'Mount point', id });
		const over = (): void => this.estate.work.stop(mount.work, false);
		if (call.returns.kind !== 'session') {
			over();
			return {};
		}
		// The restored machine goes on until the session that ends it is through.
		const work = begin(this.estate, call, {
			name: `${call.operation.title}: ${mount.work.name}`,
			whenDone: over,
		});
		return workAnswer(this.estate, call, [work]);
	}

	private alive(kind: Kind): Mount[] {
		const now = this.estate.world.clock.now();
		return this.mounts.filter(
			(mount) => mount.kind === kind && phaseOf(mount.work, now) !== 'Stopped',
		);
	}

	private record({ kind, id, work, facts }: Mount): Item {
		const mounted = phaseOf(work, this.estate.world.clock.now()) === 'Working';
		const [field, mounting, done] = kind.state ?? [];
		return {
			[kind.key]: id,
			sessionId: work.id,
			...(field && { [field]: mounted ? done : mounting }),
			spec: facts.spec,
			type: facts.type,
			vmName: facts.name ?? null,
			jobName: '',
			restorePointId: (facts.spec as Item).restorePointId ?? null,
			restorePointDate: facts.creationTime ?? iso(work.created),
			hostName: 'esx01.example.lab',
			backupId: facts.backupId ?? null,
			properties: { mountState: mounted ? 'Mounted' : 'Mounting' },
			sourceProperties: { restorePointName: facts.name ?? null },
			mountErrors: [],
			errorMessage: '',
		};
	}
}
