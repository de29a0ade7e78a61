/** What can be mounted, and how its mount points are shown. */
export interface MountKind {
	/** Where the mount points are listed. */
	collection: string;
	/** Operations that mount. */
	mounts: string[];
	/** Operations that end it, addressed by mount or session. */
	ends: string[];
	/** Name of the mount point's id. */
	key: 'id' | 'sessionId';
	/** Name and values of the state; without one only what is mounted is listed. */
	state?: [field: string, mounting: string, mounted: string];
	/** The session ends when it is mounted; the mount point stays. */
	outlives?: true;
}

const INSTANT_STATE: MountKind['state'] = ['state', 'Mounting', 'Mounted'];

function instant(path: string, further: Partial<MountKind> = {}): MountKind {
	const collection = `/restore/instantRecovery/${path}`;
	return {
		collection,
		mounts: [collection],
		ends: [`${collection}/{mountId}/unmount`],
		key: 'id',
		state: INSTANT_STATE,
		...further,
	};
}

export const MOUNT_KINDS: readonly MountKind[] = [
	instant('vSphere/vm'),
	// As 1.1-rev0 calls it.
	instant('vmware/vm'),
	instant('vmware/fcd', { ends: ['/restore/instantRecovery/vmware/fcd/{mountId}/dismount'] }),
	instant('hyperV/vm'),
	instant('azure/vm', { state: ['state', 'Starting', 'Ready'], outlives: true }),
	instant('unstructuredData', { state: ['state', 'Publishing', 'Published'] }),
	instant('vSphere/fcd', { ends: ['/restore/instantRecovery/vSphere/fcd/{mountId}/dismount'] }),
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
		// Its mount points are listed nowhere.
		collection: '/restore/entraId/auditLog',
		mounts: ['/restore/entraId/auditLog'],
		ends: ['/restore/entraId/auditLog/{sessionId}/unmount'],
		key: 'sessionId',
	},
];
