import type { IDataObject } from 'n8n-workflow';

import { fromFile, standing } from '../../shared/catalogue';
import type { VeeamClient } from '../../shared/http/types';
import { same } from '../model/text';
import operations from './operations.json';

/** Where mount points of some session types are listed, and what their states mean. */
interface MountList {
	sessionTypes: readonly string[];
	path: string;
	/** Field of the state; none: a mount point that is listed is mounted. */
	state?: 'state' | 'mountState';
	mounted: readonly string[];
	failed: readonly string[];
}

const INSTANT = { state: 'state', mounted: ['Mounted'], failed: ['Failed'] } as const;
const LISTED = { mounted: [], failed: [] };

/** From the specifications of 1.1-rev0 to 1.3-rev2. */
const MOUNT_LISTS: MountList[] = [
	{
		...INSTANT,
		sessionTypes: ['InstantRecovery'],
		path: '/api/v1/restore/instantRecovery/vSphere/vm',
	},
	{
		...INSTANT,
		sessionTypes: ['InstantRecovery'],
		path: '/api/v1/restore/instantRecovery/vmware/vm',
	},
	{
		...INSTANT,
		sessionTypes: ['InstantRecovery'],
		path: '/api/v1/restore/instantRecovery/hyperV/vm',
	},
	{
		...INSTANT,
		sessionTypes: ['FirstClassDiskInstantRestore'],
		path: '/api/v1/restore/instantRecovery/vmware/fcd',
	},
	{
		...INSTANT,
		sessionTypes: ['FirstClassDiskInstantRestore', 'InstantDiskRecovery'],
		path: '/api/v1/restore/instantRecovery/vSphere/fcd',
	},
	{
		sessionTypes: ['FileInstantRecovery'],
		path: '/api/v1/restore/instantRecovery/unstructuredData',
		state: 'state',
		mounted: ['Published'],
		failed: ['PublishFailed'],
	},
	{
		sessionTypes: ['PublishBackupContentViaMount', 'PublishBackupContentViaNfs'],
		path: '/api/v1/dataIntegration',
		state: 'mountState',
		mounted: ['Mounted'],
		failed: ['MountFailed'],
	},
	{
		...LISTED,
		sessionTypes: ['FileLevelRestore', 'LinuxFileLevelRestore'],
		path: '/api/v1/backupBrowser/flr',
	},
	{
		...LISTED,
		sessionTypes: ['FileLevelRestore'],
		path: '/api/v1/backupBrowser/flr/unstructuredData',
	},
	{
		...LISTED,
		sessionTypes: ['EntraIdRestore', 'EntraIdRestoreFromCopy'],
		path: '/api/v1/backupBrowser/entraIdTenant',
	},
];

/** Calls that end or move a mount: their session is done when it has stopped, like any other. */
const ENDS_A_MOUNT = /\/(unmount|dismount|unpublish|stop|migrate|switchover)$/i;

/** What is known of a session's mount. */
export interface Mount {
	state: 'mounted' | 'failed' | 'pending';
	/** The mount point as listed, where one was found. */
	mountPoint?: IDataObject;
}

/** Whether a session stays `Working` while something is mounted. `path`: of the request behind it. */
export const mountsSomething = (session: IDataObject, path = ''): boolean =>
	listsFor(session).length > 0 && !ENDS_A_MOUNT.test(path);

/**
 * Looks for the mount point of a working session. The rule: mounted when its mount point is listed
 * as mounted; where none is listed (the list does not name sessions, or the role may not read it),
 * when the session is `Working` and reports 100 percent.
 */
export async function findMount(client: VeeamClient, session: IDataObject): Promise<Mount> {
	const offered = listsFor(session).filter(
		({ path }) => standing(fromFile(operations), client.version, `GET ${path}`) !== 'unknown',
	);
	for (const list of offered) {
		const mountPoint = (await readList(client, list.path)).find((mount) => belongs(mount, session));
		if (!mountPoint) continue;
		if (!list.state) return { state: 'mounted', mountPoint };
		const state = mountPoint[list.state];
		if (list.mounted.some((word) => same(state, word))) return { state: 'mounted', mountPoint };
		if (list.failed.some((word) => same(state, word))) return { state: 'failed', mountPoint };
		return { state: 'pending', mountPoint };
	}
	const complete = same(session.state, 'Working') && Number(session.progressPercent) >= 100;
	return { state: complete ? 'mounted' : 'pending' };
}

const listsFor = ({ sessionType }: IDataObject): MountList[] =>
	MOUNT_LISTS.filter(({ sessionTypes }) => sessionTypes.some((type) => same(sessionType, type)));

/** By session; published disks name none, but the mount point may carry the session's own ID. */
const belongs = (mount: IDataObject, { id }: IDataObject): boolean =>
	(mount.sessionId ?? mount.id) === id;

/** Older versions lack some lists, and some roles may not read them: go by the session then. */
const NO_SUCH_LIST = ['400', '403', '404', '405', '501'];

const readList = async (client: VeeamClient, path: string): Promise<IDataObject[]> =>
	await client.list({ method: 'GET', path }).catch((error: { httpCode?: string | null }) => {
		if (NO_SUCH_LIST.includes(String(error.httpCode))) return [];
		throw error;
	});
